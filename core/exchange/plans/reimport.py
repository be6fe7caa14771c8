"""An edited plan workbook comes back: which plan it is of, and what was changed in it, cell by cell."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from core.errors import ImportRefusedError
from core.exchange.plans.model import DETAIL, FORMAT, IDENTITY
from core.exchange.plans.page import Page
from core.exchange.plans.ranges import FIRST_MONTH
from core.exchange.readers.open_book import open_book
from core.i18n import LANGUAGES, _, language
from core.sandbox import read_apart
from core.targets.editing.edits import difference
from core.targets.units import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.targets.units import Unit

MONTHS = 12
_SHOWN = 10


@dataclass(frozen=True)
class Returned:
    """What a workbook holds.

    Parameters
    ----------
    cells
        Indexed like a plan's cells: count, locked as the plan has them.
    changes
        Result of :func:`core.targets.editing.edits.difference` to the plan.
    locked
        The changes of cells that are locked: they are shown, never taken over.
    """

    plan_id: str
    version: int
    cells: pd.DataFrame
    changes: pd.DataFrame
    locked: pd.DataFrame


@dataclass(frozen=True)
class Expected:
    """The plan that a workbook is held against.

    Parameters
    ----------
    unit
        What one count is worth, yuan.
    """

    plan_id: str
    version: int
    fingerprint: str
    year: int
    unit: Unit
    cells: pd.DataFrame


def identity(path: Path) -> dict[str, str]:
    """Return which plan and version a workbook holds.

    Raises
    ------
    ImportRefusedError
        It is no workbook, none of this program, or its marks were changed.
    """
    return _identity(read_apart(path.name, sheets_of, path.absolute()), path.name)


def read_back(path: Path, expected: Expected) -> Returned:
    """Read an edited workbook and compare it with the plan it came from.

    Raises
    ------
    ImportRefusedError
        It is of another plan or an earlier version, or cells can't be read; every finding is named.
    """
    file = read_apart(path.name, sheets_of, path.absolute())
    marks = _identity(file, path.name)
    if marks["plan"] != expected.plan_id:
        raise ImportRefusedError(
            _("“{file}” is of the plan {other}, not of {plan}.", file=path.name, other=marks["plan"],
              plan=expected.plan_id),
            _("Open the plan {other}, or choose its file.", other=marks["plan"]),
        )  # fmt: skip
    if marks["version"] != str(expected.version) or marks["fingerprint"] != expected.fingerprint:
        raise ImportRefusedError(
            _("“{file}” was written from version {old} of the plan; it is at version {now} since.",
              file=path.name, old=marks["version"], now=expected.version),
            _("Export the plan again and carry your changes over, so that nobody's are lost."),
        )  # fmt: skip
    cells = _cells(file, int(marks["divisor"]), expected)
    changes = difference(expected.cells, cells)
    held = expected.cells["locked"].reindex(changes.index).to_numpy(bool)
    return Returned(expected.plan_id, expected.version, cells, changes[~held], changes[held])


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    """Return the rows of the sheets that a plan's workbook has, by title, whatever its language."""
    titles = {IDENTITY}
    for code in LANGUAGES:
        with language(code):
            titles.add(_(DETAIL))
    try:
        with open_book(path) as book:
            return {
                title: list(book.get_sheet_by_name(title).to_python(skip_empty_area=title == IDENTITY))
                for title in book.sheet_names
                if title in titles
            }
    except ImportRefusedError:
        raise
    except Exception as error:
        raise ImportRefusedError(
            _("“{file}” can't be read as a workbook: {reason}", file=path.name, reason=error),
            _("Save it as .xlsx, without a password."),
        ) from error


