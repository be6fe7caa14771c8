"""A signed workbook held against what was approved."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.exchange.plans.signed import check_signature
from core.i18n import _
from pages._ui import runtime
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.shell import frame
from pages._ui.targets.target_labels import bold

if TYPE_CHECKING:
    from core.store.plans.model import Plan


def check_signed(plan: Plan) -> None:
    """Offer to check the signature of a workbook, once the plan is approved."""
    if plan.status not in {"approved", "superseded"}:
        return
    st.markdown(bold(_("Check a signed workbook")))
    file = st.file_uploader(_("The workbook that somebody shows you"), ["xlsx"], key=f"signed_{plan.plan_id}")
    if file is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name).name
        path.write_bytes(file.getvalue())
        try:
            check = check_signature(runtime.store(), path)
        except AppError as error:
            frame.show_error(error)
            return
    st.markdown(escape_markdown(check.sentence))
    if check.findings:
        st.error(
            "\n".join(f"- {escape_markdown(text)}" for text in check.findings), icon=":material/gpp_bad:"
        )
    else:
        st.success(_("The workbook is what was approved."), icon=":material/verified:")
