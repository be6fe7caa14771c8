"""Grading customers by a scale: every element's option, the total, the grade, and what is missing [S4 4-4].

``total = sum over sections of weight x sum of scores / sum of highest scores``. An element that isn't known
leaves the total to the others, and says so; below a least known part there is no grade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.analysis.abc import GRADES
from core.i18n import N_
from core.market.arrays import listed_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.customers.grading.scale import Element, Template

SCOPES: dict[str, str] = {
    "all": N_("All customers"),
    "head": N_("Customers that make 80% of sales"),
    "prospects": N_("Prospects: nothing bought yet"),
}
# How much is done for a customer of a grade [S4 4-9]; which goes with which is a proposal [I].
SOLUTIONS: dict[str, str] = {"A": N_("One to one"), "B": N_("Modular"), "C": N_("By routine")}
SOLUTION_TERMS: dict[str, str] = {"A": "一对一", "B": "模块化", "C": "套路化"}
_SLACK = 1e-9


def chosen_options(template: Template, values: pd.DataFrame, typed: pd.DataFrame) -> pd.DataFrame:
    """Return which option of each element holds for each customer.

    Parameters
    ----------
    values
        By customer: the columns of :data:`core.customers.grading.scale.MEASURES` that are known; a missing
        column is unknown for all.
    typed
        By customer: a column per typed element with the number of the option, 0 for the best; NaN or no row
        where nobody said anything.

    Returns
    -------
    pandas.DataFrame
        On the index of ``values``: a column per element, the number of its option, NaN unknown. A number
        beyond the options is unknown.
    """
    columns = {}
    for element in template.elements:
        source, name = (values, element.measure) if element.measure else (typed, element.key)
        known = source[name].reindex(values.index) if name in source else pd.Series(np.nan, values.index)
        numbers = known.to_numpy(np.float64, na_value=np.nan)
        columns[element.key] = (
            _measured(element, numbers)
            if element.measure
            else np.where((numbers >= 0) & (numbers < len(element.options)), numbers, np.nan)
        )
    return pd.DataFrame(columns, index=values.index, columns=[e.key for e in template.elements])


def grade_customers(template: Template, options: pd.DataFrame) -> pd.DataFrame:
    """Add up and grade.

    Parameters
    ----------
    options
        Of :func:`chosen_options`.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``total`` in [0, 100] over what is known, ``known`` part of the weights in [0, 1],
        ``missing`` (keys of unknown elements, comma separated), ``grade`` A, B, C or None where too little is
        known, and ``section_1`` ... the sections' scores in [0, 100], NaN where nothing of one is known.
    """
    weights, points = template.weights(), {}
    for element in template.elements:
        scores = np.array([option.score for option in element.options] + [np.nan]) / (element.most or 1)
        place = options[element.key].fillna(len(element.options)).to_numpy(np.int64)
        points[element.key] = scores[place]
    parts = [_weighted(points, {e.key: weights[e.key] for e in s.elements}) for s in template.sections]
    total, known = _weighted(points, weights)
    unknown = listed_names(options.isna().to_numpy(bool), [element.key for element in template.elements])
    result = pd.DataFrame(
        {
            "total": total,
            "known": known / 100,
            "missing": unknown,
        },
        index=options.index,
    )
    enough = known / 100 >= template.least_known - _SLACK
    grade = _letters(np.where(enough, total, np.nan), template.cuts)
    result["grade"] = pd.Series(grade, index=options.index, dtype=object)
    for number, (score, _known) in enumerate(parts, start=1):
        result[f"section_{number}"] = score
    return result


def section_levels(template: Template, graded: pd.DataFrame) -> pd.DataFrame:
    """Return the level A, B, C of each section by the same cuts as the total [S4 4-3]; None unknown."""
    columns = [f"section_{number}" for number in range(1, len(template.sections) + 1)]
    return pd.DataFrame(
        {name: _letters(graded[name].to_numpy(np.float64), template.cuts) for name in columns},
        index=graded.index,
        dtype=object,
    )


def _measured(element: Element, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the first option whose threshold the value reaches; a value on a threshold reaches it."""
    sign = 1.0 if element.less_is_better else -1.0
    limits = sign * np.array([option.threshold for option in element.options[:-1]], dtype=np.float64)
    place = np.searchsorted(limits + _SLACK, sign * values, side="left").astype(np.float64)
    return np.where(np.isnan(values), np.nan, place)


def _weighted(
    points: dict[str, NDArray[np.float64]], weights: dict[str, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the score of 100 over the known elements, and the weight that is known."""
    table = np.stack([points[key] for key in weights], axis=1)
    weight = np.array(list(weights.values()))
    there = ~np.isnan(table)
    known = there @ weight
    reached = np.where(there, table, 0.0) @ weight
    return 100 * np.divide(reached, known, out=np.full(len(known), np.nan), where=known > 0), known


def _letters(totals: NDArray[np.float64], cuts: tuple[float, float]) -> NDArray[np.object_]:
    place = np.searchsorted(-np.array(cuts), -(totals + _SLACK), side="left")
    letters = np.array([*GRADES, None], dtype=object)
    return letters[np.where(np.isnan(totals), len(GRADES), place)]
