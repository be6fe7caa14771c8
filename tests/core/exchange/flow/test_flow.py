"""From a messy file to rows in the store: asked where unsure, good rows loaded, bad ones kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.errors import AppError
from core.exchange.columns import mapping as mappings
from core.exchange.flow import FileAnswers, Known, SheetAnswers, load_file, mapping_folder, open_file, prepare
from core.exchange.flow.load.loading import QuestionsOpenError
from core.exchange.flow.load.report import findings_workbook, quarantine_workbook
from core.exchange.flow.load.retrying import from_table, load_again, payloads, try_again
from core.exchange.readers import read_file
from core.store.loading import quarantine
from core.store.loading.batches import list_batches, undo
from core.store.loading.problems import Level
from tests.core.exchange.flow.conftest import answer_all

if TYPE_CHECKING:
    from core.store.database import Store

SALES = "SELECT s.region_id, s.company_id, s.amount FROM market_sales AS s ORDER BY s.region_id, s.amount"


def sales(store: Store) -> list[tuple[str, str, float]]:
    return [(r["region_id"], r["company_id"], float(r["amount"])) for r in store.fetch(SALES).to_pylist()]


def csv(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8-sig")
    return path


def test_good_rows_are_loaded_and_bad_ones_are_set_aside(market: Store, report: Path) -> None:
    """Amounts in 万元 are stored in yuan, names as IDs; bad rows wait with their row number and reason."""
    known = Known(market)
    result = load_file(prepare(answer_all(report, known), known), known)
    assert sales(market) == [("2", "A", 125_000.0), ("3", "B", 80_000.0)]
    waiting = quarantine.items(market).to_pylist()
    assert [(row["row_number"], json.loads(row["payload"])["区域"]) for row in waiting] == [
        (6, "宜昌市"),
        (7, "火星"),
    ]
    assert "“x” is no number." in waiting[0]["findings"]
    assert "“火星” is no known name" in waiting[1]["findings"]
    assert (result.aside, result.imported.batches[0].rows) == (2, 2)


def test_open_questions_stop_the_load(market: Store, report: Path) -> None:
    """While the month of the title isn't confirmed nothing is written, and the question is told in words."""
    known = Known(market)
    flow = open_file(report, known)
    assert [question.code for question in flow.questions] == ["constant"]
    with pytest.raises(QuestionsOpenError, match=r"1 question is open.*Month.*2024-03"):
        load_file(prepare(flow, known), known)
    assert sales(market) == []


def test_the_file_of_the_next_month_needs_no_answer(market: Store, report: Path, tmp_path: Path) -> None:
    """A saved mapping holds for the same shape; month and unit are those of the new file, never the old."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    later = csv(tmp_path, "x.csv", "2024年4月各公司销售,,\n单位：万元,,\n区域,竞品,销售额\n武汉市,甲公司,3\n")
    flow = open_file(later, known)
    assert not flow.questions
    prepared = prepare(flow, known)
    assert [(f.source.code, f.level) for f in prepared.flaws][:1] == [("month_from_title", Level.INFORMATION)]
    assert str(prepared.sheets[0].sheet.values["month"][0]) == "2024-04-01"


def test_a_mapping_never_brings_last_months_unit_or_month(
    market: Store, report: Path, tmp_path: Path
) -> None:
    """A title without a month or unit, or with another unit, is asked about though the shape is known."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    bare = csv(tmp_path, "销售.csv", "区域,竞品,销售额\n武汉市,甲公司,3\n宜昌市,甲公司,4\n")
    assert {(q.code, q.source.column) for q in open_file(bare, known).questions} == {
        ("unit", "销售额"),
        ("missing", "month"),
    }
    other = csv(tmp_path, "y.csv", "2024年5月\n单位：元,,\n区域,竞品,销售额\n武汉市,甲公司,30000\n")
    assert [q.code for q in open_file(other, known).questions] == ["unit_conflict"]


