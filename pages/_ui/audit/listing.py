"""The entries of the audit as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _
from core.store.audit.labels import COLUMN_TITLES
from pages._ui.audit.controls import MAX_ROWS_SHOWN

if TYPE_CHECKING:
    import pandas as pd

HEIGHT, HEAD, ROW = 560, 37, 33
"""Pixels of the table at most, of its head and of a row."""
LAST = ("address", "session")
"""What stands behind everything else, because it is looked at last."""


def render_entries(found: pd.DataFrame, *, is_filtered: bool) -> None:
    """Show the entries."""
    if found.empty and not is_filtered:
        st.info(_("Nothing was written down yet."), icon=":material/history:")
        return
    if found.empty:
        st.info(_("No entry fits. Take a filter away."), icon=":material/filter_alt_off:")
        return
    last = [_(COLUMN_TITLES[code]) for code in LAST]
    st.dataframe(
        # A column of nothing would be one of numbers.
        found.astype(object),
        hide_index=True,
        placeholder=numbers.MISSING,
        height=min(HEIGHT, HEAD + ROW * len(found)),
        column_order=[*(title for title in found.columns if title not in last), *last],
        key="audit_entries",
    )
    if len(found) == MAX_ROWS_SHOWN:
        st.caption(_("The latest {n} are shown; the files of the menu hold all.", n=MAX_ROWS_SHOWN))
    st.caption(
        _(
            "Nothing here can be changed or removed by this program; only the personal values of somebody "
            "whose data are erased are blanked, and that is an entry of its own."
        )
    )
