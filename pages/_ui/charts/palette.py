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
    "company_colour", "company_colours", "ink_on", "legible", "tint",
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
# The page in the dark, as in .streamlit/config.toml; in the light it is white.
DARK_PAGE = "#14181D"
LEAST_CONTRAST = 4.5


def ink_on(colour: str) -> str:
    """Return the text colour that reads best on a fill, by its relative luminance."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return DARK_TEXT if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.52 else LIGHT_TEXT


def legible(colour: str, *, dark: bool) -> str:
    """Return a colour for writing on the page: a fill's own, drawn towards the ink until it can be read."""
    ink, page = (LIGHT_TEXT, DARK_PAGE) if dark else (DARK_TEXT, LIGHT_TEXT)
    for part in range(11):
        mixed = _mixed(colour, ink, part / 10)
        lighter, darker = sorted((_luminance(mixed), _luminance(page)), reverse=True)
        if (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST:
            return mixed
    return ink


def _mixed(one: str, other: str, part: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    """Return the relative luminance as WCAG defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tint(colour: str, opacity: float) -> str:
    """Return a colour with an opacity, as plotly reads it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
