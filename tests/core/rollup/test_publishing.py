"""A version of the roll-ups: what it holds, what is taken over, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from core.errors import AppError, InputError
from core.rollup import version as versions
from core.rollup.months import FIGURES, SALES
from core.rollup.publishing import publish
from core.store.database import Store
from tests.core.rollup.conftest import MONTHS, change_month

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.rollup.conftest import Lines


@pytest.fixture(scope="module")
def out(lines: Lines, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one version; tests that add to it work on a copy."""
    folder = tmp_path_factory.mktemp("versions")
    publish(lines.request(folder))
    return folder


def rows_of(folder: Path, table: str) -> list[dict]:
    """Return the rows of a table of the newest version, in an order that doesn't depend on the files."""
    version = versions.newest(folder)
    assert version is not None
    rows = pa.concat_tables(
        [pq.read_table(folder / part.path, partitioning=None) for part in version.of(table)]
    )
    return in_order(rows)


def in_order(rows: pa.Table) -> list[dict]:
    """Return rows sorted; doubles only as far as the order of adding leaves them alike."""
    return sorted(
        (
            {key: round(v, 6) if isinstance(v, float) else v for key, v in row.items()}
            for row in rows.to_pylist()
        ),
        key=str,
    )


@pytest.mark.parametrize("table", [SALES, FIGURES, "region_closure"])
def test_a_version_holds_the_tables_that_the_store_derives(out: Path, sample_file: Path, table: str) -> None:
    """Row for row they are what the store makes of the same lines."""
    with Store.open(sample_file) as store:
        shown = f" WHERE month IN ({MONTHS})" if table != "region_closure" else ""
        expected = in_order(store.fetch(f"SELECT * FROM {table}{shown}"))
    assert rows_of(out, table) == expected


def test_months_are_files_of_their_own_sorted_by_region(out: Path) -> None:
    """A part holds one month, its regions ascending."""
    version = versions.newest(out)
    assert version is not None
    for part in version.of(SALES):
        rows = pq.read_table(out / part.path, partitioning=None)
        assert pc.unique(rows["month"]).to_pylist() == [part.month]
        regions = [region for region in rows["region_id"].to_pylist() if region]
        assert regions == sorted(regions)


def test_the_manifest_names_inputs_counts_and_sums(out: Path, lines: Lines) -> None:
    """Every file stands in it with its size and hash; the lines are counted and their sums tie."""
    version = versions.newest(out)
    assert version is not None
    paths = {entry["path"] for entry in version.inputs}
    assert {str(path) for path in lines.months()} <= paths
    assert all(len(entry["sha256"]) == 64 and entry["size"] > 0 for entry in version.inputs)
    assert version.counts["lines"] == sum(pq.read_metadata(path).num_rows for path in lines.months())
    assert version.sums["region_month_sales"] == version.sums["shop_month_sales"]


def test_one_changed_month_is_summed_and_equals_a_run_from_nothing(lines: Lines, tmp_path: Path) -> None:
    """The others are taken over; the version is the one that a first run would make."""
    mine = lines.copy(tmp_path / "lines")
    publish(mine.request(tmp_path / "step"))
    month = change_month(mine.months()[-2])
    outcome = publish(mine.request(tmp_path / "step"))
    assert (outcome.is_new, outcome.months.summed) == (True, [month])
    publish(mine.request(tmp_path / "fresh"))
    for table in (
        SALES,
        FIGURES,
        "shop_month_sales",
        "customer_figures",
        "account_figures",
        "map",
        "map_sums",
    ):
        assert rows_of(tmp_path / "step", table) == rows_of(tmp_path / "fresh", table), table


def test_a_shop_that_moves_is_summed_again_in_its_months_alone(lines: Lines, tmp_path: Path) -> None:
    """Its months follow it to the other region; the result is that of a run from nothing."""
    mine = lines.copy(tmp_path / "lines")
    first, *others = mine.months()
    only_shop = pq.read_table(first)["terminal_id"][0].as_py()
    for path in others:
        rows = pq.read_table(path)
        path.unlink()
        pq.write_table(rows.filter(pc.not_equal(rows["terminal_id"], only_shop)), path)
    publish(mine.request(tmp_path / "step"))
    shops_file = mine.folder / "tables" / "terminal.parquet"
    shops = pq.read_table(shops_file)
    homes = [
        None if shop == only_shop else home
        for shop, home in zip(shops["terminal_id"].to_pylist(), shops["region_id"].to_pylist(), strict=True)
    ]
    shops_file.unlink()
    at = shops.column_names.index("region_id")
    pq.write_table(
        shops.set_column(at, "region_id", pa.array(homes, shops.schema.field(at).type)), shops_file
    )
    outcome = publish(mine.request(tmp_path / "step"))
    assert [f"{month:%Y-%m}" for month in outcome.months.summed] == [first.stem]
    publish(mine.request(tmp_path / "fresh"))
    assert rows_of(tmp_path / "step", SALES) == rows_of(tmp_path / "fresh", SALES)


