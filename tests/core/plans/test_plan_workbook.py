"""The workbook of a plan: it ties when recalculated, and comes back cell by cell or not at all."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from core.errors import ImportRefusedError, InputError
from core.exchange.formula_guard import harmless
from core.exchange.plans.files import write_plan
from core.exchange.plans.reimport import Expected, read_back
from core.i18n import use_language
from core.reports.plans.workbook_data import plan_book
from core.store.plans import versions as plans

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.exchange.plans.model import PlanBook

SHEETS = ["封面参数", "汇总", "区域×产品", "区域×月", "业务员×月", "No.1目标", "校验", "明细"]
SOFFICE = shutil.which("soffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def book(store) -> PlanBook:
    """The plan with all its workbook says, in Chinese."""
    use_language("zh_CN")
    return plan_book(store, plans.load(store, "2026-01"))


@pytest.fixture(scope="module")
def file(book, tmp_path_factory) -> Path:
    """Its workbook."""
    use_language("zh_CN")
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    write_plan(path, book)
    return path


@pytest.fixture
def expected(store, book) -> Expected:
    """The plan it is held against."""
    plan = plans.load(store, "2026-01")
    return Expected(
        plan.plan_id, plan.version, book.fingerprint, plan.year, plan.unit, plans.load_cells(store, plan)
    )


def changed(file: Path, target: Path, values: dict[str, object]) -> Path:
    """Save the workbook with other values on the detail sheet."""
    workbook = openpyxl.load_workbook(file)
    for cell, value in values.items():
        workbook["明细"][cell] = value
    workbook.save(target)
    return target


def test_the_sheets_are_those_people_sign(file) -> None:
    """Names, frozen heads, print areas and charts; the identity is hidden from everybody."""
    workbook = openpyxl.load_workbook(file)
    assert workbook.sheetnames[:-1] == SHEETS
    assert workbook[workbook.sheetnames[-1]].sheet_state == "veryHidden"
    for name in SHEETS:
        assert workbook[name].freeze_panes is not None
        assert workbook[name].print_area
    assert len(workbook["汇总"]._charts) == 2
    assert workbook["区域×月"]["C4"].number_format == "#,##0.00"


def test_totals_are_formulas(file) -> None:
    """The last row of region x month sums the rows above it, and its cells sum the detail."""
    sheet = openpyxl.load_workbook(file)["区域×月"]
    assert str(sheet["C4"].value).startswith("=SUMIFS('明细'!")
    last = next(row for row in range(4, 200) if sheet.cell(row, 1).value == "合计")
    assert sheet.cell(last, 3).value == f"=SUM(C4:C{last - 1})"


def test_no_text_becomes_a_formula(file, book, tmp_path) -> None:
    """The plan is called “=Plan of 2026”; nothing begins a formula but the program's own."""
    assert book.name.startswith("=")
    workbook = openpyxl.load_workbook(file)
    formulas = {
        str(cell.value)[:5]
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert {text.split("(")[0] for text in formulas} <= {"=SUM", "=SUMI", "=IF", "=ROUN"}
    evil = book.regions.assign(name="=HYPERLINK(1)")
    write_plan(tmp_path / "t.csv", replace(book, regions=evil))
    assert "'=HYPERLINK(1)" in (tmp_path / "t.csv").read_text("utf-8-sig")
    assert [harmless(text) for text in ("+A1", "-A1", "@x", "ok")] == ["'+A1", "'-A1", "'@x", "ok"]


@pytest.fixture
def recalculate(tmp_path) -> Callable[[Path], Path]:
    """Return a function that lets LibreOffice recalculate a workbook; skip where it can't open any."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    profile, out = tmp_path / "profile", tmp_path / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)

    def convert(path: Path) -> tuple[Path, str]:
        told = subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx",
             "--outdir", str(out), str(path)],
            check=True, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return out / path.name, told.stdout + told.stderr

    # Without its part for workbooks LibreOffice refuses every one, and ends as if all were well.
    sum_of_two = openpyxl.Workbook()
    sum_of_two.active["A1"] = "=1+1"
    sum_of_two.save(tmp_path / "sum.xlsx")
    path, told = convert(tmp_path / "sum.xlsx")
    if not path.exists() and "source file could not be loaded" in told:
        pytest.skip("LibreOffice is on this machine without Calc: it opens no workbook")
    assert openpyxl.load_workbook(path, data_only=True).active["A1"].value == 2, told
    return lambda path: convert(path)[0]


def test_recalculated_by_libreoffice_every_formula_keeps_its_value(file, recalculate) -> None:
    """All formulas give the stored totals after a full recalculation, and the checks pass."""
    formulas, stored = openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)
    again = openpyxl.load_workbook(recalculate(file), data_only=True)
    checked = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    before = stored[sheet.title][cell.coordinate].value
                    after = again[sheet.title][cell.coordinate].value
                    if before not in (None, "") or after not in (None, ""):
                        assert after == pytest.approx(before, abs=1e-6), (sheet.title, cell.coordinate)
                    checked += 1
    assert checked > 300


def test_the_total_is_that_of_the_plan(file) -> None:
    """12,000 万元 stand on the cover, under every cross table and under the detail."""
    workbook = openpyxl.load_workbook(file, data_only=True)
    for name in SHEETS[2:5]:
        assert workbook[name].cell(workbook[name].max_row, 1).value == "合计"
        row = [
            cell.value
            for cell in workbook[name][workbook[name].max_row]
            if isinstance(cell.value, int | float)
        ]
        assert row[-1] == pytest.approx(12_000)


def test_an_unchanged_workbook_has_no_differences(file, expected) -> None:
    """Written and read, every cell is the same count."""
    assert read_back(file, expected).changes.empty


def test_exactly_the_changed_cells_differ(file, expected, tmp_path) -> None:
    """Three cells rise by 0.05 万元, that is 5 units of 100 yuan; nothing else differs."""
    sheet = openpyxl.load_workbook(file)["明细"]
    values = {cell: round(sheet[cell].value + 0.05, 4) for cell in ("I4", "M9", "T12")}
    found = read_back(changed(file, tmp_path / "e.xlsx", values), expected)
    assert found.changes["change"].tolist() == [5, 5, 5]
    keys = {(sheet.cell(r, 1).value, str(sheet.cell(r, 2).value), m) for r, m in ((4, 1), (9, 5), (12, 12))}
    assert {(c, region, month.month) for c, region, _owner, month in found.changes.index} == keys


def test_a_changed_locked_cell_is_shown_but_not_taken(file, expected, tmp_path) -> None:
    """It stands apart from the changes."""
    edited = changed(file, tmp_path / "e.xlsx", {"I4": 1.0, "J4": 1.0})
    first = read_back(edited, expected).changes.index[0]
    cells = expected.cells.copy()
    cells.loc[first, "locked"] = True
    found = read_back(edited, replace(expected, cells=cells))
    assert found.locked.index.tolist() == [first]
    assert first not in found.changes.index


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"I4": "many"}, "I4: “many” is no number"),
        ({"I4": None}, "I4: “” is no number"),
        ({"I4": -1}, "I4: -1.0 is below zero|I4: -1 is below zero"),
        ({"I4": 1.00001}, "I4: 1.00001 is no whole multiple"),
        ({"B4": "999999"}, "Row 4 is no row of the plan"),
        ({"B4": ""}, "is missing; a missing target is not zero"),
        ({"I4": "x", "J5": "y"}, "J5"),
    ],
)
def test_a_workbook_with_bad_cells_is_refused_whole(file, expected, tmp_path, values, words) -> None:
    """Every finding is named with its cell; nothing is taken over."""
    use_language("en")
    with pytest.raises(ImportRefusedError, match=words):
        read_back(changed(file, tmp_path / "e.xlsx", values), expected)


def test_foreign_and_stale_workbooks_are_refused_with_the_reason(file, expected, tmp_path) -> None:
    """Another program's, another plan's, an earlier version's, a damaged one."""
    use_language("en")
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "other.xlsx")
    with pytest.raises(ImportRefusedError, match="not written by this program"):
        read_back(tmp_path / "other.xlsx", expected)
    with pytest.raises(ImportRefusedError, match="of the plan 2026-01, not of 2027-01"):
        read_back(file, replace(expected, plan_id="2027-01"))
    with pytest.raises(ImportRefusedError, match="from version 1 of the plan; it is at version 2"):
        read_back(file, replace(expected, version=2))
    workbook = openpyxl.load_workbook(file)
    workbook["_shengeng_plan"]["B3"] = "2"
    workbook.save(tmp_path / "forged.xlsx")
    with pytest.raises(ImportRefusedError, match="marks of the plan"):
        read_back(tmp_path / "forged.xlsx", replace(expected, version=2))
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(ImportRefusedError, match="is no Excel workbook"):
        read_back(tmp_path / "text.xlsx", expected)


def test_csv_and_parquet_hold_the_same_cells(book, tmp_path) -> None:
    """One row per cell in yuan; the CSV has the mark that Excel needs."""
    write_plan(tmp_path / "p.csv", book)
    write_plan(tmp_path / "p.parquet", book)
    assert (tmp_path / "p.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(tmp_path / "p.csv", dtype={"region_id": str})
    assert table["amount"].sum() == 120_000_000
    assert pq.read_table(tmp_path / "p.parquet").num_rows == len(table)
    with pytest.raises(InputError, match="no ending that can be written"):
        write_plan(tmp_path / "p.doc", book)
