"""Codes, and what Excel did to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.columns.parsing.codes import parse_codes
from core.tables import BY_NAME

REGION = BY_NAME["region"].column("region_id")


@settings(max_examples=40, deadline=None)
@given(code=st.integers(1, 10**15 - 1))
def test_a_code_comes_back_from_a_number(code: int) -> None:
    """Up to fifteen digits Excel keeps all of them, as a number or as 420100.0."""
    cells = [code, float(code), f"{code}.0", str(code), f'="{code}"']
    assert parse_codes(cells, REGION).values.tolist() == [str(code)] * 5


@pytest.mark.parametrize("cell", ["4.2E+17", 4.2e17, "1.38E+10", float(10**15), "123456789012345678.0"])
def test_lost_digits_are_an_error(cell: object) -> None:
    """What was shortened has lost digits: no code is made up."""
    parsed = parse_codes([cell], REGION)
    assert parsed.values.tolist() == [None]
    assert [f.code for f in parsed.findings] == ["lost_digits"]


@pytest.mark.parametrize(
    ("cells", "known", "asked"),
    [
        (["001", 2], (), True),  # a number beside a code with zeros
        ([13800000000, 13800000001, 2787654321], (), True),  # ten digits among eleven
        ([1, 2], {"001", "002"}, True),  # the padded codes exist
        ([1, 2], {"1", "2"}, False),
        ([1, 9, 10], (), False),  # a plain counter
        (["A1", 2], (), False),
    ],
)
def test_lost_zeros_are_asked(cells: list, known: object, asked: bool) -> None:
    """Where zeros may be missing it is asked, and such codes have no value meanwhile."""
    parsed = parse_codes(cells, REGION, known)
    assert [q.code for q in parsed.questions] == ["leading_zeros"] * asked
    assert parsed.values.isna().any() == asked


def test_zeros_come_back_when_told_so() -> None:
    """With the answer codes are filled up to the usual width."""
    assert parse_codes(["001", 2], REGION, decisions={"leading_zeros": "pad"}).values.tolist() == [
        "001",
        "002",
    ]
    assert parse_codes(["001", 2], REGION, decisions={"leading_zeros": "keep"}).values.tolist() == [
        "001",
        "2",
    ]
