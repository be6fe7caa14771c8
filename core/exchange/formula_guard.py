"""Texts that no spreadsheet takes for a formula: one place for every file the product writes."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula in Excel, WPS, LibreOffice or a web spreadsheet, in either width."""
WORKBOOK = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of a workbook in which a text is always a text."""
_PLAIN = re.compile(r"[+-]?(?:\d[\d,]*(?:\.\d+)?%?)?")


def harmless(cell: Any) -> Any:  # noqa: ANN401 - any cell
    """Return a cell for a text file: a text that would begin a formula stands behind an apostrophe.

    Numbers written as text, such as -12.5, are no formula and stay.
    """
    if not isinstance(cell, str) or not cell.lstrip(" \u00a0\u3000\ufeff").startswith(STARTS):
        return cell
    return cell if _PLAIN.fullmatch(cell) else f"'{cell}"


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for a text file: headers and texts that would begin a formula are made harmless."""
    result = table.rename(columns=harmless)
    for at in range(result.shape[1]):
        column = result.iloc[:, at]
        if isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype(object)
        if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
            result.isetitem(at, column.map(harmless, na_action="ignore"))
    return result
