"""The findings of a check: a table to work through, and a file for whoever made the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.canonical.findings import COLUMNS, titled
from core.i18n import _
from pages._ui.components import downloads

if TYPE_CHECKING:
    from core.exchange.canonical.importing import CheckResult

SHOWN = 1_000
# In the file, not on the screen: the file's name says the table, the row the first of the rows.
HIDDEN = ("table", "rows")


def show(check: CheckResult, *, key: str) -> None:
    """Show the findings, errors first, and offer all of them as a file.

    Parameters
    ----------
    check
        What was found.
    key
        Different for two on one page.
    """
    if not check.problems:
        return
    table = titled(check.problems)
    titles = {name: _(title) for name, title in COLUMNS.items()}
    wide = {titles[name]: st.column_config.TextColumn(width="large") for name in ("message", "hint")}
    st.dataframe(
        table.head(SHOWN),
        hide_index=True,
        height=min(300, 38 + 35 * len(table)),
        column_order=[title for name, title in titles.items() if name not in HIDDEN],
        column_config=wide,
        key=key,
    )
    if len(table) > SHOWN:
        st.caption(_("The first {n} findings; the file has all.", n=SHOWN))
    with st.container(horizontal=True):
        for number, download in enumerate(
            (downloads.xlsx_download(table, _("findings")), downloads.csv_download(table, _("findings")))
        ):
            downloads.download_button(download, key=f"{key}_{number}", icon=":material/download:")
