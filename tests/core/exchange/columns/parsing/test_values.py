"""Every cell of every column: a value, an error, or a question, and never a crash."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.columns.parsing.cells import Cells
from core.exchange.columns.parsing.units import UNITS, suits
from core.exchange.columns.parsing.values import ReadingOf, parse_column
from core.store.loading.problems import Level
from core.tables import TABLES, Kind

COLUMNS = [column for table in TABLES for column in table.columns]
TYPES = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.NUMBER: Decimal,
    Kind.MONEY: Decimal,
    Kind.BOOLEAN: bool,
    Kind.DATE: dt.date,
    Kind.MONTH: dt.date,
    Kind.TIMESTAMP: dt.datetime,
}
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=8),
    st.text(alphabet="0123456789０１.,-/年月日季万千亿%()（）¥箱 eE+:'\"=第一二十零无是√", max_size=10),
    st.sampled_from(
        ["2024.1", "24/3/5", "Mar-24", "3月", "35%", "001", "—", "N/A", "#REF!", "有", "无", "2,5"]
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(CELLS, min_size=1, max_size=8),
    column=st.sampled_from(COLUMNS),
    unit=st.sampled_from([*UNITS]),
)
def test_every_cell_is_read_refused_or_asked(cells: list, column: object, unit: str) -> None:
    """What isn't blank has a value of the right type, an error or warning, or a question is open."""
    index = pd.Index([f"r{i}" for i in range(len(cells))])
    reading = ReadingOf(unit if suits(UNITS[unit], column) else None)
    parsed = parse_column(pd.Series(cells, index=index, dtype=object), column, reading)
    held = Cells.of(cells, "")
    told = {
        row for finding in parsed.findings if finding.level is not Level.INFORMATION for row in finding.rows
    }
    assert parsed.values.index.equals(index)
    for row, value in enumerate(parsed.values):
        assert value is None or isinstance(value, TYPES[column.kind])
        blank = held.which[row] < 0 or held.blank(held.raw[held.which[row]])
        assert value is not None or blank or row in told or parsed.questions
