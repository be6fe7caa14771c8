"""Step 6: the workbook people sign, CSV and Parquet; and an edited workbook brought back."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.errors import AppError
from core.exchange.plans.files import write_plan
from core.exchange.plans.reimport import Expected, Returned, read_back
from core.i18n import _, ngettext
from core.reports.plans.workbook_data import plan_book
from core.store.plans.model import Plan, fingerprint
from core.targets.editing.rescale import rescale_to_total
from pages._ui import runtime
from pages._ui.components.downloads import XLSX, Download, download_button
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.targets import signed
from pages._ui.targets.target_labels import bold
from pages._ui.targets.versions import changes_table

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from pages._ui.targets.state import Work


def render_exporting(work: Work, basis: Basis) -> None:
    """Show the step."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        st.markdown(bold(_("Take the plan along")))
        if work.dirty:
            st.caption(
                _(
                    "Files hold the saved version {n}; your unsaved changes are not in them.",
                    n=work.plan.version,
                )
            )
        hints = (
            _("Cover, summary, region x product, region x month, rep x month, No.1 targets, checks and "
              "detail; all totals are formulas, ready to print and sign."),
            _("One row per cell, for Excel and other systems (UTF-8 with BOM)."),
            _("The same table for data tools; small and exact."),
        )  # fmt: skip
        for number, entry in enumerate(downloads(work.plan)):
            download_button(
                entry,
                key=f"take_{number}",
                icon=":material/download:",
                width="stretch",
                type="primary" if number == 0 else "secondary",
            )
            st.caption(hints[number])
    with right:
        st.markdown(bold(_("Bring an edited workbook back")))
        _bring_back(work, basis)
        signed.check_signed(work.plan)


def downloads(plan: Plan) -> list[Download]:
    """Return the plan's files."""
    name = f"{plan.name} {plan.plan_id} v{plan.version}".replace("/", "-")
    kinds = ((_("Workbook (Excel)"), "xlsx", XLSX), (_("Table (CSV)"), "csv", "text/csv"),
             (_("Table (Parquet)"), "parquet", "application/octet-stream"))  # fmt: skip
    return [
        Download(label, f"{name}.{ending}", mime, partial(_bytes, plan, ending))
        for label, ending, mime in kinds
    ]


def _bytes(plan: Plan, ending: str) -> bytes:
    book = plan_book(runtime.store(), plan)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{ending}"
        write_plan(path, book)
        return path.read_bytes()


def _bring_back(work: Work, basis: Basis) -> None:
    file = st.file_uploader(
        _("The workbook, edited on its detail sheet"), ["xlsx"], key=f"back_{work.plan.version}"
    )
    if file is None:
        st.caption(
            _("Change months on the sheet “Detail”, save, and bring the file here: every cell that differs "
              "is shown, and you accept or refuse. Files of other plans or earlier versions are refused.")
        )  # fmt: skip
        return
    if not work.plan.editable:
        st.warning(_("This plan can't be changed in its state; see step 5."))
        return
    if not work.changes.empty:
        st.warning(_("Save or undo your own changes first."))
        return
    try:
        returned = _read(work, file.name, file.getvalue())
    except AppError as error:
        frame.show_error(error)
        return
    _differences(work, basis, returned)


def _read(work: Work, name: str, content: bytes) -> Returned:
    mark = fingerprint(work.plan, work.saved)
    expected = Expected(
        work.plan.plan_id, work.plan.version, mark, work.plan.year, work.plan.unit, work.saved
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        return read_back(path, expected)


def _differences(work: Work, basis: Basis, returned: Returned) -> None:
    if returned.changes.empty and returned.locked.empty:
        st.success(_("The workbook has the same figures as the plan."))
        return
    st.markdown(ngettext("{n} cell differs.", "{n} cells differ.", len(returned.changes)))
    changes_table(work.plan, returned.changes, basis, key="back_changes")
    if len(returned.locked):
        st.caption(
            ngettext(
                "{n} more cell is locked and stays.",
                "{n} more cells are locked and stay.",
                len(returned.locked),
            )
        )
        changes_table(work.plan, returned.locked, basis, key="back_locked")
    change = float(work.plan.unit.amounts(int(returned.changes["change"].sum())))
    ways = {
        "follow": _("The totals follow ({change})", change=numbers.money(change, sign=True)),
        "region": _("Each region keeps its total; its other cells take the difference"),
        "plan": _("The plan keeps its total; all other cells take the difference"),
    }
    way = st.radio(_("Totals"), list(ways), format_func=lambda code: ways.get(code, code), key="back_way")
    with st.container(horizontal=True):
        st.button(
            _("Take over"), type="primary", key="back_accept", disabled=returned.changes.empty,
            on_click=in_language(_accept), args=(work, returned, way),
        )  # fmt: skip
        st.caption(
            _("To refuse, take the file away. Taken over, the changes can be undone and are saved in step 3.")
        )


def _accept(work: Work, returned: Returned, way: str) -> None:
    cells = work.cells.copy()
    cells.loc[returned.changes.index, "count"] = returned.changes["count_after"]
    try:
        if way != "follow":
            within = ["region_id"] if way == "region" else []
            cells = rescale_to_total(work.cells, cells, within=within, unit=work.plan.unit)
        work.become(cells, _("Took over a workbook"))
    except AppError as error:
        work.error = error
