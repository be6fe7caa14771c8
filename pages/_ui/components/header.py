"""The top of a page: its title, the answer in one sentence, the export menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.downloads import Download, export_menu
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator


def reserve_header() -> DeltaGenerator:
    """Return the place of the head of a page, as high as it will be: what stands below doesn't move.

    The answer is known only when the figures are, which stand below the filters: make the place first,
    ``top = place()``, and fill it ``with top:`` at the end.
    """
    return st.container(key="page_top")


def header(title: str, answer: str = "", downloads: Sequence[Download] = ()) -> None:
    """Show the head of a page, in its :func:`place`."""
    with st.container(
        horizontal=True, vertical_alignment="center", key="page_header", gap="medium", wrap=False
    ):
        with st.container(gap=None):
            st.title(title, anchor=False)
            if answer:
                st.markdown(escape_markdown(answer))
        with st.container(width="content"):
            export_menu(downloads)


def section(title: str) -> None:
    """Show the title of a part of a page."""
    st.markdown(f"## {title}")
