"""Make a target plan from what the store knows: from above, from the customers' output, or both blended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.i18n import _, ngettext
from core.reports.plans.basis import Basis, plan_basis
from core.reports.plans.constraints import plan_constraints
from core.reports.plans.customers import region_output
from core.reports.plans.proposal import PARAMETER, Proposal, keep_checks
from core.reports.plans.request import CATEGORY, DIMENSIONS, FACTORS, MONTH, OWNER, REGION, PlanRequest
from core.store.plans import versions as plans
from core.store.plans.model import KEYS, Plan
from core.targets import cascade
from core.targets.editing.constraints import CellConstraint, Constraint, settle
from core.targets.fitting.rounding import apportion
from core.targets.principles import Thresholds
from core.targets.tree import Tree
from core.targets.weights import Factor

if TYPE_CHECKING:
    from core.store.database import Store
    from core.targets.arrays import Floats, Integers

__all__ = ["Draft", "PlanRequest", "draft_plan", "levels_of", "plan_from_store", "plan_tree"]

# Values behind a factor where they differ from those of the same name.
_COLUMNS = {(OWNER, "history"): "owner_history", (MONTH, "history"): "last_months"}


@dataclass(frozen=True)
class Draft:
    """A plan computed, not saved yet.

    Parameters
    ----------
    basis
        What it was computed from.
    cells
        Indexed by ``KEYS``: count, locked.
    compared
        One row per region: region_id, breakdown, strategy, gap (yuan), gap_share of the breakdown.
    notes
        Where figures were missing and what counted in their place.
    proposal
        What was moved to keep the checks; None where that wasn't asked for.
    """

    request: PlanRequest
    basis: Basis
    cells: pd.DataFrame
    compared: pd.DataFrame
    notes: tuple[str, ...]
    proposal: Proposal | None = None


def levels_of(request: PlanRequest, basis: Basis) -> tuple[tuple[str, str], ...]:
    """Return the columns of the breakdown in order, each with its dimension; some take several."""
    columns = {
        CATEGORY: {"none": (), "category": ("item",), "product": ("category", "item")}[request.depth],
        REGION: basis.path,
        OWNER: ("owner_id",) if request.owner else (),
        MONTH: ("month",),
    }
    return tuple((column, dimension) for dimension in request.order for column in columns[dimension])


def plan_tree(request: PlanRequest, basis: Basis) -> Tree:
    """Return the tree a plan is broken down along; its leaves are those of the basis, in their order."""
    return Tree.from_frame(basis.leaves, [column for column, _dimension in levels_of(request, basis)])


def draft_plan(
    store: Store,
    request: PlanRequest,
    *,
    held: pd.DataFrame | None = None,
    basis: Basis | None = None,
    holds: tuple[Constraint, ...] = (),
    thresholds: Thresholds | None = None,
) -> Draft:
    """Compute a plan.

    Parameters
    ----------
    held
        Cells of the plan as it is; those that are locked keep their counts.
    basis
        What the plan is shared out by, where it was read already.
    holds
        Limits on parts of the plan; the parts without one take what they displace.
    thresholds
        Where the checks draw the line, for a plan that keeps them; the defaults by default.

    Returns
    -------
    Draft
        The plan. The sum of its cells is the target, except where it comes from the customers' output.

    Raises
    ------
    InfeasibleError
        The locks or limits contradict the target; the message names them and the gap.
    """
    basis = basis or plan_basis(store, request)
    tree = plan_tree(request, basis)
    total = int(np.rint(request.size.fractions(request.target)))
    weights, notes = _weights(request, basis, tree)
    limits = _limits(basis, tree, held)
    counts = cascade.top_down(total, tree, weights, limits=limits, unit=request.size)[-1][tree.leaf]
    below, guess = _from_below(store, request, basis, counts)
    compared = _compared(request, basis, counts, below)
    if request.template == "strategy":
        counts = below if held is None else _keep_locks(basis, below, held)
    elif request.template == "blended":
        nodes = tuple(_nodes(tree, rows) for rows in (counts, below))
        above = (nodes[0], nodes[1])
        blended = cascade.blend(total, tree, above, share=request.share, limits=limits, unit=request.size)
        counts = blended[-1][tree.leaf]
    cells = basis.leaves[KEYS].assign(count=counts, locked=False).set_index(KEYS)
    if held is not None:
        cells["locked"] = held["locked"].reindex(cells.index, fill_value=False).to_numpy(bool)
    cells, proposal = cells.sort_index(), None
    if request.keep_checks:
        cells, proposal = keep_checks(request, cells, basis, thresholds or Thresholds())
    cells = _within_limits(request, basis, cells, holds)
    return Draft(request, basis, cells, compared, (*notes, *guess), proposal)


def _within_limits(
    request: PlanRequest, basis: Basis, cells: pd.DataFrame, holds: tuple[Constraint, ...]
) -> pd.DataFrame:
    """Bring a plan within its limits; its total stays."""
    if not holds:
        return cells
    facts = basis.leaves.set_index(KEYS).reindex(cells.index).reset_index()
    total = int(cells["count"].sum())
    whole = CellConstraint(np.ones(len(cells), np.bool_), total, total, _("Whole plan"), firm=True)
    return settle(cells, [*plan_constraints(holds, facts, basis), whole], request.size)


def plan_from_store(store: Store, request: PlanRequest, name: str, *, actor: str = "local") -> Plan:
    """Compute a plan and save it as a draft.

    Parameters
    ----------
    name
        What the plan is called.
    actor
        Who makes it.
    """
    draft = draft_plan(store, request)
    return save_draft(store, draft, name, actor=actor)


def save_draft(store: Store, draft: Draft, name: str, *, actor: str = "local", note: str = "") -> Plan:
    """Save a computed plan as a new one.

    Parameters
    ----------
    name
        What it is called.
    actor, note
        Who makes it, and why.
    """
    plan = Plan(
        "",
        name,
        draft.request.year,
        template=draft.request.template,
        parameters=draft.request.parameters | draft_parameters(draft),
        inputs_version=store.data_version,
    )
    return plans.create(store, plan, draft.cells, actor=actor, note=note)


def draft_parameters(draft: Draft) -> dict[str, Any]:
    """Return what is saved with a plan besides its request: the planned mix, and what was proposed."""
    proposal = {} if draft.proposal is None else {PARAMETER: draft.proposal.values}
    return {"mix": planned_mix(draft.cells), **proposal}


def planned_mix(cells: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the part of each category or product and of each region in a plan as computed, before edits."""
    total = max(int(cells["count"].sum()), 1)
    return {
        name: {str(k): v / total for k, v in cells.groupby(level=name)["count"].sum().items()}
        for name in ("item", "region_id")
    }


