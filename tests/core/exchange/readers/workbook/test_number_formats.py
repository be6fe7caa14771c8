"""Number formats of the containers besides XLSX, and files whose formats can't be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.exchange.readers import read_file
from core.exchange.readers.sheet.cells import ShownNumber
from core.exchange.readers.workbook.number_formats import parse_format
from tests.core.exchange.corpus.ods_file import package
from tests.core.exchange.corpus.xls_file import xls

if TYPE_CHECKING:
    import pytest

ROWS = [("区域", "金额"), ("武汉市", 450_000.0), ("宜昌市", 0.25)]
FORMATS = {(1, 1): "0!.0,", (2, 1): '0.0"%"'}


def shown(path: Path) -> list[tuple[float, str]]:
    """Return the figures of the second column with the units their formats write."""
    cells = read_file(path).tables[0].table.iloc[:, 1]
    return [(float(cell), cell.unit if isinstance(cell, ShownNumber) else "") for cell in cells]


def test_xls_figures_are_as_shown(tmp_path: Path) -> None:
    """A cell of XLS that is divided by its format, or has a unit beside it, is read as it is shown."""
    xls(ROWS, formats=FORMATS)(tmp_path / "a.xls")
    assert shown(tmp_path / "a.xls") == [(45.0, ""), (0.25, "%")]


def test_xls_with_unreadable_formats_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An XLS whose cells can be read and whose styles are cut short is marked as one with unknown formats."""
    short = b"\xe0\x00\x04\x00\x00\x00\xa4\x00"
    monkeypatch.setattr("tests.core.exchange.corpus.xls_file._style", lambda _code: short)
    xls(ROWS, formats=FORMATS)(tmp_path / "a.xls")
    table = read_file(tmp_path / "a.xls").tables[0]
    assert not table.formats_read
    assert table.table.iloc[0, 1] == 450_000


def test_ods_styles_of_columns_and_conditions(tmp_path: Path) -> None:
    """A style of a whole column, and one that depends on the size of a number, count as a cell's own."""
    part = '<number:number-style style:name="N1P0"><number:number number:min-integer-digits="2"'
    part += ' number:display-factor="1000"><number:embedded-text number:position="1">.'
    part += "</number:embedded-text></number:number><number:text>万元</number:text></number:number-style>"
    whole = '<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/>'
    whole += "<number:text>元</number:text>"
    whole += '<style:map style:condition="value()&gt;=10000" style:apply-style-name="N1P0"/>'
    whole += "</number:number-style>"
    styles = part + whole
    styles += '<style:style style:name="c" style:family="table-cell" style:data-style-name="N1"/>'
    styles += '<style:style style:name="d" style:family="table-cell" style:parent-style-name="c"/>'
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{name}</text:p>'
        f"</table:table-cell><table:table-cell {value}</table:table-cell></table:table-row>"
        for name, value in (
            ("区域", 'office:value-type="string"><text:p>金额</text:p>'),
            ("武汉市", 'office:value-type="float" office:value="450000"><text:p>45.0万元</text:p>'),
            ("宜昌市", 'office:value-type="float" office:value="52"><text:p>52元</text:p>'),
        )
    )
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="d"/>'
    package(tmp_path / "a.ods", f'<table:table table:name="S">{columns}{rows}</table:table>', styles)
    assert shown(tmp_path / "a.ods") == [(45.0, "万元"), (52.0, "元")]


def test_a_point_between_digits_divides() -> None:
    """A format with a point written as a text divides by ten for every digit behind it."""
    found = parse_format('0!.00,"万"')
    assert found is not None
    assert found.show(450_000.0) == ShownNumber(4.5, "万", "", 1e-5, '0!.00,"万"')


def test_a_format_that_turns_figures_negative_or_adds_digits_is_told() -> None:
    """A sign before the digits, and zeros behind them, are shown; groups of digits are a telephone's."""
    for code, figure in (("-0", -450), ("[红色](#,##0)", -450), ('0"000"', 450_000)):
        found = parse_format(code)
        assert found is not None
        assert found.show(450.0) == figure
    for code in ("0;-0", "_-* #,##0_-;-* #,##0_-", "#,##0_);(#,##0)", "(000) 000-0000", "[<0](0);0"):
        assert parse_format(code) is None
