"""The words of every finding of an import: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from core.errors import nearest
from core.i18n import N_, _
from core.tables import BY_NAME, Kind

if TYPE_CHECKING:
    from core.store.loading.problems import Problem
    from core.tables import Table

# Code -> message and hint. {column} is the label of the column, {value} the value as it stands.
_WORDS: dict[str, tuple[str, str]] = {
    "unreadable": (N_("“{value}” is no {kind}."), N_("Expected {form}.")),
    "not_first_day": (
        N_("“{value}” is a day, not a month."),
        N_("Months are given as YYYY-MM or as their first day; sum the days of a month first."),
    ),
    "rounded": (N_("“{value}” was rounded to two decimals."), N_("Amounts are in yuan and fen.")),
    "hidden": (
        N_("“{value}” holds characters that nobody sees or that turn text around; they were left out."),
        N_("Names that look alike would differ by them."),
    ),
    "missing": (N_("“{column}” is empty."), N_("It is needed in every row.")),
    "out_of_range": (N_("“{value}” is out of range."), N_("Allowed is {range}.")),
    "unusual": (
        N_("“{value}” is unusual; it was kept."),
        N_("Usual is {range}. Below zero is right for net returns."),
    ),
    "future": (
        N_("“{value}” is a month far in the future."),
        N_("Sales are of months that have begun. Correct the year; a plan belongs into the targets."),
    ),
    "unknown_code": (
        N_("“{value}” is not one of the usual values; it was kept."),
        N_("Usual are {allowed}."),
    ),
    "duplicate_key": (
        N_("The key “{value}” occurs more than once in the files."),
        N_("A row is identified by {key}. Keep one of the rows, or add them up."),
    ),
    "exists": (
        N_("The key “{value}” is in the store already."),
        N_("Leave out --append to update such rows."),
    ),
    "unknown_reference": (
        N_("“{value}” is unknown in {references}."),
        N_("Import {references} first or in the same call, or correct the ID."),
    ),
    "cycle": (
        N_("The chain {value} goes round in a circle."),
        N_("One of them has to be the top: leave it empty."),
    ),
    "several_self": (
        N_("More than one company is your own: {value}."),
        N_("Set the column to no for all but one."),
    ),
    "end_before_start": (
        N_("The end {value} is before the start."),
        N_("Check both, or leave the end empty."),
    ),
    "still_used": (
        N_("{value} would be deleted, but {user} still points to it."),
        N_("Replace {user} in the same call, keep these rows, or use --upsert."),
    ),
    "plan_closed": (
        N_("The plan {value} is approved or superseded; an import can't change its targets."),
        N_("Copy it on the page of the target breakdown and import into the copy; it takes its place."),
    ),
    "plan_stands": (
        N_("{value} would be deleted, but the plan {other}, approved or superseded, stands on it."),
        N_("Keep it in the file, or use --upsert."),
    ),
    "nothing_to_replace": (
        N_("The file has no rows, and replacing would empty the table."),
        N_("Fill it, or use --upsert."),
    ),
    "no_region": (
        N_("The shop has no region."),
        N_("It counts in the whole market, but in no region below it."),
    ),
    "no_coordinates": (N_("The shop has no coordinates."), N_("It is on no map and in no route.")),
    "half_coordinates": (
        N_("Only one of latitude and longitude is given ({value})."),
        N_("It counts as having no place."),
    ),
    "zero_coordinates": (
        N_("Latitude and longitude are both 0, a point in the sea."),
        N_("Leave both empty when the place is unknown."),
    ),
    "several_roots": (
        N_("There are {count} regions without a parent ({roots} …)."),
        N_("One tree has one top. Several tops are kept side by side."),
    ),
    "repaired": (
        N_("The polygon of “{value}” crosses itself; it was repaired."),
        N_("Look at it on the map."),
    ),
    "no_area": (N_("The feature of “{value}” has no polygon."), N_("Expected a Polygon or a MultiPolygon.")),
    "not_degrees": (
        N_("The coordinates of “{value}” are no degrees."),
        N_("GeoJSON is in WGS-84: longitude -180 to 180, latitude -90 to 90."),
    ),
    "unknown_column": (
        N_("The column “{value}” is unknown; it was left out."),
        N_("The templates show all columns."),
    ),
    "duplicate_header": (
        N_("The column “{value}” and the column “{other}” mean the same."),
        N_("Keep one of them."),
    ),
    "no_column": (
        N_("The column “{column}” ({name}) is missing."),
        N_("Found columns: {found}. The templates show all of them."),
    ),
    "no_table": (
        N_("“{value}” is the name of no table."),
        N_("Name the file or sheet after its table, or use --table."),
    ),
    "unreadable_file": ("{message}", "{hint}"),
    "ragged": (
        N_("The line “{value}” has too few or too many values."),
        N_("Expected {expected}. Is there a separator inside a value? Then put the value in quotes."),
    ),
    "encoding": (
        N_("The line is not encoded as UTF-8."),
        N_("Save the file as “CSV UTF-8”; files from Excel in Chinese are often GBK."),
    ),
    "malformed": (N_("The line “{value}” can't be read."), N_("Look for a quote that isn't closed.")),
    "example_row": (N_("The example row of the template was left out."), N_("Nothing to do.")),
    "no_rows": (N_("The file has a header and no rows."), N_("Nothing to import.")),
}
_KINDS = {
    Kind.INTEGER: (N_("whole number"), N_("digits only, such as 12")),
    Kind.NUMBER: (N_("number"), N_("a number such as 1234.5, without separators and units")),
    Kind.MONEY: (N_("amount"), N_("yuan such as 1234.50, without separators and units")),
    Kind.BOOLEAN: (N_("yes or no"), N_("yes or no, true or false, 1 or 0")),
    Kind.DATE: (N_("day"), N_("a day such as 2026-01-31")),
    Kind.MONTH: (N_("month"), N_("a month such as 2026-01")),
    Kind.TIMESTAMP: (N_("time"), N_("a time such as 2026-01-31 09:30")),
    Kind.TEXT: (N_("text"), N_("a text")),
}
CODES = tuple(_WORDS)


def words(problem: Problem) -> tuple[str, str]:
    """Return message and hint of a problem in the current language."""
    message, hint = _WORDS[problem.code]
    values = _values(problem)
    if problem.context.get("rest"):
        more = _("More rows of the same kind: {count}.", count=problem.occurrences)
        return more, _(hint).format(**values)
    found = problem.context.get("nearest") or _nearest_code(problem)
    nearest_one = _(" Nearest: {nearest}.", nearest=found) if found else ""
    return _(message).format(**values), _(hint).format(**values) + nearest_one


def column_label(problem: Problem) -> str:
    """Return the label of the column a problem is in, empty when it is in none."""
    table = BY_NAME.get(problem.table)
    if problem.column is None:
        return ""
    return " / ".join(_label(table, name) for name in problem.column.split(", "))


def table_label(name: str) -> str:
    """Return the title of a table, or the name itself when it is none."""
    table = BY_NAME.get(name)
    return _(table.label) if table else name


def _label(table: Table | None, name: str) -> str:
    found = next((c for c in table.columns if c.name == name), None) if table else None
    return _(found.label) if found else name


def _values(problem: Problem) -> Mapping[str, object]:
    context = problem.context
    kind, form = _KINDS[Kind(str(context.get("kind")))] if context.get("kind") in set(Kind) else ("", "")
    allowed = context.get("allowed") or ()
    return {
        "value": problem.value if problem.value is not None else _("(empty)"),
        "column": column_label(problem),
        "name": problem.column or "",
        "key": column_label(problem),
        "count": problem.occurrences,
        "kind": _(kind) if kind else "",
        "form": _(form) if form else "",
        "range": _range(context.get("minimum"), context.get("maximum")),
        "allowed": _listed(allowed),
        "references": table_label(str(context.get("references", ""))),
        "user": table_label(str(context.get("user", ""))),
        "other": context.get("other", ""),
        "roots": context.get("roots", ""),
        "found": _listed(context.get("found") or ()),
        "expected": context.get("expected", ""),
        "message": context.get("message", ""),
        "hint": context.get("hint", ""),
    }


def _listed(values: object) -> str:
    return ", ".join(str(v) for v in values) if isinstance(values, Iterable) else str(values)


def _range(minimum: object, maximum: object) -> str:
    if minimum is not None and maximum is not None:
        return _("{minimum} to {maximum}", minimum=minimum, maximum=maximum)
    if minimum is not None:
        return _("{minimum} or more", minimum=minimum)
    return _("{maximum} or less", maximum=maximum) if maximum is not None else ""


def _nearest_code(problem: Problem) -> str | None:
    known = problem.context.get("known")
    if not isinstance(known, Mapping) or problem.value is None:
        return None
    spellings = {spelling: code for code, others in known.items() for spelling in (code, *others)}
    found = nearest(problem.value, spellings)
    return spellings[found] if found else None
