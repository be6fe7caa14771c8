"""What a view shows is in its address, so that a link shows a colleague the same thing.

Streamlit can bind a widget to the address, but writes there the label that the user reads, which
differs by language. So every parameter is bound to a text field that nobody sees and that holds a
code; what the user sees writes it in its callback. An empty code means the default and keeps the
address short.
"""

from __future__ import annotations

import streamlit as st

SHARED = ("lang", "period", "level", "category", "company", "within", "region", "k")
# Codes for the page to come, and the parameters of the page that is shown.
HANDED, DECLARED = "url_handed", "url_declared"
PAGE = "page_shown"
PAGE_TITLE, PERIOD_SHOWN = "page_title", "period_shown"
"""Where a session keeps address, title and period of the page it looks at."""


def declare(*names: str) -> None:
    """Bind parameters to the address; the shell declares the shared ones, a page its own."""
    if names != SHARED:
        st.session_state[DECLARED] = names
    with st.container(key=f"url_{names[0]}"):
        for name in names:
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def value(name: str) -> str:
    """Return the code of a parameter, empty for the default."""
    return str(st.session_state.get(name, ""))


def put(name: str, code: str) -> None:
    """Set a parameter; from a callback, or before it is declared in this run."""
    st.session_state[name] = code


def hand_over(**codes: str) -> None:
    """Set parameters of another page; from a callback that asks for that page.

    Those that all pages share are set at once: the shell declares them before the page is chosen.
    """
    for name in codes.keys() & set(SHARED):
        put(name, codes[name])
    st.session_state[HANDED] = {name: code for name, code in codes.items() if name not in SHARED}


def handed_over_codes() -> dict[str, str]:
    """Return what the address of the page to come begins with; what can't be written there is set itself.

    Streamlit writes the address of a field only when it changes, not when it comes, and lets nobody else
    write a parameter that a field of the page now shown has.
    """
    codes: dict[str, str] = st.session_state.pop(HANDED, {})
    taken = set(st.session_state.get(DECLARED, ()))
    for name, code in codes.items():
        if name in taken:
            put(name, code)
    return {name: code for name, code in codes.items() if code and name not in taken}
