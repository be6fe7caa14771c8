"""The plan that the product proposes, within its own checks as far as they can be kept together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core import numbers
from core.i18n import N_, _, ngettext
from core.reports.plans.checks import plan_leaves, region_facts, rep_facts
from core.targets.bands import Band, bring_into_bands
from core.targets.fairness import stretch
from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable
from core.targets.fitting.ipf import Margin
from core.targets.fitting.rounding import apportion
from core.targets.principles import GRANULARITY, LABELS

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from core.reports.plans.request import PlanRequest
    from core.targets.arrays import Floats, Integers
    from core.targets.principles import Check, Thresholds

PARAMETER = "proposal"
# Why a check can't be kept; the plan keeps the amount, the words are those of the reader.
REASONS = {
    "feasible": N_(
        "{amount} lies above the caps: all of them together leave less room than the target takes."
    ),
    "improvement": N_("{amount} lies below last year's sales: the target, or the caps, leave no more."),
    "motivating": N_("{amount} lies outside the band of the stretch, with the checks before it kept."),
    "fair": N_(
        "{amount} would have to move between reps against the other checks: what they sell differs too much "
        "from their potentials."
    ),
}
# The median that a stretch is compared with moves with the plan; it settles in a few rounds.
_ROUNDS = 4


@dataclass(frozen=True)
class Proposal:
    """What was done to a computed plan so that it keeps its checks.

    Parameters
    ----------
    moved
        Moved between regions and reps, yuan.
    unkept
        By check that can't be kept: the least amount that lies outside it, yuan.
    """

    moved: float
    unkept: Mapping[str, float]

    @property
    def values(self) -> dict[str, Any]:
        """Everything as plain values, to be saved with the plan."""
        return {"moved": self.moved, "unkept": dict(self.unkept)}

    @property
    def sentence(self) -> str:
        """What was moved, in the language in use."""
        return _(
            "{amount} was moved between regions and reps, so that the proposal keeps its checks.",
            amount=numbers.money(self.moved),
        )


def saved_proposal(parameters: Mapping[str, Any]) -> Proposal | None:
    """Return what was done to the plan when it was proposed; None where it wasn't asked for."""
    values = parameters.get(PARAMETER)
    return None if values is None else Proposal(float(values["moved"]), dict(values["unkept"]))


def failing_checks(checks: Sequence[Check], proposal: Proposal | None) -> list[str]:
    """Return one sentence per check that fails: how many rows, and why the proposal couldn't keep it."""
    unkept = {} if proposal is None else proposal.unkept
    sentences = []
    for check in checks:
        if check.passed is not False:
            continue
        parts = [
            _("{check}: fails.", check=_(LABELS[check.rule]))
            if check.failing.empty
            else ngettext(
                "{check}: {n} row fails.", "{check}: {n} rows fail.", len(check.failing),
                check=_(LABELS[check.rule]),
            )
        ]  # fmt: skip
        if check.rule in unkept:
            parts.append(_(REASONS[check.rule], amount=numbers.money(unkept[check.rule])))
        if check.rule == "improvement":
            rising = (check.failing["target"] > check.failing["baseline"]).sum()
            parts.append(
                ngettext(
                    "{n} region rises: what raises it is for the planner to write.",
                    "{n} regions rise: what raises them is for the planner to write.",
                    int(rising),
                )
            )
        if check.rule == GRANULARITY:
            parts.append(
                ngettext(
                    "{n} region has no rep: give its shops one.",
                    "{n} regions have no rep: give their shops one.",
                    int(check.failing["region_id"].nunique()),
                )
            )  # fmt: skip
        sentences.append(" ".join(parts))
    return sentences


def keep_checks(
    request: PlanRequest, cells: pd.DataFrame, basis: Basis, thresholds: Thresholds
) -> tuple[pd.DataFrame, Proposal]:
    """Move a plan's counts between regions and reps so that it keeps its checks; the total stays.

    Parameters
    ----------
    cells
        Indexed by ``KEYS``: count, locked; locked cells keep their counts.
    """
    by = ["region_id", "owner_id"]
    parts = cells.groupby(level=by)["count"].sum()
    held = cells["count"].where(cells["locked"], 0).groupby(level=by).sum()
    most = np.where(cells["locked"].groupby(level=by).all(), held, np.inf)
    known = rep_facts(plan_leaves(request.size, cells, basis), basis)
    tries, median = [], np.inf
    for _round in range(_ROUNDS):
        rules = _rules(request, cells, basis, thresholds, median)
        settled = bring_into_bands(parts.to_numpy(np.int64), rules, least=held.to_numpy(np.int64), most=most)
        counts = pd.Series(settled.counts, parts.index).groupby(level="owner_id").sum()
        reps = known.assign(target=request.size.amounts(counts.reindex(known["rep"]).to_numpy()))
        median, apart = _stretched(reps, thresholds)
        tries.append((apart, settled))
        if apart == 0 or not median > 0:
            break
    apart, settled = min(tries, key=lambda each: each[0])
    outside = {rule: float(request.size.amounts(np.ceil(n))) for rule, n in settled.outside.items()}
    outside |= {"motivating": apart} if apart > 0 else {}
    table = _as_table(parts, settled.counts, (held, pd.Series(most, parts.index)))
    moved = int(np.abs(table - parts.to_numpy()).sum()) // 2
    unkept = {rule: outside[rule] for rule in REASONS if rule in outside}
    return _shared_on(cells, pd.Series(table, parts.index)), Proposal(
        float(request.size.amounts(moved)), unkept
    )


