"""A form on paper: a title, who and where, a table, what is signed below; to print, and as a workbook.

The page stands alone: no script, no font, no picture from elsewhere, so that it prints the same anywhere.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
import xlsxwriter

from core.exchange.formula_guard import WORKBOOK
from core.i18n import current_language, format_number

STYLE = """
@page { size: A4 landscape; margin: 14mm; }
body { font: 10.5pt "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
body { color: #1f2328; margin: 1.5em; }
h1 { font-size: 16pt; margin: 0 0 8pt; text-align: center; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 0.5pt solid #57606a; padding: 4pt 5pt; text-align: left; vertical-align: top; }
td { white-space: pre-wrap; overflow-wrap: anywhere; height: 16pt; }
th { background: #e8eef4; } td.number { text-align: right; }
dl { display: flex; gap: 2.5em; margin: 8pt 0; flex-wrap: wrap; }
dl div { display: flex; gap: 0.5em; } dt::after { content: "："; } dd { margin: 0; min-width: 9em; }
dd { border-bottom: 0.5pt solid #1f2328; }
@media print { body { margin: 0; } }
"""
WIDEST, NARROWEST = 44, 9


@dataclass(frozen=True, eq=False)
class PaperForm:
    """What stands on the page.

    Parameters
    ----------
    above
        Names and values over the table; an empty value leaves room to write.
    table
        Its rows under their headings; missing cells stay empty.
    below
        Names and values under the table.
    widths
        By heading, width in a workbook (characters); by its texts unless given.
    """

    title: str
    above: Mapping[str, str]
    table: pd.DataFrame
    below: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)


def printable(form: PaperForm) -> bytes:
    """Return the form as HTML, ready to print; texts may hold anything, they stay texts."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in form.table.columns)
    rows = "".join(
        f"<tr>{''.join(map(_cell, row))}</tr>\n"
        for row in form.table.astype(object).itertuples(index=False, name=None)
    )
    language = current_language().replace("_", "-")
    title = escape(form.title)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"{_lines(form.above)}<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        f"{_lines(form.below)}</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _lines(pairs: Mapping[str, str]) -> str:
    parts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs.items()
    )
    return f"<dl>{parts}</dl>\n" if parts else ""


def _cell(value: object) -> str:
    if pd.isna(value):
        return "<td></td>"
    if isinstance(value, int | float):
        return f'<td class="number">{format_number(value, 0 if float(value).is_integer() else 1)}</td>'
    return f"<td>{escape(str(value))}</td>"


def workbook(form: PaperForm, sheet: str) -> bytes:
    """Return the form as a workbook of one sheet, fit for paper; “=1+1” stays a text."""
    buffer = io.BytesIO()
    options = {**WORKBOOK, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet(sheet[:31])
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF4", "text_wrap": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        page.write_string(0, 0, form.title, bold)
        row = _pairs(page, 1, form.above)
        for column, name in enumerate(form.table.columns):
            page.write_string(row, column, str(name), head)
            page.set_column(column, column, _width(form, str(name)))
        for values in form.table.astype(object).itertuples(index=False, name=None):
            row += 1
            for column, value in enumerate(values):
                page.write(row, column, None if pd.isna(value) else value, cell)
        _pairs(page, row + 1, form.below)
    return buffer.getvalue()


def _pairs(page: Any, row: int, pairs: Mapping[str, str]) -> int:  # noqa: ANN401 - xlsxwriter has no types
    """Write names and values into one cell each; return the next free row."""
    for column, (name, value) in enumerate(pairs.items()):
        page.write_string(row, column, f"{name}：{value}")
    return row + 1 if pairs else row


def _width(form: PaperForm, name: str) -> int:
    if name in form.widths:
        return form.widths[name]
    texts = [name, *(str(value) for value in form.table[name].dropna())]
    longest = max(len(text) + sum(ord(letter) > 0x2E80 for letter in text) for text in texts)
    return max(NARROWEST, min(WIDEST, longest + 2))
