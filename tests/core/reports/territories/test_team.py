"""How many reps the work takes, where they should live, and managers' areas."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.errors import CancelledError, InputError
from core.reports.territories.design import Wish, today_of
from core.reports.territories.team import compare_team_sizes, manager_areas
from core.reports.territories.units import ShopUnits, TerritoryRequest, shop_units

if TYPE_CHECKING:
    from core.store.database import Store

WISH = Wish(tolerance=0.3, steps=200_000)


@pytest.fixture
def shops(region: Store) -> ShopUnits:
    """Return the shops of the region."""
    return shop_units(region, TerritoryRequest("OWN", dt.date(2025, 11, 1), dt.date(2026, 10, 1)))


def test_the_smallest_number_that_fits_has_homes(shops: ShopUnits) -> None:
    """Of two to four reps with a third of the work each and a tenth more, three are the fewest that fit."""
    capacity = shops.table["workload"].sum() / 3 * 1.1
    team = compare_team_sizes(shops, WISH, range(2, 5), capacity)
    assert team.least == 3
    assert team.numbers["fits"].tolist()[:2] == [False, True]
    assert team.best is not None
    assert team.homes is not None
    assert team.homes["shops"].sum() == len(shops.table)
    assert team.homes["workload"].max() <= capacity * (1 + 1e-9)
    assert team.homes["region"].isin(shops.table["region"]).all()


def test_a_stopped_comparison_gives_no_answer(shops: ShopUnits) -> None:
    """A cancel ends the comparison with an error."""
    with pytest.raises(CancelledError):
        compare_team_sizes(shops, WISH, range(2, 4), 1e9, cancelled=lambda: True)


def test_numbers_without_sense_are_refused(shops: ShopUnits) -> None:
    """A range from high to low, and one of too many numbers, are refused."""
    for numbers in (range(4, 2), range(1, 100)):
        with pytest.raises(InputError):
            compare_team_sizes(shops, WISH, numbers, 1e9)


def test_areas_hold_every_rep_once(shops: ShopUnits) -> None:
    """Two managers' areas name every rep once and tie with the shops and their work."""
    wish = replace(WISH, tolerance=0.5)
    table = manager_areas(shops, today_of(shops, wish), wish, 2)
    assert table["territories"].sum() == len(shops.reps)
    assert table["shops"].sum() == len(shops.table)
    assert table["workload"].sum() == pytest.approx(shops.table["workload"].sum())
