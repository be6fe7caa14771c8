"""What was chosen for one store."""

from __future__ import annotations

from core.store.database import Store
from core.store.preferences import MULTIPLE, prefer, preferences, table_sizes
from core.tables import TABLES


def test_a_choice_stays_with_the_file(tmp_path) -> None:
    """What is chosen is there when the store is opened again; an empty value takes it away."""
    path = tmp_path / "market.duckdb"
    with Store.open(path) as store:
        prefer(store, MULTIPLE, "3")
        prefer(store, MULTIPLE, "1.732")
    with Store.open(path) as store:
        assert preferences(store) == {MULTIPLE: "1.732"}
        prefer(store, MULTIPLE, "")
        assert preferences(store) == {}


def test_the_log_holds_the_value_before(tmp_path) -> None:
    """The audit log tells what the choice replaced."""
    with Store.open(tmp_path / "market.duckdb") as store:
        prefer(store, MULTIPLE, "3")
        prefer(store, MULTIPLE, "1.7")
        log = store.fetch("SELECT a.before, a.after FROM audit_log AS a ORDER BY a.audit_id")
    assert log.to_pylist() == [{"before": None, "after": "3"}, {"before": "3", "after": "1.7"}]


def test_sizes_count_the_rows(tmp_path) -> None:
    """Each table is named once, in the order of declaration, with its rows after inserts and deletes."""
    with Store.open(tmp_path / "market.duckdb") as store:
        store.write(
            "test",
            lambda cursor: cursor.execute(
                "INSERT INTO terminal (terminal_id, name) SELECT range, range FROM range(3064)"
            ),
        )
        store.write("test", lambda cursor: cursor.execute("DELETE FROM terminal WHERE terminal_id < '10002'"))
        sizes = table_sizes(store).set_index("name")["rows"]
        left = store.fetch("SELECT terminal_id FROM terminal").num_rows
    assert list(sizes.index) == [table.name for table in TABLES]
    assert 0 < sizes["terminal"] == left < 3064
