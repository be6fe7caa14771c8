"""The grading scale as a flat table, one row per option: to be edited in a grid, exported and read back."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.grading.scale import Element, Option, Section, Template
from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COLUMNS = ("section", "weight", "element", "measure", "option", "threshold", "score")


def to_table(template: Template) -> pd.DataFrame:
    """Return a scale as rows, see :data:`COLUMNS`; labels as they are kept."""
    rows = [
        (
            section.label,
            section.weight,
            element.label,
            element.measure,
            option.label,
            option.threshold,
            option.score,
        )
        for section in template.sections
        for element in section.elements
        for option in element.options
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"threshold": "float64"})


def in_words(template: Template) -> Template:
    """Return the scale with its labels in the language in use; labels of one's own stay as they are."""
    return replace(
        template,
        sections=tuple(
            replace(
                section,
                label=_(section.label),
                elements=tuple(
                    replace(
                        element,
                        label=_(element.label),
                        options=tuple(replace(option, label=_(option.label)) for option in element.options),
                    )
                    for element in section.elements
                ),
            )
            for section in template.sections
        ),
    )


def from_table(table: pd.DataFrame, like: Template) -> Template:
    """Return the scale that rows describe.

    Parameters
    ----------
    table
        See :data:`COLUMNS`. Rows of a section and of an element follow one another; rows with nothing in
        them are left out. The weight is read from a section's first row that has one.
    like
        The scale it came from: cuts and least known part stay, and an element that keeps its name keeps its
        code, so that what people filled in stays with it.

    Raises
    ------
    InputError
        Something is wrong; it names all of it.
    """
    rows = [row for row in table[list(COLUMNS)].itertuples(index=False) if not _nothing(row)]
    keys = {element.label: element.key for element in like.elements}
    sections = []
    for label, of_section in _runs(rows, lambda row: _text(row.section)):
        elements = []
        for name, part in _runs(of_section, lambda row: _text(row.element)):
            key = keys.setdefault(name, _key(name, keys.values()))
            elements.append(Element(key, name, _options(part), _text(part[0].measure)))
        weights = [float(row.weight) for row in of_section if not pd.isna(row.weight)]
        sections.append(Section(label, weights[0] if weights else float("nan"), tuple(elements)))
    if not sections:
        raise InputError(_("The scale is empty."), _("Fill in one section at least."))
    return Template(tuple(sections), like.cuts, like.least_known)


def _options(rows: list) -> tuple[Option, ...]:  # type: ignore[type-arg]
    """Read options; a missing score is no number and is refused by the scale's own check."""
    return tuple(
        Option(
            _text(row.option),
            float("nan") if pd.isna(row.score) else float(row.score),
            None if pd.isna(row.threshold) or not _text(row.measure) else float(row.threshold),
        )
        for row in rows
    )


def _runs(rows: Iterable, key: Callable) -> list[tuple[str, list]]:  # type: ignore[type-arg]
    return [(name, list(part)) for name, part in groupby(rows, key)]


def _nothing(row: tuple[object, ...]) -> bool:
    return all(not _text(value) for value in row)


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value).strip()  # noqa: PLR0124


def _key(name: str, taken: Iterable[str]) -> str:
    """Make a code from a name; a number behind it where the code is taken."""
    stem = re.sub(r"\W+", "_", name).strip("_").lower() or "element"
    used, number, key = set(taken), 2, stem
    while key in used:
        key, number = f"{stem}_{number}", number + 1
    return key
