"""What a file is, by its content: the ending is only what somebody called it."""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.questions import Note
from core.exchange.readers.workbook.packages import damaged, open_package
from core.i18n import N_, _

if TYPE_CHECKING:
    from core.exchange.readers.limits import Limits

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHERS = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"Rar!", N_("a RAR archive")),
    (b"7z\xbc\xaf", N_("a 7-Zip archive")),
    (b"\x1f\x8b", N_("a gzip archive")),
    (b"{\\rtf", N_("a text document")),
    (b"PAR1", N_("a Parquet file")),
    (b"MZ", N_("a program")),
)
_ENDINGS = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
    "text": (".csv", ".tsv", ".txt", ".tab"),
    "zip": (".zip",),
}


def kind_of_file(source: Path | bytes, file: str, limits: Limits) -> str:
    """Return ``xlsx``, ``xls``, ``ods``, ``zip`` or ``text``.

    Raises
    ------
    ImportRefusedError
        It is empty, or of a kind that holds no table this program reads.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            head = stream.read(4096)
    else:
        head = source[:4096]
    if not head:
        raise ImportRefusedError(
            _("The file {file} is empty.", file=file), _("A header is the least a file needs.")
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(source, file, limits)
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(b"PK"):
        raise damaged(file)
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise _refused(file, _(what))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")):
        raise _refused(file, _("a web page or XML, whatever its ending says"))
    return "text"


def _package(source: Path | bytes, file: str, limits: Limits) -> str:
    with open_package(source if isinstance(source, Path) else io.BytesIO(source), file, limits) as package:
        names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise _refused(file, _("a binary workbook (XLSB)"))
    if {"content.xml", "mimetype"} <= names:
        return "ods"
    if "[Content_Types].xml" in names:
        raise _refused(file, _("a document of Office that is no workbook"))
    return "zip"


def _refused(file: str, what: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("The file {file} is {what}.", file=file, what=what),
        _("Read are XLSX, XLSM, XLS, ODS, CSV, TSV and ZIP. Open it and save it as XLSX or “CSV UTF-8”."),
    )


def ending_note(file: str, kind: str) -> tuple[Note, ...]:
    """Return a note when the ending of a file says another kind than its content."""
    ending = PurePosixPath(file).suffix.lower()
    if not ending or ending in _ENDINGS[kind]:
        return ()
    return (Note("ending", {"ending": ending, "kind": kind.upper()}),)
