"""The six principles as checks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from core.errors import InputError
from core.targets.principles import Check, PlanFacts, Thresholds, check_plan

MONTH = pd.Timestamp("2027-01-01")
FACTS = PlanFacts(
    leaves=pd.DataFrame({"rep": ["Li", "Wu"], "month": [MONTH, MONTH], "target": [60, 40]}),
    approved=100,
    shares=pd.DataFrame({"node": ["East", "West"], "target": [60, 40], "planned_share": [0.6, 0.4]}),
    nodes=pd.DataFrame(
        {"node": ["all", "East", "West"], "parent": [None, "all", "all"], "target": [100, 60, 40]}
    ),
    baselines=pd.DataFrame(
        {"node": ["East", "West"], "target": [60, 40], "baseline": [50, 45], "reason": ["", "lost a dealer"],
         "action": ["20 new outlets", ""]}
    ),
    caps=pd.DataFrame(
        {"node": ["East", "West"], "target": [60, 40], "capacity_cap": [80, 70], "growth_cap": [65, None]}
    ),
    reps=pd.DataFrame(
        {"rep": ["Li", "Wu"], "target": [60, 40], "last_year": [50, 36], "potential": [150, 110]}
    ),
)  # fmt: skip


def made(facts: PlanFacts, thresholds: Thresholds | None = None) -> dict[str, Check]:
    """Return the checks by rule."""
    return {check.rule: check for check in check_plan(facts, thresholds)}


def test_a_sound_plan_passes_all() -> None:
    """Lead-in rule and six principles, in their order, all passed with no failing row."""
    checks = check_plan(FACTS)
    assert [check.rule for check in checks] == [
        "granularity", "goal", "ties", "improvement", "feasible", "fair", "motivating",
    ]  # fmt: skip
    assert all(check.passed for check in checks)
    assert all(check.failing.empty for check in checks)


def test_missing_figures_are_not_checked_rather_than_passed() -> None:
    """Without data a check has no verdict."""
    checks = check_plan(PlanFacts())
    assert [check.passed for check in checks] == [None] * 7
    assert all(check.note.startswith("Not checked") for check in checks)


BREAKS = {
    "granularity": ("leaves", {"rep": ["Li", " "]}, 1),
    "ties": ("nodes", {"target": [100, 60, 41]}, 1),
    "improvement": ("baselines", {"reason": ["", ""]}, 1),
    "feasible": ("caps", {"growth_cap": [59, None]}, 1),
    "fair": ("reps", {"potential": [60, 400]}, 2),
    "motivating": ("reps", {"last_year": [40, 36]}, 1),
}


@pytest.mark.parametrize("rule", BREAKS)
def test_each_principle_fails_on_its_own_rows(rule: str) -> None:
    """One wrong figure fails one principle and names the rows."""
    part, columns, failing = BREAKS[rule]
    checks = made(replace(FACTS, **{part: getattr(FACTS, part).assign(**columns)}))
    assert [key for key, check in checks.items() if not check.passed] == [rule]
    assert len(checks[rule].failing) == failing


def test_goal_needs_the_approved_total_and_the_planned_mix() -> None:
    """A yuan off the approved target fails, and so does a mix off by more than the tolerance."""
    assert not made(replace(FACTS, approved=101))["goal"].passed
    shares = FACTS.shares.assign(planned_share=[0.5, 0.5])
    check = made(replace(FACTS, shares=shares))["goal"]
    assert not check.passed
    assert check.failing["node"].tolist() == ["East", "West"]
    assert made(replace(FACTS, shares=shares), Thresholds(mix_tolerance=0.1))["goal"].passed


def test_no_rep_stretches_twice_the_median() -> None:
    """Inside the band a stretch of more than twice the median still fails."""
    reps = pd.DataFrame({"rep": list("abc"), "target": [104, 105, 125], "last_year": [100] * 3})
    check = made(replace(FACTS, reps=reps))["motivating"]
    assert not check.passed
    assert check.failing["rep"].tolist() == ["c"]


def test_thresholds_are_checked() -> None:
    """A band upside down is refused."""
    with pytest.raises(InputError, match="upside down"):
        Thresholds(stretch=(0.3, 0.0))


def test_an_uneven_workload_fails_the_fifth_principle() -> None:
    """Even quotas, but 100 visits against 400: the variation is 0.6, both are far from the median."""
    reps = FACTS.reps.assign(workload=[100, 400])
    check = made(replace(FACTS, reps=reps))["fair"]
    assert check.passed is False
    assert check.failing["rep"].tolist() == ["Li", "Wu"]
    assert "variation 0.600" in check.note
    known_once = FACTS.reps.assign(workload=[100, None])
    assert made(replace(FACTS, reps=known_once))["fair"].passed
