"""One region's card: where we stand, what No.1 takes, who else is there, how it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, format_month, ngettext
from core.market import labels
from core.reports.cycle.tasks.findings import of_region
from core.reports.market.display.facts import standing_facts
from core.reports.market.sensitivity import changes
from pages._ui import url
from pages._ui.charts.competitors import competitors_html, sparkline_html
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.market.facts import facts
from pages._ui.market.market_view import level_below
from pages._ui.market.region_choice import look_into, set_and_follow
from pages._ui.market.shops_link import shops_buttons
from pages._ui.shell.navigation import GO_TO
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.market.market_view import MarketView

SHOWN_COMPANIES = 7
BADGES = {
    "secured": "green",
    "leading_in_range": "blue",
    "tied": "gray",
    "chasing_in_range": "orange",
    "out_of_range": "red",
}


def card(view: MarketView, row: Mapping[str, object]) -> None:
    """Show everything about one region, or about the whole market."""
    heading(row)
    if not view.is_whole(row):
        offer(of_region(row, view.report.request, "market-map"), key="region")
    standing(view, row)
    competitors(view.companies(row), row["rival_id"])
    sparkline(view.trend(row), row["rival_id"])
    flags(row)
    turning_points(view, row)
    if not view.is_whole(row):
        doors(str(row["region_id"]))


def doors(region_id: str) -> None:
    """Offer the way into the region and to the pages that say more about it."""
    below = level_below(region_id)
    if below is not None:
        st.button(
            ngettext("Look inside: {n} region", "Look inside: {n} regions", below[1]),
            key="look_inside",
            icon=":material/zoom_in:",
            on_click=in_language(look_into),
            args=(region_id, below[0]),
        )
    shops_buttons(region_id)
    st.button(
        _("Month and strategy card"),
        icon=":material/diversity_3:",
        key="meeting_of_region",
        on_click=in_language(open_meeting),
        args=(region_id,),
    )


def open_meeting(region_id: str) -> None:
    """Open the monthly meeting of a region at the next run; for callbacks, inside a fragment as well."""
    url.hand_over(region=region_id)
    set_and_follow(GO_TO, "meeting")


def heading(row: Mapping[str, object]) -> None:
    """Show the region's name, its state and its zone, and one sentence about it."""
    st.markdown(f"## {escape_markdown(row['name'])}")
    with st.container(horizontal=True, gap="small"):
        state = str(row["state"])
        st.badge(labels.label("state", state), color=BADGES.get(state, "gray"))  # type: ignore[arg-type]
        if isinstance(row["zone"], str):
            st.badge(labels.label("zone", row["zone"]), color="gray")
    st.caption(labels.explanation("state", state))


def standing(view: MarketView, row: Mapping[str, object]) -> None:
    """Show the figures of the region, each with its computation and where it comes from behind it."""
    facts(standing_facts(row, view.origins(row)))


def competitors(companies: pd.DataFrame, benchmark: object) -> None:
    """Show who sells how much here, the largest first."""
    recorded = companies[companies["amount"].notna()].sort_values("amount", ascending=False)
    if recorded.empty:
        st.caption(_("No company's sales are recorded here."))
        return
    largest = recorded.head(SHOWN_COMPANIES)
    names = largest["name"].astype(str)
    st.html(
        competitors_html(
            largest.assign(
                name=names,
                is_benchmark=largest["company_id"] == benchmark,
                text=[numbers.percent(v) for v in largest["share"]],
                hover=[f"{n} {numbers.money(v)}" for n, v in zip(names, largest["amount"], strict=True)],
            )
        )
    )


def sparkline(trend: pd.DataFrame, benchmark: object) -> None:
    """Show our share and the rival's, month by month."""
    two = trend[(trend["is_self"]) | (trend["company_id"] == benchmark)]
    if two["share"].notna().sum() < 2:
        return
    months = pd.to_datetime(two["month"])
    st.caption(_("Share month by month, ours and the rival's"))
    st.html(
        sparkline_html(
            two.assign(is_benchmark=two["company_id"] == benchmark, month=months),
            first=format_month(months.min()),
            last=format_month(months.max()),
        )
    )


def flags(row: Mapping[str, object]) -> None:
    """Say what to be careful about: data that are missing or odd, and doubts of method."""
    texts = [
        *([labels.explanation("own_source", "no_row")] if row["own_source"] == "no_row" else []),
        *labels.joined_labels("warning", str(row["warnings"] or "")),
        *labels.joined_labels("missing", str(row["missing"] or "")),
    ]
    if row["s_above_capacity"]:
        texts.append(_("Recorded sales are above the recorded capacity: the capacity is too low."))
    if row["borderline"] is True:
        texts.append(_("Close to a cut line: a small change moves it into another zone."))
    for text in texts:
        st.caption(f":material/flag: {escape_markdown(text)}")


def turning_points(view: MarketView, row: Mapping[str, object]) -> None:
    """Say what would have to change for state, zone, rank or target to become another."""
    texts = changes(row, relative=view.report.request.share_cut == "relative")
    if texts:
        with st.expander(_("When the answer changes"), icon=":material/swap_vert:"):
            for text in texts:
                st.caption(escape_markdown(text))
