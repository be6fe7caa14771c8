"""Whose market it is: the own company, and how each market is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.store.market.own_company import set_own_company
from pages._ui import reads, runtime
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.language import in_language

if TYPE_CHECKING:
    import pandas as pd


def show() -> None:
    """Show the panel."""
    companies = reads.companies()
    named = companies[~companies["is_aggregate"].astype(bool)]
    if named.empty:
        empty(_("There are no companies yet."), ("company",), key="no_companies")
    else:
        _own_company(named)
    section(_("What each market is"))
    st.caption(
        _("A share means nothing without its denominator: this is what the capacity of a market covers.")
    )
    markets = reads.markets()
    columns = {
        "market_id": _("Market ID"),
        "name": _("Name"),
        "category": _("Category"),
        "definition": _("Definition"),
    }
    st.dataframe(
        markets[list(columns)].fillna({"category": _("All categories")}).rename(columns=columns),
        hide_index=True,
        column_config={columns["definition"]: st.column_config.TextColumn(width="large")},
    )


def _own_company(named: pd.DataFrame) -> None:
    names = dict(zip(named["company_id"], named["shown"], strict=True))
    own = next(iter(named.loc[named["is_self"].astype(bool), "company_id"]), None)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    chosen = left.selectbox(
        _("Own company"),
        list(names),
        index=list(names).index(own) if own in names else None,
        format_func=names.__getitem__,
        key="own_company_choice",
        placeholder=_("Choose your company"),
    )
    right.button(
        _("This is us"),
        type="primary",
        disabled=chosen is None or chosen == own,
        on_click=in_language(_set),
        args=(chosen,),
        key="set_own_company",
    )
    st.caption(
        _("All pages start from it. The filter bar shows the market through another company's eyes.")
        if own
        else _("No company is marked as your own; the pages start from the largest one.")
    )


def _set(company_id: str) -> None:
    set_own_company(runtime.store(), company_id)
    st.toast(_("Saved."))