def _weights(request: PlanRequest, basis: Basis, tree: Tree) -> tuple[list[Floats], list[str]]:
    """Return the weights of every level and what had to be filled in for them."""
    weights, notes = [], []
    for level, (_column, dimension) in enumerate(levels_of(request, basis)):
        chosen = request.factors[dimension]
        names = {factor: _COLUMNS.get((dimension, factor), factor) for factor in chosen}
        rows = {
            column: basis.leaves[column].to_numpy(np.float64)
            for column in names.values()
            if column in basis.leaves
        }
        mix = tree.weights(level, rows, [Factor(names[factor], weight) for factor, weight in chosen.items()])
        weights.append(mix.weights)
        labels = _(", ").join(_(FACTORS[factor]) for factor in chosen)
        if missing := int(mix.missing.sum()):
            notes.append(
                ngettext(
                    "{level}: one of {factors} is unknown for {n} part; the others count in its place.",
                    "{level}: one of {factors} is unknown for {n} parts; the others count in its place.",
                    missing, level=_(DIMENSIONS[dimension]), factors=labels,
                )
            )  # fmt: skip
    return weights, notes


def _limits(basis: Basis, tree: Tree, held: pd.DataFrame | None) -> cascade.Limits | None:
    if held is None or not held["locked"].any():
        return None
    kept = held.reindex(pd.MultiIndex.from_frame(basis.leaves[KEYS]))
    rows = np.flatnonzero(kept["locked"].fillna(False).to_numpy(bool))
    counts = kept["count"].to_numpy(np.float64)[rows].astype(np.int64)
    nodes = tree.leaf[rows]
    return cascade.Limits.none(tree).with_bounds(len(tree.levels) - 1, nodes, counts, counts)


