"""A list of users from a file: checked, shown, taken over at a click."""

from __future__ import annotations

import secrets
import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.exchange.user_list import HEADERS, UserList, read_user_list
from core.i18n import _, ngettext
from core.store.access.users import save_all
from pages._ui import runtime
from pages._ui.access.form import MESSAGE
from pages._ui.access.users import known, listed
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

TYPES = ("xlsx", "xls", "ods", "csv", "txt")


def import_list() -> None:
    """Offer to bring a list of users."""
    turn = st.session_state.get("user_file_turn", 0)
    with st.popover(_("Import a list"), icon=":material/upload_file:", key="user_import"):
        st.markdown(
            _("Columns: {columns}.", columns=_(", ").join(_(header) for header in HEADERS.values()))
            + " "
            + _("Who isn't in the list stays as is; a column that isn't there changes nothing.")
        )
        file = st.file_uploader(_("Excel or CSV"), TYPES, key=f"user_file_{turn}")
        if file is not None:
            _show(file)


def _show(file: UploadedFile) -> None:
    try:
        found = _read(file)
    except AppError as error:
        st.error(escape_markdown(error.message), icon=":material/error:")
        st.text(error.hint)
        return
    if found.unused:
        st.caption(_("Columns that are not used: {columns}.", columns=_(", ").join(found.unused)))
    same = len(found.users) - found.added - found.changed
    st.markdown(
        _("{added} new, {changed} changed, {same} as they were.", added=found.added, changed=found.changed,
          same=same)
    )  # fmt: skip
    count = found.added + found.changed
    st.button(
        ngettext("Take over {n} user", "Take over {n} users", count), type="primary", disabled=not count,
        key="user_import_run", on_click=in_language(_take_over), args=(found,),
    )  # fmt: skip


def _read(file: UploadedFile) -> UserList:
    """Read an uploaded file in a folder that goes at once: it holds names and addresses."""
    folder = runtime.uploads() / secrets.token_hex(8)
    folder.mkdir(parents=True)
    try:
        path = folder / f"users{PurePosixPath(file.name).suffix.lower()}"
        path.write_bytes(file.getvalue())
        present = {record.user.email: record.user for record in listed()}
        return read_user_list(path, present, known())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_over(found: UserList) -> None:
    try:
        save_all(runtime.store(), found.users)
    except AppError as error:
        st.session_state[MESSAGE] = str(error)
        return
    st.session_state["user_file_turn"] = st.session_state.get("user_file_turn", 0) + 1
    st.toast(_("Saved."))
