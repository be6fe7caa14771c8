"""The entries of the audit as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from pages._ui.audit.controls import MAX_ROWS_SHOWN

if TYPE_CHECKING:
    import pandas as pd

HEIGHT, ROW = 560, 36
"""Pixels of the table at most, and of a row."""


def render_entries(found: pd.DataFrame, *, is_filtered: bool) -> None:
    """Show the entries."""
    if found.empty and not is_filtered:
        st.info(_("Nothing was written down yet."), icon=":material/history:")
        return
    if found.empty:
        st.info(_("No entry fits. Take a filter away."), icon=":material/filter_alt_off:")
        return
    height = min(HEIGHT, ROW * (len(found) + 1))
    st.dataframe(found.fillna(""), hide_index=True, height=height, key="audit_entries")
    if len(found) == MAX_ROWS_SHOWN:
        st.caption(_("The latest {n} are shown; the files of the menu hold all.", n=MAX_ROWS_SHOWN))
    st.caption(
        _(
            "Nothing here can be changed or removed by this program; only the personal values of somebody "
            "whose data are erased are blanked, and that is an entry of its own."
        )
    )
