"""A visit as it is reported: what can't be is refused before it reaches the store."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.day.entry import CheckIn, Place, VisitEntry, read_amount
from core.errors import InputError

NINE = dt.datetime(2026, 3, 2, 9)
ARRIVAL = CheckIn("visit-0001", "e1", "t1", NINE)
ENTRY = VisitEntry(ARRIVAL, NINE + dt.timedelta(minutes=25), "订货", "已下单", {})


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**17))
def test_every_amount_in_fen_is_read_exactly(fen: int) -> None:
    """An order written in yuan with two decimals is that number of fen, thousands separators or not."""
    amount = Decimal(fen) / 100
    assert read_amount(f"{amount:.2f}") == read_amount(f" {amount:,.2f} ") == amount


@pytest.mark.parametrize("text", ["-1", "abc", "1.234", "NaN", "Infinity", "1e20"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Words, returns, parts of a fen and numbers without an end are no order."""
    with pytest.raises(InputError):
        read_amount(text)


def test_nothing_said_is_no_order_of_zero() -> None:
    """An empty field is unknown; a zero is an order of nothing."""
    assert read_amount("  ") is None
    assert read_amount("0") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"left_at": NINE - dt.timedelta(minutes=1)},
        {"left_at": NINE + dt.timedelta(hours=17)},
        {"purpose": " "},
        {"result": ""},
        {"purpose": "x" * 101},
        {"remark": "a\u202eb"},
        {"stock": "plenty"},
        {"facings": -1},
    ],
    ids=lambda change: "/".join(map(str, change)),
)
def test_a_visit_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    """Times, musts, lengths, hidden signs, codes and counts are checked at once."""
    with pytest.raises(InputError):
        replace(ENTRY, **change)


def test_an_unknown_departure_is_allowed() -> None:
    """A visit whose end nobody knows is a visit."""
    assert replace(ENTRY, left_at=None).left_at is None


@pytest.mark.parametrize("place", [(91, 0, 1), (0, 181, 1), (0, 0, -1), (math.nan, 0, 1), (0, 0, math.inf)])
def test_a_place_lies_on_earth(place: tuple[float, float, float]) -> None:
    """Degrees out of range, a negative error and what is no number are refused."""
    with pytest.raises(InputError):
        Place(*place)


@pytest.mark.parametrize("name", ["", "short", "a b c d e f g", "../../etc", "x" * 65])
def test_an_id_is_letters_digits_and_dashes(name: str) -> None:
    """Anything else is refused, so that an id is safe wherever it is written."""
    with pytest.raises(InputError):
        CheckIn(name, "e1", "t1", NINE)
