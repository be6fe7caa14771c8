"""Where the axes of pictures end, the same on slides and on paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.exchange.slides.content import Bridge, FourFields


def scale(low: float, high: float, steps: int = 6) -> tuple[float, float, float]:
    """Return round ends of an axis around some values, and the distance of its marks.

    >>> scale(0.03, 0.52)
    (0.0, 0.6, 0.1)
    """
    rough = max(high - low, 1e-6) / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
    ends = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return round(ends[0], 10), round(ends[1], 10), round(step, 10)


def ranges(picture: FourFields) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return low, high and step of both axes: all bubbles and both lines, with room for a bubble's size."""
    result = []
    for axis, name in ((picture.x, "x"), (picture.y, "y")):
        values = [axis.cut, *(getattr(bubble, name) for f in picture.fields for bubble in f.bubbles)]
        room = max(max(values) - min(values), 0.02) * 0.08
        low = min(values) - room
        # No share is below nothing, unless returns made it so.
        result.append(scale(max(low, 0.0) if name == "x" and min(values) >= 0 else low, max(values) + room))
    return result[0], result[1]


def bridge_scale(picture: Bridge) -> tuple[float, float, float]:
    """Return low, high and step of a bridge's axis.

    Where the changes are small beside the levels it begins above zero, so that they are seen.
    """
    ends = [end for begin, end in picture.spans]
    low, high = min(ends), max(ends)
    if low <= 0 or high - low > low * 0.5:
        low = min(low, 0.0)
    else:
        low -= (high - low) * 0.6 or low * 0.1
    return scale(low, high + (high - low) * 0.08)
