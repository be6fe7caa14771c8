"""Many units made few: neighbouring units are put together, parted, and taken apart again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.territories.boxes import part_into_boxes
from core.territories.graph import unique_pairs
from core.territories.request import Upheaval
from core.territories.start import Plane, fixed_units
from core.territories.units import Units, totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.territories.graph import Graph
    from core.territories.request import DesignRequest

MOST_UNITS = 2500
"""More units than that are put together first."""
CELLS_PER_TERRITORY = (20, 80)
"""Groups in each territory, level by level: few move far, many lie within the tolerance."""
FEWEST_CELLS = 1000
UNITS_PER_CELL = 4
"""With fewer units in a group a further level would only repeat what the units themselves do."""


def cell_counts(request: DesignRequest) -> list[int]:
    """Return how many groups each level has, the coarsest first."""
    most = len(request.units) // UNITS_PER_CELL
    counts = [max(FEWEST_CELLS, number * request.territories) for number in CELLS_PER_TERRITORY]
    return [counts[0], *(count for count in counts[1:] if counts[0] < count <= most)]


def coarsen(request: DesignRequest, graph: Graph, cells: int) -> tuple[DesignRequest, NDArray[np.int64]]:
    """Return the request for groups of neighbouring units, and the group of each unit.

    A group is in one piece, has one territory today, and is locked as a whole or not at all, so that
    a design of groups is a design of units that keeps the same rules.

    Parameters
    ----------
    request
        What is asked for.
    graph
        Who holds on to whom.
    cells
        About how many groups; there are more where units hold apart.
    """
    units, upheaval = request.units, request.upheaval
    labels = _cells(Plane.of(units.lat, units.lon), request.amounts()[:, 0], cells)
    if upheaval is not None:
        kinds = (upheaval.today + 1) * 2 + fixed_units(upheaval)
        labels = labels * (int(kinds.max()) + 1) + kinds
    # A cell that a river parts falls into its pieces.
    group = graph.components(labels)
    rows = np.repeat(np.arange(len(units)), np.diff(graph.first))
    ends = np.column_stack([group[rows], group[graph.neighbours]])
    merged = _merge(units, group, unique_pairs(ends[ends[:, 0] < ends[:, 1]], int(group.max()) + 1))
    if upheaval is not None:
        upheaval = _merge_upheaval(upheaval, group)
    return replace(request, units=merged, upheaval=upheaval), group


def _cells(plane: Plane, amount: NDArray[np.float64], cells: int) -> NDArray[np.int64]:
    """Part the plane into about so many boxes of about the same amount; finer ones lie in coarser ones."""
    count = 2 ** int(np.ceil(np.log2(cells)))
    return np.asarray(part_into_boxes(plane.x, plane.y, amount + 1e-9 * amount.mean(), count), np.int64)


def _merge(units: Units, group: NDArray[np.int64], pairs: NDArray[np.int64]) -> Units:
    """Return groups of units as units: at their weighted middle, with the sums of what they have."""
    count = int(group.max()) + 1
    weight = np.maximum(units.weight, 1e-9 * units.weight.mean())
    whole = totals(group, weight, count)
    return Units(
        tuple(f"{number:09d}" for number in range(count)),
        totals(group, weight * units.lat, count) / whole,
        totals(group, weight * units.lon, count) / whole,
        whole,
        {name: totals(group, values, count) for name, values in units.measures.items()},
        pairs,
    )


def _merge_upheaval(upheaval: Upheaval, group: NDArray[np.int64]) -> Upheaval:
    count = int(group.max()) + 1
    first = np.unique(group, return_index=True)[1]
    reluctance = np.ones(len(group)) if upheaval.reluctance is None else upheaval.reluctance
    return Upheaval(
        upheaval.today[first],
        locked=None if upheaval.locked is None else upheaval.locked[first],
        closed=upheaval.closed,
        customers=totals(group, upheaval.count(), count).astype(np.int64),
        most_changes=upheaval.most_changes,
        reluctance=totals(group, reluctance, count),
        # The price is in mean distance of a unit, and these units are larger.
        price=upheaval.price * count / len(group),
    )