def test_a_likely_name_is_asked_and_remembered(market: Store, tmp_path: Path) -> None:
    """武汉 isn't 武汉市 until somebody says so; then it is, next month as well."""
    known = Known(market)
    text = "单位：万元,,,\n月份,区域,竞品,销售额\n2024-0{month},武汉,甲公司,1\n"
    flow = open_file(csv(tmp_path, "1.csv", text.format(month=1)), known)
    assert [(q.code, q.proposed) for q in flow.questions] == [("name", "2")]
    load_file(prepare(answer_all(flow.path, known), known), known)
    later = open_file(csv(tmp_path, "2.csv", text.format(month=2)), known)
    assert not later.questions
    assert later.sheets[0].values["region_id"].tolist() == ["2"]


def test_a_file_is_undone_whole(market: Store, report: Path) -> None:
    """Undoing the batch of a file takes its rows back and closes what it set aside."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    batch = list_batches(market)["batch_id"][0].as_py()
    undo(market, [batch])
    assert sales(market) == []
    assert {row["status"] for row in quarantine.items(market, None).to_pylist()} == {"undone"}


def test_rows_set_aside_are_worked_off(market: Store, report: Path) -> None:
    """A corrected row goes in as its file did; the other waits on, and undoing the correction opens it."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    items = quarantine.items(market).to_pandas()
    rows = payloads(items)
    rows.loc[1, "销售额"] = "3.5"
    retry = try_again(known, items, rows)
    assert retry.good == (1,)
    load_again(retry, known)
    assert ("3", "A", 35_000.0) in sales(market)
    assert quarantine.items(market)["item_id"].to_pylist() == [2]
    undo(market, [list_batches(market)["batch_id"][0].as_py()])
    assert quarantine.items(market)["item_id"].to_pylist() == [1, 2]


def test_rows_come_back_in_a_workbook(market: Store, report: Path) -> None:
    """The workbook of the quarantine, corrected and read again, corrects its rows."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    items = quarantine.items(market).to_pandas()
    table = read_file(quarantine_workbook(items), "back.xlsx").tables[0].table
    table.loc[table["区域"] == "火星", "区域"] = "武汉市"
    table.loc[table["区域"] == "武汉市", "竞品"] = "乙公司"
    assert try_again(known, items, from_table(items, table, "Item no.")).good == (2,)


def test_a_row_is_discarded_with_a_reason_only(market: Store, report: Path) -> None:
    """Giving up needs a reason, is written down, and happens once."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    with pytest.raises(AppError, match="without a reason"):
        quarantine.discard(market, [2], " ")
    quarantine.discard(market, [2], "no region of ours")
    assert quarantine.items(market, "discarded").to_pylist()[0]["reason"] == "no region of ours"
    assert market.fetch("SELECT a.action FROM audit_log AS a").to_pylist()[-1] == {"action": "discard"}
    with pytest.raises(AppError, match="no longer open"):
        quarantine.discard(market, [2], "again")


def test_the_same_file_again_changes_nothing(market: Store, report: Path) -> None:
    """Rows that wait are replaced by the same rows, not doubled; no figure changes."""
    known = Known(market)
    for _time in range(2):
        result = load_file(prepare(answer_all(report, known), known), known)
    assert not result.imported.changed
    assert quarantine.items(market)["item_id"].to_pylist() == [3, 4]


def test_a_cell_is_fixed_before_loading(market: Store, report: Path) -> None:
    """A corrected cell counts, and its row is no longer bad."""
    known = Known(market)
    answers = answer_all(report, known).answers
    sheet = report.stem
    own = answers.of(sheet)
    fixed = SheetAnswers(own.table, own.skip, own.choices, own.names, {(6, "销售额"): "3"})
    prepared = prepare(open_file(report, known, answers.about(sheet, fixed)), known)
    assert prepared.bad == 1


