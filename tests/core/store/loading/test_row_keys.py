"""Keys become whole numbers that compare as the keys do, and rows follow them into their order."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.store.loading import row_keys as module
from core.store.loading.row_keys import row_keys

NAMES = ("month", "terminal_id", "product_id")
DAYS = [None, dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(1970, 1, 2)]
KEYS = st.tuples(
    st.sampled_from(DAYS),
    st.sampled_from(["T1", "T10", "T2", "终"]),
    st.sampled_from([None, "", "P1", "P2"]),
)
Key = tuple[object, ...]


def rows_of(keys: list[Key], cut: int, *, coded: bool) -> pa.Table:
    """Return keys with their numbers as rows, in two chunks whose texts are told apart by their own codes."""
    chunks = []
    for part in (keys[:cut], keys[cut:]):
        days, *texts = (pa.array([key[at] for key in part], kind) for at, kind in enumerate(KINDS))
        if coded:
            texts = [text.dictionary_encode() for text in texts]
        chunks.append(pa.record_batch([days, *texts], NAMES))
    return pa.Table.from_batches(chunks).append_column("at", pa.array(range(len(keys)), pa.int64()))


KINDS = (pa.date32(), pa.string(), pa.string())


def place(key: Key) -> tuple[object, ...]:
    """Return what sorts a key: texts by their bytes, what is missing behind all."""
    return tuple((part is None, part.encode() if isinstance(part, str) else part or 0) for part in key)


@pytest.mark.parametrize("bits", [63, 9], ids=["row numbers fit in", "row numbers apart"])
@given(keys=st.lists(KEYS, max_size=8), in_order=st.booleans(), cut=st.integers(0, 8), coded=st.booleans())
@settings(max_examples=100, deadline=None)
def test_numbers_tell_of_keys_what_comparing_them_tells(
    bits: int, keys: list[Key], in_order: bool, cut: int, coded: bool
) -> None:
    """They rise where each key is larger, are unique where none comes twice, and sort the rows whole."""
    if in_order:
        keys = sorted(keys, key=place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BITS", bits)
        told = row_keys(rows_of(keys, cut, coded=coded), NAMES)
    assert told is not None
    assert told.rise == all(place(before) < place(after) for before, after in pairwise(keys))
    assert told.unique == (len(set(keys)) == len(keys))
    ordered = told.ordered([*NAMES, "at"]).to_pydict()
    found = list(zip(*(ordered[name] for name in NAMES), strict=True))
    assert found == sorted(keys, key=place)
    assert found == [keys[at] for at in ordered["at"]]


@pytest.mark.parametrize(("bits", "most"), [(3, 100), (63, 1)])
def test_keys_that_fit_nowhere_are_left_to_the_engine(
    monkeypatch: pytest.MonkeyPatch, bits: int, most: int
) -> None:
    """Too many different parts, or more rows in no order than the memory takes, have no numbers."""
    monkeypatch.setattr(module, "_BITS", bits)
    monkeypatch.setattr(module, "MOST_ROWS", most)
    keys: list[Key] = [(DAYS[2], "T2", "P2"), (DAYS[1], "T1", "P1")]
    assert row_keys(rows_of(keys, 1, coded=True), NAMES) is None


def test_rows_in_their_order_need_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows come in the order of their keys, they are taken as they come."""
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    rows = rows_of([(DAYS[1], "T1", "P1"), (DAYS[2], "T1", "P1")], 1, coded=True)
    told = row_keys(rows, NAMES)
    assert told is not None
    assert told.rise
    assert told.ordered(rows.column_names) == rows


def test_numbers_are_no_part_of_such_a_key() -> None:
    """A key with a column that is neither text nor day is left to the engine."""
    assert row_keys(pa.table({"amount": [1.5, 2.5]}), ["amount"]) is None
