"""The part of the page that works in the browser alone: ``pages/_ui/assets/day``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages._ui import url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEY = "day_component"
FORGET = "day_forget"
_ASSETS = Path(__file__).resolve().parents[2] / "assets" / "day"
# The modules are files of this server, so that browsers keep them. One line would be taken for a path.
_LOADER = """
const day = import(new URL("./assets/day/main.js", document.baseURI).href);
export default (component) => { void day.then((module) => module.default(component)); };
"""
_mount = st.components.v2.component("shengeng_day", css=(_ASSETS / "day.css").read_text("utf-8"), js=_LOADER)


def render_day(data: Mapping[str, Any]) -> None:
    """Show a rep's day; what the browser reports runs the page once more, which reads the store anew."""
    _mount(key=KEY, data=dict(data), on_rep_change=in_language(_remember), on_news_change=_nothing)


def ask_browser(known: Sequence[str]) -> None:
    """Let the browser say who worked here last."""
    forget = bool(st.session_state.pop(FORGET, False))
    data = {"rep": None, "reps": list(known), "forget": forget}
    _mount(key=KEY, data=data, on_rep_change=in_language(_remember), on_news_change=_nothing)


def switch_person() -> None:
    """Forget who works here; a callback of a button."""
    url.put("rep", "")
    st.session_state[FORGET] = True


def _remember() -> None:
    chosen = getattr(st.session_state[KEY], "rep", None)
    if chosen and not url.value("rep"):
        url.put("rep", str(chosen))


def _nothing() -> None:
    """Run the page once more and no more than that."""