def _nodes(tree: Tree, rows: Integers) -> Integers:
    """Return counts of the input rows as counts of the tree's leaves."""
    nodes = np.zeros(rows.size, np.int64)
    nodes[tree.leaf] = rows
    return nodes


def _from_below(
    store: Store, request: PlanRequest, basis: Basis, counts: Integers
) -> tuple[Integers, tuple[str, ...]]:
    """Return the plan from below on the same leaves: each region's proposal, shared on as from above."""
    leaves = basis.leaves
    if request.proposals:
        saved = plans.load(store, request.proposals)
        cells = plans.load_cells(store, saved, scope=request.scope)
        keys = ["region_id", "owner_id"] if saved.owner == request.owner else ["region_id"]
        amounts = saved.unit.amounts(cells["count"].to_numpy())
        proposed = pd.Series(amounts, cells.index).groupby(level=keys).sum()
        groups, known = _groups(leaves[keys], proposed), tuple[str, ...]()
    else:
        output = region_output(store, request, basis)
        groups, known = _groups(leaves[["region_id"]], output.amounts), output.notes
    codes, totals = groups
    weights = counts + leaves["owner_history"].to_numpy(np.float64) * 1e-9
    return apportion(np.rint(request.size.fractions(totals)).astype(np.int64), weights, groups=codes), known


def _groups(keys: pd.DataFrame, amounts: pd.Series) -> tuple[Integers, Floats]:
    """Return the group of every leaf and what is proposed for each group; nothing proposed is zero there."""
    codes = keys.groupby(list(keys.columns), sort=True).ngroup().to_numpy(np.int64)
    first = keys.assign(code=codes).drop_duplicates("code").sort_values("code")
    index = (
        pd.MultiIndex.from_frame(first[list(keys.columns)])
        if keys.shape[1] > 1
        else pd.Index(first[keys.columns[0]])
    )
    return codes, amounts.reindex(index).fillna(0.0).to_numpy(np.float64)


def _compared(request: PlanRequest, basis: Basis, above: Integers, below: Integers) -> pd.DataFrame:
    """Compare both templates by region."""
    leaves = basis.leaves.assign(breakdown=above, strategy=below)
    table = leaves.groupby("region_id")[["breakdown", "strategy"]].sum()
    tree = Tree.from_frame(table.reset_index(), ["region_id"])
    top, bottom = (table[name].to_numpy(np.int64)[np.argsort(tree.leaf)] for name in table)
    gaps = cascade.gaps(tree, 0, top, bottom)
    money = {n: request.size.amounts(gaps[c]) for n, c in (
        ("breakdown", "top_down"), ("strategy", "bottom_up"), ("gap", "gap"))}  # fmt: skip
    return pd.DataFrame({"region_id": gaps["node"], **money, "gap_share": gaps["gap_share"]})


def _keep_locks(basis: Basis, below: Integers, held: pd.DataFrame) -> Integers:
    """Return proposals with the locked cells at their counts; the others of the region take the rest."""
    kept = held.reindex(pd.MultiIndex.from_frame(basis.leaves[KEYS]))
    locked = kept["locked"].fillna(False).to_numpy(bool)
    counts = kept["count"].fillna(0).to_numpy(np.int64)
    codes = basis.leaves.groupby("region_id", sort=True).ngroup().to_numpy(np.int64)
    totals = np.bincount(codes, below).astype(np.int64)
    lower = np.where(locked, counts, 0)
    upper = np.where(locked, counts, cascade.NO_BOUND)
    return apportion(totals, below + 1e-9, groups=codes, lower=lower, upper=upper)
