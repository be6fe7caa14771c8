"""The company's scale against one person's: where they differ, and what that changes [S4 4-4]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from core.customers.grading.scale import Template


def template_difference(company: Template, personal: Template) -> pd.DataFrame:
    """List where two scales differ.

    Returns
    -------
    pandas.DataFrame
        section, element, option (labels; empty where the difference is above that level), what (``weight``,
        ``score``, ``threshold``, ``measure``, ``cut_a``, ``cut_b`` or ``least_known``), company and personal
        (None where one lacks it). Empty where both are the same.
    """
    left, right = _flat(company), _flat(personal)
    rows = [
        (*place, left.get(place), right.get(place))
        for place in dict.fromkeys([*left, *right])
        if left.get(place) != right.get(place)
    ]
    return pd.DataFrame(rows, columns=["section", "element", "option", "what", "company", "personal"]).astype(
        object
    )


def _flat(template: Template) -> dict[tuple[str, str, str, str], object]:
    values: dict[tuple[str, str, str, str], object] = {
        ("", "", "", "cut_a"): template.cuts[0],
        ("", "", "", "cut_b"): template.cuts[1],
        ("", "", "", "least_known"): template.least_known,
    }
    for section in template.sections:
        values[section.label, "", "", "weight"] = section.weight
        for element in section.elements:
            values[section.label, element.label, "", "measure"] = element.measure
            for option in element.options:
                place = section.label, element.label, option.label
                values[*place, "score"] = option.score
                if option.threshold is not None:
                    values[*place, "threshold"] = option.threshold
    return values
