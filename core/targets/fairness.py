"""How evenly a target is spread: target against potential, workload, last year [domain A.6, B.7]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from core.targets.arrays import Floats


@dataclass(frozen=True)
class Inequality:
    """How unequal some figures are.

    Parameters
    ----------
    count
        Number of known figures.
    variation
        Coefficient of variation: standard deviation of these figures (all of them, no sample) / mean.
    gini
        Gini coefficient, 0 (all equal) to nearly 1.
    widest
        Largest / smallest; NaN where the smallest is zero.
    """

    count: int
    variation: float
    gini: float
    widest: float


def ratio(target: ArrayLike, base: ArrayLike) -> Floats:
    """Return target / base, NaN where the base is unknown or zero: nobody's quota is infinite.

    Parameters
    ----------
    target, base
        Amounts in the same measure.

    Returns
    -------
    ndarray
        Ratios.
    """
    top, bottom = np.asarray(target, dtype=np.float64), np.asarray(base, dtype=np.float64)
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))


def inequality(values: ArrayLike) -> Inequality:
    """Measure how unequal figures are.

    Parameters
    ----------
    values
        Figures, zero or more; NaN is unknown and left out.

    Returns
    -------
    Inequality
        All NaN where no figure is known or all are zero.

    Raises
    ------
    InputError
        A figure is negative: the Gini coefficient has no meaning there.
    """
    known = np.asarray(values, dtype=np.float64).ravel()
    known = np.sort(known[np.isfinite(known)])
    if (known < 0).any():
        raise InputError(_("Fairness is measured on figures of zero or more; the smallest is {value}.",
                           value=float(known[0])))  # fmt: skip
    nan = float("nan")
    if not known.size or not known.sum():
        return Inequality(known.size, nan, nan, nan)
    rank = np.arange(1, known.size + 1)
    gini = float(((2 * rank - known.size - 1) * known).sum() / (known.size * known.sum()))
    widest = float(known[-1] / known[0]) if known[0] > 0 else nan
    return Inequality(known.size, float(known.std() / known.mean()), gini, widest)


def fairness(nodes: pd.DataFrame, level: str) -> pd.DataFrame:
    """Measure fairness per level.

    Parameters
    ----------
    nodes
        One row per node with its target and any of ``potential``, ``last_year`` and ``workload``.
    level
        Column that names the level of each node.

    Returns
    -------
    DataFrame
        One row per level and base: ``level``, ``base``, ``count``, ``variation``, ``gini``, ``widest``
        of target / base; a base of which nothing is known on a level has no row there.
    """
    rows = []
    for name, part in nodes.groupby(level, sort=False):
        for base in ("potential", "last_year", "workload"):
            if base in part and part[base].notna().any():
                found = inequality(ratio(part["target"], part[base]))
                rows.append((name, base, found.count, found.variation, found.gini, found.widest))
    return pd.DataFrame(rows, columns=["level", "base", "count", "variation", "gini", "widest"])


def stretch(reps: pd.DataFrame) -> pd.DataFrame:
    """Compute how far each rep's target stretches beyond last year, next to quota / potential.

    Growth on last year alone punishes good performers (鞭打快牛), so both are shown [domain B.7].

    Parameters
    ----------
    reps
        One row per rep with ``rep``, ``target``, ``last_year`` and, where known, ``potential``.

    Returns
    -------
    DataFrame
        ``rep``, ``target``, ``last_year``, ``stretch`` (target / last year - 1), ``to_potential``
        (target / potential) and ``times_median`` (stretch / the median stretch), NaN where unknown.
        The median is taken of the known stretches and must be above zero to compare with.
    """
    result = reps[["rep", "target", "last_year"]].reset_index(drop=True)
    result["stretch"] = ratio(reps["target"], reps["last_year"]) - 1
    unknown = np.full(len(reps), np.nan)
    result["to_potential"] = ratio(reps["target"], reps.get("potential", unknown))
    median = result["stretch"].median()
    result["times_median"] = result["stretch"] / median if median > 0 else unknown
    return result
