"""The page without any task: where tasks come from."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import reads
from pages._ui.components.empty import EMPTY_WIDTH, empty
from pages._ui.shell.navigation import go_to


def no_tasks() -> None:
    """Say how the first task is made; without data, what to bring first."""
    if reads.choices() is None:
        empty(
            _("There are no tasks, and no sales to find any in. Bring data first, or make a task by hand."),
            ("region", "company", "market_sales"),
        )
        return
    with st.container(border=True, key="first_task", width=EMPTY_WIDTH):
        st.markdown(f"## :material/task_alt: {_('No task was made yet.')}")
        st.markdown(
            _(
                "Every finding becomes a task with one click: the next steps of the overview, a region's "
                "card, a list of shops, a customer, a plan that falls behind."
            )
        )
        st.button(
            _("See the next three steps"), icon=":material/home:", type="primary", key="to_overview",
            on_click=go_to, args=("overview",),
        )  # fmt: skip
