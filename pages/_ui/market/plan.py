"""The what-if of the No.1 target: the multiple, the rival's growth, the years; and the chart's rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import N_, _
from core.market.attack import ATTACK_VIEWS, order_regions
from core.reports.market.display.slides import target_rows
from pages._ui import filters as filter_bar
from pages._ui import reads, url
from pages._ui.language import in_language
from pages._ui.market import market_view

if TYPE_CHECKING:
    from core.reports.market.market import MarketRequest
    from core.store.database import Store
    from pages._ui.market.market_view import MarketView

OWN = "own"
MULTIPLE_WORDS = {
    "1.7": N_("1.7, wide"),
    "1.732": N_("√3, exact"),
    "3": N_("3, local"),
    OWN: N_("Own"),
}
MULTIPLE_RANGE, GROWTH_RANGE, YEARS_RANGE = (1.01, 10.0), (-50.0, 100.0), (1, 10)
DEFAULT_YEARS = 3
MOST_ROWS = 30
ORDERS = ATTACK_VIEWS


def multiple(filters: filter_bar.Filters) -> float:
    """Return the No.1 multiple of the page: its own one, else that of all pages."""
    return _value("own_k", MULTIPLE_RANGE) or filters.k


def rival_growth() -> float:
    """Return the rival's growth a year that is assumed, as a ratio."""
    return (_value("rival_growth", GROWTH_RANGE) or 0.0) / 100


def years() -> int:
    """Return how many years are looked ahead."""
    return int(_value("years", YEARS_RANGE) or DEFAULT_YEARS)


def _value(name: str, limits: tuple[float, float]) -> float | None:
    try:
        value = float(url.value(name))
    except ValueError:
        return None
    return min(max(value, limits[0]), limits[1]) if math.isfinite(value) else None


def controls(filters: filter_bar.Filters, *, with_years: bool = True) -> None:
    """Show the multiple, the rival's growth and, where they matter, the years."""
    with st.container(horizontal=True, key="plan_controls", vertical_alignment="bottom", gap="small"):
        own = _value("own_k", MULTIPLE_RANGE)
        codes = {code: value for code, value in filter_bar.MULTIPLES.items() if value == filters.k}
        st.session_state["choose_multiple"] = OWN if own else next(iter(codes), OWN)
        st.segmented_control(
            _("First at … times the second"),
            list(MULTIPLE_WORDS),
            format_func=lambda code: _(MULTIPLE_WORDS[code]) if code in MULTIPLE_WORDS else str(code),
            key="choose_multiple",
            required=True,
            on_change=in_language(_remember_multiple),
            help=_("1.7 and √3 for a whole territory, 3 for one town, one product or one customer."),
        )
        if own:
            _number("own_k", _("Own"), MULTIPLE_RANGE, own, 0.1)
        _number("rival_growth", _("Rival's growth (%)"), GROWTH_RANGE, rival_growth() * 100, 1.0)
        if with_years:
            _number("years", _("Years ahead"), YEARS_RANGE, years(), 1)


def _number(name: str, label: str, limits: tuple[float, float], value: float, step: float) -> None:
    kind = type(step)
    st.session_state[f"type_{name}"] = kind(value)
    st.number_input(
        label,
        kind(limits[0]),
        kind(limits[1]),
        step=step,
        format="%.1f" if kind is float else "%d",
        key=f"type_{name}",
        on_change=in_language(_remember_number),
        args=(name,),
        width=132,
    )


def _remember_multiple() -> None:
    code = st.session_state["choose_multiple"]
    url.put("own_k", "2" if code == OWN else "")
    if code != OWN:
        url.put("k", code)


def _remember_number(name: str) -> None:
    url.put(name, f"{st.session_state[f'type_{name}']:g}")


def ordered(market: MarketView, order: str) -> pd.DataFrame:
    """Return all regions: those with a gap in an order, then the secured, then the unknown."""
    answer: pd.DataFrame = reads.shared(_ordered, market.report.request, order)
    return answer


def _ordered(_store: Store, request: MarketRequest, order: str) -> pd.DataFrame:
    regions = market_view.view(request).regions
    first = order_regions(regions, order)
    rest = regions[~regions["region_id"].isin(first["region_id"])]
    return pd.concat([first, rest.sort_values("gap", na_position="last")], ignore_index=True)


def chosen_region(market: MarketView, order: str) -> str:
    """Return the chosen region; the first one of the chart where none is chosen."""
    regions = ordered(market, order)
    first = str(regions["region_id"].iloc[0]) if (regions["gap"] > 0).any() else ""
    return url.value("region") or first


def region_beyond(market: MarketView, order: str, region_id: str) -> str:
    """Return a region that ranks too low for the chart and is to be on it all the same; else nothing."""
    regions = ordered(market, order)
    return region_id if region_id in set(regions["region_id"][regions["gap"] > 0][MOST_ROWS:]) else ""


def rows(market: MarketView, order: str, also: str = "") -> pd.DataFrame:
    """Return the regions of the chart, in its order, with amounts in the unit of the screen, and hover.

    Parameters
    ----------
    order
        A key of ``ORDERS``.
    also
        A region that is on the picture wherever it ranks.
    """
    table = target_rows(market, order, most=MOST_ROWS, also=also)
    hover = market.regions.set_index("region_id")["hover"].reindex(table["region_id"])
    texts = [
        f"{text}<br>" + _("Gap {gap}", gap=numbers.money(gap))
        for text, gap in zip(hover, table["gap"], strict=True)
    ]
    return table.drop(columns="gap").assign(hover=texts)
