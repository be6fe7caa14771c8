"""What explains a difference of sales."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.variance.parts import FEN, Bridge, shapley, to_fen
from core.cycle.variance.price_mix import Itemised, Sold, price_bridge
from core.cycle.variance.sources import Shops, Standing, sales_bridge
from core.errors import InputError


def money(low: str, high: str) -> st.SearchStrategy[Decimal]:
    """Yuan to the fen."""
    return st.decimals(Decimal(low), Decimal(high), places=2)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Any sales, returns above them included, with market and shops or without."""
    market = draw(st.none() | money("0", "99999999"))
    shops = None
    if draw(st.booleans()):
        own, others, blank = (draw(st.just(Decimal(0)) | money("0", "9999999")) for _number in range(3))
        carried = own + others if own else Decimal(0)
        shops = Shops(carried + blank, carried, own)
    return Standing(draw(money("-99999", "9999999")), market, shops)


products = st.dictionaries(
    st.sampled_from("ABCDE"),
    st.builds(Sold, st.decimals("0.1", "9999", places=1), money("-999", "99999")),
)
itemised = st.builds(Itemised, money("-9999", "999999"), products)


def amounts(bridge: Bridge) -> dict[str, Decimal]:
    """Return the parts by name."""
    return {effect.key: effect.amount for effect in bridge.effects}


def assert_adds_up(bridge: Bridge) -> None:
    """Check that every part is the sum of its parts, and a whole number of fen."""
    for parent in {effect.parent for effect in bridge.effects}:
        whole = amounts(bridge)[parent] if parent else bridge.difference
        assert sum(e.amount for e in bridge.effects if e.parent == parent) == whole
    assert sum(effect.amount for effect in bridge.leaves) == bridge.end - bridge.start
    assert all(effect.amount == effect.amount.quantize(FEN) for effect in bridge.effects)


def test_the_worked_example_of_the_handbook() -> None:
    """A market of 1,000 to 1,200 and a share of 20 to 18 %: the market brings 38, the share takes 22."""
    before = Standing(Decimal(200), Decimal(1000), Shops(Decimal(500), Decimal(250), Decimal(100)))
    after = Standing(Decimal(216), Decimal(1200), Shops(Decimal(600), Decimal(360), Decimal(108)))
    bridge = sales_bridge(before, after)
    # 200 x 0.19 = 38; -0.02 x 1,100 = -22. WD 50 -> 60 %, share in shops 40 -> 30 %, the shops speak for all.
    # 0.10 x 0.35 x 1,100 = 38.5; -0.10 x 0.55 x 1,100 = -60.5.
    assert amounts(bridge) == {
        "market": Decimal(38),
        "share": Decimal(-22),
        "distribution": Decimal("38.5"),
        "in_store": Decimal("-60.5"),
        "beyond_shops": Decimal(0),
    }
    assert not bridge.merged


def test_worked_price_and_mix() -> None:
    """10 A at 5 and 10 B at 10, then 10 A at 6 and 20 B at 10: quantity 80.83, mix 19.17, price 10."""
    before = Itemised(
        Decimal(150), {"A": Sold(Decimal(10), Decimal(50)), "B": Sold(Decimal(10), Decimal(100))}
    )
    after = Itemised(
        Decimal(260), {"A": Sold(Decimal(10), Decimal(60)), "B": Sold(Decimal(20), Decimal(200))}
    )
    # Quantities 10 x 10 = 100; the total moves by 10 at (7.50 + 8.666...) / 2 = 80.83.
    assert amounts(price_bridge(before, after)) == {
        "quantity": Decimal("80.83"),
        "mix": Decimal("19.17"),
        "price": Decimal(10),
        "range": Decimal(0),
        "unitemised": Decimal(0),
    }


@given(standings(), standings())
@settings(max_examples=150)
def test_sources_add_up(before: Standing, after: Standing) -> None:
    """Parts sum to what they are parts of, to the fen, whatever is known."""
    assert_adds_up(sales_bridge(before, after))


@given(itemised, itemised, st.booleans())
@settings(max_examples=150)
def test_price_and_mix_add_up(before: Itemised, after: Itemised, one_unit: bool) -> None:
    """Quantity, mix, price, range and the rest sum to the difference, to the fen."""
    assert_adds_up(price_bridge(before, after, one_unit=one_unit))


