"""The six principles and the fairness of a plan, from the store's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.i18n import _
from core.reports.plans.request import PlanRequest
from core.store.plans.model import KEYS
from core.targets.fairness import fairness, stretch
from core.targets.principles import Check, PlanFacts, Thresholds, check_plan

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from core.store.plans.model import Plan
    from core.targets.units import Unit


@dataclass(frozen=True)
class Review:
    """How a plan stands up to the principles.

    Parameters
    ----------
    checks
        The lead-in rule and the six principles.
    fairness
        level, base, count, variation, gini, widest.
    reps
        rep, name, target, last_year, stretch, to_potential, times_median.
    regions
        One row per region: region_id, name, target, baseline, reason, action, capacity_cap, growth_cap.
    """

    checks: tuple[Check, ...]
    fairness: pd.DataFrame
    reps: pd.DataFrame
    regions: pd.DataFrame


def saved_thresholds(parameters: Mapping[str, Any]) -> Thresholds:
    """Return where a plan's checks draw the line: its own thresholds, or the defaults."""
    saved = dict(parameters.get("thresholds", {}))
    if "stretch" in saved:
        saved["stretch"] = tuple(saved["stretch"])
    return Thresholds(**saved)


def review(plan: Plan, cells: pd.DataFrame, basis: Basis, *, thresholds: Thresholds | None = None) -> Review:
    """Check a plan.

    Parameters
    ----------
    plan
        The plan; its parameters hold the approved target, the planned mix, reasons and actions by region.
    basis
        What the store knows about them.
    thresholds
        Where the lines are drawn; the defaults by default.
    """
    request = PlanRequest.from_parameters(plan.parameters)
    leaves = plan_leaves(plan.unit, cells, basis)
    regions, reps = region_facts(request, leaves, basis, plan.parameters), rep_facts(leaves, basis)
    facts = PlanFacts(
        leaves=leaves.assign(rep=leaves["owner_id"]),
        approved=request.target if request.template == "breakdown" else None,
        shares=_shares(plan.parameters, leaves, basis),
        nodes=_nodes(plan, leaves, basis),
        baselines=regions[["node", "region_id", "target", "baseline", "reason", "action"]],
        caps=_caps(regions, reps, basis),
        reps=reps if len(reps) else None,
    )
    stretched = stretch(reps) if len(reps) else pd.DataFrame()
    if len(stretched):
        stretched.insert(1, "name", [basis.name(key) for key in stretched["rep"]])
    return Review(check_plan(facts, thresholds), _fairness(leaves, basis, reps), stretched, regions)


def _caps(regions: pd.DataFrame, reps: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return the caps of the regions, and those of the reps whose visits are known."""
    of_regions = regions[["node", "region_id", "target", "capacity_cap", "growth_cap"]]
    known = reps[reps["visit_cap"].notna()]
    if known.empty:
        return of_regions
    of_reps = known[["rep", "target", "visit_cap"]].assign(node=[basis.name(key) for key in known["rep"]])
    return pd.concat([of_regions, of_reps], ignore_index=True)


def plan_leaves(unit: Unit, cells: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return the cells with their amounts and what is known about them."""
    rows = cells.reset_index()
    rows["target"] = unit.amounts(rows["count"].to_numpy())
    known = basis.leaves[[*KEYS, "last_year", "potential", *basis.path[:-1]]]
    return rows.merge(known, on=KEYS, how="left")


def _sums(leaves: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return target, last year and potential of each part; unknown where nothing below is known."""
    sums = leaves.groupby(key)[["target", "last_year", "potential"]].sum(min_count=1)
    return sums.assign(target=sums["target"].fillna(0.0)).reset_index()


def rep_facts(leaves: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return rep, target, last_year, potential, workload and visit_cap of everybody who has targets."""
    reps = _sums(leaves[leaves["owner_id"] != ""], "owner_id").rename(columns={"owner_id": "rep"})
    return reps.join(basis.visits[["workload", "visit_cap"]], on="rep")


def region_facts(
    request: PlanRequest, leaves: pd.DataFrame, basis: Basis, parameters: Mapping[str, Any]
) -> pd.DataFrame:
    """Return the columns of :attr:`Review.regions`."""
    table = leaves.groupby("region_id")["target"].sum().reset_index()
    facts = basis.regions.groupby(level="region_id")
    base = _sum_of(facts["base"], table["region_id"])
    best = (basis.regions["base"] * (1 + basis.regions["best_growth"])).groupby(level="region_id")
    capacity = _sum_of(facts["capacity"], table["region_id"])
    reasons, actions = parameters.get("reasons", {}), parameters.get("actions", {})
    return table.assign(
        node=[basis.name(key) for key in table["region_id"]],
        baseline=base,
        reason=[reasons.get(key, "") for key in table["region_id"]],
        action=[actions.get(key, "") for key in table["region_id"]],
        capacity_cap=capacity * request.ceiling,
        # A region whose best growth is a loss is still allowed what it sold; growth from nothing has no rate.
        growth_cap=np.where(base > 0, np.fmax(_sum_of(best, table["region_id"]), base), np.nan),
    )


def _sum_of(values: Any, ids: pd.Series) -> np.ndarray:  # noqa: ANN401 - pandas' groupings have no public type
    """Return the sum of each region's values, NaN where none is known."""
    return np.asarray(values.sum(min_count=1).reindex(ids), dtype=np.float64)


def _shares(parameters: Mapping[str, Any], leaves: pd.DataFrame, basis: Basis) -> pd.DataFrame | None:
    mix = parameters.get("mix", {})
    # Plans that were saved before products could be planned call their items categories.
    planned = mix.get("item", mix.get("category", {}))
    if not planned:
        return None
    table = leaves.groupby("item")["target"].sum().reset_index().rename(columns={"item": "node"})
    table["planned_share"] = table["node"].map(planned).astype("float64").fillna(0.0)
    return table.assign(node=[basis.item(name) for name in table["node"]])


def _nodes(plan: Plan, leaves: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return every level from the plan's total to region and rep, to be added up independently."""
    total = round(float(plan.unit.fractions(plan.top_target)))
    rows = [pd.DataFrame({"node": ["*"], "parent": [None], "target": [total]})]
    columns = [*basis.path, "owner_id"] if plan.owner else list(basis.path)
    parts = leaves.groupby(columns, dropna=False)["count"].sum().reset_index()
    above = pd.Series("*", index=parts.index)
    for column in columns:
        node = above + "/" + parts[column].astype("str")
        level = pd.DataFrame({"node": node, "parent": above, "target": parts["count"]})
        rows.append(level.groupby(["node", "parent"], as_index=False)["target"].sum())
        above = node
    return pd.concat(rows, ignore_index=True)


def _fairness(leaves: pd.DataFrame, basis: Basis, reps: pd.DataFrame) -> pd.DataFrame:
    levels = [(column, _("Region level {n}", n=n + 1)) for n, column in enumerate(basis.path)]
    levels[-1] = (basis.path[-1], _("Region"))
    if (leaves["owner_id"] != "").any():
        levels.append(("owner_id", _("Rep or dealer")))
    parts = [_sums(leaves, column).assign(level=label) for column, label in levels]
    if levels[-1][0] == "owner_id" and reps["workload"].notna().any():
        workload = reps.set_index("rep")["workload"]
        parts[-1]["workload"] = parts[-1]["owner_id"].map(workload)
    return fairness(pd.concat(parts, ignore_index=True), "level")
