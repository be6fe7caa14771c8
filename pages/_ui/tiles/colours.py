"""The colours of the terminal map, the same for tiles and legend."""

from __future__ import annotations

from core.geo.measures import LEADER, MEASURES
from pages._ui.charts import palette

_BAD_IS_HIGH = ("#FEF0D9", "#FDD49E", "#FDBB84", "#FC8D59", "#D7541F", "#8F2D04")
_COVERAGE = palette.SHARE_RAMP[1:]
_GROWTH = ("#8C510A", "#C98F4A", "#EBCF9F", "#B5DED8", "#5AB4AC", "#01665E")
_RAMPS: dict[str, tuple[str, ...]] = {
    "share": palette.SHARE_RAMP,
    LEADER: (palette.US, palette.RIVAL, "#CC79A7", "#E69F00", "#009E73", "#8F7A2B", palette.AGGREGATE),
    "numeric_distribution": _COVERAGE,
    "weighted_distribution": _COVERAGE,
    "blank": _BAD_IS_HIGH,
    "days_since_visit": _BAD_IS_HIGH,
    "visits_to_norm": _COVERAGE,
    "growth": _GROWTH,
}


# From little to much: turned round in the dark, where the little has to recede into the page.
_SEQUENTIAL = (palette.SHARE_RAMP, _COVERAGE, _BAD_IS_HIGH)


def colours(measure: str, *, dark: bool) -> tuple[str, ...]:
    """Return the fill of every class of a measure, the last one for unknown."""
    ramp = _RAMPS[measure]
    if dark and ramp in _SEQUENTIAL:
        ramp = ramp[::-1]
    if measure in MEASURES and len(ramp) != len(MEASURES[measure].breaks) + 1:
        raise ValueError("Expected one colour more than breaks.")
    return (*ramp, palette.MISSING_DARK if dark else palette.MISSING)


def rgb_colours(measure: str, *, dark: bool) -> tuple[tuple[int, int, int], ...]:
    """Return the same as numbers from 0 to 255."""
    return tuple(
        (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)) for text in colours(measure, dark=dark)
    )