@given(standings(), standings())
@settings(max_examples=100)
def test_the_way_back_has_the_opposite_parts(before: Standing, after: Standing) -> None:
    """Exchanging the periods turns every sign and changes nothing else by more than a rounded fen."""
    there, back = (amounts(sales_bridge(*pair)) for pair in ((before, after), (after, before)))
    assert there.keys() == back.keys()
    assert all(abs(there[key] + back[key]) <= FEN for key in there)


fractions = st.fractions(-50, 50, max_denominator=20)


@given(st.integers(2, 3).flatmap(lambda n: st.tuples(*[st.lists(fractions, min_size=n, max_size=n)] * 2)))
@settings(max_examples=100)
def test_the_closed_form_is_the_mean_over_all_orders(sides: tuple[list[Fraction], list[Fraction]]) -> None:
    """Each effect is the mean of what the factor adds in every order in which they could have changed."""
    before, after = sides
    effects = [Fraction(0)] * len(before)
    orders = list(permutations(range(len(before))))
    for order in orders:
        now = list(before)
        for place in order:
            old = _product(now)
            now[place] = after[place]
            effects[place] += (_product(now) - old) / len(orders)
    assert shapley(before, after) == effects
    assert sum(effects) == _product(after) - _product(before)


def _product(factors: list[Fraction]) -> Fraction:
    result = Fraction(1)
    for factor in factors:
        result *= factor
    return result


@given(st.lists(fractions, min_size=1, max_size=6))
@settings(max_examples=100)
def test_no_part_is_rounded_by_a_fen(parts: list[Fraction]) -> None:
    """Rounded parts sum to the rounded total and each is less than a fen from its exact value."""
    total = Decimal(round(sum(parts) * 100)) / 100
    rounded = to_fen(parts, total)
    assert sum(rounded) == total
    assert all(
        abs(Fraction(r) - p) < Fraction(1, 100) + Fraction(1, 200)
        for r, p in zip(rounded, parts, strict=True)
    )


@pytest.mark.parametrize(
    ("before", "after", "merged"),
    [
        (Standing(Decimal(1)), Standing(Decimal(2), Decimal(9)), {"change": "no_market"}),
        (Standing(Decimal(1), Decimal(9)), Standing(Decimal(2), Decimal(9)), {"share": "no_shops"}),
        (
            Standing(Decimal(1), Decimal(9), is_plan=True),
            Standing(Decimal(2), Decimal(9), Shops(Decimal(1), Decimal(1), Decimal(1))),
            {"share": "plan"},
        ),
        (
            Standing(Decimal(1), Decimal(9), Shops(Decimal(5), Decimal(0), Decimal(0))),
            Standing(Decimal(2), Decimal(9), Shops(Decimal(5), Decimal(1), Decimal(1))),
            {"share": "no_carrier"},
        ),
    ],
)
def test_what_cannot_be_told_apart_stays_together(
    before: Standing, after: Standing, merged: dict[str, str]
) -> None:
    """A part whose figures are missing is not guessed: its parent stands alone, with the reason."""
    bridge = sales_bridge(before, after)
    assert dict(bridge.merged) == merged
    assert set(merged) <= {effect.key for effect in bridge.leaves}


def test_entering_a_market_is_a_matter_of_distribution() -> None:
    """Where we sold nothing before, everything that the share brings comes through the door."""
    nobody = Standing(Decimal(0), Decimal(100), Shops(Decimal(100), Decimal(0), Decimal(0)))
    some = Standing(Decimal(12), Decimal(100), Shops(Decimal(100), Decimal(40), Decimal(12)))
    assert amounts(sales_bridge(nobody, some)) == {
        "market": Decimal(0),
        "share": Decimal(12),
        "distribution": Decimal(12),
        "in_store": Decimal(0),
        "beyond_shops": Decimal(0),
    }


def test_without_quantities_price_is_not_recorded() -> None:
    """No product in both periods: one part, and why."""
    bridge = price_bridge(Itemised(Decimal(5), {}), Itemised(Decimal(8), {"A": Sold(Decimal(1), Decimal(8))}))
    assert amounts(bridge) == {"unitemised": Decimal(3)}
    assert dict(bridge.merged) == {"unitemised": "no_quantities"}


def test_a_price_needs_a_quantity() -> None:
    """A quantity of zero is refused: it has no price."""
    with pytest.raises(InputError, match="quantity above zero"):
        Sold(Decimal(0), Decimal(1))
