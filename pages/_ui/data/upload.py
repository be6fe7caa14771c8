"""Uploaded files on their way into the store: saved, checked, loaded; one of each per session."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.exchange.file_endings import READ
from core.exchange.flow.files import is_canonical
from core.exchange.canonical.importing import (
    CheckResult,
    ImportOptions,
    ImportResult,
    check_files,
    load,
)
from pages._ui import runtime
from pages._ui.data import guide
from pages._ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.store.progress import Watch

STATE = "upload"
GUIDED = "guided_import"
_NAME_BYTES = 180
"""File systems take names of 255 bytes; a Chinese character needs three."""


@dataclass
class Upload:
    """Files of one upload with the way they are to be imported.

    Parameters
    ----------
    key
        What tells this upload from another: files and options.
    files
        Where they are saved.
    options
        Table and mode.
    checking, loading
        The work on them; ``loading`` once the user asked for it.
    messy
        Files that aren't those of the templates; where there are any, all go the guided way.
    """

    key: tuple[object, ...]
    files: tuple[Path, ...]
    options: ImportOptions
    checking: Job[CheckResult]
    loading: Job[ImportResult] | None = None
    messy: tuple[Path, ...] = ()

    def load(self) -> None:
        """Begin to write the files to the store."""

        def work(watch: Watch) -> ImportResult:
            return load(runtime.store(), self.files, self.options, watch)

        self.loading = Job(work, gives_way=True).start()


def current(files: Sequence[Any], options: ImportOptions) -> Upload:
    """Return the upload of these files, and begin to check them when they are new.

    Parameters
    ----------
    files
        What the file uploader returned.
    options
        Table and mode; other ones check again.
    """
    key = (tuple((file.file_id, file.name) for file in files), options)
    upload: Upload | None = st.session_state.get(STATE)
    # Files on the guided way don't go by table and mode.
    if upload is not None and upload.messy and upload.key[0] == key[0]:
        return upload
    if upload is None or upload.key != key:
        if upload is not None:
            upload.checking.cancel()
        saved = _save(files)

        def work(watch: Watch) -> CheckResult:
            return check_files(runtime.store(), saved, options, watch)

        messy = () if options.table else tuple(path for path in saved if not is_canonical(path))
        guidable = messy and all(path.suffix.lower() in READ for path in saved)
        upload = Upload(key, saved, options, Job(work, gives_way=True), messy=saved if guidable else ())
        st.session_state[GUIDED] = bool(guidable)
        if guidable:
            st.session_state[STATE] = upload
            st.rerun()
        upload.checking.start()
        st.session_state[STATE] = upload
    return upload


def forget() -> None:
    """Remove the session's saved files."""
    st.session_state.pop(STATE, None)
    st.session_state.pop(GUIDED, None)
    guide.forget()
    shutil.rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    context = get_script_run_ctx()
    session = context.session_id if context else "none"
    return runtime.uploads() / session


def free_path(folder: Path, name: str) -> Path:
    """Return where an uploaded file is saved under its name, which no other file in the folder has.

    A browser may send two files of the same name, from two folders; the second is numbered as a browser
    numbers a second download. A name longer than file systems take is cut.
    """
    # A name only: what a browser sends may look like a path.
    own = PurePosixPath(name.replace("\\", "/")).name or "file"
    suffix = PurePosixPath(own).suffix
    stem = own.removesuffix(suffix).encode()[:_NAME_BYTES].decode(errors="ignore")
    names = itertools.chain([""], (f" ({number})" for number in itertools.count(2)))
    return next(path for number in names if not (path := folder / f"{stem}{number}{suffix}").exists())


def _save(files: Sequence[Any]) -> tuple[Path, ...]:
    folder = _folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    saved = []
    for file in files:
        target = free_path(folder, file.name)
        with target.open("wb") as output:
            shutil.copyfileobj(file, output)
        file.seek(0)
        saved.append(target)
    return tuple(saved)
