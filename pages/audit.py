"""审计: who did what, when and from where."""

from __future__ import annotations

from core.i18n import _, ngettext
from core.store.audit.entries import AuditFilter
from core.store.audit.table import audit_table
from pages._ui import runtime, url
from pages._ui.audit import controls
from pages._ui.audit.listing import render_entries
from pages._ui.components.downloads import table_downloads
from pages._ui.components.header import header, reserve_header

url.declare(*controls.PARAMETERS)
top = reserve_header()
chosen = controls.choose()
found = audit_table(runtime.store(), chosen, controls.MAX_ROWS_SHOWN)
render_entries(found, is_filtered=chosen != AuditFilter())
with top:
    header(
        _("Audit"),
        ngettext("{n} entry, the latest first.", "{n} entries, the latest first.", len(found)),
        table_downloads(lambda: audit_table(runtime.store(), chosen), _("audit")),
    )
