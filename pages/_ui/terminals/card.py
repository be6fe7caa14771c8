"""One terminal's card: who sells how much here, the trend, who serves it, what the visits brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _, current_language, format_date, format_month, format_number
from core.known_words import known_word
from pages._ui.charts.competitors import competitors_html, sparkline_html
from pages._ui.customers.listing.card_link import card_button
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, facts
from pages._ui.tasks.offer import customer_offer
from pages._ui.terminals.terminal_labels import status_word

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from core.store.terminals.terminals import TerminalCard


def card(shop: TerminalCard, own_company: str, start: dt.date, end: dt.date) -> None:
    """Show a terminal."""
    _heading(shop, own_company)
    sales = shop.sales.assign(month=shop.sales["month"].astype("datetime64[ms]"))
    period = sales[sales["month"].between(str(start), str(end))]
    by_company = period.groupby(
        ["company_id", "name", "name_en", "is_aggregate"], dropna=False, as_index=False
    )["amount"].sum()
    facts(_facts(shop, by_company, own_company))
    if by_company.empty:
        st.caption(_("No company's sales are recorded here."))
    else:
        _companies(by_company, own_company)
        _trend(sales, own_company)
    _visits(shop.visits)


def _heading(shop: TerminalCard, own_company: str) -> None:
    about = shop.terminal
    st.button(
        _("All terminals shown"),
        icon=":material/arrow_back:",
        type="tertiary",
        key="close_shop",
        on_click=region_choice.set_and_follow,
        args=("shop", ""),
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"## {escape_markdown(about['name'])}", width="content")
        st.badge(status_word(about["status"]), color="gray")
        if about["grade"]:
            st.badge(_("Grade {grade}", grade=about["grade"]), color="blue")
    parts = [known_word(about["outlet_type"]), about["region"], about["address"]]
    st.caption(" · ".join(escape_markdown(part) for part in parts if part))
    with st.container(horizontal=True, gap="small"):
        card_button("terminal", str(about["terminal_id"]))
        customer_offer("terminal", str(about["terminal_id"]), own_company)


def _facts(shop: TerminalCard, by_company: pd.DataFrame, own_company: str) -> list[Fact]:
    total = float(by_company["amount"].sum()) if len(by_company) else None
    own = (
        float(by_company.loc[by_company["company_id"] == own_company, "amount"].sum())
        if len(by_company)
        else None
    )
    share = own / total if own is not None and total else None
    formula = _(
        "Own sales {own} ÷ all companies' sales {total} in this shop.",
        own=numbers.money(own),
        total=numbers.money(total),
    )
    score = shop.score.get("score")
    latest = None if shop.visits.empty else shop.visits["start_at"].iloc[0]
    return [
        Fact(
            _("Own sales"),
            numbers.money(own),
            explanation=(_("Our sales of the period in this shop, recorded shop by shop."),),
            records=("terminal_sales",),
        ),
        Fact(
            _("In-store share"), numbers.percent(share), explanation=(formula,), records=("terminal_sales",)
        ),
        Fact(_("Dealer"), str(shop.terminal["dealer"] or numbers.MISSING)),
        Fact(_("Sales rep"), str(shop.terminal["employee"] or numbers.MISSING)),
        Fact(
            _("Last visit"),
            numbers.MISSING if latest is None else format_date(latest),
            explanation=(_("The latest visit to this shop in the log."),),
            records=("visit",),
        ),
        Fact(
            _("Relationship score"),
            numbers.MISSING if score is None else _("{score} of 100", score=format_number(float(str(score)))),
            explanation=(_("Total of the latest ten-item score sheet, 0 to 100 [S1 1-1]."),),
            records=("score_item",),
        ),
    ]


def _companies(by_company: pd.DataFrame, own_company: str) -> None:
    rows = by_company.sort_values("amount", ascending=False)
    english = current_language() == "en"
    names = rows["name_en"].where(rows["name_en"].notna() & english, rows["name"])
    rivals = rows[(rows["company_id"] != own_company) & ~rows["is_aggregate"].astype(bool)]
    benchmark = None if rivals.empty else rivals["company_id"].iloc[0]
    total = rows["amount"].sum()
    st.html(
        competitors_html(
            rows.assign(
                name=names,
                share=rows["amount"] / total,
                is_self=rows["company_id"] == own_company,
                is_benchmark=rows["company_id"] == benchmark,
                text=[
                    numbers.percent(value / total) if total else numbers.MISSING for value in rows["amount"]
                ],
                hover=[
                    f"{name}: {numbers.money(value)}"
                    for name, value in zip(names, rows["amount"], strict=True)
                ],
            )
        )
    )


def _trend(sales: pd.DataFrame, own_company: str) -> None:
    total = sales.groupby("month", as_index=False)["amount"].sum().rename(columns={"amount": "all"})
    own = sales[sales["company_id"] == own_company].merge(total, on="month")
    if len(own) < 2:
        return
    shares = own.assign(
        share=own["amount"] / own["all"].where(own["all"] > 0), is_self=True, is_benchmark=False
    )
    first, last = (format_month(month) for month in (own["month"].iloc[0], own["month"].iloc[-1]))
    st.html(sparkline_html(shares, first=first, last=last))


def _visits(visits: pd.DataFrame) -> None:
    if visits.empty:
        st.caption(_("No visit is recorded."))
        return
    lines = []
    for visit in visits.itertuples():
        parts = [
            format_date(visit.start_at),
            escape_markdown(visit.employee),
            escape_markdown(known_word(visit.purpose)),
            escape_markdown(known_word(visit.result)),
        ]
        if visit.order_amount == visit.order_amount:
            parts.append(_("order {amount}", amount=numbers.yuan(visit.order_amount)))
        lines.append("- " + " · ".join(part for part in parts if part and part != "None"))
    st.markdown("\n".join(lines))
