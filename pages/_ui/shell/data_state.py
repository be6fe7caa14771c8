"""While a long change runs: which data the page shows, and a way to the newer ones once they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.store.caching.table_versions import saved_at
from pages._ui import runtime
from pages._ui.language import apply_language

if TYPE_CHECKING:
    from core.store.database import Store

LOOK_EVERY = 1.0


def render_data_state() -> None:
    """Say in the sidebar which data are shown while others are on their way; say nothing otherwise."""
    store = runtime.store()
    if store.under_way:
        with st.sidebar:
            follow(store, store.data_version)


@st.fragment(run_every=LOOK_EVERY)
def follow(store: Store, version: int) -> None:
    """Show the state until the change is over; then offer the new data, where there are any.

    Parameters
    ----------
    version
        The data version that the page shows.
    """
    apply_language()
    if store.under_way:
        saved = saved_at(store, version)
        st.caption(
            _(
                "Data are just being changed. Pages show version {version}, saved {when}.",
                version=version,
                when=f"{saved:%Y-%m-%d %H:%M}" if saved else "–",
            ),
            help=_("An import or its undo runs; until it is complete everything is answered without it."),
        )
    elif store.data_version != version and st.button(
        _("Newer data are in: refresh"), type="tertiary", icon=":material/refresh:", key="newer_data"
    ):
        st.rerun()