def _identity(sheets: Mapping[str, list[list[Any]]], name: str) -> dict[str, str]:
    if IDENTITY not in sheets:
        raise ImportRefusedError(
            _("“{file}” was not written by this program as a plan.", file=name),
            _("Export the plan as a workbook, edit that file, and bring it back."),
        )
    marks = {str(row[0]): str(row[1]) for row in sheets[IDENTITY] if len(row) > 1}
    parts = [marks.get(key, "") for key in ("format", "plan", "version", "fingerprint")]
    seal = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    if marks.get("format") != FORMAT or marks.get("seal") != seal or not marks.get("divisor", "").isdigit():
        raise ImportRefusedError(
            _("The marks of the plan in “{file}” are damaged or of another format.", file=name),
            _("Export the plan again and edit that file."),
        )
    return marks


def _detail(sheets: Mapping[str, list[list[Any]]]) -> list[list[Any]]:
    """Return the rows of the detail sheet, whatever language the workbook was written in."""
    for code in LANGUAGES:
        with language(code):
            title = _(DETAIL)
        if title in sheets:
            return sheets[title]
    raise ImportRefusedError(
        _("The workbook has no sheet “{sheet}” any more.", sheet=_(DETAIL)),
        _("Export the plan again and edit that file."),
    )


def _cells(file: Mapping[str, list[list[Any]]], divisor: int, expected: Expected) -> pd.DataFrame:
    """Return the cells of the detail sheet; all findings are named at once."""
    months = sorted(expected.cells.index.get_level_values("month").unique())
    rows = _detail(file)[Page.first :]
    findings: list[str] = []
    keys: list[tuple[object, ...]] = []
    counts: list[int] = []
    known = set(expected.cells.index)
    for number, row in enumerate(rows, Page.first):
        texts = [_text(value) for value in row[:3]]
        # The row of totals has its label where the category stands, and neither region nor owner.
        if len(row) < FIRST_MONTH + len(months) or not texts[1]:
            continue
        for column, month in enumerate(months, FIRST_MONTH):
            key = (*texts, month)
            place = str(xl_rowcol_to_cell(number, column))
            if key not in known:
                findings.append(
                    _("Row {row} is no row of the plan: {key}.", row=number + 1, key=" / ".join(texts))
                )
                break
            count, finding = _count(row[column], divisor, expected.unit, place)
            findings += [finding] if finding else []
            keys.append(key)
            counts.append(count)
    _refuse(findings)
    index = pd.MultiIndex.from_tuples(keys, names=expected.cells.index.names)
    twice = index[index.duplicated()]
    missing = expected.cells.index.difference(index)
    _refuse([_("The row {key} is there twice.", key=_words(key)) for key in twice[:_SHOWN]])
    _refuse(
        [
            _("The row {key} is missing; a missing target is not zero.", key=_words(key))
            for key in missing[:_SHOWN]
        ]
    )
    table = pd.DataFrame({"count": np.array(counts, dtype=np.int64)}, index=index)
    table = table.reindex(expected.cells.index)
    return table.assign(locked=expected.cells["locked"])


def _count(value: object, divisor: int, unit: Unit, place: str) -> tuple[int, str]:
    """Return the count of a cell and what is wrong with it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        shown = "" if value is None else str(value)
        return 0, _("{cell}: “{value}” is no number.", cell=place, value=shown)
    exact = float(Decimal(repr(float(value))) * divisor / unit.size)
    if exact < 0:
        return 0, _("{cell}: {value} is below zero.", cell=place, value=value)
    count = round(exact)
    if abs(exact - count) > WHOLE:
        near = float(count * unit.size / divisor)
        return 0, _("{cell}: {value} is no whole multiple of the plan's unit; the nearest is {near}.",
                    cell=place, value=value, near=f"{near:g}")  # fmt: skip
    return count, ""


def _text(value: object) -> str:
    """Return an id as it was written; a spreadsheet may have turned digits into a number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _words(key: tuple[object, ...]) -> str:
    return " / ".join(f"{part:%Y-%m}" if isinstance(part, dt.date) else str(part) for part in key)


def _refuse(findings: list[str]) -> None:
    if findings:
        more = _(" … and {n} more", n=len(findings) - _SHOWN) if len(findings) > _SHOWN else ""
        raise ImportRefusedError(
            " ".join(findings[:_SHOWN]) + more,
            _("Nothing was taken over. Put these cells right, and bring the file again."),
        )
