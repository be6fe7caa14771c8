"""What the reader is not sure of, and what it noticed: codes here, words at the moment they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.i18n import N_, _

_QUESTIONS = {
    "encoding": N_("Which encoding does the text have? As {default} it begins with “{sample}”."),
    "delimiter": N_("What separates the columns?"),
    "header_row": N_("In which row does the header begin? Row {row} reads “{sample}”."),
    "header_rows": N_("How many rows does the header have? Row {row} above it reads “{sample}”."),
    "hidden_rows": N_("{count} rows are hidden (first: row {row}). Do they belong to the data?"),
    "hidden_columns": N_("Hidden columns: {names}. Do they belong to the data?"),
    "hidden_sheet": N_("The sheet {name} is hidden in the workbook. Does it belong to the data?"),
    "summary_sheet": N_("The sheet {name} seems to sum the others ({figures}). Shall it be left out?"),
    "fill_down": N_("“{column}” is empty in {count} rows below a value. Does the value above hold for them?"),
    "merged_values": N_("In “{column}” a number is merged over several rows (first: row {row})."),
    "totals": N_("Row {row}, “{sample}”, looks like the sum of other rows. Is it a total?"),
    "spans": N_("Do {names} count? They span several months and aren't the sum of the months beside them."),
    "wide": N_("The columns {names} hold the same kind of value. What are their names?"),
    "measure": N_("What do the numbers under {names} mean?"),
    "year": N_("Which year do the months {names} belong to?"),
}
_OPTIONS = {
    "keep": N_("Yes, keep them"),
    "drop": N_("No, leave them out"),
    "fill": N_("Yes, fill it in"),
    "leave": N_("No, leave it empty"),
    "first": N_("Count it once, in the first row"),
    "repeat": N_("Repeat it in every row"),
    "set_aside": N_("A total: set it aside"),
    "data": N_("Data: keep it"),
    "apart": N_("Measures: keep the columns"),
    "product": N_("Products"),
    "company": N_("Companies"),
    "month": N_("Months"),
    "region": N_("Regions"),
    "gb18030": N_("Simplified Chinese (GBK, GB18030)"),
    "big5": N_("Traditional Chinese (Big5)"),
    "\t": N_("Tab"),
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "|": N_("Vertical bar"),
    "0": N_("There is no header"),
}
_NOTES = {
    "encoding": N_("The text was read as {encoding}."),
    "ending": N_("The ending says {ending}, the content is {kind}; the content counts."),
    "title": N_("Above the header: {text}"),
    "header": N_("The header has {count} rows, from row {row} on."),
    "repeated_header": N_("The header is repeated inside the table; left out rows: {count}."),
    "blank_rows": N_("Empty rows left out: {count}."),
    "footnotes": N_("Below the table: {text}"),
    "filled_down": N_("Merged cells of “{column}” were filled in: {count} rows."),
    "long": N_("The columns {names} became rows; “{column}” tells which."),
    "year": N_("The year {year} was taken from “{source}”."),
    "extra_table": N_("Row {row} begins another table; it is read by itself."),
    "external_links": N_("The workbook points to other files; nothing was fetched, stored values were read."),
    "macros": N_("The workbook has macros; none was run."),
    "uncalculated": N_("Formulas without a stored value: {count}. Open and save the file in Excel."),
    "skipped": N_("{name} was skipped: {reason}"),
    "sample": N_("The file is large: the table shows its beginning and its end, loading reads all of it."),
    "cut_off": N_("The last line of the file is cut off inside a character."),
    "hidden": N_(
        "Characters that nobody sees, or that turn text around, were left out: {count} cells, the first in"
        " row {row}, column “{column}”."
    ),
    "hidden_cells": N_(
        "Characters that nobody sees, or that turn text around, were left out: {count} different cells."
    ),
    "apostrophe": N_(
        "An apostrophe before the value was left out: {count} cells, the first in row {row},"
        " column “{column}”."
    ),
    "coordinates_split": N_("“{column}” holds longitude and latitude: they were put apart."),
    "degrees_turned": N_("“{column}” was turned from degrees, minutes and seconds into degrees."),
    "years_joined": N_("The years in “{years}” were written before the months in “{column}”."),
    "units_joined": N_("The units in “{units}” count for the numbers in “{column}”."),
    "outlines": N_("Outlines: {count}."),
    "empty_sheet": N_("The sheet {name} is empty."),
    "cover_sheet": N_("The sheet {name} holds no table."),
    "hidden_sheet": N_("The sheet {name} is hidden."),
    "no_sheet": N_("The sheet {name} was not found."),
}
QUESTION_CODES = tuple(_QUESTIONS)
NOTE_CODES = tuple(_NOTES)


@dataclass(frozen=True)
class Question:
    """Something only a person can tell.

    Parameters
    ----------
    code
        What is asked: the field of :class:`core.exchange.readers.ReadOptions` that answers it.
    options
        The possible answers as texts; empty where any text will do.
    default
        What the reading assumed meanwhile, one of ``options``; None when it could assume nothing.
    sheet
        The sheet asked about; empty for the whole file.
    context
        What the words need.
    """

    code: str
    options: tuple[str, ...] = ()
    default: str | None = None
    sheet: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The question in the current language."""
        return _(_QUESTIONS[self.code]).format(**{"default": self.default, **self.context})

    def label(self, option: str) -> str:
        """Return an answer in the current language."""
        if self.code == "year":
            return year_label(option)
        if self.code == "summary_sheet":
            return _("Yes, leave it out") if option == "drop" else _("No, import it as well")
        return _(_OPTIONS[option]) if option in _OPTIONS else option


def year_label(answer: str) -> str:
    """Return a year, or the twelve months from one on, in the current language."""
    year, _dash, month = answer.partition("-")
    if not month:
        return _("All of them to {year}", year=year)
    last = int(month) - 1
    values = {"first": answer, "last": f"{int(year) + 1}-{last:02d}"}
    return _("The year from {first} to {last}", **values)


@dataclass(frozen=True)
class Note:
    """Something the reader noticed or did; nobody has to answer."""

    code: str
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The note in the current language."""
        return _(_NOTES[self.code]).format(**self.context)
