"""When tables last changed."""

from __future__ import annotations

import re
from pathlib import Path

from core.store.caching import table_versions as changes
from core.store.caching.table_versions import last_change
from core.store.database import Store
from core.store.territories import changes as territories


def test_only_writes_that_may_touch_a_table_count(tmp_path: Path) -> None:
    """A write that names other tables doesn't count; one that names it, several, or none does."""

    def write(entity: str | None) -> tuple[int, int]:
        store.write("test", lambda _cursor: None, details={"entity": entity})
        newest = store.fetch("SELECT MAX(a.audit_id) AS last FROM audit_log AS a")["last"][0].as_py()
        return last_change(store, ("terminal", "visit")), newest

    with Store.open(tmp_path / "market.duckdb") as store:
        assert last_change(store, ("terminal",)) == 0
        found, newest = write("terminal")
        assert found == newest
        assert write("setting")[0] == found
        assert write("product, terminal_selection")[0] == found
        for entity in ("product, visit", None, "upsert"):
            found, newest = write(entity)
            assert found == newest


def test_every_table_a_write_names_is_known() -> None:
    """A name that isn't known would rebuild every roll-up at each save; taking a batch back may touch any."""
    folder = Path(changes.__file__).parent.parent
    named = {
        name
        for file in folder.rglob("*.py")
        for name in re.findall(r'"entity": "(\w+)"', file.read_text("utf-8"))
    }
    assert len(named) > 5
    named |= set(territories.TABLES.split(", "))
    assert named - {"import_batch"} <= changes.AUDITED_TABLES
