"""The effect of promotions: worked by hand, against a plain reckoning, and over many seeds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.expenses.effect import Effect, Refusal, shop_effect
from core.cycle.expenses.matching import LEAST_CONTROLS, STEPS, match_cells
from core.cycle.expenses.region_effect import region_effect

SPANS = ("early", "before", "during")


def shops(seed: int, *, count: int = 300, promoted: int = 40, effect: float = 0.0) -> pd.DataFrame:
    """Return shops whose region, type and own chance move their sales; some of them promoted."""
    random = np.random.default_rng(seed)
    region, kind = random.integers(0, 12, count), random.integers(0, 3, count)
    level = random.lognormal(8, 0.9, count)
    of_region, of_kind = np.exp(random.normal(0, 0.1, (12, 3))), np.exp(random.normal(0, 0.1, (3, 3)))
    is_promoted = np.zeros(count, bool)
    is_promoted[random.choice(count, promoted, replace=False)] = True
    sales = {
        name: level * of_region[region, at] * of_kind[kind, at] * np.exp(random.normal(0, 0.2, count))
        for at, name in enumerate(SPANS)
    }
    sales["during"] *= 1 + effect * is_promoted
    return pd.DataFrame(
        {
            "is_promoted": is_promoted,
            "region_id": region.astype(str),
            "parent_id": (region // 4).astype(str),
            "outlet_type": kind.astype(str),
            "grade": random.choice(list("ABC"), count),
            "unit_id": region.astype(str),
            **sales,
        }
    )


def alike(count: int, promoted: bool, before: float, during: float) -> pd.DataFrame:
    """Return equal shops."""
    return pd.DataFrame(
        {
            "is_promoted": promoted,
            "region_id": "a",
            "parent_id": "p",
            "outlet_type": "店",
            "grade": "A",
            "early": before,
            "before": before,
            "during": during,
        },
        index=range(count),
    )


def test_the_effect_worked_by_hand() -> None:
    """The others grew by a tenth, so 110 were to be expected of each promoted shop; 143 are 30 % more."""
    found = shop_effect(pd.concat([alike(10, True, 100, 143), alike(12, False, 100, 110)], ignore_index=True))
    assert isinstance(found, Effect)
    assert found.during.rate == pytest.approx(0.3)
    assert found.during.expected == pytest.approx(1100)
    assert (found.units, found.controls, found.left_out) == (10, 12, 0)
    assert found.steps == {"region": 10}


def test_few_shops_are_refused() -> None:
    """Of nine shops nothing is said, and of ten of which one has a gap neither."""
    ten = pd.concat([alike(10, True, 100, 120), alike(30, False, 100, 110)], ignore_index=True)
    ten.loc[0, "during"] = np.nan
    found = shop_effect(ten)
    assert isinstance(found, Refusal)
    assert found.code == "few_shops"
    assert "9" in found.sentence


def test_shops_without_comparable_ones_are_refused() -> None:
    """Where everybody else sells far less, nobody is comparable."""
    far = pd.concat([alike(40, True, 10_000, 12_000), alike(20, False, 1, 1)], ignore_index=True)
    found = shop_effect(far)
    assert isinstance(found, Refusal)
    assert found.code == "no_controls"


def test_nothing_is_compared_with_shops_that_have_gaps() -> None:
    """A shop without a month's record isn't one that sold nothing."""
    table = pd.concat([alike(10, True, 100, 110), alike(12, False, 100, 110)], ignore_index=True)
    gap = alike(30, False, 100, 0).assign(during=np.nan)
    found = shop_effect(pd.concat([table, gap], ignore_index=True))
    assert isinstance(found, Effect)
    assert (found.during.rate, found.controls) == (pytest.approx(0), 12)


def plain_rate(table: pd.DataFrame) -> float:
    """Reckon the effect shop by shop: actual ÷ expected - 1, by the cells of the matching."""
    promoted, others = table[table["is_promoted"]], table[~table["is_promoted"]]
    cells = match_cells(promoted, others)
    expected = 0.0
    actual = 0.0
    for cell, (_name, shop) in zip(cells.promoted, promoted.iterrows(), strict=True):
        if cell < 0:
            continue
        alike_rows = others.iloc[[row for place, row in cells.controls if place == cell]]
        expected += shop["before"] * alike_rows["during"].sum() / alike_rows["before"].sum()
        actual += shop["during"]
    return actual / expected - 1


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_effect_is_that_of_the_plain_reckoning(seed: int) -> None:
    """Cells and sums give what a loop over the shops gives, in any order of the shops."""
    table = shops(seed, count=150, promoted=25)
    found = shop_effect(table)
    assert isinstance(found, Effect)
    assert found.during.rate == pytest.approx(plain_rate(table))
    mixed = shop_effect(table.sample(frac=1, random_state=seed))
    assert isinstance(mixed, Effect)
    assert mixed.during.low == pytest.approx(found.during.low)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_compared_shops_are_alike_and_enough(seed: int) -> None:
    """Each cell has enough others, all alike in what its step says."""
    table = shops(seed, count=200, promoted=30)
    promoted, others = table[table["is_promoted"]], table[~table["is_promoted"]]
    cells = match_cells(promoted, others)
    for cell, step in enumerate(cells.steps):
        inside = promoted[cells.promoted == cell]
        rows = others.iloc[cells.controls[cells.controls[:, 0] == cell, 1]]
        assert len(rows) >= LEAST_CONTROLS
        for column in set(STEPS[step][1]) - {"level"}:
            assert pd.concat([inside, rows])[column].nunique() == 1


def test_a_planted_effect_lies_in_the_interval_at_its_rate() -> None:
    """Over 160 seeds the 95 % interval has the true 20 % in 90 to 99 of 100 cases."""
    found = [shop_effect(shops(seed, effect=0.2)) for seed in range(160)]
    inside = [each.during.low <= 0.2 <= each.during.high for each in found if isinstance(each, Effect)]
    assert len(inside) == 160
    assert 0.9 <= np.mean(inside) <= 0.99


def test_without_an_effect_the_interval_covers_zero_at_its_rate() -> None:
    """A promotion that brings nothing is called one that brings something in 1 to 10 of 100 cases."""
    found = [shop_effect(shops(seed)) for seed in range(1000, 1160)]
    covers = [each.during.covers_zero for each in found if isinstance(each, Effect)]
    assert 0.9 <= np.mean(covers) <= 0.99


def test_sides_that_moved_apart_before_are_found() -> None:
    """Promoted shops that grew by a half before the promotion began aren't called alike."""
    table = shops(3, promoted=60)
    table.loc[table["is_promoted"], "early"] /= 1.5
    found = shop_effect(table)
    assert isinstance(found, Effect)
    assert not found.trend.covers_zero


