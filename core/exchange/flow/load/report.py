"""The findings beside the original rows, as a workbook to correct and bring back."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from core.exchange.flow.issues import table_of
from core.exchange.flow.load.loading import plain
from core.exchange.flow.load.retrying import payloads
from core.exchange.formula_guard import WORKBOOK, harmless_table
from core.i18n import _
from core.store.loading.problems import Level

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.flow.check.checking import Prepared, PreparedSheet

_WIDE = 60


def write_findings(path: Path, prepared: Prepared) -> None:
    """Write the findings of a file: a table as ``.csv``, beside the original rows as ``.xlsx``."""
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(findings_workbook(prepared))
        return
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    table = harmless_table(table_of(prepared.flaws, numbers))
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def findings_workbook(prepared: Prepared) -> bytes:
    """Return a workbook with a sheet per sheet of the file: its rows with findings, as they stand there.

    In front of each stand its row in the file and what was found; the sheet can be corrected and imported
    as any other file. The last sheet lists all findings.
    """
    buffer = io.BytesIO()
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    with xlsxwriter.Workbook(buffer, {**WORKBOOK, "in_memory": True}) as book:
        for sheet in prepared.sheets:
            found = _beside(sheet)
            if len(found):
                _write(book, sheet.sheet.name, found)
        _write(book, _("Findings"), table_of(prepared.flaws, numbers))
    return buffer.getvalue()


def quarantine_workbook(items: pd.DataFrame, headers: Sequence[str] = ()) -> bytes:
    """Return rows set aside (of one sheet) as a workbook to correct and bring back.

    Parameters
    ----------
    items
        Rows of :func:`core.store.loading.quarantine.items`.
    headers
        The order of the columns.
    """
    buffer = io.BytesIO()
    rows = payloads(items, headers).reset_index(drop=True)
    rows.insert(0, _("Finding"), ["\n".join(json.loads(text)) for text in items["findings"]])
    rows.insert(0, _("Row"), items["row_number"].to_numpy())
    rows.insert(0, _("Item no."), items["item_id"].to_numpy())
    with xlsxwriter.Workbook(buffer, {**WORKBOOK, "in_memory": True}) as book:
        _write(book, str(items["sheet_name"].iloc[0]), rows)
    return buffer.getvalue()


def _beside(prepared: PreparedSheet) -> pd.DataFrame:
    messages: dict[int, list[str]] = {}
    for flaw in prepared.flaws:
        if flaw.level is not Level.INFORMATION:
            for at in flaw.positions:
                messages.setdefault(at, []).append(flaw.sentence)
    positions = sorted(messages)
    rows = prepared.sheet.reading.table.iloc[positions].reset_index(drop=True)
    numbers = prepared.sheet.row_numbers
    rows.insert(0, _("Finding"), ["\n".join(messages[at]) for at in positions], allow_duplicates=True)
    rows.insert(0, _("Row"), [numbers[at] for at in positions], allow_duplicates=True)
    return rows


def _write(book: Any, title: str, table: pd.DataFrame) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(_title(title, [sheet.name for sheet in book.worksheets()]))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(map(str, table.columns)):
        page.write_string(0, column, name, head)
        cells = [plain(cell) for cell in table.iloc[:, column].tolist()]
        widths = [
            sum(1 + (ord(c) > 0x2E80) for c in str(cell).split("\n")[0]) for cell in cells[:500] if cell
        ]
        page.set_column(column, column, min(_WIDE, max([8, 2 * len(name), *widths]) + 2))
        for row, cell in enumerate(cells, 1):
            if cell is not None:
                page.write(row, column, cell, wrapped)
    page.freeze_panes(1, 0)


def _title(wanted: str, taken: Sequence[str]) -> str:
    """Return the name of a sheet that Excel takes: 31 letters, no brackets and slashes, none twice."""
    clean = "".join("_" if letter in "[]:*?/\\" else letter for letter in wanted).strip("'")[:28] or "_"
    lower = {name.casefold() for name in taken}
    number, name = 2, clean
    while name.casefold() in lower:
        name, number = f"{clean} {number}", number + 1
    return name
