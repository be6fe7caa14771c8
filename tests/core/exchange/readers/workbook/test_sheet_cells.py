"""How far the cells of a sheet reach, against a look at each of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.readers.workbook.sheet_cells import Pairs, reach_of

_REFERENCE = re.compile(rb'[<:]c r="([A-Z]+)(\d+)"')
_OTHERS = (
    b"<row>",
    b"</c>",
    b"<v>12</v>",
    b'<col min="1"/>',
    b'<cfRule type="x">',
    "<t>成本:c价</t>".encode(),
    b"<f>A1</f>",
)
_LETTERS = st.text("ABCXYZ", min_size=1, max_size=3)


def one_by_one(data: bytes) -> tuple[int, int]:
    """Return the lowest row and the rightmost column as a person would count them."""
    found = [(letters.decode(), int(row)) for letters, row in _REFERENCE.findall(data)]
    columns = [
        sum(26**place * (ord(c) - 64) for place, c in enumerate(reversed(letters))) for letters, _row in found
    ]
    return max((row for _letters, row in found), default=0), max(columns, default=0)


@st.composite
def pieces(draw: st.DrawFn) -> bytes:
    """Return a piece of a sheet's XML."""
    parts = []
    for _part in range(draw(st.integers(0, 12))):
        letters, row = draw(_LETTERS), draw(st.integers(1, 9_999_999))
        prefix, end = draw(st.sampled_from(["", "x:"])), draw(st.sampled_from([">", "/>"]))
        cell = f'<{prefix}c r="{letters}{row}" s="3"{end}'
        parts.append(draw(st.sampled_from([cell.encode(), *_OTHERS])))
    return b"".join(parts)


@given(pieces())
@settings(max_examples=60, deadline=None)
def test_reach_is_that_of_all_cells(data: bytes) -> None:
    """Cells are found wherever they begin, and nothing else is taken for one."""
    assert reach_of(Pairs(data)) == one_by_one(data)


@pytest.mark.parametrize(
    "cell",
    [
        b"<c><v>1</v></c>",  # follows the one before
        b'<c s="1" r="B2"/>',  # another attribute first
        b"<c r='B2'/>",  # single quotes
        b'<c  r="B2"/>',  # two blanks
        b'<c r="b2"/>',  # small letters
        b'<c r="2"/>',  # no column
        b'<c r="B"/>',  # no row
        b'<c r="ABCD2"/>',  # beyond the last column
        b'<c r="B12345678"/>',  # beyond the last row
    ],
)
def test_unusual_cells_are_left_to_a_closer_look(cell: bytes) -> None:
    """One cell written in another way makes the reach unknown."""
    assert reach_of(Pairs(b'<c r="A1"/>' + cell)) is None


def test_pairs_are_found_at_even_and_odd_places() -> None:
    """Two bytes are found wherever they begin, also at the very end."""
    for data in (b"<f>", b" <f>", b"  <f", b" <f"):
        assert Pairs(data).any(b"<f")
    assert not Pairs(b"f<").any(b"<f")
    assert not Pairs(b"").any(b"<f")
