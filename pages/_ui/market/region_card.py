"""One region's card: where we stand, what No.1 takes, who else is there, how it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, format_month, ngettext
from core.market import labels
from core.metrics import explain
from core.reports.market.sensitivity import changes
from core.reports.market.sources import sources_of
from pages._ui.charts.competitors import competitors_html, sparkline_html
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.market.facts import Fact, facts, metric_fact
from pages._ui.market.market_view import level_below
from pages._ui.market.region_choice import look_into
from pages._ui.market.shops_link import shops_buttons

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


def standing_facts(row: Mapping[str, object], origins: Mapping[str, str]) -> list[Fact]:
    """Return the figures of a region: market, share, rival, target.

    Parameters
    ----------
    origins
        See :func:`core.reports.market.sources.figure_sources`.
    """
    rival = row["rival_name"] if isinstance(row["rival_name"], str) else ""
    notes = {
        "capacity": numbers.percent(_number(row["growth"]), sign=True),
        "share": numbers.points(_number(row["share_change"])),
        "ratio": rival,
    }
    shown = ("capacity", "share", "rank", "ratio", "structure", "share_symbol")
    return [
        *(metric_fact(k, row, note=notes.get(k, ""), origin=sources_of(k, origins)) for k in shown),
        *band_facts(row, origins),
        *entry_facts(row),
    ]


def entry_facts(row: Mapping[str, object]) -> list[Fact]:
    """Return how good a region is to enter, from 0 to 100; nothing where it isn't known."""
    score = _number(row["entry_score"])
    if score is None:
        return []
    missing = labels.listed("entry_factor", str(row["entry_missing"] or ""))
    note = _("without {factors}", factors=missing) if missing else ""
    return [metric_fact("entry_score", row, note=note)]


def band_facts(row: Mapping[str, object], origins: Mapping[str, str]) -> list[Fact]:
    """Return the No.1 band and the gap, or the cushion where No.1 is secured."""
    origin = sources_of("target_base", origins)
    if row["state"] == "secured":
        return [metric_fact("cushion", row, origin=origin)]
    low, high = _number(row["target_least"]), _number(row["target_fixed"])
    if low is None and high is None:
        return [metric_fact("target_symbol", row, origin=sources_of("share", origins))]
    band = Fact(
        _("No.1 target band"),
        f"{numbers.money(low, unit=False)} – {numbers.money(high)}",
        explanation=(explain("target_least", row), explain("target_fixed", row), *origin),
    )
    return [band, *(metric_fact(key, row, origin=origin) for key in ("target_base", "gap"))]


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


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value == value else None  # noqa: PLR0124
