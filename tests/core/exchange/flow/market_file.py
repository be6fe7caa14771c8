"""A file with figures of a market, and what is true about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from core.exchange.flow import Asked

REGIONS = {"武汉市": "2", "宜昌市": "3"}
COMPANIES = {"甲公司": "A", "乙公司": "B"}
SHOPS = {"红星超市": "T1", "光明商店": "T2"}
PRODUCTS = {"纯净水": "W", "绿茶": "T"}
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000}
Key = tuple[str, ...]
Grid = list[list[Any]]


@dataclass
class MarketMess:
    """A file and what is true about it.

    Parameters
    ----------
    path
        The file.
    truth
        Region or shop, company, product where there is one, month -> yuan.
    answers
        Code of a question -> the true answer; others are answered as proposed.
    clear
        Whether nothing but what the answers hold may be asked.
    """

    path: Path
    truth: dict[Key, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    clear: bool = True
    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def answer(self, question: Asked) -> str | None:
        """Say what is true about the file; None where that isn't known."""
        return self.answers.get(question.code, question.proposed)

    def save(self, sheets: dict[str, Grid]) -> MarketMess:
        """Write the sheets."""
        with xlsxwriter.Workbook(self.path, {"strings_to_numbers": False}) as book:
            for name, rows in sheets.items():
                page = book.add_worksheet(name)
                for at, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        code = self.formats.get(column) if isinstance(cell, int | float) else None
                        if isinstance(cell, dt.date):
                            page.write_datetime(
                                at,
                                column,
                                dt.datetime(cell.year, cell.month, cell.day),
                                book.add_format({"num_format": "yyyy-mm-dd"}),
                            )
                        elif cell is not None:
                            page.write(
                                at, column, cell, book.add_format({"num_format": code}) if code else None
                            )
                for top, left, bottom, right in self.merged.get(name, []):
                    page.merge_range(top, left, bottom, right, rows[top][left])
                if name in self.hidden:
                    page.hide()
        return self
