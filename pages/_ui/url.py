"""What a view shows is in its address, so that a link shows a colleague the same thing.

Streamlit can bind a widget to the address, but writes there the label that the user reads, which
differs by language. So every parameter is bound to a text field that nobody sees and that holds a
code; what the user sees writes it in its callback. An empty code means the default and keeps the
address short.
"""

from __future__ import annotations

import streamlit as st

SHARED = ("lang", "period", "level", "category", "company", "region", "within", "k")


def declare(*names: str) -> None:
    """Bind parameters to the address; the shell declares the shared ones, a page its own."""
    with st.container(key=f"url_{names[0]}"):
        for name in names:
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def value(name: str) -> str:
    """Return the code of a parameter, empty for the default."""
    return str(st.session_state.get(name, ""))


def put(name: str, code: str) -> None:
    """Set a parameter; from a callback, or before it is declared in this run."""
    st.session_state[name] = code
