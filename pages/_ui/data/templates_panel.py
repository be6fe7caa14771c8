"""Empty workbooks to fill in: Chinese headers, a note per column, an example row."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import streamlit as st

from core.exchange.canonical.templates import write_templates
from core.i18n import _
from core.tables import TABLES
from pages._ui.components.downloads import Download, download_button


def show() -> None:
    """Show the panel."""
    st.markdown(
        _(
            "One workbook per table. Row 1 has the headers, each with a note on what to fill in; row 2 is an "
            "example, which the import recognises and leaves out."
        )
    )
    download_button(
        Download(_("Download all templates"), _("templates") + ".zip", "application/zip", archive),
        icon=":material/folder_zip:",
        type="primary",
        key="templates",
    )
    names = [_(table.label) for table in TABLES]
    chosen = st.selectbox(
        _("Columns of"), range(len(TABLES)), format_func=names.__getitem__, key="table_shown"
    )
    table = TABLES[chosen]
    columns = {
        _("Header"): [_(column.label) for column in table.columns],
        _("Name in files"): [column.name for column in table.columns],
        _("Needed"): [column.required for column in table.columns],
        _("What to fill in"): [_(column.note) for column in table.columns],
        _("Example"): [column.example for column in table.columns],
    }
    st.dataframe(columns, hide_index=True, height=min(420, 38 + 35 * len(table.columns)))


def archive() -> bytes:
    """Return all templates in one ZIP."""
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for path in write_templates(Path(folder)):
            file.write(path, path.name)
    return buffer.getvalue()
