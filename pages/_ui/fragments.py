"""A fragment that speaks the session's language and says when it was slow."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import streamlit as st

from core.errors import NotPublishedError
from core.i18n import current_language, use_language
from pages._ui import runtime
from pages._ui.components.absence import render_absence
from pages._ui.components.origins import note_more_origins
from pages._ui.language import REFUSAL
from pages._ui.shell.navigation import GO_TO
from pages._ui.turn import turn

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
            if GO_TO in st.session_state or REFUSAL in st.session_state or not runtime.is_admitted():
                # A click inside asked for another page or was refused, or somebody is no longer let in: only
                # a run of the whole app opens a page, says why at its top, or closes this one.
                st.rerun()
            try:
                with turn(), note_more_origins():
                    return function(*args, **kwargs)
            except NotPublishedError as error:
                render_absence(error)
                return cast("T", None)

        return part()

    return wrapped
