"""A fragment that speaks the session's language and says when it was slow."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import streamlit as st

from core.i18n import current_language, use_language
from pages._ui.shell.navigation import GO_TO

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


def fragment(function: Callable[P, T]) -> Callable[P, T]:
    """Make a part of a page that reruns alone after a click inside it.

    Use it instead of ``st.fragment``: a fragment reruns in a new thread and past the shell, where
    the language would be the default again.
    """

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        language = current_language()

        @st.fragment
        @wraps(function)
        def part() -> T:
            use_language(language)
            if GO_TO in st.session_state:
                # A click inside asked for another page, which only a run of the whole app can open.
                st.rerun()
            return function(*args, **kwargs)

        return part()

    return wrapped
