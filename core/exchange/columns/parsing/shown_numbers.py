"""Numbers whose format shows another figure or unit than the column says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.exchange.columns.parsing import units
from core.exchange.columns.results import Question
from core.exchange.readers.sheet.cells import ShownNumber
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.exchange.columns.parsing.units import Unit
    from core.tables import Column

CODE, WORDS = "shown_number", "shown_number_words"
"""Questions about a unit that contradicts the column's, and about words that are no unit."""
_BY_SCALE = {
    Decimal(10) ** 3: "千元",
    Decimal(10) ** 4: "万元",
    Decimal(10) ** 6: "百万元",
    Decimal(10) ** 8: "亿元",
}


def factor_of(cell: ShownNumber, unit: Unit | None, column: Column) -> Decimal | None:
    """Return what the figure shown is multiplied by to be what the store keeps; None where that is open.

    The figure counts with the unit its format names, else that of the column. Where the format divides,
    the stored number must be in the unit of the store, or the two contradict each other.
    """
    scale = Decimal(repr(cell.scale))
    own = units.unit_named(cell.unit) if cell.unit else None
    said = units.factor(unit, column)
    if says_more(cell, column):
        return None
    if own is not None and units.suits(own, column):
        factor = units.factor(own, column)
        if scale == 1:
            return factor if unit is None or said == factor else None
        return factor if factor * scale == 1 and (unit is None or said in {1, factor}) else None
    if own is not None and own.dimension in {"count", "mass", "volume"} and column.kind is Kind.MONEY:
        # 45 shown as 45箱 is no amount.
        return None
    if unit is None:
        # Without a unit anywhere the stored number is one of yuan, however it is shown.
        return 1 / scale
    return said if scale == 1 or said * scale == 1 else None


def says_more(cell: ShownNumber, column: Column) -> bool:
    """Tell whether a format writes words beside an amount that are no unit (退1200), or hides it."""
    return column.kind is Kind.MONEY and bool(cell.unit) and units.unit_named(cell.unit) is None


def implied_unit(cells: Iterable[Any]) -> str | None:
    """Return the unit of money that a format makes of yuan by dividing; None where none divides."""
    scales = {Decimal(repr(cell.scale)) for cell in cells if isinstance(cell, ShownNumber) and cell.scale < 1}
    return _BY_SCALE.get(1 / scales.pop()) if len(scales) == 1 else None


def shown_question(
    cells: Sequence[Any], unit: Unit | None, column: Column, *, formats_read: bool = True
) -> Question | None:
    """Ask what numbers are whose format and unit contradict each other; None where none do.

    Numbers that are shown as they are stored, among others that are divided by their format, are asked
    about as well: they may be in either unit. So may all numbers of a workbook whose formats can't be read.

    Parameters
    ----------
    formats_read
        Whether the formats of the workbook are known.
    """
    shown = [cell for cell in cells if isinstance(cell, ShownNumber) and cell.unit != "%" and cell]
    odd = [cell for cell in shown if factor_of(cell, unit, column) is None]
    divided = [cell for cell in shown if cell.scale < 1 and not cell.unit]
    plain = [cell for cell in cells if type(cell) in (int, float) and cell]
    if odd:
        return _question(odd[0], unit, column)
    if plain and unit is not None and units.factor(unit, column) != 1 and not formats_read:
        context = {"label": column.label, "shown": _plain(plain[0]), "unit": unit.code}
        factors = (str(units.factor(unit, column)), "1")
        return Question(f"{CODE}_unread", column.name, factors, None, (_plain(plain[0]),), context)
    if divided and plain and unit is not None and units.factor(unit, column) != 1:
        factors = (str(units.factor(unit, column)), "1")
        context = {"label": column.label, "shown": _plain(plain[0]), "format": divided[0].code}
        return Question(f"{CODE}_beside", column.name, factors, None, (_plain(plain[0]),), context)
    return None


def _question(cell: ShownNumber, unit: Unit | None, column: Column) -> Question:
    scale = Decimal(repr(cell.scale))
    own = units.unit_named(cell.unit) if cell.unit else None
    named = units.factor(own, column) if own is not None and units.suits(own, column) else None
    said = units.factor(unit, column)
    factors: tuple[Decimal, ...] = (named if named is not None else said, said, said / scale, 1 / scale)
    if says_more(cell, column):
        factors = tuple(sign * factor for factor in factors for sign in (1, -1))
    choices = tuple(dict.fromkeys(format(factor.normalize(), "f") for factor in factors))
    context = {"label": column.label, "shown": f"{_plain(cell)}{cell.unit}", "format": cell.code}
    context |= {"figure": _plain(cell), "unit": unit.code if unit else ""}
    code = WORDS if says_more(cell, column) else CODE
    return Question(code, column.name, choices, None, (f"{_plain(cell)}{cell.unit}",), context)


def _plain(cell: float) -> str:
    return format(float(cell), ".15g")
