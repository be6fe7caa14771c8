"""Whether the figures of a sheet are what its table holds, or something that has to be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from core.exchange.columns.results import Question
from core.exchange.matching.script import to_simplified
from core.exchange.measures import Measure, measures_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.proposal import ColumnProposal

CODE = "measure"
"""Code of the question, and of the decision of a column or sheet."""
OWN_SALES, LEAVE_OUT = "own_sales", "leave_out"
TABLES = ("market_sales", "market_capacity", "target_cell")
"""Answers that say the table."""
_WHOLE = re.compile(
    r"以上|上述|上表|本表|表中|表内|全表|均为|数据|单位|figures|\bdata\b|amounts|all ", re.IGNORECASE
)
"""Words by which a note speaks of the whole table."""
_FIGURES = frozenset(("amount", "quantity", "sell_in_amount", "sell_out_amount"))
_PLAIN = {
    "market_sales": {Measure.SALES},
    "terminal_sales": {Measure.SALES},
    "market_capacity": {Measure.CAPACITY},
    "dealer_sales": {Measure.SALES, Measure.DELIVERIES, Measure.PAYMENTS},
    "target_cell": {Measure.PLAN, Measure.SALES},
    "inventory": {Measure.STOCK},
    "expense": {Measure.COST, Measure.SALES},
    "expense_budget": {Measure.PLAN, Measure.COST, Measure.SALES},
}
"""Table -> what may be said of its figures without a question; other tables hold no figures of a month."""
_WAYS = {
    Measure.PLAN: "target_cell",
    Measure.RETURNS: "subtract",
    Measure.RUNNING_TOTAL: "difference",
    Measure.PER_DAY: "times_days",
}
_OF_SALES = frozenset(("market_sales", "terminal_sales"))
_NEUTRAL = re.compile(
    r"\d+|[年月日季周]|[一二三四上下][季半]|(?:单位|金额|数量)?[：:]?[百千万亿]*元|金额|数量|单位|人民币|含税|不含税"
    r"|各|全国|全省|全市|区域|地区|片区|大区|城市|区县|省份|[省市区县]|公司|厂家|厂商|企业|品牌|竞品|对手|门店|终端|网点|客户"
    r"|经销商|产品|商品|品类|市场|渠道|业务员|明细|报表|表格?|统计|汇总|情况|数据|信息|报告|一览|清单|台账|简报|排名|分析"
    r"|按|分|的|及|与|和|份|版|更新|最新|原始|导出|导入|模板|系统|工作表|度"
)
_OTHER_WORDS = re.compile(r"[一-鿿]{2}")
"""What is left of a title whose words say nothing about its figures."""
_SPAN = re.compile(
    r"[一二三四1-4本当每上]季(?!节)|季度|半年|全年|年度|[本每上]周|周销|(?<![平工生节假昨今明近])日销|每日",
    re.IGNORECASE,
)
"""Words of a header for another span than a month."""
_OF_ROWS = frozenset((Measure.RETURNS, Measure.GIFTS, Measure.DRAFT))
_STAGES = frozenset((Measure.ORDERS, Measure.DELIVERIES, Measure.INVOICES, Measure.PAYMENTS))
_EARLIER_SALES = frozenset((Measure.EARLIER, Measure.SALES))
_COMPARES = re.compile("[比较及与和、/+]|vs|增|本期|今年|本年|当期", re.IGNORECASE)


def telling(notes: Sequence[str]) -> list[str]:
    """Return the notes below a table that speak of its figures as a whole: 以上为预算数."""
    return [note for note in notes if _WHOLE.search(to_simplified(note))]


def is_figure(column: str) -> bool:
    """Tell whether a column of the store is an amount or a quantity of a month."""
    return column in _FIGURES


def is_plain(header: str, table: str, column: str) -> bool:
    """Tell whether a header says nothing of a figure but what the table holds."""
    plain = _PLAIN.get(table)
    return plain is None or column not in _FIGURES or measures_in(header) <= plain


def is_untold(text: str) -> bool:
    """Tell whether a text has words that nobody knows, and none of what is measured."""
    return not measures_in(text) and _has_other_words(text)


def _has_other_words(text: str) -> bool:
    return _OTHER_WORDS.search(_NEUTRAL.sub(" ", to_simplified(text))) is not None


def measure_questions(
    table: str,
    columns: Sequence[ColumnProposal],
    lines: Sequence[str],
    spans: Sequence[str] = (),
    owners: Sequence[str] = (),
) -> tuple[Question, ...]:
    """Ask what figures are that aren't plainly those of the table: once for the sheet, or for a column.

    Parameters
    ----------
    table
        The table that the sheet seems to be.
    columns
        Its columns.
    lines
        What stands above and below the table, the names of sheet and file.
    spans
        Those of them that name several months above rows of one.
    owners
        Headers of columns of companies or customers that the table has no place for.
    """
    plain = _PLAIN.get(table)
    figures = [column for column in columns if column.target in _FIGURES]
    if plain is None or not figures:
        return ()
    own = {column.header: _kinds_of(column.header) for column in figures}
    # Above rows that say their month, “去年同期销售” says that the figures are of another one; above others
    # it says which, and their month is asked for.
    dated = any(column.target == "month" for column in columns)
    seen = [(line, kinds) for line in lines if (kinds := _kinds_of_line(line, dated=dated))]
    seen += [(line, frozenset((Measure.OTHER_SPAN,))) for line in spans]
    above = frozenset().union(*(kinds for _line, kinds in seen))
    odd = [line for line, kinds in seen if kinds - plain]
    if odd:
        every = above.union(*own.values())
        return (_question(table, figures, every - plain, odd[0]),)
    if table == "market_capacity" and owners:
        asked = _question(table, figures, frozenset((Measure.CAPACITY,)), owners[0])
        choices = ("market_sales", "market_capacity", LEAVE_OUT)
        return (replace(asked, choices=choices, proposed=None, context={**asked.context, "owned": "yes"}),)
    if table == "market_capacity" and not (above | own[figures[0].header]) & plain:
        return (_question(table, figures, own[figures[0].header], figures[0].header),)
    untold = next((line for line in lines if _has_other_words(line)), "")
    if untold and Measure.SALES in plain and not above.union(*own.values()) and table in _OF_SALES:
        # 金额 alone is an amount of whatever the title says, in words that nobody knows.
        return (replace(_question(table, figures, frozenset(), untold), proposed=None),)
    return tuple(
        _question(table, [column], own[column.header] - plain, column.header)
        for column in figures
        if own[column.header] - plain
    )


def _kinds_of_line(line: str, *, dated: bool) -> frozenset[Measure]:
    """Return what a line beside a table says is measured; an earlier period only where no other is named."""
    kinds = measures_in(line)
    other = dated and kinds == _EARLIER_SALES and not _COMPARES.search(line)
    return kinds if other else kinds - {Measure.EARLIER}


def _kinds_of(header: str) -> frozenset[Measure]:
    """Return what a header says is measured: the figure of a quarter, a year or a week is none of a month."""
    kinds = measures_in(header)
    return kinds | {Measure.OTHER_SPAN} if _SPAN.search(to_simplified(header)) else kinds


def _question(
    table: str, figures: Sequence[ColumnProposal], kinds: frozenset[Measure], seen: str
) -> Question:
    whole = len(figures) > 1 or seen != figures[0].header
    ways = list(dict.fromkeys(way for kind in Measure if kind in kinds and (way := _WAYS.get(kind))))
    proposed = ways[0] if ways else LEAVE_OUT
    if table == "market_capacity":
        # A capacity has no company; sales without one are our own.
        sales = OWN_SALES
        ways += [sales, "market_capacity"]
        if not kinds - _STAGES - {Measure.SALES}:
            proposed = sales
    else:
        ways.append("as_is")
        if not kinds - _STAGES:
            proposed = "as_is"
    context: dict[str, object] = {"label": figures[0].header, "seen": seen, "table": table}
    context |= {"kinds": "+".join(sorted(kinds)), "headers": tuple(column.header for column in figures)}
    context |= {"targets": tuple(str(column.target) for column in figures)}
    choices = (*ways, LEAVE_OUT)
    return Question(CODE, "" if whole else figures[0].header, choices, proposed, figures[0].samples, context)


def decision(question: Question) -> str:
    """Return the code under which an answer is kept: it holds while a file says the same of its figures."""
    return f"{CODE} {question.context['kinds']}|{question.column}"


def is_of_rows(question: Question) -> bool:
    """Tell whether a question is about what a column may say row by row: returns, gifts, void documents."""
    return question.code == CODE and set(str(question.context["kinds"]).split("+")) <= _OF_ROWS


def is_settled(question: Question) -> bool:
    """Tell whether a question about figures is answered by the choice of their table."""
    return set(str(question.context["kinds"]).split("+")) == {Measure.CAPACITY}


def asked_in(questions: Sequence[Question]) -> frozenset[str]:
    """Return the headers of the columns whose kind of figure is asked."""
    asked = [question.context["headers"] for question in questions if question.code == CODE]
    return frozenset(header for headers in asked if isinstance(headers, tuple) for header in headers)
