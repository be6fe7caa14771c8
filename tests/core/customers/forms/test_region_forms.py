"""Forms about regions and prospects: every item the documents list has its field."""

from __future__ import annotations

import datetime as dt

from core.customers.forms import form
from core.customers.forms.regions import BENEFITS, ROLL_OUT, SALES_FACTORS, SEGMENTS, SUCCESS
from core.customers.forms.validate import check


def test_the_profile_of_a_region_has_every_item_of_its_rows() -> None:
    """Four states of the roll-out, six benefits, five factors, eight segments [0-1, 0-2, 0-5, 3-8]."""
    assert (len(ROLL_OUT), len(BENEFITS), len(SUCCESS), len(SEGMENTS)) == (4, 6, 5, 8)
    assert {*BENEFITS, *SUCCESS, *SEGMENTS, "roll_out", "layer", "development"} == {
        *form("region_profile").names
    }


def test_a_rival_is_rated_in_the_six_factors_of_ours() -> None:
    """Each of the six factors is rated for both, from 1 to 10 and not beyond [3-1]."""
    rating = form("sales_factors")
    assert {f"{side}_{name}" for side in ("own", "rival") for name in SALES_FACTORS} <= {*rating.names}
    right = {"rated_on": dt.date(2026, 3, 2), "rival": "X", "own_price": 10, "rival_price": 1}
    assert check(rating, right)[1] == []
    assert [finding.field for finding in check(rating, right | {"own_price": 11})[1]] == ["own_price"]


def test_a_qualitative_target_says_how_it_is_seen() -> None:
    """Without a sign of success, a person and a day it is a wish [3-9]."""
    _values, findings = check(form("qualitative_target"), {"target": "第一个被想到"})
    assert {finding.field for finding in findings} == {"sign", "responsible", "due"}


def test_a_prospect_is_able_in_need_and_interested() -> None:
    """The three signs of a prospect, and the tags beside them, can be filled in one by one [3-18, 3-20]."""
    profile = form("prospect_profile")
    for name in ("can_pay", "has_need", "is_interested", "purchase", "unit", "density"):
        assert name in profile.names
    assert check(profile, {"purchase": "change"})[1] == []
