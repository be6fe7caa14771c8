"""The search box: a customer by name, a part of it, initials, pinyin or code, while one types."""

from __future__ import annotations

import streamlit as st

from core.i18n import _, current_language
from core.store.customers import search
from pages._ui import runtime
from pages._ui.customers.customer_labels import kind_word
from pages._ui.customers.listing.card_link import open_card
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.fragments import fragment

SHOWN = 8
NEAR = 9


def box() -> None:
    """Offer the search behind a button; a click on a find opens its card."""
    with st.popover(_("Find a customer"), icon=":material/search:", key="find_customer"):
        _finds()


@fragment
def _finds() -> None:
    typed = st.text_input(
        _("Find a customer"),
        key="find_text",
        type="search",
        live="300ms",
        placeholder=_("Name, initials, pinyin or code"),
        label_visibility="collapsed",
    )
    if not typed or not typed.strip():
        st.caption(_("For instance “jzt”, “jiuzhoutong”, “九州通” or a code."))
        return
    matches = search.find(runtime.store(), typed, limit=SHOWN)
    if matches.empty:
        st.caption(_("Nobody is called that."))
        return
    if (matches["fit"] == NEAR).all():
        st.caption(_("Nobody is called that; these names are near."))
    for number, row in enumerate(matches.itertuples(index=False)):
        place = f"{kind_word(row.customer_type)} · {escape_markdown(_place(row))}"
        st.button(
            f"{escape_markdown(row.name)} :small[:gray[{place}]]",
            key=f"find_{number}",
            type="tertiary",
            on_click=_open,
            args=(row.customer_type, row.customer_id),
        )


def _place(row: object) -> str:
    english = getattr(row, "region_en", None)
    name = (
        english if current_language() == "en" and isinstance(english, str) else getattr(row, "region", None)
    )
    return name if isinstance(name, str) else _("Region unknown")


def _open(kind: str, customer_id: str) -> None:
    st.session_state["find_text"] = ""
    open_card(kind, customer_id)
