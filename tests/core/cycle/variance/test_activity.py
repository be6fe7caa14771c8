"""Orders as customers × visits × hit rate × order value."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.variance.activity import FACTORS, Activity, activity_bridge
from core.errors import InputError


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """Draw some weeks with at least one order."""
    visits = draw(st.integers(1, 300))
    customers, orders = draw(st.integers(1, visits)), draw(st.integers(1, visits))
    amount = draw(st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False))
    return Activity(customers, visits, orders, amount)


def effects(before: Activity, after: Activity) -> dict[str, Decimal]:
    """Return the effect of each factor."""
    bridge = activity_bridge(before, after)
    assert bridge is not None
    return {effect.key: effect.amount for effect in bridge.effects}


def test_two_more_customers_alone() -> None:
    """10 × 2 × 50 % × 100 become 12 × 2 × 50 % × 100: 200 yuan by the customers, nothing by the rest."""
    found = effects(Activity(10, 20, 10, Decimal(1000)), Activity(12, 24, 12, Decimal(1200)))
    assert found == {"customers": 200, "visits": 0, "hit_rate": 0, "order_value": 0}


@settings(deadline=None, max_examples=100)
@given(activities(), activities())
def test_the_parts_add_up_to_the_fen(before: Activity, after: Activity) -> None:
    """Σ effects = orders now − orders then, exactly."""
    assert sum(effects(before, after).values()) == after.amount - before.amount


@settings(deadline=None, max_examples=40)
@given(activities(), activities())
def test_the_parts_equal_a_walk_through_all_orders(before: Activity, after: Activity) -> None:
    """Each effect is the mean over the orders in which visits, hit rate and value may have changed."""
    then, now = before.factors, after.factors
    assert then is not None
    assert now is not None
    old = [then[0] * then[1], *then[2:]]
    new = [now[0] * now[1], *now[2:]]
    means = [Fraction(0)] * 3
    for order in itertools.permutations(range(3)):
        values = list(old)
        for place in order:
            start = values[0] * values[1] * values[2]
            values[place] = new[place]
            means[place] += (values[0] * values[1] * values[2] - start) / 6
    found = effects(before, after)
    visits = found["customers"] + found["visits"]
    for mean, amount in zip(means, (visits, found["hit_rate"], found["order_value"]), strict=True):
        assert abs(float(mean) - float(amount)) <= 0.03


def test_without_orders_there_is_nothing_to_compare() -> None:
    """A cycle without an order has no hit rate and no value; it isn't a value of zero."""
    assert activity_bridge(Activity(3, 5, 0, Decimal(0)), Activity(3, 5, 1, Decimal(10))) is None
    assert list(FACTORS) == ["customers", "visits", "hit_rate", "order_value"]


def test_more_orders_than_visits_are_refused() -> None:
    """An order belongs to a visit."""
    with pytest.raises(InputError):
        Activity(1, 1, 2, Decimal(1))
