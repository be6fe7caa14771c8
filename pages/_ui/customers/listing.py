"""The list of dealers or terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.i18n import ngettext
from pages._ui import numbers, reads
from pages._ui.customers.opening import open_card
from pages._ui.customers.section import Shown
from pages._ui.language import in_language

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store
    from pages._ui.customers.view import ListView

PARAMETERS = ("q",)


def show(view: ListView) -> Shown:
    """Show the list; a click opens the card."""
    rows: pd.DataFrame = reads.cached(_first, view.kind)
    st.dataframe(
        rows,
        hide_index=True,
        placeholder=numbers.MISSING,
        key="customer_list",
        on_select=in_language(_clicked),
        selection_mode="single-row",
    )
    st.session_state["customer_ids"] = [(view.kind, key) for key in rows["customer_id"]]
    if view.kind == "dealer":
        return Shown(ngettext("{n} dealer", "{n} dealers", view.count))
    return Shown(ngettext("{n} terminal", "{n} terminals", view.count))


def _first(store: Store, kind: str) -> Any:  # noqa: ANN401
    return store.read(f"customers/{kind}s").to_pandas()


def _clicked() -> None:
    chosen = st.session_state["customer_list"]["selection"]["rows"]
    if chosen:
        open_card(*st.session_state["customer_ids"][chosen[0]])
