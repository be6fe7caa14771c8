"""How many visits: the worked numbers of the method, the rules of thumb, overrides."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.frequency import LADDER, FrequencyRules, frequency_table, required_visits, visits_in_period
from core.visits.norms import TEMPLATES, Norm, Template, outlet_class, template
from core.visits.rules import VisitRule


def table(rules: FrequencyRules | None = None, overrides=(), **columns: object) -> pd.DataFrame:
    """Four shops of grades A, B, C and without one."""
    shops = pd.DataFrame(
        {
            "terminal_id": ["a", "b", "c", "x"],
            "grade": ["A", "B", "C", None],
            "outlet_type": ["超市", "便利店", "食杂店", None],
            "status": ["listed", "listed", "closed", "blank"],
        }
        | columns
    )
    return frequency_table(shops, rules or FrequencyRules(), overrides)


def visits_a_day(norms: Template, key: str) -> float:
    """Return the visits a day that the example's customers of one kind need; twenty days."""
    return norms.customers[key] * norms.norms[key].visits / 20


def test_the_four_type_table_gives_its_published_visits_a_day() -> None:
    """4, 7, 11 and 20 visits a day for the four outlet types."""
    norms = TEMPLATES["outlet_types"]
    assert [visits_a_day(norms, key) for key in norms.customers] == [4, 7, 11, 20]


def test_the_four_type_table_gives_its_published_minutes_a_day() -> None:
    """320, 315, 308 and 360 minutes in the shops a day."""
    norms = TEMPLATES["outlet_types"]
    found = [visits_a_day(norms, key) * norms.norms[key].minutes for key in norms.customers]
    assert found == [320, 315, 308, 360]


@pytest.mark.parametrize(
    ("key", "cycle", "week", "day"),
    [("cycle_weekly", 300, 75, 15), ("cycle_double", 400, 100, 20), ("capacity", 200, 50, 10)],
)
def test_the_240_accounts(key: str, cycle: float, week: float, day: float) -> None:
    """A10 B30 C200: 300 visits are 75 a week and 15 a day, 400 are 20 a day, the capacity is 50 a week."""
    visits = TEMPLATES[key].visits
    assert (visits, visits / 4, visits / 20) == (cycle, week, day)


def test_thirty_percent_more_visits_make_number_one() -> None:
    """√1.7 = 1.304 times the rival's visits; 1.73 times for a threefold in the account."""
    assert float(required_visits(10.0, 1.0)) == pytest.approx(13.04, abs=0.01)
    assert float(required_visits(10.0, 1.0, 3.0)) == pytest.approx(17.32, abs=0.01)


def test_where_the_multiple_is_reached_the_visits_stay() -> None:
    """The rule never takes visits away; an unknown ratio gives no answer."""
    assert float(required_visits(4.0, 2.0)) == 4.0
    assert math.isnan(float(required_visits(4.0, float("nan"))))


def test_the_norm_follows_the_grade_and_closed_shops_get_none() -> None:
    """A 4, B 2, others 1; a closed shop 0."""
    assert table()["visits"].tolist() == [4, 2, 0, 1]
    assert table()["basis"].tolist() == ["norm", "norm", "closed", "norm"]


def test_the_number_one_rule_raises_to_a_frequency_that_can_be_spaced() -> None:
    """A gap of 0.85 asks for √2 times the visits, rounded up the ladder; without sales nothing moves."""
    found = table(FrequencyRules(number_one=True), own=[85.0, 200, 1, np.nan], rival=[100.0, 100, 1, 5])
    assert found["visits"].tolist() == [8, 2, 0, 1]
    assert found["basis"].tolist() == ["number_one", "norm", "closed", "norm"]


def test_the_rivals_visits_are_topped() -> None:
    """Four visits of the rival ask for 5.2, which is 8 on the ladder."""
    found = table(FrequencyRules(number_one=True), rival_visits=[4.0, np.nan, np.nan, np.nan])
    assert (found.at[0, "visits"], found.at[0, "basis"]) == (8, "rival")


def test_a_stage_multiplies_the_norm() -> None:
    """Blank shops at twice the norm."""
    found = table(FrequencyRules(stage_factors={"blank": 2.0}))
    assert (found.at[3, "visits"], found.at[3, "basis"]) == (2, "stage")


def test_an_override_wins_and_keeps_its_reason() -> None:
    """The reason stands beside the figure."""
    found = table(overrides=[VisitRule("b", visits=8, reason="opens a branch", minutes=50)])
    assert found.loc[1, ["visits", "basis", "reason", "minutes"]].tolist() == [
        8,
        "override",
        "opens a branch",
        50,
    ]


def test_an_override_without_reason_is_refused() -> None:
    """Others must be able to judge it."""
    with pytest.raises(InputError, match=r"理由|reason"):
        VisitRule("b", visits=8)


def test_an_unknown_template_names_the_nearest() -> None:
    """A slip of the pen is told apart."""
    with pytest.raises(InputError, match="cycle_weekly"):
        template("cycle_weakly")


def test_a_norm_outside_its_range_is_refused() -> None:
    """More visits than days."""
    with pytest.raises(InputError):
        Norm(29, 10)


def test_outlet_types_find_their_class() -> None:
    """Chinese and English names, others apart."""
    assert [outlet_class(name) for name in ("大卖场", "Supermarket", "食杂店", "餐饮店", None)] == [
        "hyper",
        "super",
        "low_grocery",
        "",
        "",
    ]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(LADDER), st.integers(1, 12), st.one_of(st.none(), st.integers(0, 400)))
def test_over_periods_the_frequency_holds(visits: float, weeks: int, since: int | None) -> None:
    """A period gets the visits its length calls for, rounded to one of the two whole numbers beside."""
    days = np.array([np.nan if since is None else float(since)])
    found = int(visits_in_period(np.array([visits]), weeks, days)[0])
    exact = visits * weeks / 4
    assert math.floor(exact) <= found <= math.ceil(exact)
    if since is None:
        assert found == math.ceil(exact)


def test_once_in_eight_weeks_waits_its_turn() -> None:
    """Half a visit in four weeks is made when four weeks have gone by since the last."""
    found = visits_in_period(np.full(3, 0.5), 4, np.array([10.0, 28.0, np.nan]))
    assert found.tolist() == [0, 1, 1]
