"""The square rule and what follows from it."""

import numpy as np
import pytest

from core.errors import InputError
from core.market.concentration.options import ConcentrationOptions
from core.market.concentration.square_rule import (
    campaign_quarters,
    campaign_visits,
    sales_at_ratio,
    thinned_ratio,
    visit_multiple,
)

STANDARD = ConcentrationOptions(10)


def test_thirty_percent_more_visits_make_an_equal_no_1() -> None:
    """From a tie, the square root of 1.7 is 1.304 times today's visits [B.6]."""
    assert visit_multiple(np.array([1.0]), STANDARD) == pytest.approx(1.30384, abs=1e-5)


def test_growth_of_the_rival_must_be_outrun() -> None:
    """A rival that grows by 10 % a year makes the multiple that of 1.87 instead of 1.7."""
    growing = ConcentrationOptions(10, rival_growth=0.1)
    assert visit_multiple(np.array([1.0]), growing) == pytest.approx(np.sqrt(1.87))


@pytest.mark.parametrize(("response", "multiple"), [(0.5, 1.7), (1.0, np.sqrt(1.7)), (2.0, 1.7**0.25)])
def test_response_changes_the_power(response: float, multiple: float) -> None:
    """Half as strong the ratio goes with the visits, twice as strong with their fourth power."""
    assert visit_multiple(np.array([1.0]), ConcentrationOptions(10, response=response)) == pytest.approx(
        multiple
    )


def test_nothing_is_said_without_own_sales() -> None:
    """A ratio of 0 or an unknown one has no multiple, never an infinite one."""
    assert np.isnan(visit_multiple(np.array([0.0, np.nan]), STANDARD)).all()


def test_visits_of_eight_quarters_grow_by_the_multiple() -> None:
    """At 1.25 times and 100 visits a quarter, an attack makes 200 visits beyond today's."""
    assert campaign_visits(np.array([1.25]), np.array([100.0])) == pytest.approx([200.0])


def test_quarters_of_an_attack_by_hand() -> None:
    """Three times the visits add 2 a quarter and visit: 8 x 0.25 take one quarter, 8 x 0.26 two."""
    assert campaign_quarters(np.array([1.0, 1.25, 1.26]), STANDARD).tolist() == [1.0, 1.0, 2.0]


def test_one_thin_quarter_by_hand() -> None:
    """Half the visits in one of eight quarters leave 15/16 of them and 225/256 of the ratio."""
    assert thinned_ratio(np.array([1.0]), STANDARD) == pytest.approx([225 / 256])


@pytest.mark.parametrize("fixed", [True, False])
def test_sales_at_today_s_ratio_are_today_s(fixed: bool) -> None:
    """Both versions, rivals standing still and rivals losing in proportion, begin at own sales."""
    own, rival, others = (np.array([value]) for value in (250.0, 400.0, 750.0))
    assert sales_at_ratio(own / rival, rival, others, own, np.array([fixed])) == pytest.approx(own)


def test_sales_at_1_7_are_the_no_1_targets() -> None:
    """Case 2 of the handbook: 680 with the rival standing still, 475.52 in proportion [B.3]."""
    own, rival, others = (np.array([value]) for value in (250.0, 400.0, 750.0))
    ratio = np.array([1.7])
    assert sales_at_ratio(ratio, rival, others, own, np.array([True])) == pytest.approx(680)
    assert sales_at_ratio(ratio, rival, others, own, np.array([False])) == pytest.approx(475.52, abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reps": -1},  # fewer than none
        {"reps": float("nan")},  # unknown
        {"quarters": 0},  # no period
        {"quarters": 9},  # longer than the rule looks
        {"quarters": 2.5},  # no whole number
        {"budget": -1},  # money that isn't there
        {"thin_to": 1.1},  # more than today's visits
        {"intensity": 1.0},  # no more visits than today
    ],
)
def test_impossible_options_are_refused(wrong: dict[str, float]) -> None:
    """An option outside its range is named with its value."""
    with pytest.raises(InputError, match=str(next(iter(wrong.values())))):
        ConcentrationOptions(**{"reps": 10, **wrong})