def test_the_same_files_make_no_second_version(out: Path, lines: Lines) -> None:
    """A run that finds nothing changed leaves the newest version."""
    outcome = publish(lines.request(out))
    assert (outcome.is_new, outcome.version.number, versions.numbers(out)) == (False, 1, [1])


def test_old_versions_and_their_files_go_and_a_rollback_shows_the_one_before(
    lines: Lines, tmp_path: Path
) -> None:
    """So many versions stay as asked; no file stays that none of them names, and none goes that one does."""
    mine = lines.copy(tmp_path / "lines")
    for turn in range(3):
        if turn:
            change_month(mine.months()[turn])
        publish(mine.request(tmp_path / "out", keep=2))
    assert versions.numbers(tmp_path / "out") == [2, 3]
    named = {part.path for number in (2, 3) for part in versions.read(tmp_path / "out", number).parts}
    there = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out/parts").rglob("*.parquet")}
    assert there == named
    assert versions.roll_back(tmp_path / "out") == (3, 2)
    assert versions.newest(tmp_path / "out").number == 2
    with pytest.raises(InputError, match="no version before"):
        versions.roll_back(tmp_path / "out")
    assert publish(mine.request(tmp_path / "out")).version.number == 4


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("terminal_id", "nowhere", "terminal_id that the tables don't hold"),
        ("company_id", "nobody", "company_id that the tables don't hold"),
        ("amount", None, "have no amount"),
    ],
)
def test_lines_that_would_get_lost_are_refused(
    lines: Lines, tmp_path: Path, column: str, value: object, message: str
) -> None:
    """A line of an unknown shop or company, or without an amount, makes no version."""
    mine = lines.copy(tmp_path / "lines")
    path = mine.months()[0]
    rows = pq.read_table(path)
    at = rows.column_names.index(column)
    values = [value, *rows[column].to_pylist()[1:]]
    path.unlink()
    pq.write_table(rows.set_column(at, column, pa.array(values, rows.schema.field(at).type)), path)
    with pytest.raises(InputError, match=message):
        publish(mine.request(tmp_path / "out"))
    assert versions.newest(tmp_path / "out") is None


def test_a_file_that_is_there_twice_is_refused(lines: Lines, tmp_path: Path) -> None:
    """A copy of a file among the lines would count its lines twice."""
    mine = lines.copy(tmp_path / "lines")
    mine.months()[0].with_stem("copy").hardlink_to(mine.months()[0])
    with pytest.raises(InputError, match="would count twice"):
        publish(mine.request(tmp_path / "out"))


def test_a_total_that_stands_twice_is_refused(lines: Lines, tmp_path: Path) -> None:
    """Two totals of one company in one shop and month are no sum of anything."""
    mine = lines.copy(tmp_path / "lines")
    path = mine.months()[0]
    rows = pq.read_table(path)
    path.unlink()
    pq.write_table(pa.concat_tables([rows, rows.filter(pc.is_null(rows["product_id"])).slice(0, 1)]), path)
    with pytest.raises(InputError, match="several totals"):
        publish(mine.request(tmp_path / "out"))


def test_sums_that_dont_tie_are_refused(
    lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that loses a line makes no version."""
    from core.cluster.engine import DuckDBEngine

    whole = DuckDBEngine.run

    def lossy(self, name, *arguments):
        rows = whole(self, name, *arguments)
        return rows.slice(1) if name == f"derived/{SALES}" else rows

    monkeypatch.setattr(DuckDBEngine, "run", lossy)
    with pytest.raises(AppError, match="don't tie"):
        publish(lines.request(tmp_path / "out"))
    assert versions.newest(tmp_path / "out") is None


@pytest.mark.parametrize("pattern", ["none/*.parquet", "tables/region.parquet"])
def test_files_that_are_no_sales_lines_are_named(lines: Lines, tmp_path: Path, pattern: str) -> None:
    """No file, or one without the columns: the message says which and what would be right."""
    from core.rollup.publishing import RollupRequest

    with pytest.raises(InputError, match=pattern.split("/", maxsplit=1)[0]):
        publish(RollupRequest(str(lines.folder / pattern), lines.folder / "tables", tmp_path / "out"))


def test_the_command_makes_a_version_and_takes_it_back(lines: Lines, tmp_path: Path, capsys) -> None:
    """What it did is printed; a wrong call is refused with what is missing."""
    from core.__main__ import main

    mine = lines.copy(tmp_path / "lines")
    call = [
        "rollup",
        "--facts",
        str(mine.folder / "lines/*.parquet"),
        "--tables",
        str(mine.folder / "tables"),
    ]
    out = ["--out", str(tmp_path / "out")]
    monthless = change_month(mine.months()[0])
    assert main([*call, *out]) == 0
    change_month(mine.months()[0], factor=3)
    assert main([*call, *out]) == 0
    assert main(["rollup", *out, "--rollback"]) == 0
    assert main(["rollup", *out]) == 1
    assert monthless
    assert [versions.newest(tmp_path / "out").number] == [1]
