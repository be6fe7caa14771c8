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
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
)
_STYLES = {
    "0!.0,": '<number:number number:decimal-places="0" number:min-integer-digits="2"'
    ' number:display-factor="1000"><number:embedded-text number:position="1">.</number:embedded-text>'
    "</number:number>",
    "#,##0,": '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"'
    ' number:display-factor="1000"/>',
    "0.00,,": '<number:number number:decimal-places="2" number:min-integer-digits="1"'
    ' number:display-factor="1000000"/>',
    '0"万元"': '<number:number number:decimal-places="0" number:min-integer-digits="1"/>'
    "<number:text>万元</number:text>",
    '0.0"%"': '<number:number number:decimal-places="1" number:min-integer-digits="1"/>'
    "<number:text>%</number:text>",
    "#,##0.00": '<number:number number:decimal-places="2" number:min-integer-digits="1"'
    ' number:grouping="true"/>',
}
"""Format code -> what LibreOffice writes for it."""
UNKNOWN = '<number:number number:decimal-places="0" number:display-factor="10000"/>'
"""A factor that no format code has."""
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
    formats: Mapping[tuple[int, int], str] | None = None,
) -> Callable[[Path], object]:
    """Return what writes a sheet; ``merged`` gives the height of ranges by their top cell, from 0.

    ``formats`` gives the codes of cells.
    """
    codes = list(dict.fromkeys((formats or {}).values()))
    styles = "".join(
        f'<number:number-style style:name="N{at}">{_STYLES.get(code, UNKNOWN)}</number:number-style>'
        f'<style:style style:name="ce{at}" style:family="table-cell" style:data-style-name="N{at}"/>'
        for at, code in enumerate(codes)
    )

    def write(path: Path) -> None:
        body = ""
        for number, row in enumerate(rows):
            seen = ' table:visibility="collapse"' if number in hidden_rows else ""
            cells = ""
            for column, cell in enumerate(row):
                code = (formats or {}).get((number, column))
                styled = f' table:style-name="ce{codes.index(code)}"' if code else ""
                cells += _cell(cell, (merged or {}).get((number, column), 1), styled)
            body += f"<table:table-row{seen}>{cells}</table:table-row>"
        package(path, f'<table:table table:name="Sheet1">{body}</table:table>', styles)

    return write


def package(path: Path, tables: str, styles: str = "") -> None:
    """Write the package around tables and styles in XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPE)
        automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        content = f"{_HEAD}{automatic}{body}</office:document-content>"
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)


def _cell(value: object, height: int, styled: str) -> str:
    span = f' table:number-rows-spanned="{height}" table:number-columns-spanned="1"' if height > 1 else ""
    if value is None:
        return "<table:table-cell/>"
    kind = f'float" office:value="{value}' if isinstance(value, float) else "string"
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell{styled}{span} office:value-type="{kind}">{text}</table:table-cell>'
