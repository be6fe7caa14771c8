"""A sentence in the place of what the version shown doesn't hold."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import NotPublishedError
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def absence_said() -> Iterator[None]:
    """Run a part of a page; where the version doesn't hold what it needs, say so and go on behind it."""
    try:
        yield
    except NotPublishedError as error:
        render_absence(error)


def render_absence(error: NotPublishedError) -> None:
    """Show what is missing and where to look instead."""
    st.caption(f":material/cloud_off: {escape_markdown(str(error))}")
