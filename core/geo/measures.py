"""What the terminal map can show by colour: one declaration per measure, legend and tiles read it.

A measure turns the sums of a cell, or the figures of one terminal, into a value and its class; the
screen gives every class a colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError, nearest
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Sums = Mapping[str, NDArray[np.float64]]
    """The sums of cells by name, NaN where nothing is recorded; every array of shape (n,)."""

NAMED_RIVALS = 5
SHOWN = (
    "terminals",
    "total",
    "own",
    *(f"rival_{number + 1}" for number in range(NAMED_RIVALS)),
    "blank",
    "unvisited",
    "grade_a",
    "grade_b",
    "grade_c",
)
"""The sums that every cell or terminal shows, whatever its colour says."""


@dataclass(frozen=True)
class Measure:
    """One way to colour the map.

    Parameters
    ----------
    key
        The name in URLs and tokens.
    label, explanation
        Source strings: the name, and how it is computed.
    value
        Maps the sums of cells to an array; NaN where it is unknown.
    breaks
        Ascending class limits; a value equal to a limit belongs above it.
    needs
        The sums it reads beside :data:`SHOWN`.
    unit
        ``percent`` or ``days``.
    """

    key: str
    label: str
    explanation: str
    value: Callable[[Sums], NDArray[np.float64]]
    breaks: tuple[float, ...]
    needs: tuple[str, ...] = ()
    unit: str = "percent"

    def classes(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the class of each value; one past the last class where it is unknown."""
        found = np.searchsorted(self.breaks, np.nan_to_num(values), side="right")
        return np.where(np.isfinite(values), found, len(self.breaks) + 1)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _of_total(cells: Sums, part: str) -> NDArray[np.float64]:
    # Where a shop's sales are recorded, a company without a row sold nothing there.
    return _ratio(np.nan_to_num(cells[part]), cells["total"])


def _growth(cells: Sums) -> NDArray[np.float64]:
    return _ratio(cells["own"], cells["own_previous"]) - 1


COVER = (0.2, 0.4, 0.6, 0.8, 0.95)

MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "share",
            N_("Own share"),
            N_("Own sales ÷ all companies' sales in the shops of the cell, over the period."),
            lambda cells: _of_total(cells, "own"),
            (0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
        ),
        Measure(
            "numeric_distribution",
            N_("Numeric distribution"),
            N_("Shops that sold our goods ÷ all open shops."),
            lambda cells: _ratio(cells["handlers"], cells["active"]),
            COVER,
            ("handlers", "active"),
        ),
        Measure(
            "weighted_distribution",
            N_("Weighted distribution"),
            N_("Category sales of the shops that sold our goods ÷ category sales of all shops."),
            lambda cells: _of_total(cells, "handled_total"),
            COVER,
            ("handled_total",),
        ),
        Measure(
            "blank",
            N_("Blank terminals"),
            N_("Open shops without own sales in the period ÷ all open shops."),
            lambda cells: _ratio(cells["blank"], cells["active"]),
            (0.05, 0.15, 0.3, 0.5, 0.75),
            ("active",),
        ),
        Measure(
            "days_since_visit",
            N_("Days since the last visit"),
            N_("Mean days from the last visit to the end of the period, over the shops ever visited."),
            lambda cells: _ratio(cells["days"], cells["visited"]),
            (7, 14, 28, 56, 84),
            ("days", "visited"),
            "days",
        ),
        Measure(
            "visits_to_norm",
            N_("Visits against the norm"),
            N_("Visits of the last four weeks ÷ the norm of the grades (A 4, B 2, others 1 in four weeks)."),
            lambda cells: _ratio(cells["visits"], cells["visits_planned"]),
            (0.25, 0.5, 0.75, 0.95, 1.25),
            ("visits", "visits_planned"),
        ),
        Measure(
            "growth",
            N_("Own growth"),
            N_("Own sales ÷ own sales of the same period a year earlier − 1."),
            _growth,
            (-0.2, -0.05, 0.0, 0.05, 0.2),
            ("own_previous",),
        ),
    )
}

LEADER = "leader"
"""Key of the one measure whose classes are companies: us, rivals 1 to 5, somebody else, unknown."""


def measure_keys() -> tuple[str, ...]:
    """Return the keys of all measures in the order of the picker."""
    return ("share", LEADER, *tuple(MEASURES)[1:])


def check_measure(key: str) -> str:
    """Return ``key``, or say which measures there are.

    Raises
    ------
    InputError
        There is no such measure.
    """
    if key in measure_keys():
        return key
    close = nearest(key, measure_keys())
    raise InputError(
        _("There is no measure “{key}”.", key=key),
        _("Choose one of {keys}.", keys=", ".join(measure_keys())) + (f" ({close}?)" if close else ""),
    )


def sums_of(key: str) -> tuple[str, ...]:
    """Return the names of the sums that a map of a measure reads."""
    return (*SHOWN, *(() if key == LEADER else MEASURES[key].needs))


def leader_of(cells: Sums) -> NDArray[np.int64]:
    """Return who sells most in each cell: 0 us, 1 to 5 the rivals, 6 somebody else, 7 unknown.

    "Somebody else" leads where what no named company sold exceeds the best of the named: with five
    rivals named that can only be a crowd of small firms.
    """
    named = ("own", *(f"rival_{number}" for number in range(1, NAMED_RIVALS + 1)))
    sold = np.nan_to_num(np.column_stack([cells[name] for name in named]))
    total = cells["total"]
    rest = total - sold.sum(axis=1)
    leader = np.where(rest > sold.max(axis=1, initial=0.0), NAMED_RIVALS + 1, sold.argmax(axis=1))
    return np.where(np.isfinite(total) & (total > 0), leader, NAMED_RIVALS + 2)
