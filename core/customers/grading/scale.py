"""The grading scale 客户分级量表: sections with weights, elements, options with scores [S4 4-4]."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise

from core.errors import InputError, nearest
from core.i18n import N_, _

# Figures an element can be fed from, by their column in the customer table.
MEASURES: dict[str, str] = {
    "sales": N_("Sales (yuan)"),
    "sales_cumulated": N_("Place in the cumulated sales"),
    "growth": N_("Sales growth"),
    "margin": N_("Margin (yuan)"),
    "margin_rate": N_("Margin rate"),
    "payment_days": N_("Payment days"),
    "visits": N_("Visits"),
    "demand": N_("Demand (yuan)"),
    "account_share": N_("Our share in the account"),
    "months_active": N_("Months with sales"),
    "attitude": N_("Attitude (0-10)"),
    "capability": N_("Capability (0-10)"),
}
LESS_IS_BETTER = frozenset({"payment_days", "sales_cumulated"})
TEXT_LIMIT = 100
_MOST = 200


@dataclass(frozen=True)
class Option:
    """One answer to an element.

    Parameters
    ----------
    label
        What it says.
    score
        Points, 0 or more.
    threshold
        For an element fed from data: the value from which the option holds, the value itself included; up to
        which, where less is better. None for the last option, which takes what is left.
    """

    label: str
    score: float
    threshold: float | None = None


@dataclass(frozen=True)
class Element:
    """One thing that is looked at.

    Parameters
    ----------
    label
        What it is.
    options
        From the best to the last.
    measure
        Of :data:`MEASURES`; empty for an element that somebody fills in.
    """

    key: str
    label: str
    options: tuple[Option, ...]
    measure: str = ""

    @property
    def most(self) -> float:
        """The highest score."""
        return max((option.score for option in self.options), default=0.0)

    @property
    def less_is_better(self) -> bool:
        """Whether the thresholds are limits from above."""
        return self.measure in LESS_IS_BETTER


@dataclass(frozen=True)
class Section:
    """A part of the scale.

    Parameters
    ----------
    label
        What it is.
    weight
        Part of the total, percent.
    elements
        What is looked at.
    """

    label: str
    weight: float
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Template:
    """A grading scale.

    Parameters
    ----------
    sections
        Their weights sum to 100.
    cuts
        Least total of an A and of a B customer, of 100.
    least_known
        Part of the weights that must be known for a grade, in [0, 1].

    Raises
    ------
    InputError
        With everything that is wrong.
    """

    sections: tuple[Section, ...]
    cuts: tuple[float, float] = (75.0, 50.0)
    least_known: float = 0.6

    def __post_init__(self) -> None:
        found = list(_problems(self))
        if found:
            raise InputError(" ".join(found), _("Correct the scale; nothing was saved."))

    @property
    def elements(self) -> tuple[Element, ...]:
        """All elements, in order."""
        return tuple(element for section in self.sections for element in section.elements)

    @property
    def typed(self) -> tuple[Element, ...]:
        """The elements that somebody fills in."""
        return tuple(element for element in self.elements if not element.measure)

    def weights(self) -> dict[str, float]:
        """Return each element's part of the total, percent: its section's weight by highest scores."""
        return {
            element.key: section.weight * element.most / sum(each.most for each in section.elements)
            for section in self.sections
            for element in section.elements
        }


def to_json(template: Template) -> str:
    """Write a template as JSON."""
    return json.dumps(asdict(template), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Template:
    """Read a template that :func:`to_json` wrote.

    Raises
    ------
    InputError
        It isn't one.
    """
    try:
        raw = json.loads(text)
        sections = tuple(
            Section(
                part["label"],
                float(part["weight"]),
                tuple(
                    Element(e["key"], e["label"], tuple(Option(**o) for o in e["options"]), e["measure"])
                    for e in part["elements"]
                ),
            )
            for part in raw["sections"]
        )
        return Template(sections, tuple(raw["cuts"]), raw["least_known"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(_("This is no grading scale: {error}.", error=error)) from error


def _problems(template: Template) -> Iterator[str]:
    total = math.fsum(section.weight for section in template.sections)
    if not math.isclose(total, 100, abs_tol=1e-6):
        yield _("The weights of the sections sum to {total}; they must sum to 100.", total=round(total, 6))
    if not 100 >= template.cuts[0] > template.cuts[1] >= 0:
        yield _("Expected 100 ≥ least total of A > least total of B ≥ 0, found {cuts}.", cuts=template.cuts)
    if not 0 <= template.least_known <= 1:
        yield _("Expected a least known part from 0 to 1, found {value}.", value=template.least_known)
    keys = Counter(element.key for element in template.elements)
    for key, count in keys.items():
        if count > 1 or not key:
            yield _("Two elements are named “{key}”.", key=key)
    if len(keys) > _MOST:
        yield _("A scale has at most {most} elements.", most=_MOST)
    for section in template.sections:
        yield from _section_problems(section)


def _section_problems(section: Section) -> Iterator[str]:
    if not _named(section.label):
        yield _("A section needs a name of at most {most} characters.", most=TEXT_LIMIT)
    if not (math.isfinite(section.weight) and section.weight > 0):
        yield _("Section “{section}”: its weight must be above 0.", section=section.label)
    if not section.elements:
        yield _("Section “{section}” has no elements.", section=section.label)
    for element in section.elements:
        yield from _element_problems(element)


def _element_problems(element: Element) -> Iterator[str]:
    name = element.label or element.key
    if not _named(element.label) or not all(_named(option.label) for option in element.options):
        yield _(
            "Element “{element}”: it and its options need names of at most {most} characters.",
            element=name,
            most=TEXT_LIMIT,
        )
    if len(element.options) < 2:
        yield _("Element “{element}” needs two options at least.", element=name)
    scores = [option.score for option in element.options]
    if not all(math.isfinite(score) and score >= 0 for score in scores) or element.most <= 0:
        yield _("Element “{element}”: scores are 0 or more, one of them above 0.", element=name)
    if not element.measure:
        return
    if element.measure not in MEASURES:
        yield _(
            "Element “{element}” is fed from “{measure}”, which isn't known; did you mean {suggestion}?",
            element=name,
            measure=element.measure,
            suggestion=nearest(element.measure, MEASURES) or ", ".join(MEASURES),
        )
    limits = [option.threshold for option in element.options[:-1]]
    if any(limit is None or not math.isfinite(limit) for limit in limits):
        yield _("Element “{element}”: every option but the last needs a threshold.", element=name)
        return
    steps = [b - a for a, b in pairwise(limits) if a is not None and b is not None]
    if not all(step > 0 if element.less_is_better else step < 0 for step in steps):
        yield (
            _("Element “{element}”: its thresholds must rise from the best option on.", element=name)
            if element.less_is_better
            else _("Element “{element}”: its thresholds must fall from the best option on.", element=name)
        )


def _named(text: str) -> bool:
    return bool(text.strip()) and len(text) <= TEXT_LIMIT
