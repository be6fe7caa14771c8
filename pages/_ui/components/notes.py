"""What must be known about the figures on a page, in a line each, and out of the way when many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import ngettext
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence


def notes(texts: Sequence[str], *, shown: int = 1) -> None:
    """Show the first notes, and the others behind a word.

    Parameters
    ----------
    texts
        Sentences, the most important one first.
    """
    for text in texts[:shown]:
        st.caption(f":material/info: {escape_markdown(text)}")
    rest = texts[shown:]
    if rest:
        with st.popover(
            ngettext("{n} more note", "{n} more notes", len(rest)), type="tertiary", icon=":material/info:"
        ):
            for text in rest:
                st.markdown(f"- {escape_markdown(text)}")
