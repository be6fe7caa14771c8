"""数据: import with checks, batches with undo, templates, backup, own company."""

from __future__ import annotations

from core.i18n import _
from pages._ui.header import header

header(_("Data"))
