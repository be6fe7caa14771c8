"""What a file is, by its content: the ending is only what somebody called it."""

from __future__ import annotations

import io
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.markup.xml_2003 import NAMESPACE
from core.exchange.readers.outlines.shapefile import SHAPEFILE_MARK
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
    "xlsb": (".xlsb",),
    "json": (".json", ".jsonl", ".ndjson", ".geojson", ".topojson"),
    "html": (".html", ".htm"),
    "xml_2003": (".xml",),
    "shapefile": (".shp",),
}
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<body")


def kind_of_file(source: Path | bytes, file: str, limits: Limits) -> str:
    """Return what a file is by its content, a key of the known endings: ``xlsx``, ``text``, ``json`` ...

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
    if head.startswith(SHAPEFILE_MARK):
        return "shapefile"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if _JSON.match(start):
        return "json"
    return _markup(start, file)


def _markup(start: bytes, file: str) -> str:
    """Return what a text is by its first tag."""
    lowered = start.lower()
    if NAMESPACE.encode() in start and b"workbook" in lowered:
        return "xml_2003"
    is_page = lowered.startswith(_HTML) or (
        lowered.startswith((b"<?xml", b"<!doctype")) and b"<html" in lowered
    )
    if is_page:
        return "html"
    if lowered.startswith((b"<?xml", b"<!doctype", b"mime-version:")):
        raise _refused(file, _("XML or a saved page of a kind that holds no table"))
    return "text"


def _package(source: Path | bytes, file: str, limits: Limits) -> str:
    with open_package(source if isinstance(source, Path) else io.BytesIO(source), file, limits) as package:
        names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.endswith((".iwa", "Index.zip")) for name in names):
        raise ImportRefusedError(
            _("The file {file} is a workbook of Apple Numbers.", file=file),
            _("Open it in Numbers and choose File → Export To → Excel, or CSV."),
        )
    if {"content.xml", "mimetype"} <= names:
        return "ods"
    if "[Content_Types].xml" in names:
        raise _refused(file, _("a document of Office that is no workbook"))
    return "zip"


def _refused(file: str, what: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("The file {file} is {what}.", file=file, what=what),
        _(
            "Read are XLSX, XLSM, XLSB, XLS, ODS, CSV, TSV, JSON, HTML, ZIP, GeoJSON, TopoJSON, shapefiles."
            " Open it and save it as XLSX or “CSV UTF-8”."
        ),
    )


def ending_note(file: str, kind: str) -> tuple[Note, ...]:
    """Return a note when the ending of a file says another kind than its content."""
    ending = PurePosixPath(file).suffix.lower()
    if not ending or ending in _ENDINGS[kind]:
        return ()
    return (Note("ending", {"ending": ending, "kind": kind.upper()}),)
