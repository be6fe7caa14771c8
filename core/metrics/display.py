"""How values are written: one form per format, for tables, files, slides and sentences alike."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core import numbers
from core.i18n import _
from core.metrics.registry import FAMILIES, MISSING_TEXT
from core.metrics.spec import Format, Metric


@dataclass(frozen=True)
class Display:
    """How a table writes a number: the stored value times a factor, rounded, then a mark.

    Parameters
    ----------
    factor
        Of the stored value; money is divided by the screen's unit instead.
    sign
        Whether a gain carries a plus.
    mark
        What stands behind each number: ``%``, ``×``, or nothing.
    """

    factor: float = 1.0
    digits: int = 0
    sign: bool = False
    mark: str = ""

    @property
    def pattern(self) -> str:
        """The same as a printf pattern; ``localized`` for whole numbers with separators."""
        if not self.digits:
            return "localized"
        mark = self.mark.replace("%", "%%")
        return f"%{'+' if self.sign else ''}.{self.digits}f{mark}"


DISPLAYS = {
    Format.MONEY: Display(digits=1),
    Format.PERCENT: Display(100.0, 1, mark="%"),
    Format.CHANGE: Display(100.0, 1, sign=True, mark="%"),
    Format.POINTS: Display(100.0, 1, sign=True),
    Format.MULTIPLE: Display(digits=2, mark=" ×"),
    Format.RATIO: Display(digits=2),
    Format.SCORE: Display(digits=1),
    Format.INTEGER: Display(),
}


def file_format(declared: Metric) -> str:
    """Return how a workbook shows the bare numbers of :func:`display_values`; empty for texts."""
    if declared.format is Format.DATE:
        return "yyyy-mm-dd"
    if declared.format not in DISPLAYS:
        return ""
    shown = DISPLAYS[declared.format]
    number = f"#,##0.{'0' * shown.digits}" if shown.digits else "#,##0"
    return f"+{number};-{number};{number}" if shown.sign else number


def heading(declared: Metric, label: str = "", *, in_file: bool = False) -> str:
    """Return a column's heading with its unit.

    Parameters
    ----------
    label
        In place of the KPI's own, in the language in use.
    in_file
        Whether the cells are bare numbers, so that the heading has to say ``%``.
    """
    label = label or _(declared.label)
    match declared.format:
        case Format.MONEY:
            return numbers.heading(label, numbers.money_unit())
        case Format.POINTS:
            return numbers.heading(label, _("pts"))
        case Format.PERCENT | Format.CHANGE if in_file:
            return numbers.heading(label, "%")
        case _:
            return label


def help_text(declared: Metric) -> str:
    """Return formula, meaning, denominator and source of a KPI in one line."""
    source = _("Source: {source}", source=declared.source) if declared.source else ""
    texts = (declared.formula, declared.explanation, declared.basis)
    return " — ".join([*(_(text) for text in texts if text), *([source] if source else [])])


def display_values(values: pd.Series, declared: Metric) -> pd.Series:
    """Return a column in the units of the screen, with the words of codes; missing stays missing."""
    match declared.format:
        case Format.CODE:
            words = values.map(lambda code: FAMILIES[declared.family].word(declared.codes, code))
            return words.replace(MISSING_TEXT, None)
        case Format.FLAG:
            return values.map({True: _("yes"), False: ""}).fillna("")
        case Format.DATE:
            return pd.to_datetime(values).dt.date
        case Format.TEXT:
            return values
    shown = DISPLAYS[declared.format]
    factor = 1 / numbers.money_divisor() if declared.format is Format.MONEY else shown.factor
    return (values.astype("float64") * factor).round(shown.digits)


def display_table(table: pd.DataFrame, columns: list[Metric]) -> pd.DataFrame:
    """Return some columns in the units of the screen, under their keys, in a new order of rows from 0.

    Parameters
    ----------
    table
        Has the KPIs' keys as columns, or their ``text_column``.
    columns
        KPIs, in the order of the result.
    """
    shown = {each.key: display_values(table[each.text_column or each.key], each) for each in columns}
    return pd.DataFrame(shown).reset_index(drop=True)


def write_value(declared: Metric, value: object, *, unit: bool = True) -> str:  # noqa: PLR0911 - one return per format
    """Write one value as people read it, an em dash where it is missing.

    Parameters
    ----------
    value
        Yuan, ratio, count, flag, date or code, as it is in the table.
    unit
        Whether money carries its unit.
    """
    if numbers.is_missing(value):
        return MISSING_TEXT
    match declared.format:
        case Format.CODE:
            return FAMILIES[declared.family].word(declared.codes, value)
        case Format.FLAG:
            return _("yes") if value else _("no")
        case Format.TEXT | Format.DATE:
            return str(value)
        case Format.MONEY:
            return numbers.money(value, unit=unit)
        case Format.PERCENT:
            return numbers.percent(value)
        case Format.CHANGE:
            return numbers.percent(value, sign=True)
        case Format.POINTS:
            return numbers.points(value)
        case Format.MULTIPLE:
            return numbers.ratio(value)
        case Format.INTEGER:
            return numbers.count(value)
        case _:
            return numbers.decimal(value, DISPLAYS[declared.format].digits)
