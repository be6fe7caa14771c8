"""Lines taken apart by columns are those taken apart row by row."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.readers.reading import Layout
from core.exchange.readers.sheet.cells import clean
from core.exchange.readers.text.pieces import rows_of, table_of

CELLS = st.text(alphabet="a1 .-#\u3000\u00a0终端NULL\t\ufeff\x0b\x85\u2028'", max_size=4)
LAYOUT = Layout(None, "utf-8", 0, ",", quoted=True)


ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1))


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_columns_are_the_rows(rows: list[list[str]], end: str, closed: bool) -> None:
    """Whatever stands in the cells and ends the lines, every cell is the same, or left to the rows."""
    text = end.join(",".join(row) for row in rows) + (end if closed else "")
    wanted = list(rows_of([text], LAYOUT, "f"))
    table = table_of(text, ",") if text else None
    if table is not None:
        columns = [column.to_pylist() for column in table.columns]
        found = [list(row) for row in zip(*columns, strict=True)]
        wanted = [row or [""] * len(columns) for row in wanted]
        assert [list(map(clean, row)) for row in found] == [list(map(clean, row)) for row in wanted]


def test_equal_lines_are_taken_by_columns() -> None:
    """Lines with as many cells each take the quick way; others, and huge cells, go row by row."""
    assert table_of("a,b\n1,2\n", ",").num_rows == 2
    assert table_of("a,b\n1\n", ",") is None
    assert table_of("a,b\n\n1,2\n", ",").num_rows == 3
    assert table_of("a," + "b" * 200_000 + "\n", ",") is None
