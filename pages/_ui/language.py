"""The language of a session: chosen in the sidebar, kept in the address, set before anything is shown.

A rerun of the page starts in the shell, which sets it. A fragment, a callback and a download run
without the shell and in a thread of their own: wrap them, or use :func:`pages._ui.fragments.fragment`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import streamlit as st

from core.errors import AppError
from core.i18n import LANGUAGES, current_language, use_language
from core.settings import Settings
from pages._ui import url

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")
PARAMETER = "lang"
REFUSAL = "callback_refusal"
_NO_FIELD = "st.session_state has no key"
# Other ways to write a language in an address.
ALIASES = {"zh": "zh_CN", "zh-cn": "zh_CN", "zh-hans": "zh_CN", "cn": "zh_CN", "en-us": "en", "en-gb": "en"}


def apply_language() -> str:
    """Set the language of this run from the address, and return it."""
    code = url.value(PARAMETER)
    chosen = ALIASES.get(code.casefold().replace("_", "-"), code)
    use_language(chosen if chosen in LANGUAGES else Settings.from_environment().language)
    return current_language()


def in_language(function: Callable[P, object]) -> Callable[P, None]:
    """Wrap a callback so that it speaks the session's language; what it refuses, the next run says."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        apply_language()
        try:
            function(*args, **kwargs)
        except AppError as error:
            # Nothing is on the page yet: without this Streamlit would show an error in place of all of it.
            st.session_state[REFUSAL] = error
        except KeyError as error:
            # A click on what another click has taken off the page: its fields have no value any more.
            if _NO_FIELD not in str(error):
                raise

    return wrapped


def pop_refusal() -> AppError | None:
    """Return what the callback before this run refused, once."""
    refusal: AppError | None = st.session_state.pop(REFUSAL, None)
    return refusal


def in_current_language(function: Callable[P, T]) -> Callable[P, T]:
    """Wrap a function for another thread, such as a download, with the language of now."""
    name = current_language()

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        use_language(name)
        return function(*args, **kwargs)

    return wrapped


def switch() -> None:
    """Show both languages; always in sight, in their own words."""
    st.session_state["choose_language"] = current_language()
    st.segmented_control(
        "语言 · Language",
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="choose_language",
        required=True,
        label_visibility="collapsed",
        on_change=_remember,
    )


def _remember() -> None:
    default = Settings.from_environment().language
    chosen = st.session_state["choose_language"]
    url.put(PARAMETER, "" if chosen == default else chosen)
