"""Writes a small OpenDocument spreadsheet by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(
    rows: Sequence[Sequence[object]],
    *,
    merged: Mapping[tuple[int, int], int] | None = None,
    hidden_rows: Collection[int] = (),
) -> Callable[[Path], object]:
    """Return what writes a sheet; ``merged`` gives the height of ranges by their top cell, from 0."""

    def write(path: Path) -> None:
        body = ""
        for number, row in enumerate(rows):
            seen = ' table:visibility="collapse"' if number in hidden_rows else ""
            cells = "".join(_cell(cell, (merged or {}).get((number, c), 1)) for c, cell in enumerate(row))
            body += f"<table:table-row{seen}>{cells}</table:table-row>"
        package(path, f'<table:table table:name="Sheet1">{body}</table:table>')

    return write


def package(path: Path, tables: str) -> None:
    """Write the package around tables in XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPE)
        content = f"{_HEAD}{tables}</office:spreadsheet></office:body></office:document-content>"
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)


def _cell(value: object, height: int) -> str:
    span = f' table:number-rows-spanned="{height}" table:number-columns-spanned="1"' if height > 1 else ""
    if value is None:
        return "<table:table-cell/>"
    kind = f'float" office:value="{value}' if isinstance(value, float) else "string"
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell{span} office:value-type="{kind}">{text}</table:table-cell>'
