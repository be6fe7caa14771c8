"""The words of what the flow itself finds."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import N_, _

_ODDITIES: dict[str, tuple[str, str]] = {
    "unknown_name": (
        N_("“{value}” is no known name ({what})."),
        N_("Import it first, correct the name, or say whom it means.{near}"),
    ),
    "nobody": (N_("“{value}” means none of the known ones ({what})."), N_("Import it first.")),
    "own_row_bad": (
        N_("“{value}” ({what}) isn't imported: its own row {row} in “{listed}” has errors."),
        N_("Correct that row; then this one is right as well."),
    ),
    "pack_unknown": (
        N_("A quantity in {unit} can't be turned into the unit of the product."),
        N_("Fill in unit and units per case of the product, or the quantity in its own unit."),
    ),
    "quantity_left_out": (
        N_("The quantities of “{value}” were left out: no product says what {unit} holds."),
        N_("The amounts are imported. Add a column with the product, or say that it is the unit of each."),
    ),
    "total_differs": (
        N_("The total “{value}” in row {row} differs from its rows: {column} {total}, the rows make {sum}."),
        N_("A row may be missing or counted twice; the total itself isn't imported."),
    ),
    "jump": (
        N_("{value} is {times} times the month before ({before})."),
        N_("A wrong unit, or a row that belongs elsewhere? Correct it if so."),
    ),
    "drop": (
        N_("{value} is 1/{times} of the month before ({before})."),
        N_("A wrong unit, or a month that isn't complete? Correct it if so."),
    ),
    "capacity_below_sales": (
        N_("The capacity {value} is below the sales of all companies ({sales})."),
        N_("A capacity holds everybody's sales. Check both."),
    ),
    "share_above_one": (
        N_("The sales of all companies ({value}) are above the capacity ({capacity}): {share}."),
        N_("A share can't exceed 100 %. Check unit and capacity."),
    ),
    "rep_without_region": (
        N_("The employee “{value}” has no region."),
        N_("Nobody's region is planned without one; fill it in under employees."),
    ),
    "duplicate_name": (
        N_("“{value}” and “{other}” (row {row}) may be the same."),
        N_("Both are kept; nothing is merged."),
    ),
    "outline_of_nobody": (
        N_("No region is called “{value}” (feature {number}); its outline stays out."),
        N_("The others are imported. Import the region first, or correct name or code in the file."),
    ),
    "no_polygon": (
        N_("“{value}” (feature {number}) has no polygon; it stays out."),
        N_("Expected a Polygon or a MultiPolygon."),
    ),
    "joined_outlines": (
        N_("{count} features of “{value}” were joined to one outline."),
        N_("Islands and parts often come apart."),
    ),
    "no_outline": (
        N_("None of the outlines is that of a known region."),
        N_("Import the regions first, with their administrative codes; or choose another column."),
    ),
    "more_of_these": (N_("More values of this kind: {like}"), N_("They are counted, not listed.")),
    "more_cells": (
        N_("The row has more cells than the header has names."),
        N_("A separator stands inside a value: put the value in quotes."),
    ),
    "too_many_bad": (
        N_("More than {most} rows can't be imported; a large file isn't loaded then."),
        N_("Remove the commonest cause in the list below, then import the file again."),
    ),
    "mapping_changed": (N_("The file differs from the saved mapping. {value}"), N_("Look at the columns.")),
    "no_region_in_address": (
        N_("No known region is named in the address, such as “{value}”."),
        N_("The region stays empty: such rows count in the whole market only. Add the region if it matters."),
    ),
    "no_month_before": (
        N_("The running total {value} has none of the month before, so the month itself isn't known."),
        N_("Add the month before, or enter the figure of the month."),
    ),
    "level_missing": (
        N_("“{value}” is empty, though a narrower level is filled."),
        N_("The region hangs below the next wider one. Fill it in if cells were merged or left out."),
    ),
    "codes_differ": (
        N_("A region above “{value}” has another code in an earlier row."),
        N_("One region has one code; correct the wrong one."),
    ),
    "name_differs": (
        N_("The name “{value}” is another one's than the code beside it, which is {own}'s."),
        N_("Correct code or name; by neither of them it is known whose the row is."),
    ),
    "incomplete_sum": (
        N_("Rows that are added up have no figure here: {sums} sums stay empty."),
        N_("Fill it in in every row of the key; a sum of some of them would be too small."),
    ),
    "hidden": (
        N_(
            "Characters that nobody sees, or that turn text around, were left out: {count} cells, the first"
            " in row {row}, column “{column}”."
        ),
        N_("Names that look alike would differ by them."),
    ),
    "hidden_cells": (
        N_("Characters that nobody sees, or that turn text around, were left out: {count} different cells."),
        N_("Names that look alike would differ by them."),
    ),
    "apostrophe": (
        N_(
            "An apostrophe before the value was left out: {count} cells, the first in row {row},"
            " column “{column}”."
        ),
        N_("Excel shows none where it means “this is a text”; nothing to do."),
    ),
    "month_from_title": (N_("The month {value} was taken from the title."), N_("Nothing to do.")),
}
CODES = tuple(_ODDITIES)


def oddity_words(code: str, value: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Return message and hint in the current language."""
    message, hint = _ODDITIES[code]
    found = context.get("nearest")
    values = {**context, "value": value}
    values["near"] = _(" Nearest: {nearest}.", nearest=found) if found else ""
    for name in ("what", "column"):
        if name in context:
            values[name] = _(str(context[name]))
    return _(message).format(**values), _(hint).format(**values)