def _stretched(reps: pd.DataFrame, lines: Thresholds) -> tuple[float, float]:
    """Return the median stretch and the yuan that lie outside its band or above its multiple."""
    if reps.empty:
        return float("nan"), 0.0
    table = stretch(reps)
    median = float(table["stretch"].median())
    low, high = lines.stretch
    most = min(high, lines.times_median * median) if median > 0 else high
    over = (table["stretch"] - most - 1e-12).clip(lower=0) + (low - 1e-12 - table["stretch"]).clip(lower=0)
    return median, float((over * table["last_year"]).sum())


def _rules(
    request: PlanRequest, cells: pd.DataFrame, basis: Basis, lines: Thresholds, median: float
) -> dict[str, list[Band]]:
    """Return the bands of each check on the pairs of a region and a rep, the most important check first."""
    leaves = plan_leaves(request.size, cells, basis)
    pairs = leaves.groupby(["region_id", "owner_id"]).size().index.to_frame(index=False)
    regions = region_facts(request, leaves, basis, {}).set_index("region_id")
    reps = rep_facts(leaves, basis).set_index("rep")
    region, rep = regions.index.get_indexer(pairs["region_id"]), reps.index.get_indexer(pairs["owner_id"])
    cap = regions[["capacity_cap", "growth_cap"]].min(axis=1)
    last = reps["last_year"].where(reps["last_year"] > 0)
    most = min(lines.stretch[1], lines.times_median * median)
    rules = {
        "feasible": [_band(request, region, upper=cap), _band(request, rep, upper=reps["visit_cap"])],
        "improvement": [_band(request, region, lower=regions["baseline"])],
        "motivating": [
            _band(request, rep, lower=last * (1 + lines.stretch[0]), upper=last * (1 + max(most, 0.0)))
        ],
    }
    potential = reps["potential"].where(reps["potential"] > 0)
    if potential.notna().sum() >= 2:
        middle = float(reps["target"][potential.notna()].sum() / potential.sum())
        # Inside this band none of the three measures of inequality exceeds its threshold.
        apart = min(lines.variation, 2 * lines.gini, (lines.widest - 1) / (lines.widest + 1))
        low, high = (middle * potential * (1 + sign * min(apart, 1.0)) for sign in (-1, 1))
        rules["fair"] = [_band(request, rep, lower=low, upper=high)]
    return rules


def _band(
    request: PlanRequest,
    groups: Integers,
    *,
    lower: pd.Series | None = None,
    upper: pd.Series | None = None,
) -> Band:
    """Return bounds in yuan, missing where there is none, as a band of whole counts inside them."""
    size = len(lower if lower is not None else upper)  # type: ignore[arg-type]

    def counts(bounds: pd.Series | None, default: float) -> Floats:
        if bounds is None:
            return np.full(size, default)
        return request.size.fractions(bounds.fillna(default).to_numpy(np.float64))

    low, high = np.ceil(counts(lower, 0.0) - 1e-9), np.floor(counts(upper, np.inf) + 1e-9)
    return Band(np.asarray(groups, dtype=np.int64), low, np.maximum(high, low))


def _as_table(parts: pd.Series, counts: Integers, bounds: tuple[pd.Series, pd.Series]) -> Integers:
    """Return the parts with the regions' and reps' sums of ``counts``, in the proportions of ``parts``."""
    total = int(counts.sum())
    wide, goal, least, most = (
        series.unstack(fill_value=0).to_numpy(np.int64)
        for series in (parts, pd.Series(counts, parts.index), bounds[0], bounds[1].clip(upper=total))
    )
    # A part that nothing was proposed for but that gets something now is open all the same.
    seed = np.where((wide > 0) | (goal > 0), np.maximum(wide, 1), 0).astype(np.float64)
    margins = tuple(Margin((axis,), goal.sum(axis=1 - axis)) for axis in (0, 1))
    table = allocate(CrossTable(seed, margins, lower=np.where(seed > 0, least, 0), upper=most))
    axes = parts.unstack(fill_value=0).axes
    region, rep = (axis.get_indexer(parts.index.get_level_values(n)) for n, axis in enumerate(axes))
    return np.asarray(table[region, rep], dtype=np.int64)


def _shared_on(cells: pd.DataFrame, parts: pd.Series) -> pd.DataFrame:
    """Return the cells with the sums of their region and rep, in the proportions they had."""
    keys = pd.MultiIndex.from_arrays([cells.index.get_level_values(n) for n in parts.index.names])
    groups = parts.index.get_indexer(keys)
    before = cells["count"].to_numpy(np.int64)
    locked = cells["locked"].to_numpy(bool)
    counts = apportion(
        parts.to_numpy(np.int64),
        np.maximum(before, 1e-6),
        groups=groups,
        lower=np.where(locked, before, 0),
        upper=np.where(locked, before, np.inf),
    )
    return cells.assign(count=counts)
