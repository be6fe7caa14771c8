"""The colours of the product: every one means one thing, all are told apart by colour-blind readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

US = "#0072B2"
RIVAL = "#D55E00"
AGGREGATE = "#B4B9C0"
# What stood a year before, beside what is.
BEFORE = "#6B7684"
# Muted on purpose: only we and the rival to beat may shout.
OTHER_RIVALS = ("#7A8B99", "#A39274", "#6F9A8D", "#9A7F9E", "#8F9A5B", "#5F6F86")

ZONES = {
    "growth_competition": "#009E73",
    "stable": "#56B4E9",
    "unstable": "#E69F00",
    "decline": "#8C7AA9",
}
# The names of the zones on their own tint: legible on the light and on the dark page.
ZONE_INKS = {
    "growth_competition": ("#00664B", "#4FD3AE"),
    "stable": ("#1C5B88", "#8CCBF2"),
    "unstable": ("#7A5200", "#F2BE4A"),
    "decline": ("#5B4A78", "#C3B4DD"),
}
# The states run from ours (blue) to the rival's (vermilion).
STATES = {
    "secured": "#0B5C94",
    "leading_in_range": "#7DB6DE",
    "tied": "#D9D3A8",
    "chasing_in_range": "#F0B48A",
    "out_of_range": "#B34A00",
    "no_own_sales": "#6D4A3A",
    "sole_supplier": "#2C7A6B",
    "no_rival_data": "#A9AFB6",
    "own_unknown": "#C6C9CE",
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


def company_colour(*, is_self: bool, is_benchmark: bool, is_aggregate: bool, position: int) -> str:
    """Return the colour of a company.

    Parameters
    ----------
    is_benchmark
        The rival we measure ourselves against.
    position
        Its fixed place among the other rivals, from 0.
    """
    if is_self:
        return US
    if is_benchmark:
        return RIVAL
    return AGGREGATE if is_aggregate else OTHER_RIVALS[position % len(OTHER_RIVALS)]


def company_colours(companies: pd.DataFrame) -> list[str]:
    """Return the colours of companies that stand together on a picture.

    Parameters
    ----------
    companies
        One row each: is_self, is_benchmark, is_aggregate; in the order in which they get their colours.
    """
    colours, position = [], 0
    for company in companies.itertuples():
        is_self, is_benchmark = bool(company.is_self), bool(company.is_benchmark)
        colours.append(
            company_colour(
                is_self=is_self,
                is_benchmark=is_benchmark,
                is_aggregate=bool(company.is_aggregate),
                position=position,
            )
        )
        position += not (is_self or is_benchmark or company.is_aggregate)
    return colours
