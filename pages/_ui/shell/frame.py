"""The frame around a page: look, sidebar, errors as sentences, and a word when it was slow."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from core.errors import AppError, StoreClosedError
from core.i18n import _, format_number
from pages._ui import language, runtime
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.routes import ASSETS
from pages._ui.server.request_log import note_page
from pages._ui.shell.data_state import render_data_state
from pages._ui.shell.demonstration import marker
from pages._ui.shell.gate import account
from pages._ui.shell.published import version_footer
from pages._ui.sign_in.session import NotAdmittedError, NotSignedInError

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOW_SECONDS = 2.0
SIDEBAR = 220
log = logging.getLogger(__name__)


@contextmanager
def page() -> Iterator[None]:
    """Run a page: an error becomes a sentence with a hint, a slow run a word at the bottom."""
    started = time.perf_counter()
    try:
        yield
    except (StoreClosedError, NotSignedInError, NotAdmittedError):
        # Another file took the store's place while the page was drawn, or the gate closed.
        st.rerun()
    except Exception as error:
        show_trouble(error)
    seconds = time.perf_counter() - started
    note_page(urlsplit(st.context.url or "").path, started)
    if seconds > SLOW_SECONDS and runtime.ready():
        st.caption(_("This refresh took {seconds} s.", seconds=format_number(seconds, 1)))


def configure_page() -> None:
    """Set the browser tab's title and icon and the width of the page."""
    # An icon of one's own: Streamlit fetches the icons of pages from the internet for the browser's tab.
    st.set_page_config(
        page_title=_("Shengeng"),
        page_icon=ASSETS / "favicon.svg",
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )


def begin() -> None:
    """Choose the version that the whole page shows, and say what the callback before it refused.

    Where there is no version the page says so later.
    """
    with suppress(AppError):
        runtime.begin_page()
    refused = language.pop_refusal()
    if refused is not None:
        show_error(refused)


def sidebar() -> None:
    """Show what is always in sight: the language, whose data and which version, who is signed in."""
    with st.sidebar:
        language.switch()
        marker()
        version_footer()
    account()
    render_data_state()


def show_trouble(error: Exception) -> bool:
    """Show what stopped a page, a part of it or a callback as a sentence; return that this was done."""
    if isinstance(error, AppError):
        show_error(error)
        return True
    # The user gets a sentence; whoever looks after the installation gets the trace.
    log.error("A page failed", exc_info=error)
    show_error(
        AppError(
            _("This page could not be shown."),
            _("The data are unharmed. Reload the page; details are in the log."),
        )
    )
    return True


def show_error(error: AppError) -> None:
    """Show an error as what is wrong and what to do."""
    st.error(escape_markdown(error.message), icon=":material/error:")
    if error.hint:
        st.markdown(escape_markdown(error.hint))


def render_refusal() -> None:
    """Fill the page with the reason why the store can't be opened."""
    with st.container(key="refused"):
        st.title(_("The data can't be opened"))
        try:
            runtime.store()
        except AppError as error:
            show_error(error)
        st.button(_("Try again"), type="primary")
        language.switch()
