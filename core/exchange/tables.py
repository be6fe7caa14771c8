"""Tables out of the product: CSV that Excel opens, formatted workbooks, Parquet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from core.errors import InputError
from core.exchange.formula_guard import WORKBOOK, harmless_table
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

FORMATS = (".csv", ".xlsx", ".parquet")
NUMBER_FORMATS = {"money": "#,##0.00", "percent": "0.0%", "points": "0.0%", "ratio": "0.00", "count": "#,##0"}
_MOST_WIDE = 60


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Parameters
    ----------
    title
        Name of the sheet.
    table
        Its rows.
    kinds
        By column, a key of ``NUMBER_FORMATS``; other columns are shown as they are.
    """

    title: str
    table: pd.DataFrame
    kinds: Mapping[str, str] = field(default_factory=dict)


def check_path(path: Path, formats: Sequence[str] = FORMATS) -> None:
    """Refuse a file that can't be written.

    Raises
    ------
    InputError
        The ending is another one, or the folder doesn't exist.
    """
    if path.suffix.lower() not in formats:
        raise InputError(
            _("“{file}” has no ending that can be written.", file=path.name),
            _("Choose one of: {allowed}.", allowed=", ".join(formats)),
        )
    if not path.resolve().parent.is_dir():
        raise InputError(
            _("The folder {folder} doesn't exist.", folder=path.parent), _("Make it, or choose another one.")
        )


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables to a file; its ending says how.

    Parameters
    ----------
    path
        ``.csv`` (UTF-8 with the mark that Excel needs) and ``.parquet`` hold the first sheet only,
        ``.xlsx`` all of them. Missing values are empty.
    sheets
        The table, then what explains it.

    Raises
    ------
    InputError
        The ending is another one, or the folder doesn't exist.
    """
    check_path(path)
    table = sheets[0].table
    if path.suffix.lower() == ".csv":
        harmless_table(table).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    elif path.suffix.lower() == ".parquet":
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), path)
    else:
        _write_workbook(path, sheets)


def _write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    # A company may be called “=SUM”: a text is never a formula or a link.
    with xlsxwriter.Workbook(str(path), WORKBOOK) as book:
        for sheet in sheets:
            _write_sheet(book, sheet)


def _write_sheet(book: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(sheet.title[:31])
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in NUMBER_FORMATS.items()}
    for number, name in enumerate(sheet.table.columns):
        values = sheet.table[name].astype(object)
        cells = [None if missing else value for value, missing in zip(values, values.isna(), strict=True)]
        kind = sheet.kinds.get(str(name))
        width = max([len(str(name)), *(_width(cell, kind) for cell in cells[:500])], default=8)
        page.set_column(number, number, min(width + 2, _MOST_WIDE))
        page.write_string(0, number, str(name), head)
        style = formats.get(kind or "") or (wrapped if width > _MOST_WIDE else None)
        for row, cell in enumerate(cells, 1):
            if cell is not None:
                page.write(row, number, cell, style)
    page.freeze_panes(1, 1)
    _print_setup(page)
    if len(sheet.table):
        page.autofilter(0, 0, len(sheet.table), len(sheet.table.columns) - 1)


def _print_setup(page: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """Have a sheet printed as wide as A4 landscape, with its header and number on every page."""
    page.set_paper(9)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def _width(cell: object, kind: str | None) -> int:
    """Return how many columns of text a cell takes; a Chinese character takes two."""
    if kind == "money" and isinstance(cell, int | float):
        return len(f"{cell:,.2f}")
    if isinstance(cell, float):
        return 8
    text = "" if cell is None else str(cell)
    return len(text) + sum(ord(letter) > 0x2E80 for letter in text)
