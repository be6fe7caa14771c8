"""Shops that were sent here from the terminal map: who visits them, and which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, ngettext, sentences
from core.store.terminals.selections import selected
from pages._ui import reads, url
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    import pandas as pd

PARAMETER = "selection"


def reps_of_selection(everybody: pd.DataFrame) -> pd.DataFrame:
    """Show the selection the address names, and return only the reps who visit shops of it.

    Parameters
    ----------
    everybody
        All reps, by employee_id and name.

    Returns
    -------
    pandas.DataFrame
        The same without the others; all of them where there is no selection or nobody visits it.
    """
    if not url.value(PARAMETER):
        return everybody
    shops: pd.DataFrame = reads.cached(selected, url.value(PARAMETER))
    concerned = everybody[everybody["employee_id"].isin(shops["employee_id"])]
    assigned = int(shops["employee_id"].isin(everybody["employee_id"]).sum())
    with st.container(horizontal=True, key="handed_on", vertical_alignment="center", gap="small"):
        text = ngettext("{n} shop was sent from the map.", "{n} shops were sent from the map.", len(shops))
        if assigned < len(shops):
            text = sentences(text, _("{n} of them have no rep; assign one first.", n=len(shops) - assigned))
        st.markdown(f":material/route: {escape_markdown(text)}")
        with st.popover(_("Show them")):
            names = everybody.set_index("employee_id")["name"]
            table = shops.assign(rep=shops["employee_id"].map(names))[["name", "rep"]]
            st.dataframe(
                table.rename(columns={"name": _("Terminal"), "rep": _("Sales rep")}), hide_index=True
            )
        st.button(_("All reps again"), key="selection_close", on_click=url.put, args=(PARAMETER, ""))
    return everybody if concerned.empty else concerned
