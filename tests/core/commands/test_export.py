"""``python -m core export market``: files that Excel, Chinese Excel and programs read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from core.__main__ import main
from core.metrics import FAMILIES
from core.reports.market.export import COLUMNS, FIRST
from core.reports.market.market import MarketRequest, market_report
from core.store.database import Store
from tests.core.store.market_world import BEFORE, NOW, World, fill, open_store

PROMISED = """
    region_id capacity capacity_previous growth own share rank rival_id rival_sales ratio state structure zone
    attack_order target_fixed target_least target_proportional target_base gap feasible
"""


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two counties: in 甲县 we sell 170 against 100, in 乙县 nothing is known."""
    folder = tmp_path_factory.mktemp("export")
    world = World(
        {"P": None, "C": "P", "甲": "C", "乙": "C"},
        homes={"s": "甲"},
        shops={("s", "US", NOW): 170, ("s", "R1", NOW): 100, ("s", "US", BEFORE): 90},
    )
    with open_store(folder) as store:
        fill(store, world)
        store.write(
            "name", lambda cursor: cursor.execute("UPDATE company SET name = '=1+1' WHERE company_id = 'R1'")
        )
        return str(store.path)


def export(store_path: str, out: object, *more: str) -> int:
    """Run the command for January 2026."""
    own = ["--self", "US", "--from", "2026-01", "--to", "2026-01", "--level", "county"]
    return main(
        ["export", "market", "--store", store_path, "--out", str(out), *own, "--language", "en", *more]
    )


def test_the_columns_of_the_issue_come_with_the_file() -> None:
    """Every promised column is in the export, among the first."""
    assert set(PROMISED.split()) <= set(FIRST) <= set(COLUMNS)


def test_absent_own_sales_are_what_the_option_says(store_path: str, tmp_path: Path) -> None:
    """County 乙 without a row of ours sells 0; with --absent-own unknown its cell is empty."""
    own = {}
    for name, option in (("zero", ()), ("unknown", ("--absent-own", "unknown"))):
        out = tmp_path / f"{name}.csv"
        assert export(store_path, out, *option) == 0
        own[name] = pd.read_csv(out).set_index("region_id").loc["乙", "own"]
    assert own["zero"] == 0
    assert pd.isna(own["unknown"])


def test_no_column_of_the_report_is_left_out(store_path: str) -> None:
    """The registry declares every column of the report, and the export has all but the second name."""
    with Store.open(Path(store_path), create=False) as store:
        report = market_report(store, MarketRequest("US", NOW, NOW, "county"))
    assert set(report.regions) == set(FAMILIES["market"]) == {*COLUMNS, "name_en"}


def test_csv_opens_in_excel(store_path: str, tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file starts with the UTF-8 mark, keeps Chinese ids, and leaves what is missing empty."""
    assert export(store_path, tmp_path / "m.csv") == 0
    raw = (tmp_path / "m.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfregion_id,name,level,capacity,")
    table = pd.read_csv(tmp_path / "m.csv").set_index("region_id")
    assert table.loc["甲", "share"] == pytest.approx(170 / 270)
    assert table.loc["甲", "state"] == "secured"
    unknown = ["capacity", "growth", "share", "rival_id", "zone", "target_base", "gap", "feasible"]
    assert table.loc["乙", unknown].isna().all()
    captured = capsys.readouterr()
    assert "2 regions." in captured.out
    assert "no capacity is recorded" in captured.err


def test_a_workbook_explains_its_columns(store_path: str, tmp_path) -> None:
    """The first sheet is the table, the second says what each column means, the third what was asked."""
    assert export(store_path, tmp_path / "m.xlsx") == 0
    book = CalamineWorkbook.from_path(str(tmp_path / "m.xlsx"))
    assert book.sheet_names == ["market", "Columns", "About"]
    table, meanings, about = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert tuple(table[0]) == COLUMNS
    assert [row[0] for row in meanings[1:]] == list(COLUMNS)
    assert all(row[1] and row[4] for row in meanings[1:])
    assert ["Period", "2026-01 – 2026-01"] in about


def test_a_name_that_looks_like_a_formula_stays_text(store_path: str, tmp_path) -> None:
    """The rival called “=1+1” is text in the workbook, not 2."""
    export(store_path, tmp_path / "m.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "m.xlsx")).get_sheet_by_name("market").to_python()
    names = [row[sheet[0].index("rival_name")] for row in sheet[1:]]
    assert "=1+1" in names


def test_a_workbook_in_chinese(store_path: str, tmp_path) -> None:
    """With --language zh_CN the explanations are Chinese, and the column names stay as they are."""
    assert export(store_path, tmp_path / "m.xlsx", "--language", "zh_CN") == 0
    book = CalamineWorkbook.from_path(str(tmp_path / "m.xlsx"))
    assert book.sheet_names[1] == "列说明"
    assert tuple(book.get_sheet_by_name("market").to_python()[0]) == COLUMNS


def test_parquet_keeps_types(store_path: str, tmp_path) -> None:
    """Programs read numbers as numbers and codes as text."""
    assert export(store_path, tmp_path / "m.parquet") == 0
    table = pd.read_parquet(tmp_path / "m.parquet").set_index("region_id")
    assert table["capacity"].dtype == "float64"
    assert table.loc["甲", "rank"] == 1
    assert tuple(table.columns) == COLUMNS[1:]


def test_the_multiple_and_the_cuts_are_used(store_path: str, tmp_path) -> None:
    """With k = 3 the same 1.7 times is no longer secured."""
    export(store_path, tmp_path / "m.csv", "--k", "3", "--growth-cut", "0.05", "--share-cut", "median")
    assert pd.read_csv(tmp_path / "m.csv").set_index("region_id").loc["甲", "state"] == "leading_in_range"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--self", "USA"], "Did you mean US?"),  # an unknown company
        (["--level", "countys"], "Did you mean county"),  # an unknown level
        (["--from", "2020-01", "--to", "2020-02"], "The store has 2025-01 to 2026-01."),  # outside the data
        (["--from", "2026-02"], "ends (2026-01-01) before it starts"),  # months exchanged
        (["--from", "January"], "“January” is no month."),  # not a month
        (["--growth-cut", "medain"], "Did you mean median?"),  # a misspelt preset
        (["--share-cut", "26 %"], "--share-cut needs a number"),  # neither preset nor number
        (["--k", "one"], "--k needs a number"),  # not a number
        (["--k", "1"], "must be above 1"),  # no multiple
    ],
)
def test_a_wrong_option_is_explained(
    store_path: str, tmp_path, capsys: pytest.CaptureFixture[str], more: list[str], reason: str
) -> None:
    """A wrong option ends with 1, one sentence that names it, and no file."""
    assert export(store_path, tmp_path / "m.csv", *more) == 1
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "m.csv").exists()


def test_another_ending_is_refused(store_path: str, tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file name without a known ending, or in no folder, is refused with what to do."""
    assert export(store_path, tmp_path / "m.pdf") == 1
    assert ".csv, .xlsx, .parquet" in capsys.readouterr().err
    assert export(store_path, tmp_path / "none" / "m.csv") == 1
    assert "doesn't exist" in capsys.readouterr().err


def test_an_empty_store_is_named(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store without figures says so instead of writing an empty file; a missing one isn't made."""
    with open_store(tmp_path) as store:
        path = str(store.path)
    assert export(path, tmp_path / "m.csv") == 1
    assert "no sales and no capacity yet" in capsys.readouterr().err
    assert export(str(tmp_path / "other.duckdb"), tmp_path / "m.csv") == 1
    assert not (tmp_path / "other.duckdb").exists()
