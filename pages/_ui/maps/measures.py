"""What the map may show: each measure's name, its classes of colour, and its value in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.i18n import N_, _, format_number, format_percent
from core.market import labels
from core.market.symbols import share_symbols
from pages._ui.charts import palette
from pages._ui.maps.classes import Classes, kinds, round_limits, steps

if TYPE_CHECKING:
    from collections.abc import Mapping

# Distance from the growth of the whole market at which the colour changes, in percentage points [I].
GROWTH_STEPS = (-0.10, -0.05, -0.01, 0.01, 0.05, 0.10)
COMPLETENESS_STEPS = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Measure:
    """One way to colour the map.

    Parameters
    ----------
    column
        The column of the regions it shows.
    classes
        Classes of the regions, from the regions and the context of :func:`classes_of`.
    """

    name: str
    column: str
    classes: Callable[[str, pd.DataFrame, Mapping[str, float]], Classes]
    words: Callable[[object], str]


def classes_of(code: str, regions: pd.DataFrame, *, market_growth: float, k: float) -> Classes:
    """Return the classes of a measure.

    Parameters
    ----------
    code
        A key of ``MEASURES``.
    market_growth
        Growth of all regions together: the middle of the colours of growth.
    k
        The No.1 multiple: where the colours of the ratio change.
    """
    measure = MEASURES[code]
    return measure.classes(_(measure.name), regions, {"growth": market_growth, "k": k})


def words_of(code: str, regions: pd.DataFrame) -> list[str]:
    """Return each region's value of a measure as the screen shows it."""
    measure = MEASURES[code]
    return [measure.words(None if pd.isna(v) else v) for v in regions[measure.column]]


def _share(title: str, regions: pd.DataFrame, _context: Mapping[str, float]) -> Classes:
    # The limits are the share targets of the method, from the presence target up.
    cuts = sorted(share_symbols().values())[1:]
    return steps(title, regions["share"], cuts, palette.SHARE_RAMP, format_percent)


def _growth(title: str, regions: pd.DataFrame, context: Mapping[str, float]) -> Classes:
    middle = 0.0 if pd.isna(context["growth"]) else context["growth"]
    cuts = [middle + step for step in GROWTH_STEPS]
    name = _("{measure} (whole market {growth})", measure=title, growth=numbers.percent(middle, sign=True))
    return steps(
        name, regions["growth"], cuts, palette.GROWTH_DIVERGING, lambda v: numbers.percent(v, sign=True)
    )


def _ratio(title: str, regions: pd.DataFrame, context: Mapping[str, float]) -> Classes:
    k = context["k"]
    cuts = [1 / k**2, 1 / k, 1.0, k, k**2]
    return steps(title, regions["ratio"], cuts, palette.RATIO_DIVERGING, numbers.ratio)


def _zone(title: str, regions: pd.DataFrame, _context: Mapping[str, float]) -> Classes:
    return kinds(
        title, regions["zone"], palette.ZONES, lambda code: labels.label("zone", code), names_all=True
    )


def _state(title: str, regions: pd.DataFrame, _context: Mapping[str, float]) -> Classes:
    return kinds(title, regions["state"], palette.STATES, lambda code: labels.label("state", code))


def _capacity(title: str, regions: pd.DataFrame, _context: Mapping[str, float]) -> Classes:
    divisor = numbers.money_divisor()
    amounts = regions["capacity"] / divisor
    cuts = round_limits(amounts, len(palette.CAPACITY_RAMP) - 1)
    ramp = palette.CAPACITY_RAMP[: len(cuts) + 1]
    name = _("{measure} ({unit})", measure=title, unit=numbers.money_unit())
    if not cuts:
        return steps(name, amounts, [0.0], palette.CAPACITY_RAMP[:2], format_number)
    return steps(name, amounts, cuts, ramp, lambda v: format_number(v, 0 if v >= 10 else 1))


def _completeness(title: str, regions: pd.DataFrame, _context: Mapping[str, float]) -> Classes:
    return steps(
        title,
        regions["completeness"],
        COMPLETENESS_STEPS,
        palette.COMPLETENESS_RAMP,
        lambda v: format_percent(v, 0),
    )


MEASURES = {
    "share": Measure(N_("Own share"), "share", _share, numbers.percent),
    "growth": Measure(N_("Market growth"), "growth", _growth, lambda v: numbers.percent(v, sign=True)),
    "ratio": Measure(N_("Ratio to the largest rival"), "ratio", _ratio, numbers.ratio),
    "zone": Measure(N_("Zone"), "zone", _zone, lambda v: labels.label("zone", v)),
    "state": Measure(N_("No.1 state"), "state", _state, lambda v: labels.label("state", v)),
    "capacity": Measure(N_("Market capacity"), "capacity", _capacity, numbers.money),
    "completeness": Measure(N_("Data completeness"), "completeness", _completeness, numbers.percent),
}
