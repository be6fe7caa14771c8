"""Rows that were set aside: correct them in place or in Excel, load them, or give them up with a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.exchange.flow import FileAnswers, Known
from core.exchange.flow.load.report import quarantine_workbook
from core.exchange.flow.load.retrying import from_table, headers_of, load_again, payloads, try_again
from core.exchange.readers import read_file
from core.sandbox import read_apart
from core.i18n import _, format_number, ngettext
from core.store.loading import quarantine
from core.tables import BY_NAME
from pages._ui.components import downloads
from pages._ui import runtime
from pages._ui.data.flaw_table import FEW, flaw_table, sentences
from pages._ui.data.steps.grids import free, row_column, shown, tall
from pages._ui.components.empty import empty
from pages._ui.language import in_language

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.flow.load.retrying import Retry

TRIED, DONE, CHOSEN = "quarantine_tried", "quarantine_done", "quarantine_chosen"
SHOWN = 500


def show() -> None:
    """Show the panel."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(done, icon=":material/check_circle:")
    items = quarantine.items(runtime.store()).to_pandas()
    if items.empty:
        empty(_("No row is set aside."), key="no_quarantine")
        return
    groups = {
        f"{run}|{sheet}": rows for (run, sheet), rows in items.groupby(["run_id", "sheet_name"], sort=False)
    }
    keys = list(groups)
    before = st.session_state.get(CHOSEN)
    chosen = st.selectbox(
        _("File"),
        keys,
        keys.index(before) if before in keys else 0,
        format_func=lambda key: _title(groups[key]),
        # A list that has become shorter has other titles.
        key=f"quarantine_group_{runtime.store().data_version}",
    )
    st.session_state[CHOSEN] = chosen
    _group(groups[chosen or keys[0]])


def _title(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    count = ngettext("{rows} row", "{rows} rows", len(rows), rows=format_number(len(rows)))
    name = str(first["table_name"])
    table = _(BY_NAME[name].label)
    return f"{first['file_name']} · {first['sheet_name']} → {table} · {count}"


def _group(items: pd.DataFrame) -> None:
    headers = headers_of(Known(runtime.store()), items)
    table = payloads(items, headers).head(SHOWN).map(shown)
    messages = ["; ".join(json.loads(text)) for text in items["findings"].head(SHOWN)]
    numbers = items["row_number"].head(SHOWN).to_numpy()
    row, finding = free(_("Row"), table.columns), free(_("Finding"), table.columns)
    cells = list(table.columns)
    if len(items) <= FEW:
        # Sentences are read, not cut off in a cell.
        places = (_("Row {row}", row=number) for number in numbers)
        sentences(("", place, text, "") for place, text in zip(places, messages, strict=True))
    else:
        table.insert(0, finding, messages)
    table.insert(0, row, numbers)
    version = runtime.store().data_version
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[row, finding],
        height=tall(len(table), 360),
        column_config={row: row_column(), finding: st.column_config.TextColumn(width="large")},
        key=f"quarantine_{version}_{items['run_id'].iloc[0]}_{items['sheet_name'].iloc[0]}",
    )
    rows = edited[cells].replace("", None)
    stem = _("set-aside")
    with st.container(horizontal=True):
        st.button(
            _("Check and import what is right now"),
            type="primary",
            icon=":material/refresh:",
            key="quarantine_retry",
            on_click=in_language(_retry),
            args=(items, rows),
        )
        downloads.download_button(
            downloads.Download(
                _("These rows (Excel)"),
                f"{stem}-{items['run_id'].iloc[0]}.xlsx",
                downloads.XLSX,
                lambda: quarantine_workbook(items, headers),
            ),
            key="quarantine_download",
            icon=":material/download:",
        )
        with st.popover(_("Give up"), icon=":material/delete:", key="quarantine_discard_menu"):
            _discard(items)
    back = st.file_uploader(_("The corrected workbook"), ("xlsx",), key=f"quarantine_back_{version}")
    if back is not None:
        st.button(
            _("Check and import the workbook"),
            key="quarantine_workbook",
            on_click=in_language(_retry_workbook),
            args=(items, back),
        )
    tried: Retry | None = st.session_state.pop(TRIED, None)
    if tried is not None:
        for question in tried.prepared.flow.questions:
            remedy = _("Write the full name or the ID.")
            st.warning(f"{question.text} {remedy}", icon=":material/help:")
        if not tried.good and not tried.prepared.flow.questions:
            st.warning(_("No row is right yet; nothing was imported."), icon=":material/warning:")
        flaw_table(tried.prepared)


def _discard(items: pd.DataFrame) -> None:
    reason = st.text_input(_("Why aren't they needed?"), key="quarantine_reason")
    st.button(
        _("Give up all {rows} rows", rows=format_number(len(items))),
        disabled=not (reason or "").strip(),
        key="quarantine_discard",
        on_click=in_language(_give_up),
        args=([int(item) for item in items["item_id"]], reason),
    )


def _give_up(item_ids: list[int], reason: str) -> None:
    quarantine.discard(runtime.store(), item_ids, reason)
    st.session_state[DONE] = _("Given up; they stay in the log with the reason.")


def _retry_workbook(items: pd.DataFrame, back: Any) -> None:  # noqa: ANN401 - what Streamlit uploads
    sheets = read_apart(back.name, read_file, back.getvalue(), back.name).tables
    headers = sheets[0].table.columns if sheets else ()
    marker = next((name for name in headers if name in {"编号", "Item no."}), None)
    if marker is None:
        st.session_state[DONE] = None
        st.toast(_("The column with the item numbers is missing."), icon=":material/error:")
        return
    _retry(items, from_table(items, sheets[0].table, str(marker)))


def _retry(items: pd.DataFrame, rows: pd.DataFrame) -> None:
    known = Known(runtime.store())
    retry = try_again(known, items, rows, FileAnswers())
    st.session_state[TRIED] = retry
    if retry.prepared.flow.questions or not retry.good:
        return
    load_again(retry, known)
    count = len(retry.good)
    st.session_state[DONE] = ngettext("{n} row was imported.", "{n} rows were imported.", count)
