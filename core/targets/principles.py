"""The six principles of allocation [S3 3-10] and their lead-in rule, as checks [domain A.6, I].

A check passes, fails with the rows that fail, or was not made because its figures are missing;
"not made" is never shown as passed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _
from core.targets.fairness import Inequality, inequality, ratio, stretch

if TYPE_CHECKING:
    from core.targets.arrays import Floats

GRANULARITY = "granularity"
LABELS = {
    GRANULARITY: N_("Every target has a named rep and a month"),
    "goal": N_("1 Linked to the marketing goal"),
    "ties": N_("2 High and low targets are linked"),
    "improvement": N_("3 Results follow from improvement"),
    "feasible": N_("4 Within reach"),
    "fair": N_("5 Objective and fair"),
    "motivating": N_("6 Motivating"),
}


@dataclass(frozen=True)
class Check:
    """The outcome of one check.

    Parameters
    ----------
    rule
        Key of ``LABELS``.
    passed
        Whether it passed; None when it was not made.
    value, threshold
        The figure judged and what it is judged by; None when it was not made.
    failing
        The rows that fail, in the columns given.
    note
        What the figure means, or what is missing, in the user's language.
    """

    rule: str
    passed: bool | None
    value: float | None
    threshold: float | None
    failing: pd.DataFrame
    note: str


@dataclass(frozen=True)
class Thresholds:
    """Where the checks draw the line; all of them can be edited.

    Parameters
    ----------
    mix_tolerance
        Largest difference between a product's or region's share and its planned share.
    variation, gini, widest
        Largest coefficient of variation, Gini coefficient and largest / smallest of target / potential
        across reps.
    stretch
        Band of the stretch over last year.
    times_median
        Largest multiple of the median stretch.
    """

    mix_tolerance: float = 0.02
    variation: float = 0.35
    gini: float = 0.2
    widest: float = 3.0
    stretch: tuple[float, float] = (0.0, 0.30)
    times_median: float = 2.0

    def __post_init__(self) -> None:
        numbers = (self.mix_tolerance, self.variation, self.gini, self.widest, self.times_median)
        if any(not number >= 0 for number in numbers) or self.stretch[0] > self.stretch[1]:
            raise InputError(_("A threshold is below zero, or the stretch band is upside down."))


@dataclass(frozen=True)
class PlanFacts:
    """What a plan is checked on; a part that is None is not checked.

    Parameters
    ----------
    leaves
        One row per leaf: ``rep``, ``month``, ``target``.
    approved
        The approved marketing or No.1 target in the measure of ``target``.
    shares
        One row per product or region: ``node``, ``target``, ``planned_share``.
    nodes
        Every node of the breakdown: ``node``, ``parent`` (None at the top), ``target`` in whole units.
    baselines
        ``node``, ``target``, ``baseline``, ``reason`` (why it is lower), ``action`` (what raises it).
    caps
        ``node``, ``target`` and any of ``capacity_cap``, ``visit_cap``, ``growth_cap``.
    reps
        ``rep``, ``target``, ``last_year`` and, where known, ``potential`` and ``workload``.
    """

    leaves: pd.DataFrame | None = None
    approved: float | None = None
    shares: pd.DataFrame | None = None
    nodes: pd.DataFrame | None = None
    baselines: pd.DataFrame | None = None
    caps: pd.DataFrame | None = None
    reps: pd.DataFrame | None = field(default=None)


def check_plan(facts: PlanFacts, thresholds: Thresholds | None = None) -> tuple[Check, ...]:
    """Make all checks on a plan.

    Parameters
    ----------
    thresholds
        Where the lines are drawn; the defaults by default.

    Returns
    -------
    tuple of Check
        The lead-in rule, then the six principles in their order.
    """
    lines = thresholds or Thresholds()
    return (
        _granularity(facts.leaves),
        _goal(facts, lines.mix_tolerance),
        _ties(facts.nodes),
        _improvement(facts.baselines),
        _feasible(facts.caps),
        _fair(facts.reps, lines),
        _motivating(facts.reps, lines),
    )


def _not_made(rule: str, missing: str) -> Check:
    return Check(rule, None, None, None, pd.DataFrame(), _("Not checked: {missing}.", missing=missing))


def _counted(rule: str, failing: pd.DataFrame, note: str) -> Check:
    """Return a check that passes when no row fails."""
    return Check(rule, failing.empty, float(len(failing)), 0.0, failing.reset_index(drop=True), note)


def _empty(column: pd.Series) -> pd.Series:
    return column.isna() | (column.astype("string").str.strip() == "").fillna(True)


def _granularity(leaves: pd.DataFrame | None) -> Check:
    if leaves is None:
        return _not_made(GRANULARITY, _("the plan has no leaves"))
    failing = leaves[(_empty(leaves["rep"]) | leaves["month"].isna()) & (leaves["target"] != 0)]
    return _counted(GRANULARITY, failing, _("Targets without a named rep or a month."))


def _goal(facts: PlanFacts, tolerance: float) -> Check:
    if facts.leaves is None or facts.approved is None:
        return _not_made("goal", _("no approved target is known"))
    total = float(facts.leaves["target"].sum())
    gap = total - facts.approved
    if facts.shares is None:
        failing = pd.DataFrame()
    else:
        share = facts.shares["target"] / facts.shares["target"].sum()
        apart = (share - facts.shares["planned_share"]).abs()
        failing = facts.shares.assign(share=share)[apart > tolerance + 1e-12].reset_index(drop=True)
    tied = abs(gap) <= 1e-9 * max(1.0, abs(facts.approved))
    note = _("Total of the plan against the approved target, and the planned mix of products and regions.")
    return Check("goal", tied and failing.empty, total, facts.approved, failing, note)


def _ties(nodes: pd.DataFrame | None) -> Check:
    if nodes is None:
        return _not_made("ties", _("the levels of the plan are missing"))
    children = nodes[nodes["parent"].notna()].groupby("parent")["target"].sum().rename("children")
    parents = nodes.merge(children, left_on="node", right_index=True)
    failing = parents[parents["children"] != parents["target"]]
    orphans = nodes[nodes["parent"].notna() & ~nodes["parent"].isin(nodes["node"])]
    return _counted(
        "ties", pd.concat([failing, orphans]), _("Parents that differ from the sum of their children.")
    )


def _improvement(rows: pd.DataFrame | None) -> Check:
    if rows is None:
        return _not_made("improvement", _("no baseline is known"))
    lower = (rows["target"] < rows["baseline"]) & _empty(rows["reason"])
    higher = (rows["target"] > rows["baseline"]) & _empty(rows["action"])
    note = _("Targets below the baseline without a reason, or above it without an action.")
    return _counted("improvement", rows[lower | higher | rows["baseline"].isna()], note)


def _feasible(rows: pd.DataFrame | None) -> Check:
    kinds = [c for c in ("capacity_cap", "visit_cap", "growth_cap") if rows is not None and c in rows]
    if rows is None or not kinds:
        return _not_made("feasible", _("no cap is known"))
    cap = rows[kinds].min(axis=1)
    if cap.isna().all():
        return _not_made("feasible", _("no cap is known"))
    failing = rows.assign(cap=cap)[rows["target"] > cap]
    note = _("Targets above the lowest cap of capacity, visits and best growth; {count} have no cap.",
             count=int(cap.isna().sum()))  # fmt: skip
    return _counted("feasible", failing, note)


def _fair(reps: pd.DataFrame | None, lines: Thresholds) -> Check:
    if reps is None or "potential" not in reps or reps["potential"].notna().sum() < 2:
        return _not_made("fair", _("the potential of fewer than two reps is known"))
    quota = ratio(reps["target"], reps["potential"])
    found = inequality(quota)
    note = _("Variation of target / potential across reps; Gini {gini:.3f}, largest / smallest {widest:.2f}.",
             gini=found.gini, widest=found.widest)  # fmt: skip
    passed, failing = _even(found, lines), _apart(reps.assign(to_potential=quota), quota, lines)
    failing = failing.iloc[:0] if passed else failing
    load = reps["workload"] if "workload" in reps else pd.Series(np.nan, index=reps.index)
    if load.notna().sum() < 2:
        return Check("fair", passed, found.variation, lines.variation, failing, note)
    loaded = inequality(load)
    if not _even(loaded, lines):
        heavy = _apart(reps.assign(to_potential=quota), load.to_numpy(np.float64), lines)
        failing = pd.concat([failing, heavy]).drop_duplicates("rep").reset_index(drop=True)
        passed = False
    note += " " + _("Workload (visits): variation {variation:.3f}, Gini {gini:.3f}.",
                    variation=loaded.variation, gini=loaded.gini)  # fmt: skip
    return Check("fair", passed, found.variation, lines.variation, failing, note)


def _even(found: Inequality, lines: Thresholds) -> bool:
    return found.variation <= lines.variation and found.gini <= lines.gini and not found.widest > lines.widest


def _apart(reps: pd.DataFrame, values: Floats, lines: Thresholds) -> pd.DataFrame:
    """Return the reps further from the median than the variation allows; unknown ones are left aside."""
    middle = float(np.nanmedian(values))
    apart = np.abs(values / middle - 1) > lines.variation if middle > 0 else np.isfinite(values)
    return reps[apart].reset_index(drop=True)


def _motivating(reps: pd.DataFrame | None, lines: Thresholds) -> Check:
    if reps is None or not reps["last_year"].gt(0).any():
        return _not_made("motivating", _("last year's sales of the reps are not known"))
    found = stretch(reps)
    low, high = lines.stretch
    known = found["stretch"].notna()
    outside = known & ~found["stretch"].between(low - 1e-12, high + 1e-12)
    ahead = found["times_median"] > lines.times_median + 1e-12
    note = _("Reps whose stretch lies outside {low:.0%} to {high:.0%} or above {times} times the median; "
             "{count} have no last year.", low=low, high=high, times=lines.times_median,
             count=int((~known).sum()))  # fmt: skip
    return _counted("motivating", found[outside | ahead], note)
