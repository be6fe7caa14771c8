"""The plan the product proposes keeps its own checks where that is possible, and says where not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.reports.plans.basis import Basis, plan_basis
from core.reports.plans.checks import Review, review
from core.reports.plans.plan import Draft, draft_parameters, draft_plan
from core.reports.plans.proposal import failing_checks
from core.store.plans.model import Plan

if TYPE_CHECKING:
    from core.reports.plans.request import PlanRequest
    from core.store.database import Store


@pytest.fixture(scope="module")
def whole(request_2026: PlanRequest) -> PlanRequest:
    """2026 for the whole demonstration region."""
    return replace(request_2026, within=None)


@pytest.fixture(scope="module")
def basis(store: Store, whole: PlanRequest) -> Basis:
    """What the plan of 2026 is shared out by."""
    return plan_basis(store, whole)


def planned(
    store: Store, request: PlanRequest, basis: Basis, growth: float, **options: object
) -> tuple[Draft, Review]:
    """Return a plan that grows on last year, and its checks."""
    target = round(float(basis.leaves["last_year"].sum()) * (1 + growth), -2)
    request = replace(request, target=target, **{"keep_checks": True, **options})
    draft = draft_plan(store, request, basis=basis)
    total = float(request.size.amounts(int(draft.cells["count"].sum())))
    plan = Plan("", "x", request.year, parameters=request.parameters | draft_parameters(draft))
    return draft, review(replace(plan, top_target=total), draft.cells, basis)


def outcome(reviewed: Review) -> dict[str, bool | None]:
    """Return whether each check passed."""
    return {check.rule: check.passed for check in reviewed.checks}


def test_what_can_be_kept_is_kept(store: Store, whole: PlanRequest, basis: Basis) -> None:
    """By weights alone a plan of + 2 % breaks the caps and strains the reps; the proposal keeps the caps."""
    _draft, alone = planned(store, whole, basis, 0.02, keep_checks=False)
    draft, proposed = planned(store, whole, basis, 0.02)
    assert not outcome(alone)["feasible"]
    kept = outcome(proposed)
    assert [kept[rule] for rule in ("goal", "ties", "feasible")] == [True] * 3
    strained = [
        next(len(check.failing) for check in each.checks if check.rule == "motivating")
        for each in (alone, proposed)
    ]
    assert strained[1] < strained[0]
    assert draft.proposal is not None
    assert draft.proposal.moved > 0
    assert draft.cells["count"].sum() == round(draft.request.target / 100)


def test_every_failing_check_has_its_reason(store: Store, whole: PlanRequest, basis: Basis) -> None:
    """A plan of + 40 % can't keep its caps: the amount above them is the least there is, and is said."""
    draft, proposed = planned(store, whole, basis, 0.40)
    assert draft.proposal is not None
    regions = proposed.regions
    caps = np.fmin(regions["capacity_cap"], regions["growth_cap"])
    above = draft.request.target - caps.sum()
    assert draft.proposal.unkept["feasible"] >= above - 100 * len(regions)
    failing = failing_checks(proposed.checks, draft.proposal)
    assert len(failing) == sum(passed is False for passed in outcome(proposed).values())
    assert any("no rep:" in sentence for sentence in failing)
    assert any("lies above the caps" in sentence for sentence in failing)


def test_locked_cells_stay(store: Store, whole: PlanRequest, basis: Basis) -> None:
    """Cells locked before the plan is computed again keep their counts, and the total is the target."""
    draft, _reviewed = planned(store, whole, basis, 0.02)
    held = draft.cells.copy()
    held.iloc[:40, held.columns.get_loc("locked")] = True
    held.iloc[:40, held.columns.get_loc("count")] += 3
    again = draft_plan(store, draft.request, held=held, basis=basis)
    assert (again.cells["count"].iloc[:40] == held["count"].iloc[:40]).all()
    assert again.cells["count"].sum() == draft.cells["count"].sum()
