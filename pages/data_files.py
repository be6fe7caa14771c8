"""数据: import with checks, batches with undo, templates, backup, own company."""

from __future__ import annotations

import streamlit as st

from core.i18n import N_, _
from pages._ui import url
from pages._ui.components.header import header
from pages._ui.data import (
    backup_panel,
    batches_panel,
    check_panel,
    company_panel,
    import_panel,
    quarantine_panel,
    templates_panel,
)
from pages._ui.language import in_language

PANELS = {
    "import": (N_("Import"), import_panel.show),
    "quarantine": (N_("Set aside"), quarantine_panel.show),
    "templates": (N_("Templates"), templates_panel.show),
    "batches": (N_("Batches"), batches_panel.show),
    "company": (N_("Company and markets"), company_panel.show),
    "backup": (N_("Backup"), backup_panel.show),
    "check": (N_("Check"), check_panel.show),
}
PARAMETER = "tab"


def _remember() -> None:
    url.put(PARAMETER, st.session_state["choose_tab"])


url.declare(PARAMETER)
chosen = url.value(PARAMETER)
chosen = chosen if chosen in PANELS else "import"
header(_("Data"))
st.session_state["choose_tab"] = chosen
st.segmented_control(
    _("What to do"),
    list(PANELS),
    format_func=lambda code: _(PANELS[code][0]),
    key="choose_tab",
    required=True,
    label_visibility="collapsed",
    on_change=in_language(_remember),
)
PANELS[chosen][1]()
