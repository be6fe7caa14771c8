"""The colours of the pages: those that mean one thing everywhere, and what only a screen needs."""

from __future__ import annotations

from core.colours import (
    AGGREGATE,
    BEFORE,
    OTHER_RIVALS,
    RIVAL,
    STATES,
    US,
    ZONES,
    company_colour,
    company_colours,
)

__all__ = [
    "AGGREGATE", "BEFORE", "OTHER_RIVALS", "RIVAL", "STATES", "US", "ZONES",
    "company_colour", "company_colours", "ink_on", "tint",
]  # fmt: skip

# The names of the zones on their own tint: legible on the light and on the dark page.
ZONE_INKS = {
    "growth_competition": ("#00664B", "#4FD3AE"),
    "stable": ("#1C5B88", "#8CCBF2"),
    "unstable": ("#7A5200", "#F2BE4A"),
    "decline": ("#5B4A78", "#C3B4DD"),
}
SHARE_RAMP = ("#EAF2FA", "#CFE1F2", "#A6CBE6", "#72AED6", "#3F8BC1", "#1D68A6", "#0B3F75")
CAPACITY_RAMP = ("#EFEDF5", "#D0CCE3", "#A8A1CC", "#7B71AE", "#4B3F86")
COMPLETENESS_RAMP = ("#F3EFE2", "#DCD9B8", "#B5C08A", "#84A468", "#4F844D", "#20603A")
GROWTH_DIVERGING = ("#8C510A", "#C98F4A", "#EBCF9F", "#E9E9E6", "#B5DED8", "#5AB4AC", "#01665E")
RATIO_DIVERGING = ("#B34A00", "#E08A4A", "#F3C9A5", "#BFDAED", "#5FA3D0", "#0B5C94")

# From little to much: turned round in the dark, where the little has to recede into the page.
SEQUENTIAL = (SHARE_RAMP, CAPACITY_RAMP, COMPLETENESS_RAMP)

MISSING = "#DADDE1"
MISSING_DARK = "#454B54"
DARK_TEXT = "#1B2430"
LIGHT_TEXT = "#FFFFFF"


def ink_on(colour: str) -> str:
    """Return the text colour that reads best on a fill, by its relative luminance."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return DARK_TEXT if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.52 else LIGHT_TEXT


def tint(colour: str, opacity: float) -> str:
    """Return a colour with an opacity, as plotly reads it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
