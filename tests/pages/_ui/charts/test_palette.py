"""The colours of texts on their grounds."""

from __future__ import annotations

import pytest

from pages._ui.charts.palette import (
    AGGREGATE,
    DARK_PAGE,
    OTHER_RIVALS,
    RIVAL,
    US,
    ZONE_INKS,
    ZONES,
    legible,
)

LIGHT_PAGE = "#FFFFFF"
TINT = 0.13
LEAST_CONTRAST = 4.5


def channels(colour: str) -> list[float]:
    """Return red, green and blue from 0 to 1."""
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(parts: list[float]) -> float:
    """Return the relative luminance as WCAG defines it."""
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("page", "which"), [(LIGHT_PAGE, 0), (DARK_PAGE, 1)])
def test_the_name_of_a_zone_is_legible_on_its_tint(zone: str, page: str, which: int) -> None:
    """On the light and on the dark page the caption has a contrast of at least 4.5 to 1."""
    pairs = zip(channels(ZONES[zone]), channels(page), strict=True)
    ground = luminance([TINT * colour + (1 - TINT) * below for colour, below in pairs])
    ink = luminance(channels(ZONE_INKS[zone][which]))
    light, dark = max(ground, ink), min(ground, ink)
    assert (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST


@pytest.mark.parametrize("dark", [False, True])
def test_words_in_the_colour_of_a_mark_can_be_read(dark: bool) -> None:
    """Written on the page every company's colour has a contrast of 4.5 : 1; what has it stays as it is."""
    page = luminance(channels(DARK_PAGE if dark else LIGHT_PAGE))
    for colour in (US, RIVAL, AGGREGATE, *OTHER_RIVALS):
        written = luminance(channels(legible(colour, dark=dark)))
        assert (max(page, written) + 0.05) / (min(page, written) + 0.05) >= LEAST_CONTRAST
    assert legible("#FFFFFF", dark=True) == "#FFFFFF"
