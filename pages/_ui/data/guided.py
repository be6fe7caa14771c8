"""The guided import: file, columns, names, check; each with what was understood and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _, format_number, ngettext
from core.reports.market.choices import level_label
from core.tables import BY_NAME
from pages._ui.shell import frame
from pages._ui.data import guide, upload
from pages._ui.data.steps import columns, file, findings, names
from pages._ui.language import in_language
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.components.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.exchange.flow import SheetFlow
    from pages._ui.data.guide import Guide

STEPS = {
    "reading": (N_("File"), file.show),
    "mapping": (N_("Columns and units"), columns.show),
    "names": (N_("Names"), names.show),
    "findings": (N_("Check and import"), findings.show),
}


def show(paths: Sequence[Path]) -> None:
    """Guide the files, one after the other."""
    chosen = paths[0]
    if len(paths) > 1:
        by_name = {path.name: path for path in paths}
        name = st.selectbox(_("File"), list(by_name), key="guided_file")
        chosen = by_name[name or paths[0].name]
    current = guide.guide_of(chosen)
    if current.loading is not None:
        _loading(current)
        return
    if not current.settled():
        _working(current)
        return
    _sentence(current)
    step = _steps(current)
    STEPS[step][1](current)


def _working(current: Guide) -> None:
    working = current.working
    assert working is not None
    if working.error is None:
        # It may have ended a moment ago: then the bar runs the page again at once.
        progress(working, _("Looking at the file"), key="understanding")
        return
    frame.show_error(working.error)
    st.button(_("Try again"), on_click=upload.forget, key="understand_again")


def _sentence(current: Guide) -> None:
    """Say in one sentence what the file is and what is open."""
    flow = current.flow
    assert flow is not None
    parts = []
    for sheet in flow.sheets:
        table = _(BY_NAME[sheet.table].label) if sheet.table else _("not known yet")
        from_where = f"{escape_markdown(sheet.name)} → " if sheet.name != table else ""
        parts.append(f"{from_where}**{table}** · {_count(sheet)}")
    asked = len(flow.questions)
    if asked:
        parts.append(ngettext("**{n} question is open.**", "**{n} questions are open.**", asked))
    elif current.prepared is not None:
        good, bad = current.prepared.good, current.prepared.bad
        values = {"good": format_number(good), "bad": format_number(bad)}
        parts.append(_("**{good} rows can be imported, {bad} have errors.**", **values))
    st.markdown(" ｜ ".join(parts))


def _count(sheet: SheetFlow) -> str:
    """Say how many rows a sheet has; of a list of regions how many there are of each level."""
    if not sheet.levels:
        rows = sheet.reading.count
        if rows is None:
            # Of a large file a sample was read so far.
            return _("large file")
        return ngettext("{rows} row", "{rows} rows", rows, rows=format_number(rows))
    counts = [f"{level_label(level.level)} {format_number(level.regions)}" for level in sheet.levels]
    new = sum(level.new for level in sheet.levels)
    return _(", ").join(counts) + _(", {new} of them new", new=format_number(new))


def _steps(current: Guide) -> str:
    """Show the steps with what is open in each; the first open one is shown until another is chosen."""
    flow = current.flow
    assert flow is not None
    asked = {step: sum(q.step == step for q in flow.questions) for step in STEPS}
    # Nothing is checked off where there was nothing to match.
    matched = any(sheet.matches for sheet in flow.sheets)
    read = not asked["reading"]
    # While it is open what is in the file, columns and names may still become others.
    settled = {"reading": True, "mapping": read, "names": matched and read, "findings": False}
    first = next((step for step in STEPS if asked[step]), "findings")
    key = f"guide_step_{current.generation}"
    labels = {}
    for number, (step, (title, _show)) in enumerate(STEPS.items(), 1):
        mark = f" · {asked[step]} ?" if asked[step] else " ✓" if settled[step] else ""
        labels[step] = f"{number} {_(title)}{mark}"
    chosen = st.segmented_control(
        _("Step"),
        list(STEPS),
        format_func=labels.__getitem__,
        default=first,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    return chosen or first


def _loading(current: Guide) -> None:
    loading = current.loading
    assert loading is not None
    if not loading.done.wait(guide.QUICK):
        progress(loading, _("Importing"), key="guided_loading")
        return
    if loading.error is not None:
        frame.show_error(loading.error)
        st.button(_("Back to the check"), on_click=in_language(_again), args=(current,), key="guided_back")
        return
    assert loading.result is not None
    st.session_state["import_result"] = loading.result.imported
    st.session_state["import_aside"] = loading.result.aside
    st.session_state["upload_generation"] += 1
    guide.forget()
    upload.forget()
    st.rerun()


def _again(current: Guide) -> None:
    current.loading = None
