"""One sheet of a plan's workbook: title, heads, columns, sums, print set-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name, xl_rowcol_to_cell

from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from core.targets.arrays import Floats, Integers
    from core.targets.units import Unit

__all__ = ["Page", "Styles", "xl_cell_to_rowcol"]


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook.

    Parameters
    ----------
    formats
        By name: title, hint, head, text, money, total, percent, good, bad.
    unit
        What one count is worth, yuan.
    divisor
        Yuan per unit of the workbook.
    """

    formats: dict[str, Any]
    unit: Unit
    divisor: int

    @classmethod
    def of(cls, file: Any, unit: Unit, divisor: int) -> Styles:  # noqa: ANN401 - xlsxwriter has no types
        """Make the formats; money shows every digit of the plan's unit, so that shown totals tie too."""
        digits = max(0, -((unit.size / divisor).normalize().as_tuple().exponent))  # type: ignore[operator]
        money = "#,##0" + ("." + "0" * min(digits, 4) if digits else "")
        thin = {"border": 1, "border_color": "#D0D7DE"}
        head = {
            "bold": True,
            "bg_color": "#E8EEF4",
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
        formats = {
            "title": {"bold": True, "font_size": 15},
            "hint": {"font_color": "#57606A"},
            "head": head | thin,
            "text": thin,
            "wrapped": thin | {"text_wrap": True, "valign": "top"},
            "money": thin | {"num_format": money},
            "total": thin | {"num_format": money, "bold": True, "bg_color": "#F3F6F9"},
            "label": thin | {"bold": True, "bg_color": "#F3F6F9"},
            "percent": thin | {"num_format": "0.0%"},
            "good": thin | {"font_color": "#00694E", "bold": True},
            "bad": thin | {"font_color": "#B34A00", "bold": True},
        }
        return cls({name: file.add_format(form) for name, form in formats.items()}, unit, divisor)

    @property
    def unit_name(self) -> str:
        """What money is shown in."""
        return _("k yuan")


class Page:
    """A sheet that is filled column by column."""

    first = 3  # row of the first line, from 0: title, hint and heads stand above

    def __init__(self, sheet: Any, styles: Styles, name: str) -> None:  # noqa: ANN401
        self.sheet, self.styles, self.name = sheet, styles, name

    def amounts(self, counts: Integers) -> Floats:
        """Return counts in the unit of the workbook, exact to its last digit."""
        numerator, denominator = (self.styles.unit.size / self.styles.divisor).as_integer_ratio()
        return np.asarray(counts * numerator / denominator, dtype=np.float64)

    def title(self, title: str, hint: str) -> None:
        """Write the two lines above the table."""
        self.sheet.write_string(0, 0, title, self.styles.formats["title"])
        self.sheet.write_string(1, 0, hint, self.styles.formats["hint"])

    def heads(self, heads: Sequence[str], *, text: int = 0) -> None:
        """Write the heads; those after ``text`` columns stand over money."""
        for column, head in enumerate(heads):
            self.sheet.write_string(self.first - 1, column, head, self.styles.formats["head"])
        self.sheet.set_row(self.first - 1, 30)
        if len(heads) > text:
            self.sheet.set_column(text, len(heads) - 1, 11)

    def texts(self, column: int, values: Iterable[str], style: str = "text") -> None:
        """Write texts as texts, whatever they begin with."""
        for row, value in enumerate(values, self.first):
            self.sheet.write_string(row, column, str(value), self.styles.formats[style])

    def numbers(self, column: int, values: Floats, style: str = "money") -> None:
        """Write numbers; missing ones stay empty."""
        for row, value in enumerate(values, self.first):
            self.number(row, column, value, style)

    def number(self, row: int, column: int, value: float, style: str = "money") -> None:
        """Write one number; a missing one stays empty."""
        if np.isfinite(value):
            self.sheet.write_number(row, column, float(value), self.styles.formats[style])
        else:
            self.sheet.write_blank(row, column, None, self.styles.formats[style])

    def formula(self, row: int, column: int, formula: str, value: float | str, style: str = "money") -> None:
        """Write a formula with its value, for readers that don't calculate."""
        self.sheet.write_formula(row, column, formula, self.styles.formats[style], value)

    def codes(self, column: int, values: Integers) -> None:
        """Write whole numbers that formulas go by."""
        for row, value in enumerate(values, self.first):
            self.sheet.write_number(row, column, int(value))

    def ref(self, row: int, column: int, *, fixed_column: bool = False) -> str:
        """Return the name of a cell, ``$P4``."""
        return str(xl_rowcol_to_cell(row, column, col_abs=fixed_column))

    def row_sums(self, first: int, count: int, amounts: Floats) -> None:
        """Write the sum of each row right of it."""
        for line, value in enumerate(amounts.sum(axis=1)):
            row = self.first + line
            span = f"{self.ref(row, first)}:{self.ref(row, first + count - 1)}"
            self.formula(row, first + count, f"=SUM({span})", float(value), "total")

    def column_sums(self, first: int, count: int, top: int, bottom: int, amounts: Floats) -> None:
        """Write the sum of each column below it."""
        self.sheet.write_string(bottom + 1, 0, _("Total"), self.styles.formats["label"])
        for column in range(1, first):
            self.sheet.write_blank(bottom + 1, column, None, self.styles.formats["label"])
        for number in range(count):
            letter = xl_col_to_name(first + number)
            value = float(amounts[:, number].sum())
            self.formula(
                bottom + 1, first + number, f"=SUM({letter}{top + 1}:{letter}{bottom + 1})", value, "total"
            )

    def finish(self, last_row: int, last_column: int, *, freeze: int = 1) -> None:
        """Freeze the heads and set up the print: landscape A4, one page wide, heads on every page."""
        sheet = self.sheet
        sheet.freeze_panes(self.first, freeze)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, self.first - 1)
        sheet.print_area(0, 0, last_row, last_column)
        sheet.set_footer("&L&F&C&A&R&P / &N")


def known_text(value: object) -> str:
    """Return a text, empty where it is missing."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN is unequal to itself


def filled(values: pd.Series) -> pd.Series:
    """Return texts with empty ones where they are missing."""
    return values.map(known_text)
