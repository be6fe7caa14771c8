"""Empty workbooks to fill in: a header in the user's language, a note per column, one example row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

from core.exchange.formula_guard import WORKBOOK
from core.i18n import _
from core.tables import TABLES, Column, Table

if TYPE_CHECKING:
    from pathlib import Path

_WIDTH = 16


def write_templates(folder: Path) -> list[Path]:
    """Write one workbook per table, named after the table.

    Parameters
    ----------
    folder
        Made when it does not exist; workbooks of the same names are overwritten.

    Returns
    -------
    list of pathlib.Path
        The workbooks. Each can be imported as it is: the example row is recognised and left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{table.name}.xlsx" for table in TABLES]
    for table, path in zip(TABLES, paths, strict=True):
        write_template(table, path)
    return paths


def write_template(table: Table, path: Path) -> None:
    """Write the empty workbook of one table."""
    with xlsxwriter.Workbook(str(path), WORKBOOK) as book:
        required = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1})
        optional = book.add_format({"bottom": 1})
        # Text cells keep the zeros at the start of codes.
        text = book.add_format({"num_format": "@", "font_color": "#808080"})
        cells = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(_(table.label)[:31])
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, _WIDTH, cells)
            sheet.write_string(0, number, _(column.label), required if column.required else optional)
            sheet.write_comment(0, number, note(column), {"x_scale": 2, "y_scale": 1.5})
            sheet.write_string(1, number, column.example, text)


def note(column: Column) -> str:
    """Return what a user has to know to fill in a column."""
    lines = [_(column.note)]
    lines.append(_("Required.") if column.required else _("May be empty."))
    if column.known:
        lines.append(
            _("Usual values: {values}.", values=", ".join(_spelling(column, code) for code in column.known))
        )
    lines.append(_("Column name: {name}.", name=column.name))
    return "\n".join(lines)


def _spelling(column: Column, code: str) -> str:
    others = column.known[code]
    return f"{code} ({others[0]})" if others else code
