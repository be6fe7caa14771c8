"""The figures of a proposal, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.territories import Balance, DesignRequest, Proposal, Units, Upheaval
from core.territories.proposal import EARTH_KM
from tests.core.territories import world

DEGREE = np.pi / 180 * EARTH_KM


def two_by_two():
    """Return four units on a meridian at 0°, 1°, 2° and 3° north, of weight 1, 3, 1 and 1."""
    one = np.array([1.0, 3.0, 1.0, 1.0])
    return Units(
        ("a", "b", "c", "d"),
        np.arange(4.0),
        np.zeros(4),
        one,
        {"sales": np.array([10.0, 20.0, 30.0, 40.0])},
        np.array([[0, 1], [1, 2], [2, 3]]),
    )


def test_the_objective_is_weight_times_kilometres_to_the_weighted_centre():
    """A and b have their centre at 0.75°, c and d at 2.5°: 1·0.75 + 3·0.25 + 0.5 + 0.5 degrees."""
    asked = DesignRequest(two_by_two(), 2, (Balance("sales"),))
    proposal = Proposal(asked, np.array([0, 0, 1, 1]))
    assert proposal.centers()[:, 0] == pytest.approx([0.75, 2.5])
    assert proposal.objective == pytest.approx(2.5 * DEGREE)


def test_the_table_names_totals_and_ratios():
    """Territories with 30 and 70 of 100 have 60 % and 140 % of what they should; the spread is 7/3."""
    proposal = Proposal(DesignRequest(two_by_two(), 2, (Balance("sales"),)), np.array([0, 0, 1, 1]))
    table = proposal.territories()
    assert table["sales"].tolist() == [30.0, 70.0]
    assert table["sales_ratio"].tolist() == pytest.approx([0.6, 1.4])
    assert table["mean_km"].tolist() == pytest.approx([1.5 / 4 * DEGREE, 0.5 * DEGREE])
    assert proposal.spread("sales") == pytest.approx(7 / 3)


def test_a_smaller_territory_is_measured_by_its_size():
    """Territories of 30 and 70 are level where the first is wanted at 3/7 of the second."""
    asked = DesignRequest(two_by_two(), 2, (Balance("sales"),), sizes=np.array([3.0, 7.0]))
    assert Proposal(asked, np.array([0, 0, 1, 1])).spread("sales") == pytest.approx(1.0)


def test_changes_name_what_moves():
    """A unit that changes hands is listed with its sales; one that was nobody's comes from -1."""
    asked = DesignRequest(two_by_two(), 2, (Balance("sales"),), upheaval=Upheaval(np.array([0, 1, 1, -1])))
    changes = Proposal(asked, np.array([0, 0, 1, 1])).changes()
    assert changes[["unit_id", "from", "to", "sales"]].to_numpy().tolist() == [
        ["b", 1, 0, 20.0],
        ["d", -1, 1, 40.0],
    ]


def test_distance_crosses_the_180th_meridian():
    """Units at 179° east and 179° west are two degrees apart, their centre at 180°."""
    units = Units(
        ("w", "e"), np.zeros(2), np.array([179.0, -179.0]), np.ones(2), {"n": np.ones(2)}, np.array([[0, 1]])
    )
    proposal = Proposal(DesignRequest(units, 1, (Balance("n"),)), np.zeros(2, np.int64))
    assert proposal.objective == pytest.approx(2 * DEGREE)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("weight", np.array([1.0, np.nan, 1.0, 1.0])),  # missing
        ("weight", np.array([1.0, -1.0, 1.0, 1.0])),  # negative
        ("weight", np.zeros(4)),  # nothing at all
        ("ids", ("a", "a", "c", "d")),  # twice
        ("pairs", np.array([[0, 4]])),  # no such unit
    ],
)
def test_units_without_sense_are_refused(field, values):
    """Missing, negative and repeated values are refused."""
    good = two_by_two()
    fields = {name: getattr(good, name) for name in good.__dataclass_fields__}
    with pytest.raises(InputError):
        Units(**{**fields, field: values})


def test_an_unknown_measure_is_refused():
    """A measure that the units don't have is refused with those they have."""
    with pytest.raises(InputError, match="sales"):
        DesignRequest(two_by_two(), 2, (Balance("workload"),))
    with pytest.raises(InputError):
        world.request(world.grid(2, 2), 5)
