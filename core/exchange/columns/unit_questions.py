"""Units of amounts and quantities that neither header nor title settles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.exchange.columns.parsing.shown_numbers import implied_unit
from core.exchange.columns.parsing.units import suits
from core.exchange.columns.results import Question
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.assigning import Assignment, Sheet
    from core.exchange.columns.context import Context
    from core.exchange.columns.proposal import ColumnProposal

QUANTITY_UNITS = ("product", "箱", "件", "瓶", "公斤", "吨")
MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
_BRACKETS = re.compile(
    r"[(（\[【](?!(?:不?含税|未税|税[前后]|净|实际|gross|net|tax)[^)）\]】]*[)）\]】])[^)）\]】]*[)）\]】]"
)
_OF_MONEY = frozenset(("money", "currency", "number"))


def unit_questions(
    sheet: Sheet, found: Assignment, columns: Sequence[ColumnProposal], context: Context
) -> tuple[Question, ...]:
    """Ask for the units of the columns of a sheet that don't say theirs, or say another than the title.

    Parameters
    ----------
    sheet
        Headers and samples.
    found
        What the sheet is.
    columns
        What each column holds.
    context
        What the titles say.
    """
    asked = []
    for column in columns:
        if column.target is not None and (several := _contradicting(sheet, column, found)):
            described = {"label": column.header}
            asked.append(Question("unit", column.header, several, None, column.samples, described))
            continue
        if column.target == "quantity" and column.unit is None:
            proposed = None if _is_bracketed(column.header) else "product"
            described = {"label": column.header}
            asked.append(Question("unit", column.header, QUANTITY_UNITS, proposed, column.samples, described))
        if column.target is None or found.table.column(column.target).kind is not Kind.MONEY:
            continue
        own = sheet.headers[column.position].unit
        described = {"label": column.header}
        titled = context.unit if context.unit is not None and context.unit.dimension in _OF_MONEY else None
        if own is not None and titled is not None and own.dimension == "money" and own != titled:
            clash = {"header_unit": own.code, "title_unit": titled.code}
            choices = (own.code, titled.code)
            asked.append(
                Question("unit_conflict", column.header, choices, own.code, column.samples, described | clash)
            )
            continue
        sample = sheet.samples[column.position]
        bare = own is None and titled is None and sample.mixes_units
        if bare or (column.unit is None and column.header != column.target and not sample.says_units):
            # Brackets that nobody understands, or titles that name other units, speak against plain yuan.
            unsure = bare or _is_bracketed(column.header) or bool(context.units)
            proposed = implied_unit(sample.cells) or (None if unsure else "元")
            asked.append(Question("unit", column.header, MONEY_UNITS, proposed, column.samples, described))
    return tuple(asked)


def _contradicting(sheet: Sheet, column: ColumnProposal, found: Assignment) -> tuple[str, ...]:
    """Return the units of one header that can't all be those of its figures: 销售(万)(元)."""
    own = found.table.column(str(column.target))
    if own.kind is not Kind.MONEY and own.name != "quantity":
        return ()
    suiting = [unit for unit in sheet.headers[column.position].units if suits(unit, own)]
    # 万 of an amount is 万元.
    money = own.kind is Kind.MONEY
    codes = dict.fromkeys("万元" if money and unit.code == "万" else unit.code for unit in suiting)
    return tuple(codes) if len(codes) > 1 else ()


def _is_bracketed(header: str) -> bool:
    """Tell whether brackets of a header say something that isn't known, a unit perhaps."""
    return _BRACKETS.search(header) is not None
