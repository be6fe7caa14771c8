"""Plans made from the store: they tie in every order, hold locks, and are checked and compared."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.errors import InfeasibleError, InputError
from core.reports.plans.basis import plan_basis
from core.reports.plans.checks import review
from core.reports.plans.customers import customer_targets, customer_years
from core.reports.plans.methods import method_results, starting_figures
from core.reports.plans.plan import draft_plan, plan_tree
from core.reports.plans.progress import progress
from core.reports.plans.request import DIMENSIONS, PlanRequest
from core.store.plans import basis as targets
from core.store.plans import versions as plans
from core.targets.editing.constraints import Constraint


@pytest.fixture(scope="module")
def basis(store, request_2026):
    """What the plan is computed from, read once."""
    return plan_basis(store, request_2026)


@pytest.mark.parametrize("order", list(itertools.permutations(DIMENSIONS))[::8])
def test_the_plan_ties_in_every_order(store, request_2026, basis, order) -> None:
    """The cells sum to the target, and so does every level."""
    request = replace(request_2026, order=order)
    draft = draft_plan(store, request, basis=basis)
    assert draft.cells["count"].sum() == 1_200_000
    tree = plan_tree(request, basis)
    leaves = np.zeros(len(basis.leaves), np.int64)
    leaves[tree.leaf] = draft.cells["count"].to_numpy()
    assert [level.sum() for level in tree.roll_up(leaves)] == [1_200_000] * len(tree.levels)


def test_last_year_of_the_leaves_is_that_of_the_regions(basis) -> None:
    """Sharing a region's sales among reps and months loses nothing."""
    known = basis.regions["base"].sum()
    assert basis.leaves["last_year"].sum() == pytest.approx(known)
    assert basis.leaves["owner_history"].sum() == pytest.approx(known)


def test_every_leaf_has_a_rep_where_somebody_serves_the_region(store, basis) -> None:
    """A region without shops has nobody; months are those of the year planned."""
    ids = list(basis.leaves["region_id"].unique())
    served = set(targets.assignments(store, owner="employee", region_ids=ids)["region_id"])
    assert ((basis.leaves["owner_id"] != "") == basis.leaves["region_id"].isin(served)).all()
    assert set(basis.leaves["month"].dt.year) == {2026}


def test_a_plan_by_history_alone_repeats_last_year(store, request_2026, basis) -> None:
    """With last year's total and history everywhere, each region gets its last year, to the unit."""
    weights = tuple((name, (("history", 1.0),)) for name in DIMENSIONS)
    sold = float(np.round(basis.regions["base"].sum(), -2))
    draft = draft_plan(store, replace(request_2026, weights=weights, target=sold), basis=basis)
    planned = draft.cells["count"].groupby(level="region_id").sum() * 100
    base = basis.regions["base"].groupby(level="region_id").sum()
    assert (planned - base).abs().max() <= 1_000


def test_locks_stay_when_the_plan_is_computed_again(store, request_2026, basis) -> None:
    """Locked cells keep their counts; with a target below them the locks and the gap are named."""
    held = draft_plan(store, request_2026, basis=basis).cells
    held["locked"] = np.arange(len(held)) % 20 == 0
    again = draft_plan(store, replace(request_2026, target=150_000_000.0), held=held, basis=basis)
    assert (again.cells["count"] == held["count"])[held["locked"]].all()
    assert again.cells["count"].sum() == 1_500_000
    with pytest.raises(InfeasibleError, match="Locks and lower bounds sum to"):
        draft_plan(store, replace(request_2026, target=1_000.0), held=held, basis=basis)


def test_both_plan_types_stand_side_by_side(store, request_2026, basis) -> None:
    """The gap of each region is from above less from below; a blend holds the target."""
    draft = draft_plan(store, request_2026, basis=basis)
    compared = draft.compared
    assert compared["breakdown"].sum() == 120_000_000
    assert (compared["breakdown"] - compared["strategy"] - compared["gap"]).abs().max() < 1e-6
    below = draft_plan(store, replace(request_2026, template="strategy"), basis=basis)
    assert below.cells["count"].sum() * 100 == compared["strategy"].sum()
    blended = draft_plan(store, replace(request_2026, template="blended"), basis=basis)
    assert blended.cells["count"].sum() == 1_200_000


def test_proposals_of_a_saved_plan_count_from_below(store, request_2026, basis) -> None:
    """A plan from below built on the plan itself has no gap."""
    draft = draft_plan(store, replace(request_2026, proposals="2026-01"), basis=basis)
    assert draft.compared["gap"].abs().max() == 0


def test_customers_share_their_regions_target(store, request_2026, basis) -> None:
    """A customer's target is its share of the region's last year times the region's target."""
    ids = list(basis.regions.index.get_level_values("region_id").unique())
    years = customer_years(store, request_2026, ids)
    base = basis.regions["base"].groupby(level="region_id").sum()
    rows = customer_targets(years, base * 1.1, base).dropna(subset=["target"])
    assert len(rows)
    assert rows["target"].to_numpy() == pytest.approx(rows["last_year"].to_numpy() * 1.1)


