"""Callbacks: what they refuse, and what they read that is no longer on the page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _app() -> None:
    import streamlit as st

    from pages._ui.language import in_language, pop_refusal

    def wrong() -> None:
        raise KeyError("no such thing")

    st.text_input("lang", key="lang")
    st.button("left", on_click=in_language(lambda: st.session_state["gone"]))
    st.button("wrong", on_click=in_language(wrong))
    st.write(str(pop_refusal()))


def test_a_click_on_a_field_that_left_the_page_does_nothing() -> None:
    """The sections of a page change while somebody clicks: the click is void, the page stays."""
    app = AppTest.from_function(_app).run()
    app.button[0].click().run()
    assert not app.exception
    assert app.markdown[0].value == "None"


def test_other_mistakes_are_not_hidden() -> None:
    """A key that is missing anywhere else is a fault of the program and is reported."""
    app = AppTest.from_function(_app).run()
    app.button[1].click().run()
    assert len(app.exception) == 1
