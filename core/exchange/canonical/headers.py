"""Which column of a file is which column of the store, and which table a name means."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from core.errors import nearest
from core.i18n import LANGUAGES, _, language
from core.store.loading.problems import Problem
from core.tables import BY_NAME, TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLD = str.maketrans("（）：／％　", "():/% ")
_UNIT = re.compile(r"\([^()]*\)$")
_COPY = re.compile(r"\s*[(\[（]\d+[)\]）]$")
_NOISE = re.compile(r"[\s_\-*]+")


def fold(name: str) -> str:
    """Return a name without what people vary: case, blanks, underscores, width of brackets."""
    return _NOISE.sub("", name.translate(_FOLD).strip("\ufeff").casefold())


def _spellings(table: Table) -> dict[str, str]:
    """Folded spelling -> column; the full label wins over the label without its unit."""
    found: dict[str, str] = {}
    labels = []
    for code in LANGUAGES:
        with language(code):
            labels += [(_(column.label), column.name) for column in table.columns]
    for text, name in [(column.name, column.name) for column in table.columns] + labels:
        found.setdefault(fold(text), name)
    for text, name in labels:
        found.setdefault(_UNIT.sub("", fold(text)), name)
    return found


@cache
def _titles() -> dict[str, str]:
    found = {fold(table.name): table.name for table in TABLES}
    for code in LANGUAGES:
        with language(code):
            for table in TABLES:
                found.setdefault(fold(_(table.label)), table.name)
    return found


def table_named(name: str) -> Table | None:
    """Return the table that a file's stem or a sheet's title means, in either language.

    The number a browser gives to the second download, “region (1)”, doesn't matter.
    """
    found = _titles().get(fold(_COPY.sub("", name)))
    return BY_NAME[found] if found else None


def header(column: str, table: Table) -> str:
    """Return the label of a column in the current language, as the templates show it."""
    return _(table.column(column).label)


def match(
    names: Sequence[str], table: Table, file: str
) -> tuple[dict[str, str], tuple[str, ...], list[Problem]]:
    """Find the columns of a table in the header of a file.

    Parameters
    ----------
    names
        The header as it stands; empty names are columns without a title.
    table
        The table meant.
    file
        What findings call the file.

    Returns
    -------
    dict
        Column of the store -> name in the file.
    tuple of str
        The header with unique names.
    list of Problem
        Columns that are unknown, given twice, or missing.
    """
    unique = _unique(names)
    spellings = _spellings(table)
    columns: dict[str, str] = {}
    problems = []
    for original, name in zip(names, unique, strict=True):
        found = spellings.get(fold(original))
        if found is None:
            if original.strip():
                problems.append(_unknown(original, table, file))
        elif found in columns:
            context = {"other": columns[found]}
            problems.append(
                Problem("duplicate_header", file, table.name, found, original, (1,), context=context)
            )
        else:
            columns[found] = name
    found_names: dict[str, object] = {"found": tuple(names)}
    problems.extend(
        Problem("no_column", file, table.name, column.name, context=found_names)
        for column in table.columns
        if column.required and column.name not in columns
    )
    return columns, unique, problems


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    result = []
    for number, name in enumerate(names):
        text = name or f"column {number + 1}"
        # DuckDB takes names without regard to case.
        while text.casefold() in seen:
            text += "_"
        seen.add(text.casefold())
        result.append(text)
    return tuple(result)


def _unknown(name: str, table: Table, file: str) -> Problem:
    labels = [text for column in table.columns for text in (column.name, _(column.label))]
    return Problem(
        "unknown_column", file, table.name, name, name, (1,), context={"nearest": nearest(name, labels)}
    )
