"""Findings of an import as a table, and as a file to take to whoever made the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.errors import InputError
from core.exchange.canonical.messages import column_label, table_label, words
from core.exchange.formula_guard import WORKBOOK, harmless_table
from core.i18n import N_, _
from core.store.loading.problems import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFORMATION: 2}
_LEVELS = {
    Level.ERROR: N_("Error"),
    Level.WARNING: N_("Warning"),
    Level.INFORMATION: N_("Note"),
}
COLUMNS = {
    "level": N_("Level"),
    "file": N_("File"),
    "table": N_("Table"),
    "row": N_("Row"),
    "column": N_("Column"),
    "value": N_("Value"),
    "message": N_("Finding"),
    "hint": N_("Remedy"),
    "occurrences": N_("Rows concerned"),
    "rows": N_("First rows"),
}
"""Names and titles of the columns of :func:`table_of`."""


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put errors first; within a level the order of the check stays."""
    return tuple(sorted(problems, key=lambda problem: _ORDER[problem.level]))


def level_words(level: Level) -> str:
    """Return a level in the current language."""
    return _(_LEVELS[level])


def table_of(problems: Iterable[Problem]) -> pd.DataFrame:
    """Return the findings in words.

    Parameters
    ----------
    problems
        What the check found.

    Returns
    -------
    pandas.DataFrame
        One line per kind and value: ``level`` (code), ``file``, ``table``, ``row`` (the first, the header
        is row 1), ``column``, ``value``, ``message``, ``hint``, ``occurrences`` (all rows like it),
        ``rows`` (the first few, as text), and ``code``.
    """
    lines = []
    for problem in problems:
        message, hint = words(problem)
        lines.append(
            {
                "level": problem.level.value,
                "file": problem.file,
                "table": problem.table,
                "row": problem.rows[0] if problem.rows else None,
                "column": problem.column,
                "value": problem.value,
                "message": message,
                "hint": hint,
                "occurrences": problem.occurrences,
                "rows": ", ".join(map(str, problem.rows)),
                "code": problem.code,
            }
        )
    table = pd.DataFrame(lines, columns=[*COLUMNS, "code"])
    return table.astype({"row": "Int64", "occurrences": "int64"})


def titled(problems: Iterable[Problem]) -> pd.DataFrame:
    """Return the findings as people read them: titles, labels and levels in the current language."""
    problems = list(problems)
    table = table_of(problems)[list(COLUMNS)]
    table["level"] = [_(_LEVELS[problem.level]) for problem in problems]
    table["table"] = [table_label(problem.table) for problem in problems]
    table["column"] = [column_label(problem) for problem in problems]
    return table.rename(columns={name: _(title) for name, title in COLUMNS.items()})


def write(problems: Iterable[Problem], path: Path) -> None:
    """Write the findings to a CSV (UTF-8 that Excel recognises) or XLSX file.

    Raises
    ------
    InputError
        The ending is neither.
    """
    table = titled(problems)
    if path.suffix.lower() == ".csv":
        harmless_table(table).to_csv(path, index=False, encoding="utf-8-sig")
    elif path.suffix.lower() == ".xlsx":
        with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": WORKBOOK}) as writer:
            table.to_excel(writer, index=False)
    else:
        raise InputError(
            _("Findings can't be written to {path}.", path=path), _("The ending has to be .csv or .xlsx.")
        )
