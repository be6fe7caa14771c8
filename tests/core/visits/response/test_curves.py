"""Response functions: the published calibration, and judgements."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.response.curves import Judgement, Response, fit

EFFORT = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
SALES = [0.50, 0.53, 0.55, 0.75, 1.00, 1.20, 1.27, 1.32, 1.35]


def test_the_published_calibration_data() -> None:
    """A .511, b 1.371, c 4.515, d .734, and 15 % more effort sells 1.129 times as much."""
    found = fit(EFFORT, SALES)
    assert (found.least, found.most, found.shape, found.half) == pytest.approx(
        (0.511, 1.371, 4.515, 0.734), abs=1e-3
    )
    assert float(found(1.15)) == pytest.approx(1.129, abs=1e-3)
    assert float(sum((found(EFFORT) - SALES) ** 2)) == pytest.approx(0.0008, abs=5e-5)


def test_three_points_are_too_few() -> None:
    """Four unknowns need four efforts."""
    with pytest.raises(InputError):
        fit([0, 1, 1, 2], [1, 2, 2, 3])


def test_a_response_falls_nowhere() -> None:
    """Most below least is refused."""
    with pytest.raises(InputError):
        Response(1.0, 0.5, 1.0, 1.0)


def test_a_judgement_is_met_where_it_can_be() -> None:
    """60, 82, 100, 112, 140: no visits, today and endless exactly, half and half more within 1.5 points."""
    said = Judgement(60, 82, 112, 140)
    curve = said.curve()
    assert float(curve(0)) == 60
    assert float(curve(1)) == pytest.approx(100)
    assert float(curve(1e12)) == pytest.approx(140)
    assert said.misfit() < 1.5
    assert float(curve(0.5)) == pytest.approx(82, abs=1.5)
    assert float(curve(1.5)) == pytest.approx(112, abs=1.5)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.3, 6), st.floats(0, 95), st.floats(105, 400))
def test_a_judgement_read_off_a_curve_gives_that_curve(shape: float, least: float, most: float) -> None:
    """Who answers by a curve of this form gets it back, without any misfit."""
    curve = Response(least, most, shape, (most - 100) / (100 - least))
    half, more = float(curve(0.5)), float(curve(1.5))
    assume(least + 1e-3 < half < 100 - 1e-3 and 100 + 1e-3 < more < most - 1e-3)
    said = Judgement(least, half, more, most)
    assert said.curve().shape == pytest.approx(shape, rel=1e-4)
    assert said.misfit() < 0.01


@pytest.mark.parametrize(
    "said", [(60, 50, 110, 120), (60, 80, 100, 120), (60, 80, 130, 120), (-1, 80, 110, 120)]
)
def test_a_judgement_that_does_not_rise_is_refused(said) -> None:
    """Each answer lies above the one with fewer visits, and 100 between half and half more."""
    with pytest.raises(InputError):
        Judgement(*said)
