"""What a sheet is proposed to be."""

from __future__ import annotations

import random

import pytest

from core.exchange.columns.answering import mapping_of
from core.exchange.columns.proposing import propose_mapping
from core.i18n import LANGUAGES, _, language
from core.tables import BY_NAME, TABLES, Kind

SAMPLES = {
    Kind.TEXT: "T001",
    Kind.INTEGER: 3,
    Kind.NUMBER: 0.5,
    Kind.MONEY: "1,234.50",
    Kind.BOOLEAN: "是",
    Kind.DATE: "2024-03-05",
    Kind.MONTH: "2024-03",
    Kind.TIMESTAMP: "2024-03-05 09:30",
}


def template(name: str, code: str) -> tuple[list[str], list[list[object]]]:
    """Return the headers of a template in a language, and the cells of its example row."""
    with language(code):
        headers = [_(column.label) for column in BY_NAME[name].columns]
    cells = [[column.example or SAMPLES[column.kind]] for column in BY_NAME[name].columns]
    for column, cell in zip(BY_NAME[name].columns, cells, strict=True):
        if column.known:
            cell[:] = [next(iter(column.known))]
    return headers, cells


@pytest.mark.parametrize("table", [table.name for table in TABLES])
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_template_is_recognised(table: str, code: str) -> None:
    """The template of every table, its columns shuffled, maps to itself without another meaning."""
    headers, cells = template(table, code)
    order = list(range(len(headers)))
    random.Random(table).shuffle(order)
    proposal = propose_mapping([headers[i] for i in order], [cells[i] for i in order])
    assert proposal.table == table
    targets = [proposal.columns[position].target for position in range(len(order))]
    assert targets == [BY_NAME[table].columns[i].name for i in order]


def test_an_unknown_sheet_is_asked_about() -> None:
    """Columns that nothing is called like make no table, and the question offers all of them."""
    proposal = propose_mapping(["foo", "bar"], [["a"], ["b"]])
    assert proposal.table is None
    assert [q.code for q in proposal.questions] == ["table"]
    assert len(proposal.questions[0].choices) == len(TABLES)


def test_derived_figures_are_left_out() -> None:
    """同比, 占比, 去年同期, 完成率 beside 销售额 are not taken for it."""
    headers = [
        "区域",
        "公司",
        "月份",
        "销售额同比",
        "销售额占比",
        "去年同期销售额",
        "销售额（元）",
        "销售完成率",
    ]
    cells = [["武汉"], ["甲"], ["2024-03"], [0.1], [0.2], [5], [6], [0.9]]
    proposal = propose_mapping(headers, cells)
    assert [c.target for c in proposal.columns] == [
        "region_id",
        "company_id",
        "month",
        None,
        None,
        None,
        "amount",
        None,
    ]


def test_two_columns_that_fill_the_same_are_asked() -> None:
    """销售额 and 回款 both are amounts: one is taken, the other is not silently dropped or added."""
    proposal = propose_mapping(
        ["区域", "公司", "月份", "回款（元）", "销售额（元）"], [["武汉"], ["甲"], ["2024-03"], [5], [6]]
    )
    amounts = [c for c in proposal.columns if c.header in {"回款（元）", "销售额（元）"}]
    assert sorted(c.target or "" for c in amounts) == ["", "amount"]
    assert [q.code for q in proposal.questions] == ["column"]
    mapping = mapping_of(proposal, {("column", proposal.questions[0].column): "market_sales.amount"})
    assert mapping.source("amount").header == proposal.questions[0].column


def test_a_learned_header_counts_before_all_others() -> None:
    """What the user once called an amount is one, whatever the dictionary says."""
    headers, cells = ["区域", "公司", "月份", "量价"], [["武汉"], ["甲"], ["2024-03"], [6]]
    assert propose_mapping(headers, cells).source("amount") is None
    learned = propose_mapping(headers, cells, ["单位：元"], aliases={"量价": "market_sales.amount"})
    assert learned.source("amount").header == "量价"


def test_known_ids_tell_codes_from_names() -> None:
    """“US” under 公司 is an ID where it exists, and a name to be matched where it doesn't."""
    headers, cells = ["区域编号", "公司", "月份", "金额（元）"], [["R1"], ["US"], ["2024-03"], [1]]
    assert propose_mapping(headers, cells, known={"company": {"US"}}).source("company_id").resolve is None
    assert propose_mapping(headers, cells).source("company_id").resolve == "company"


def test_leaving_a_column_out_is_an_answer() -> None:
    """A column the user leaves out has no target in the mapping."""
    proposal = propose_mapping(
        ["区域", "公司", "月份", "金额（元）", "数量（箱）"], [["武汉"], ["甲"], ["2024-03"], [5], [6]]
    )
    mapping = mapping_of(proposal, {("column", "数量（箱）"): "leave_out"})
    assert mapping.source("quantity") is None
    assert mapping.source("amount").unit == "元"


def test_a_customer_is_a_dealer_or_a_shop() -> None:
    """客户 is a dealer to some and a shop to others: which table it is gets asked; 门店 is clear."""
    cells = [["武汉"], ["甲商行"], ["2024-03"], ["US"], [5]]
    for customer, asked in (("客户名称", ["table"]), ("门店名称", [])):
        proposal = propose_mapping(["区域", customer, "月份", "公司编号", "销售额（元）"], cells)
        assert [q.code for q in proposal.questions] == asked
        assert proposal.table == "terminal_sales"


def test_an_amount_is_never_dropped_in_silence() -> None:
    """A list of shops with an amount in it is asked about: the amount has no place among shops."""
    headers = ["门店编码", "门店名称", "地址", "等级", "区域", "状态", "销售额（元）"]
    cells = [["T1"], ["甲"], ["x路1号"], ["A"], ["武汉"], ["营业"], [5]]
    proposal = propose_mapping(headers, cells)
    assert proposal.source("amount") is None
    assert "table" in [q.code for q in proposal.questions]


def test_a_missing_company_is_asked_with_those_known() -> None:
    """Sales without a company may be one's own: the known companies are offered, none is assumed."""
    proposal = propose_mapping(
        ["区域", "月份", "销售额（元）"], [["武汉"], ["2024-03"], [5]], known={"company": {"US", "R1"}}
    )
    assert [(q.code, q.column, q.choices, q.proposed) for q in proposal.questions] == [
        ("missing", "company_id", ("R1", "US"), None)
    ]
