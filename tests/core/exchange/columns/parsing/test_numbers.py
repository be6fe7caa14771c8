"""Numbers in every form people write them in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.columns.parsing.number_columns import parse_numbers
from core.exchange.columns.parsing.units import UNITS
from core.tables import BY_NAME

D = Decimal

AMOUNT = BY_NAME["market_sales"].column("amount")
QUANTITY = BY_NAME["market_sales"].column("quantity")
RATE = BY_NAME["product"].column("unit_margin_rate")
AREA = BY_NAME["region"].column("area_km2")
ITEM = BY_NAME["score_item"].column("item_no")
WIDE = str.maketrans("0123456789,.-()", "０１２３４５６７８９，．－（）")


def thousands(value: D) -> str:
    return f"{value:,f}"


FORMS = {
    "plain": lambda value: f"{value:f}",
    "thousands": thousands,
    "blanks": lambda value: f"{value:,f}".replace(",", " "),
    "wide": lambda value: thousands(value).translate(WIDE),
    "bracketed": lambda value: f"({abs(value):,f})" if value < 0 else f"{value:f}",
    "trailing": lambda value: f"{abs(value):f}-" if value < 0 else f"{value:f}",
    "currency": lambda value: f"¥{value:,f}",
    "minus sign": lambda value: f"{value:f}".replace("-", "−"),
    "yuan": lambda value: f"{value:,f}元",
    "in ten thousands": lambda value: f"{value.scaleb(-4):f}万",
    "in ten thousand yuan": lambda value: f" {value.scaleb(-4):f} 万元 ",
    "kept as text": lambda value: f'="{value:f}"',
}


@settings(max_examples=60, deadline=None)
@given(fen=st.integers(-(10**14), 10**14), form=st.sampled_from(sorted(FORMS)))
def test_any_form_reads_back_as_the_same_amount(fen: int, form: str) -> None:
    """An amount in whole fen, written in any form, is that amount to the fen."""
    value = D(fen).scaleb(-2)
    parsed = parse_numbers([FORMS[form](value)], AMOUNT, UNITS["元"])
    assert parsed.values.tolist() == [value]
    assert not parsed.findings
    assert not parsed.questions


@settings(max_examples=40, deadline=None)
@given(fen=st.integers(-(10**12), 10**12))
def test_ten_thousands_with_six_decimals_are_exact(fen: int) -> None:
    """万元 with six decimals, as a text or as a number of Excel, is exact to the fen."""
    value = D(fen).scaleb(-6)
    parsed = parse_numbers([f"{value:f}", float(value)], AMOUNT, UNITS["万元"])
    assert parsed.values.tolist() == [D(fen).scaleb(-2)] * 2
    assert not parsed.findings


@given(text=st.text(alphabet="0123456789,.-()%万元约~ e+/", max_size=9))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_in_silence(text: str) -> None:
    """Every cell has a value, or a finding, or stands for nothing."""
    parsed = parse_numbers([text, "1"], AMOUNT, UNITS["元"])
    blank = text.strip() in {"", "-", "--", "---", "/", "//", ".", "..", "..."}
    refused = bool(parsed.questions) or any(f.level == "error" for f in parsed.findings)
    assert blank or (parsed.values[0] is not None) != refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12.3.4", "not_a_number"),  # two points
        ("1,23,456", "not_a_number"),  # a group of two digits
        ("--5", "not_a_number"),  # two signs
        ("(-5)", "not_a_number"),  # bracket and sign
        ("10²", "not_a_number"),  # not 102
        ("3万5", "not_a_number"),  # 35,000 or 30,005
        ("100-200", "range"),
        ("约1200", "range"),
        ("1.23E+06", "lost_digits"),  # three digits of seven
        ("35%", "unit_conflict"),
        ("12箱", "unit_conflict"),
        ("#DIV/0!", "formula_error"),
        ("1e30", "lost_digits"),
        ("1" * 17, "not_a_number"),  # more than the store can hold
    ],
)
def test_refuses_what_it_can_only_guess(text: str, code: str) -> None:
    """A cell with two readings has no value and says why."""
    parsed = parse_numbers(["1", text, text], AMOUNT, UNITS["元"])
    assert parsed.values.tolist() == [D(1), None, None]
    assert [(f.code, f.rows, f.value) for f in parsed.findings] == [(code, (1, 2), text)]


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("3.5万", D(35000), []),  # 万 is the unit of the column
        ("1200元", D(1200), ["own_unit"]),
        ("壹万", D(10000), ["own_unit"]),
        ("三千五百", D(35000000), []),
        (0.1 + 0.2, D(3000), []),
        (1.23456789, D("12345.68"), ["rounded"]),
    ],
)
def test_a_unit_in_the_cell_counts_before_that_of_the_column(cell: object, value: D, codes: list) -> None:
    """In a column of 万元 a cell that says its own unit is taken by it, and that is told."""
    parsed = parse_numbers([cell], AMOUNT, UNITS["万元"])
    assert parsed.values.tolist() == [value]
    assert [f.code for f in parsed.findings] == codes


@pytest.mark.parametrize(
    ("cells", "unit", "values", "proposed"),
    [
        ([0.35, 0.2], None, [D("0.35"), D("0.2")], None),
        ([35, 20], None, [D("0.35"), D("0.2")], None),
        (["35%", "20%"], None, [D("0.35"), D("0.2")], None),
        (["35", 20], "%", [D("0.35"), D("0.2")], None),
        ([35, 0.2], None, [None, None], ""),  # both scales in one column
        ([0.35, 0.2], "%", [None, None], "fraction"),  # Excel shows 0.35 as 35 % under such a header
        (["35%", 0.2], None, [D("0.35"), None], "fraction"),
        ([1, 1], None, [None, None], ""),
    ],
)
def test_the_scale_of_rates_is_decided_by_the_column_or_asked(
    cells: list, unit: str | None, values: list, proposed: str | None
) -> None:
    """35 % is 0.35 whichever way it is written; where the column leaves it open it is asked."""
    parsed = parse_numbers(cells, RATE, UNITS[unit] if unit else None)
    assert parsed.values.tolist() == values
    assert [q.proposed or "" for q in parsed.questions] == ([] if proposed is None else [proposed])


def test_units_of_quantity_area_and_whole_numbers() -> None:
    """箱 in a cell suits a column of 箱 only, 公顷 becomes km², and half a piece is no item number."""
    quantity = parse_numbers(["12箱", "5瓶"], QUANTITY, UNITS["箱"])
    assert quantity.values.tolist() == [D(12), None]
    assert parse_numbers(["150公顷", 2], AREA).values.tolist() == [D("1.5"), D(2)]
    items = parse_numbers([3.0, "2.5"], ITEM)
    assert items.values.tolist() == [3, None]
    assert [f.code for f in items.findings] == ["not_whole"]


def test_truth_is_no_number() -> None:
    """TRUE is not 1, and does not become 1 because a 1 stands in the column."""
    parsed = parse_numbers([1, True, 1.0], AMOUNT, UNITS["元"])
    assert parsed.values.tolist() == [D(1), None, D(1)]


def test_a_decimal_comma_is_asked() -> None:
    """Beside 2,25 nobody knows what 1,500 and 1.500 are; the answer settles both, whole numbers stay."""
    cells = ["2,25", "1,500", "1.500", "7", 3.5]
    asked = parse_numbers(cells, AREA)
    assert [q.code for q in asked.questions] == ["decimal_mark"]
    assert asked.values.tolist() == [None, None, None, D(7), D("3.5")]
    comma = parse_numbers(cells, AREA, decisions={"decimal_mark": "comma"})
    assert comma.values.tolist() == [D("2.25"), D("1.5"), D(1500), D(7), D("3.5")]
    point = parse_numbers(cells, AREA, decisions={"decimal_mark": "point"})
    assert point.values.tolist() == [None, D(1500), D("1.5"), D(7), D("3.5")]
    assert [f.value for f in point.findings] == ["2,25"]


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        (["1,052", "11,500"], True),
        (["1,052", "1,234,567"], False),
        (["1,052", "2,300.50"], False),
        (["1052", "11500"], False),
    ],
)
def test_a_comma_is_asked_where_semicolons_part_the_columns(cells: list[str], asked: bool) -> None:
    """1,052 may be 1.052 there, unless another figure shows that commas part thousands."""
    parsed = parse_numbers(cells, AMOUNT, UNITS["元"], semicolons=True)
    assert [q.code for q in parsed.questions] == ["decimal_mark"] * asked
    assert not parse_numbers(cells, AMOUNT, UNITS["元"]).questions
