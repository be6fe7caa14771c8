"""Writes a workbook in the XML of Excel 2003."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_HEAD = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def xml_2003(rows: Sequence[Sequence[object]], formats: Mapping[tuple[int, int], str]) -> bytes:
    """Return a workbook of one sheet; ``formats`` gives the codes of cells, from 0."""
    codes = list(dict.fromkeys(formats.values()))
    styles = "".join(
        f'<Style ss:ID="s{at}"><NumberFormat ss:Format={quoteattr(code)}/></Style>'
        for at, code in enumerate(codes)
    )
    lines = ""
    for number, row in enumerate(rows):
        cells = ""
        for column, value in enumerate(row):
            code = formats.get((number, column))
            style = f' ss:StyleID="s{codes.index(code)}"' if code else ""
            kind = "Number" if isinstance(value, (int, float)) else "String"
            cells += f'<Cell{style}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'
        lines += f"<Row>{cells}</Row>"
    table = f'<Worksheet ss:Name="Sheet1"><Table>{lines}</Table></Worksheet>'
    return f"{_HEAD}<Styles>{styles}</Styles>{table}</Workbook>".encode()
