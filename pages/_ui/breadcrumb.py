"""Where in the region tree the page is, and the way up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence


def breadcrumb(
    path: Sequence[tuple[str, str]], *, parameter: str = "region", key: str = "breadcrumb"
) -> None:
    """Show the regions from the top to the chosen one; a click goes there.

    Parameters
    ----------
    path
        ``(region_id, name)`` from the top; the first id is empty, the whole market.
    parameter
        The address parameter that holds the chosen region.
    key
        Different for two on one page.
    """
    with st.container(horizontal=True, key=key, gap="xxsmall", vertical_alignment="center"):
        for number, (region_id, name) in enumerate(path):
            if number:
                st.markdown("›", width="content")
            last = number == len(path) - 1
            st.button(
                f"**{name}**" if last else name,
                key=f"{key}_{number}",
                type="tertiary",
                disabled=last,
                on_click=in_language(url.put),
                args=(parameter, region_id),
            )
