"""The empty state: what is missing, what to import, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.tables import BY_NAME
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.shell.navigation import go_to

if TYPE_CHECKING:
    from collections.abc import Sequence

# A line that an eye follows.
EMPTY_WIDTH = 760


def empty(
    reason: str, tables: Sequence[str] = (), *, key: str = "empty", instead: Sequence[tuple[str, str]] = ()
) -> None:
    """Say why there is nothing to show and offer the import, or what leads to it.

    Parameters
    ----------
    key
        Different for two empty states on one page.
    instead
        Name and address of the pages to go on with, where there are data to choose from.
    """
    with st.container(border=True, key=key, width=EMPTY_WIDTH):
        st.markdown(f"## :material/inbox: {escape_markdown(reason)}")
        if tables:
            labels = _(", ").join(f"**{_(BY_NAME[name].label)}**" for name in tables)
            st.markdown(_("Import these tables: {tables}.", tables=labels))
        if instead:
            with st.container(horizontal=True, gap="small"):
                for name, address in instead:
                    st.button(name, key=f"{key}_{address}", on_click=go_to, args=(address,))
            return
        st.button(
            _("Import data"),
            icon=":material/upload_file:",
            type="primary",
            key=f"{key}_import",
            on_click=go_to,
            args=("data",),
        )
