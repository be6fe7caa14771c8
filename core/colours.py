"""The colours that mean one thing everywhere, on pages, slides and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

US = "#0072B2"
RIVAL = "#D55E00"
AGGREGATE = "#B4B9C0"
# What stood a year before, beside what is.
BEFORE = "#6B7684"
# What a figure won and lost from one level to the next.
GAIN, LOSS = "#5AB4AC", "#D8A35D"
# Muted on purpose: only we and the rival to beat may shout.
OTHER_RIVALS = ("#7A8B99", "#A39274", "#6F9A8D", "#9A7F9E", "#8F9A5B", "#5F6F86")

ZONES = {
    "growth_competition": "#009E73",
    "stable": "#56B4E9",
    "unstable": "#E69F00",
    "decline": "#8C7AA9",
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
