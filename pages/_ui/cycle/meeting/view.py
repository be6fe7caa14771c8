"""What the meeting page looks at: a region and a month, chosen in its own bar and kept in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, format_month
from core.reports.cycle.meeting import MeetingRequest, MonthReview, month_review
from core.reports.cycle.meeting.display.steps import AGAINST, compared_with
from core.reports.cycle.today import reference_day
from core.reports.market.choices import names_of
from core.store.customers import customers as store_customers
from pages._ui import filters as filter_bar
from pages._ui import reads, runtime, url
from pages._ui.formatting.periods import months_between
from pages._ui.language import in_language
from pages._ui.market.market_view import caption as market_caption

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from pages._ui.charts.layout import Caption
    from pages._ui.filters import Filters

PARAMETERS = ("month", "against")
MOST_REGIONS = 400
MONTH_WIDTH, REGION_WIDTH = 160, 230
INDENT = "\u3000"


def regions() -> pd.DataFrame:
    """Return region_id, name and depth of the regions to choose from: the upper levels that fit a list."""
    table: pd.DataFrame = reads.shared(store_customers.regions)
    fitting = table["depth"].map(table["depth"].value_counts().sort_index().cumsum()) <= MOST_REGIONS
    chosen = table["region_id"] == url.value("region")
    return table.assign(name=names_of(table))[fitting | chosen]


@dataclass(frozen=True)
class MeetingView:
    """A review and the filters it was asked with."""

    filters: Filters
    review: MonthReview

    @property
    def against(self) -> str:
        """What the sales are compared with, as the address says; empty where nothing can be."""
        possible = compared_with(self.review)
        if not possible:
            return ""
        return url.value("against") if url.value("against") in possible else possible[0]

    @property
    def against_words(self) -> dict[str, str]:
        """What can be compared with, in words, by code."""
        return {code: _(AGAINST[code]) for code in compared_with(self.review)}

    def caption(self, title: str) -> Caption:
        """Return what a picture of this page says about itself."""
        month = self.review.request.month
        return market_caption(self.filters, f"{self.review.name} · {title}", (month, month))


def view() -> MeetingView | None:
    """Show the controls in one row and return what they ask for; None while there are no sales."""
    filters, choices = filter_bar.current_filters(), reads.choices()
    if filters is None or choices is None:
        return None
    months = months_between(choices.first_month, choices.last_month)[::-1]
    month = _month(months, filters.end)
    table = regions()
    names = dict(zip(table["region_id"], table["name"], strict=True))
    shown = {"": _("Whole market")} | {
        region: INDENT * (int(depth) - 1) + names[region]
        for region, depth in zip(table["region_id"], table["depth"], strict=True)
    }
    region = _region(names)
    st.session_state["choose_month"], st.session_state["choose_region"] = month, region
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom", wrap=True):
        st.selectbox(
            _("Month"),
            months,
            format_func=format_month,
            key="choose_month",
            icon=":material/calendar_month:",
            width=MONTH_WIDTH,
            label_visibility="collapsed",
            on_change=in_language(_remember_month),
            args=(filters.end,),
        )
        st.selectbox(
            _("Region"),
            list(shown),
            format_func=shown.__getitem__,
            key="choose_region",
            icon=":material/location_on:",
            width=REGION_WIDTH,
            label_visibility="collapsed",
            on_change=in_language(_remember_region),
        )
        filter_bar.choose_whose(choices, filters)
    request = MeetingRequest(
        filters.company,
        month,
        region or None,
        filters.category,
        k=filters.k,
        today=reference_day(runtime.store()),
    )
    answer: MonthReview = reads.shared(month_review, request)
    return MeetingView(filters, answer)


def _month(months: Sequence[dt.date], default: dt.date) -> dt.date:
    """Return the month of the address; the last one of the shared period by default."""
    code = url.value("month")
    known = {f"{month:%Y-%m}": month for month in months}
    if code and code not in known:
        filter_bar.warn_unknown("month", code)
    return known.get(code, default)


def _region(names: Mapping[str, str]) -> str:
    """Return the region of the address; empty for everything together."""
    code = url.value("region")
    if code and code not in names:
        filter_bar.warn_unknown("region", code)
        return ""
    return code


def _remember_month(default: dt.date) -> None:
    month = st.session_state["choose_month"]
    url.put("month", "" if month == default else f"{month:%Y-%m}")


def _remember_region() -> None:
    url.put("region", st.session_state["choose_region"])