def test_the_methods_start_from_the_store(store, request_2026) -> None:
    """Growth gives last year x (1 + g); the forecast refuses 26 months and says what it needs."""
    starting = starting_figures(store, request_2026)
    results = {r.key: r for r in method_results(starting, {"growth": 0.1})}
    assert results["growth"].target == pytest.approx(starting.figures["last_year"] * 1.1)
    assert results["forecast"].target is None
    assert "needs 36 months" in starting.refusal
    assert results["number_one"].target >= starting.figures["last_year"]


def test_the_checks_judge_the_saved_plan(store, basis) -> None:
    """It ties; leaves without a rep and raised regions without an action are found."""
    plan = plans.load(store, "2026-01")
    found = review(plan, plans.load_cells(store, plan), basis)
    outcome = {check.rule: check.passed for check in found.checks}
    nobody = basis.leaves["owner_id"] == ""
    assert outcome["granularity"] is not bool(nobody.any())
    assert outcome["goal"] is True
    assert outcome["ties"] is True
    assert outcome["improvement"] is False
    actions = dict.fromkeys(found.regions["region_id"], "two new shops per rep")
    settled = replace(plan, parameters={**plan.parameters, "actions": actions, "reasons": actions})
    again = {c.rule: c.passed for c in review(settled, plans.load_cells(store, plan), basis).checks}
    assert again["improvement"] is True


def test_a_lost_cell_breaks_the_tie(store, basis) -> None:
    """Cells that no longer sum to the plan's total fail principle 2."""
    plan = plans.load(store, "2026-01")
    cells = plans.load_cells(store, plan)
    cells.iloc[0, 0] += 1
    assert {c.rule: c.passed for c in review(plan, cells, basis).checks}["ties"] is False


def test_target_against_actual_by_month(store) -> None:
    """Ten months of 2026 have sales; the rest is missing, not zero; the run rate exceeds the sales so far."""
    found = progress(store, plans.load(store, "2026-01"))
    assert found.target == 120_000_000
    assert found.months["actual"].notna().sum() == 10
    assert found.months["actual"].iloc[-1] != 0
    assert found.year_end > found.actual
    assert found.months["target_so_far"].iloc[-1] == 120_000_000


def test_a_request_survives_being_saved(request_2026) -> None:
    """The parameters hold all of it."""
    assert PlanRequest.from_parameters(request_2026.parameters) == request_2026


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"order": ("region",)}, "Name each of these once"),
        ({"template": "stratgy"}, "Did you mean strategy"),
        ({"weights": (("region", (("histry", 1.0),)),)}, "Did you mean history"),
        ({"unit": "x"}, "is no unit"),
        ({"target": -1.0}, "zero or more"),
        ({"year": 1900}, "between 1990 and 2099"),
    ],
)
def test_what_can_not_be_planned_is_refused(request_2026, change, words) -> None:
    """The message names the value and the nearest valid one."""
    with pytest.raises(InputError, match=words):
        replace(request_2026, **change)


def test_a_year_without_sales_is_refused(store, request_2026) -> None:
    """The message says when there were sales last."""
    import datetime as dt

    with pytest.raises(InputError, match="2026-10"):
        plan_basis(store, replace(request_2026, year=2020, base_end=dt.date(2019, 12, 1)))


def test_limits_hold_when_the_plan_is_computed_again(store, request_2026, basis) -> None:
    """One region is held to half, another's March to at least double; the total stays."""
    free = draft_plan(store, request_2026, basis=basis).cells["count"]
    first, second = free.index.get_level_values("region_id").unique()[:2]
    march = free.xs(second, level="region_id").xs(pd.Timestamp("2026-03-01"), level="month").sum()
    less = int(free.xs(first, level="region_id").sum()) // 2
    holds = (
        Constraint((("region", first),), less, less),
        Constraint((("region", second), ("month", "2026-03")), 2 * int(march), None),
    )
    held = draft_plan(store, request_2026, basis=basis, holds=holds).cells["count"]
    assert held.sum() == free.sum()
    assert held.xs(first, level="region_id").sum() == less
    after = held.xs(second, level="region_id").xs(pd.Timestamp("2026-03-01"), level="month").sum()
    assert after == 2 * march


def test_visits_cap_the_reps_and_weigh_their_work(store, request_2026, basis) -> None:
    """The demonstration region has visits of its last months only: a plan based on them judges by visits."""
    plan = plans.load(store, "2026-01")
    assert basis.visits.empty
    cells = plans.load_cells(store, plan)
    recent = plan_basis(store, replace(request_2026, base_end=dt.date(2026, 10, 1)))
    assert (recent.visits["visit_cap"] > 0).any()
    found = review(plan, cells, recent)
    assert "workload" in set(found.fairness["base"])
