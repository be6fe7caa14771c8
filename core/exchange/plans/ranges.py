"""Where the columns of a plan workbook's detail sheet are, for the formulas on its other sheets."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from core.exchange.plans.model import DETAIL
from core.exchange.plans.page import Page
from core.i18n import _

# Item, region, owner by id, then category, product, region above, region and owner by name.
FIRST_MONTH = 8


class DetailRanges:
    """Where the columns of the detail sheet are, for formulas on other sheets."""

    def __init__(self, rows: int, months: int) -> None:
        self.first, self.last, self.months = Page.first + 1, Page.first + rows, months
        self.sheet = "'" + _(DETAIL).replace("'", "''") + "'"

    def column(self, number: int) -> str:
        """Return the range of a column."""
        letter = xl_col_to_name(number)
        return f"{self.sheet}!${letter}${self.first}:${letter}${self.last}"

    def sum_of(self, month: int | None, where: dict[str, str]) -> str:
        """Return the formula that sums a month, or the year, of the rows with the given numbers."""
        codes = FIRST_MONTH + self.months + 1
        names = ("item_no", "region_no", "owner_no")
        conditions = "".join(
            f",{self.column(codes + names.index(name))},{value}" for name, value in where.items()
        )
        summed = FIRST_MONTH + (self.months if month is None else month)
        return f"=SUMIFS({self.column(summed)}{conditions})"

    def total(self, month: int | None = None) -> str:
        """Return the formula that sums a whole month, or the year."""
        return f"=SUM({self.column(FIRST_MONTH + (self.months if month is None else month))})"


def corner(lines: int, columns: int) -> str:
    """Return the cell with the grand total of a cross table of that size."""
    return str(xl_rowcol_to_cell(Page.first + lines, 2 + columns))
