"""What the terminal map can show by colour: one declaration per measure, legend and tiles read it.

A measure turns the sums of a cell, or the figures of one terminal, into a value; its classes turn the
value into a colour. Colours come from the Okabe-Ito palette and from sequential ramps that stay
readable for colour-blind people, on light and on dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError, nearest
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

Colour = tuple[int, int, int]

MISSING: Colour = (176, 180, 186)
OWN: Colour = (0, 114, 178)
RIVALS: tuple[Colour, ...] = ((213, 94, 0), (230, 159, 0), (204, 121, 167), (0, 158, 115), (240, 228, 66))
OTHERS: Colour = (110, 110, 110)
BLUES: tuple[Colour, ...] = (
    (222, 235, 247),
    (178, 210, 232),
    (120, 176, 214),
    (61, 136, 189),
    (16, 96, 158),
    (5, 56, 105),
)
ORANGES: tuple[Colour, ...] = (
    (254, 237, 212),
    (253, 208, 150),
    (250, 168, 84),
    (232, 122, 28),
    (186, 80, 4),
    (120, 48, 2),
)
DIVERGING: tuple[Colour, ...] = (
    (166, 54, 3),
    (230, 130, 60),
    (250, 200, 150),
    (190, 215, 235),
    (95, 160, 208),
    (8, 88, 158),
)


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
        Maps the sums of cells (a DataFrame with the columns of ``tiles/cells``) to an array; NaN
        where it is unknown.
    breaks
        Ascending class limits, one fewer than colours; a value equal to a limit belongs above it.
    colours
        One per class.
    unit
        ``percent``, ``days``, ``ratio`` or ``points`` (percentage points).
    """

    key: str
    label: str
    explanation: str
    value: Callable[[pd.DataFrame], NDArray[np.float64]]
    breaks: tuple[float, ...]
    colours: tuple[Colour, ...]
    unit: str = "percent"

    def classes(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the class of each value, -1 where it is unknown."""
        found = np.searchsorted(self.breaks, np.nan_to_num(values), side="right")
        return np.where(np.isfinite(values), found, -1)

    def fill(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return an array of shape (n, 3) with the colour of each value."""
        palette = np.array((*self.colours, MISSING))
        return palette[self.classes(values)]


def _ratio(part: pd.Series, whole: pd.Series) -> NDArray[np.float64]:
    numerator, denominator = part.to_numpy(np.float64), whole.to_numpy(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def _share(cells: pd.DataFrame) -> NDArray[np.float64]:
    return _ratio(cells["own"].fillna(0).where(cells["total"].notna()), cells["total"])


def _growth(cells: pd.DataFrame) -> NDArray[np.float64]:
    return _ratio(cells["own"], cells["own_previous"]) - 1


def _weighted(cells: pd.DataFrame) -> NDArray[np.float64]:
    return _ratio(cells["handled_total"].fillna(0).where(cells["total"].notna()), cells["total"])


SHARE_BREAKS = (0.05, 0.10, 0.20, 0.30, 0.45)
COVER_BREAKS = (0.2, 0.4, 0.6, 0.8, 0.95)

MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "share",
            N_("Own share"),
            N_("Own sales ÷ all companies' sales in the shops of the cell, over the period."),
            _share,
            SHARE_BREAKS,
            BLUES,
        ),
        Measure(
            "numeric_distribution",
            N_("Numeric distribution"),
            N_("Shops that sold our goods ÷ all open shops."),
            lambda c: _ratio(c["handlers"], c["active"]),
            COVER_BREAKS,
            BLUES,
        ),
        Measure(
            "weighted_distribution",
            N_("Weighted distribution"),
            N_("Category sales of the shops that sold our goods ÷ category sales of all shops."),
            _weighted,
            COVER_BREAKS,
            BLUES,
        ),
        Measure(
            "blank",
            N_("Blank terminals"),
            N_("Open shops without own sales in the period ÷ all open shops."),
            lambda c: _ratio(c["blank"], c["active"]),
            (0.05, 0.15, 0.3, 0.5, 0.75),
            ORANGES,
        ),
        Measure(
            "days_since_visit",
            N_("Days since the last visit"),
            N_("Mean days from the last visit to the end of the period, over the shops ever visited."),
            lambda c: c["days_since_visit"].to_numpy(np.float64, na_value=np.nan),
            (7, 14, 28, 56, 84),
            ORANGES,
            "days",
        ),
        Measure(
            "visits_to_plan",
            N_("Visits against the norm"),
            N_("Visits of the last four weeks ÷ the norm of the grades (A 4, B 2, others 1 in four weeks)."),
            lambda c: _ratio(c["visits"], c["visits_planned"]),
            (0.25, 0.5, 0.75, 0.95, 1.25),
            BLUES,
        ),
        Measure(
            "growth",
            N_("Own growth"),
            N_("Own sales ÷ own sales of the same period a year earlier − 1."),
            _growth,
            (-0.2, -0.05, 0.0, 0.05, 0.2),
            DIVERGING,
        ),
    )
}

LEADER = "leader"
"""Key of the one measure whose classes are companies, not values."""


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


def leader_of(cells: pd.DataFrame) -> NDArray[np.int64]:
    """Return who sells most in each cell: 0 us, 1 to 5 the rivals, 6 somebody else, -1 unknown.

    "Somebody else" leads where what no named company sold exceeds the best of the named: with five
    rivals named that can only be a crowd of small firms.
    """
    named = cells[["own", "rival_1", "rival_2", "rival_3", "rival_4", "rival_5"]].to_numpy(
        np.float64, na_value=np.nan
    )
    total = cells["total"].to_numpy(np.float64, na_value=np.nan)
    filled = np.nan_to_num(named)
    rest = total - filled.sum(axis=1)
    best = filled.argmax(axis=1)
    leader = np.where(rest > filled.max(axis=1, initial=0.0), 6, best)
    return np.where(np.isfinite(total) & (total > 0), leader, -1)


def leader_colours() -> NDArray[np.int64]:
    """Return the colours of :func:`leader_of`, the last row for unknown."""
    return np.array((OWN, *RIVALS, OTHERS, MISSING))
