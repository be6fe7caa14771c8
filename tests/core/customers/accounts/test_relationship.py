"""Closeness, churn, score sheets and key accounts."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.customers.accounts.churn import CHECKLIST, ChurnRule, churn_risk
from core.customers.accounts.key_accounts import FACTORS, OpportunityWeights, account_type, opportunity
from core.customers.accounts.relationship import ClosenessRule, closeness
from core.customers.accounts.score_sheet import (
    ITEMS,
    Template,
    feedback_points,
    frequency_points,
    sheet_totals,
)
from core.errors import InputError

TODAY = dt.date(2026, 11, 22)
MET = dict.fromkeys(CHECKLIST, True)


def test_closeness_has_four_cells_and_an_unknown():
    """A customer at a limit counts as above it; without known minutes or any visit there is no cell."""
    contacts = pd.DataFrame(
        {"dwell": [20, 19, 20, 19, np.nan, np.nan], "visits": [4, 4, 3, 3, 4, 0]}, index=list("abcdef")
    )
    found = closeness(contacts, ClosenessRule(20, 4))
    cells = found.table["cell"].tolist()
    assert cells[:4] == ["close", "dependent", "intimate", "distant"]
    assert cells[4:] == [None, None]
    assert found.table.loc["f", "dependence"] == 0.0
    assert found.table.loc["a", "intimacy"] == 1.0


def test_median_limits_leave_out_who_was_never_visited():
    """The medians are those of visited customers."""
    found = closeness(pd.DataFrame({"dwell": [10, 30, 20, np.nan], "visits": [2, 4, 6, 0]}))
    assert (found.dwell_limit, found.visit_limit) == (20, 4)


@pytest.mark.parametrize(
    ("unmet", "order_ago", "visit_ago", "level"),
    [
        (0, 44, 29, "low"),
        (1, 44, 29, "middle"),
        (0, 45, 29, "middle"),
        (1, 45, 30, "high"),
        (0, None, 0, "middle"),
    ],
)
def test_churn_levels_at_their_limits(unmet, order_ago, visit_ago, level):
    """Three warnings are high, one is middle; a silence begins on the day of the limit."""
    answers = {item: number >= unmet for number, item in enumerate(CHECKLIST)}
    ago = [None if days is None else TODAY - dt.timedelta(days=days) for days in (order_ago, visit_ago)]
    assert churn_risk(answers, ago[0], ago[1], TODAY, ChurnRule()).level == level


def test_unanswered_churn_items_are_not_met():
    """Without answers nobody can say that the risk is low."""
    assert churn_risk({}, TODAY, TODAY, TODAY).level == "unknown"
    assert churn_risk(MET, TODAY, TODAY, TODAY).level == "low"


@pytest.mark.parametrize(
    ("visits", "planned", "points"),
    [(4, 4, 10), (5, 4, 10), (3, 4, 7.5), (0, 4, 0), (3, None, None), (1, 3, 3.5)],
)
def test_item_four_follows_the_visits(visits, planned, points):
    """Attainment of the planned visits in halves of a point; without a plan nothing is proposed."""
    assert frequency_points(visits, planned).points == points


def test_item_nine_knows_no_record_from_none():
    """Feedback that nobody keeps is unknown; kept and empty is zero."""
    assert feedback_points(None, 1).points is None
    assert feedback_points(0, 1).points == 0
    assert feedback_points(3, 2).points == 5


def test_an_incomplete_sheet_has_no_total():
    """Ten items make the total; one left out is not a zero."""
    points = pd.DataFrame({f"item_{item}": [8.0, 8.0] for item in range(1, 11)}, index=["S1", "S2"])
    points.loc["S2", "item_10"] = np.nan
    found = sheet_totals(points)
    assert found["S1"] == 80
    assert np.isnan(found["S2"])


def test_a_template_has_a_hundred_points():
    """Points that don't sum to 100 are refused."""
    with pytest.raises(InputError, match="99"):
        Template("rep", ITEMS, {**dict.fromkeys(ITEMS, 10.0), 1: 9.0})


@pytest.mark.parametrize(
    ("count", "kind"), [(0, None), (1, "ordinary"), (2, "partner"), (4, "partner"), (5, "strategic")]
)
def test_breadth_of_contacts_decides_the_kind(count, kind):
    """One function is ordinary, two to four partner, five or more strategic."""
    assert account_type([f"function {k}" for k in range(count)] + ["", " "]) == kind


@given(st.dictionaries(st.sampled_from(list(FACTORS)), st.none() | st.floats(0, 10)))
def test_opportunity_points_add_up(scores):
    """The points of the factors sum to the score, which lies between 0 and 100."""
    found = opportunity(scores)
    if found.score is None:
        assert all(value is None for value in scores.values())
    else:
        assert sum(found.points.values()) == pytest.approx(found.score)
        assert -1e-9 <= found.score <= 100 + 1e-9


def test_opportunity_weights_sum_to_a_hundred():
    """Other sums are refused, a score outside its range too."""
    with pytest.raises(InputError, match="80"):
        OpportunityWeights({**dict.fromkeys(FACTORS, 20.0), "size": 0.0})
    with pytest.raises(InputError):
        opportunity({"size": 11})
