"""Import: upload, see everything that is wrong at once, load with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.canonical.importing import ImportOptions, unsummed_sentence
from core.exchange.file_endings import READ
from core.i18n import N_, _, format_number, ngettext
from core.store.loading.source_table import Mode
from core.tables import BY_NAME, TABLES
from pages._ui.shell import frame
from pages._ui import url
from pages._ui.data import findings, guided, upload
from pages._ui.language import in_language
from pages._ui.components.progress import progress

if TYPE_CHECKING:
    from core.exchange.canonical.importing import CheckResult, ImportResult
    from pages._ui.data.upload import Upload

TYPES = ("parquet", *(ending.removeprefix(".") for ending in READ))
MODES = {
    Mode.UPSERT: (N_("Add and update"), N_("New rows are added, rows with the same key are updated.")),
    Mode.APPEND: (N_("Add only"), N_("A row whose key exists already is an error.")),
    Mode.REPLACE: (N_("Replace the table"), N_("Rows that the files don't have are deleted.")),
}
BY_FILE_NAME = ""


def show() -> None:
    """Show the panel."""
    generation = st.session_state.setdefault("upload_generation", 0)
    if st.session_state.get(upload.GUIDED):
        left = st.container()
        options = ImportOptions()
    else:
        left, right = st.columns([2, 1], gap="medium")
        with right:
            options = _options()
    with left:
        files = st.file_uploader(
            _("Files as you have them: Excel, CSV, ODS, ZIP; also Parquet and GeoJSON; several at once"),
            TYPES,
            accept_multiple_files=True,
            key=f"files_{generation}",
        )
        if not files:
            _last_result()
            return
        pending = upload.current(files, options)
        if pending.messy:
            guided.show(pending.messy)
            return
        if pending.loading is not None:
            _loading(pending)
            return
        check = _checked(pending)
    if check is not None:
        findings.show(check, key="found")


def _options() -> ImportOptions:
    mode = st.radio(
        _("What to do with the rows"),
        list(MODES),
        format_func=lambda mode: _(MODES[mode][0]),
        captions=[_(caption) for _label, caption in MODES.values()],
        key="import_mode",
        persist_state="session",
    )
    labels = {BY_FILE_NAME: _("By the names of files and sheets")} | {t.name: _(t.label) for t in TABLES}
    table = st.selectbox(
        _("Which table"),
        list(labels),
        format_func=labels.__getitem__,
        key="import_table",
        persist_state="session",
    )
    return ImportOptions(table or None, mode)


def _checked(pending: Upload) -> CheckResult | None:
    """Show what the check found and offer the import; return the check when it is done."""
    checking = pending.checking
    if not checking.done.is_set():
        progress(checking, _("Checking the files"), key="checking")
        return None
    if checking.error is not None:
        frame.show_error(checking.error)
        st.button(_("Check again"), on_click=upload.forget, key="check_again")
        return None
    check = checking.result
    assert check is not None
    _summary(check)
    rows = sum(count for _file, _table, count in check.rows)
    sure = True
    if check.ok and pending.options.mode is Mode.REPLACE:
        sure = st.checkbox(_("Yes, delete the rows that the files don't have."), key="sure_to_replace")
    st.button(
        _("Import {rows} rows", rows=format_number(rows)),
        type="primary",
        icon=":material/download_done:",
        disabled=not (check.ok and rows and sure),
        on_click=in_language(pending.load),
        key="load",
    )
    return check


def _summary(check: CheckResult) -> None:
    lines = []
    for file, table, rows in check.rows:
        label = _(BY_NAME[table].label) if table in BY_NAME else table
        count = ngettext("{rows} row", "{rows} rows", rows, rows=format_number(rows))
        lines.append(f"- {file} → **{label}** · {count}")
    st.markdown("\n".join(lines))
    if check.errors:
        st.error(
            ngettext(
                "{n} error: nothing can be imported until it is corrected.",
                "{n} errors: nothing can be imported until they are corrected.",
                check.errors,
            ),
            icon=":material/block:",
        )
    elif check.warnings:
        st.warning(
            ngettext(
                "{n} value is odd; it will be kept and counted.",
                "{n} values are odd; they will be kept and counted.",
                check.warnings,
            ),
            icon=":material/warning:",
        )
    elif check.rows:
        st.success(_("Nothing is wrong with these files."), icon=":material/check_circle:")


def _loading(pending: Upload) -> None:
    loading = pending.loading
    assert loading is not None
    if not loading.done.is_set():
        progress(loading, _("Importing"), key="loading")
        return
    if loading.error is not None:
        frame.show_error(loading.error)
        st.button(_("Back to the check"), on_click=upload.forget, key="back")
        return
    st.session_state["import_result"] = loading.result
    # A fresh uploader: these files are done with.
    st.session_state["upload_generation"] += 1
    upload.forget()
    st.rerun()


def _last_result() -> None:
    result: ImportResult | None = st.session_state.get("import_result")
    if result is None:
        st.caption(
            _(
                "Files of the templates are checked and imported at once. Others are read and shown step by "
                "step; what isn't sure is asked."
            )
        )
        return
    if not result.changed:
        _aside()
        st.info(_("Nothing changed: the store has all of these rows already."), icon=":material/done_all:")
        return
    st.success(_("Imported."), icon=":material/check_circle:")
    if not result.is_summed:
        st.info(unsummed_sentence(), icon=":material/functions:")
    _aside()
    for batch in result.batches:
        changes = batch.changes
        st.markdown(
            _(
                "{file} → **{table}**: {inserted} added, {updated} updated, {deleted} deleted",
                file=batch.file,
                table=_(BY_NAME[batch.table].label) if batch.table in BY_NAME else batch.table,
                inserted=format_number(changes.inserted),
                updated=format_number(changes.updated),
                deleted=format_number(changes.deleted),
            )
        )


def _aside() -> None:
    aside = st.session_state.get("import_aside")
    if aside:
        st.warning(
            ngettext(
                "{n} row was set aside; correct it under “Set aside”.",
                "{n} rows were set aside; correct them under “Set aside”.",
                aside,
            ),
            icon=":material/inbox:",
        )
        st.button(
            _("Correct them now"),
            icon=":material/edit:",
            key="to_quarantine",
            on_click=in_language(_to_aside),
        )


def _to_aside() -> None:
    url.put("tab", "quarantine")
