"""A sheet as a rectangle of cells."""

from __future__ import annotations

import io

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.readers import ReadOptions, read_file
from core.exchange.readers.outcome import ReaderOutcome
from core.exchange.readers.sheet.cells import BLANKS, clean
from core.exchange.readers.sheet.filling import fill
from core.exchange.readers.sheet.grid import filled, grid_of, grid_of_many, rows_of
from core.exchange.readers.workbook import sheet_xml

_CELLS = st.one_of(
    st.sampled_from(["", " ", "甲", " 甲　", "合计", "a\nb", 3, 2.5, True, None]), st.text(max_size=3)
)


@given(st.lists(st.lists(_CELLS, max_size=4), min_size=1, max_size=6), st.sampled_from([1, 400]))
@settings(max_examples=40, deadline=None)
def test_cells_are_those_of_the_rows(rows: list[list[object]], times: int) -> None:
    """Rows of any length and number become a rectangle; every cell is cleaned by itself."""
    rows = rows * times
    width = max(map(len, rows))
    wanted = [[clean(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    for grid in (grid_of(rows), grid_of_many(iter(padded), len(rows), width)):
        assert grid.cells.shape == (len(rows), width)
        assert grid.cells.tolist() == wanted
        assert grid.has.tolist() == [[cell is not None for cell in row] for row in wanted]
        for column, texts in enumerate(grid.texts):
            assert list(texts) == [row[column] for row in wanted if isinstance(row[column], str)]
            assert texts.may_name_totals or not any("合计" in text for text in texts)


def test_texts_lose_every_kind_of_blank() -> None:
    """A blank of any kind goes, and a text of blanks only is no value."""
    grid = grid_of([[f"{blank}甲{blank}", blank] for blank in BLANKS])
    assert set(grid.cells[:, 0]) == {"甲"}
    assert not grid.has[:, 1].any()


def test_an_emptied_cell_is_no_value() -> None:
    """What is known of the cells is found anew when some are emptied."""
    grid = grid_of_many([["a", 1.0], ["b", 2.0]], 2, 2)
    assert grid.without(rows=[2], columns=[0]).has.tolist() == [[False, True], [False, False]]
    assert grid.part(1).has.tolist() == [[True, True]]
    assert grid.has.all()


def test_rows_are_taken_with_and_without_gaps() -> None:
    """Rows that follow each other and rows that don't are the same rows."""
    cells = grid_of([[1.0, "a"], [2.0, None], [3.0, "c"]]).cells
    for wanted in ([0, 1], [0, 2], [2], []):
        assert rows_of(cells, np.array(wanted, dtype=np.int64)).tolist() == [
            cells[at].tolist() for at in wanted
        ]


@pytest.mark.parametrize("spans", [((0, 0, 1, 0),), None])
def test_filling_leaves_the_sheet_as_it_is(spans: tuple[tuple[int, int, int, int], ...] | None) -> None:
    """Names are filled in beside the sheet, whether cells are merged or empty."""
    rows: list[list[object]] = [["华东", "甲", 1.0], [None, "乙", 2.0], [None, "丙", 3.0]]
    grid = grid_of(rows)
    grid = grid if spans is None else type(grid)(grid.cells, grid.numbers, spans, texts=grid.texts)
    cells = fill(
        grid, np.arange(3), range(3), ("区域", "客户", "销售额"), ReaderOutcome("f", "s", ReadOptions())
    )
    assert cells[1, 0] == "华东"
    assert grid.cells.tolist() == rows
    assert filled(grid.cells).sum() == 7


def test_a_table_may_begin_anywhere() -> None:
    """Rows and columns are counted from the corner of the sheet, not of its cells."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([("区域", "客户", "销售额"), ("华东", "甲", 1), ("华北", "乙", 2)]):
            sheet.write_row(3 + number, 2, row)
        sheet.set_column(3, 3, None, None, {"hidden": True})
    table = read_file(buffer.getvalue(), "f.xlsx").tables[0]
    assert table.row_numbers.tolist() == [5, 6]
    assert table.positions == (2, 3, 4)
    assert table.hidden_columns == ("客户",)
    assert table.table.to_numpy().tolist() == [["华东", "甲", 1.0], ["华北", "乙", 2.0]]


def test_usual_sheets_are_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many columns, formulas, styled empty cells and conditional formats need no look at every cell."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, [f"名称{number}" for number in range(60)])
        sheet.write_row(1, 0, range(60))
        sheet.write_formula(2, 0, "=A2", None, 1)
        sheet.write_blank(2, 900, None, workbook.add_format({"bold": True}))
        sheet.conditional_format("A1:B2", {"type": "cell", "criteria": ">", "value": 1})

    def refuse(*_arguments: object) -> bool:
        raise AssertionError("Every cell was looked at.")

    monkeypatch.setattr(sheet_xml, "_measure", refuse)
    assert read_file(buffer.getvalue(), "f.xlsx").sheets[0].table.shape[1] == 60