def test_the_unit_of_money_does_not_matter() -> None:
    """Yuan and 10,000 yuan give one rate and one interval."""
    one = shop_effect(shops(5))
    other = shop_effect(shops(5).assign(**{name: shops(5)[name] / 10_000 for name in SPANS}))
    assert isinstance(one, Effect)
    assert isinstance(other, Effect)
    assert (one.during.rate, one.during.low) == pytest.approx((other.during.rate, other.during.low))


def regions(seed: int, effect: float, *, count: int = 20) -> pd.DataFrame:
    """Return shops of regions of which the first is promoted; each region has a shock of its own."""
    random = np.random.default_rng(seed)
    unit = np.repeat(np.arange(count), 15)
    level = random.lognormal(8, 0.5, len(unit))
    shock = np.exp(random.normal(0, 0.12, (count, 3)))
    sales = {
        name: level * shock[unit, at] * np.exp(random.normal(0, 0.1, len(unit)))
        for at, name in enumerate(SPANS)
    }
    sales["during"] *= 1 + effect * (unit == 0)
    return pd.DataFrame({"is_promoted": unit == 0, "unit_id": unit.astype(str), **sales})


def test_a_region_is_compared_with_regions_at_the_nominal_rate() -> None:
    """One promoted region with a true 30 %: over 160 seeds the interval has it in 90 to 99 of 100."""
    found = [region_effect(regions(seed, 0.3)) for seed in range(160)]
    inside = [each.during.low <= 0.3 <= each.during.high for each in found if isinstance(each, Effect)]
    assert len(inside) == 160
    assert 0.9 <= np.mean(inside) <= 0.99


def test_shops_of_one_region_do_not_make_it_certain() -> None:
    """The interval over regions is wider than one that takes each shop for a case of its own."""
    table = regions(1, 0.0).assign(region_id=lambda rows: rows["unit_id"], parent_id="p", outlet_type="店")
    by_shop = shop_effect(table.assign(grade="A"))
    by_region = region_effect(table)
    assert isinstance(by_shop, Effect)
    assert isinstance(by_region, Effect)
    width = by_region.during.high - by_region.during.low
    assert width > by_shop.during.high - by_shop.during.low


def test_few_regions_are_refused() -> None:
    """Seven other regions say nothing about the spread between regions."""
    found = region_effect(regions(1, 0.3, count=8))
    assert isinstance(found, Refusal)
    assert found.code == "few_regions"