def test_what_points_to_a_bad_row_is_bad_as_well(market: Store, tmp_path: Path) -> None:
    """Of a tree whose middle has no level the leaves are set aside too."""
    text = "区域编号,上级区域,级别,名称\n9,1,市,荆州市\n91,9,县,公安县\n92,91,,埠河镇\n93,92,村,一村\n"
    prepared = prepare(answer_all(csv(tmp_path, "区域.csv", text), Known(market)), Known(market))
    assert prepared.sheets[0].bad == {2, 3}


def test_odd_figures_are_told_and_kept(market: Store, tmp_path: Path) -> None:
    """A total that differs, a jump, a share above 100 % and a rep without region warn and stop nothing."""
    known = Known(market)
    capacity = "单位：万元,,\n月份,区域,市场容量\n2024-02,武汉市,10\n"
    load_file(prepare(answer_all(csv(tmp_path, "市场容量.csv", capacity), known), known), known)
    text = (
        "单位：万元,,,\n月份,区域,竞品,销售额\n2024-01,武汉市,甲公司,1\n2024-02,武汉市,甲公司,12\n合计,,,14\n"
    )
    prepared = prepare(answer_all(csv(tmp_path, "销售.csv", text), known), known)
    found = {flaw.source.code: flaw.words[0] for flaw in prepared.flaws}
    assert set(found) == {"total_differs", "jump", "share_above_one"}
    assert "12 times" in found["jump"]
    assert "120" in found["share_above_one"]
    assert (prepared.good, prepared.bad) == (2, 0)
    people = "员工编号,姓名,区域编号\nE7,王五,\nE8,赵六,2\n"
    prepared = prepare(answer_all(csv(tmp_path, "员工.csv", people), known), known)
    assert [flaw.value for flaw in prepared.flaws if flaw.source.code == "rep_without_region"] == ["王五"]


def test_cases_become_bottles_by_the_pack_of_each_product(market: Store, tmp_path: Path) -> None:
    """Two cases of 24 are 48 bottles; of a product without a pack size the row waits."""
    text = (
        "单位：元,,,,,\n月份,终端名称,公司,产品,销售额,数量(箱)\n"
        "2024-01,红星超市,甲公司,纯净水,100,2\n2024-01,红星超市,甲公司,绿茶,90,3\n"
    )
    prepared = prepare(answer_all(csv(tmp_path, "终端销售.csv", text), Known(market)), Known(market))
    sheet = prepared.sheets[0]
    assert [None if q is None else int(q) for q in sheet.sheet.values["quantity"]] == [48, None]
    assert sheet.bad == {1}


def test_rows_without_an_id_get_one_by_name(market: Store, tmp_path: Path) -> None:
    """A known shop keeps its ID, a new one gets its name as ID."""
    text = "终端名称,区域,地址\n红星 超市,武汉市,一路\n新店超市,宜昌市,二路\n"
    flow = answer_all(csv(tmp_path, "终端.csv", text), Known(market))
    assert flow.sheets[0].values["terminal_id"].tolist() == ["T1", "新店超市"]


def test_findings_stand_beside_the_original_rows(market: Store, report: Path) -> None:
    """The workbook has every bad row as it stands in the file, with its row number."""
    known = Known(market)
    prepared = prepare(answer_all(report, known), known)
    found = read_file(findings_workbook(prepared), "f.xlsx").sheets[0].table
    assert found["Row"].tolist() == [6.0, 7.0]
    assert found["区域"].tolist() == ["宜昌市", "火星"]


def test_mappings_lie_beside_the_store(market: Store, report: Path) -> None:
    """What was confirmed is a file a person can read."""
    known = Known(market)
    load_file(prepare(answer_all(report, known), known), known)
    saved = list(mapping_folder(market).glob("*.toml"))
    assert mappings.read(saved[0]).source("amount").unit == "万元"


def test_a_sheet_that_is_skipped_asks_nothing(market: Store, report: Path) -> None:
    """A sheet the user leaves out has no questions and no rows."""
    answers = FileAnswers().about(report.stem, SheetAnswers(skip=True))
    assert open_file(report, Known(market), answers).sheets == ()
