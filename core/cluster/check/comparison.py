"""Whether two tables hold the same rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

DOUBLE_TOLERANCE = 1e-12
"""Part of itself by which a sum of doubles may differ: engines add in another order."""
_DIGITS_SORTED = 9


def first_difference(expected: pa.Table, found: pa.Table, *, ordered: bool) -> str | None:
    """Return where two tables of the same columns differ first; None where they are equal.

    Parameters
    ----------
    ordered
        Whether the order of the rows counts.
    """
    if expected.num_rows != found.num_rows:
        return f"{expected.num_rows} | {found.num_rows}"
    if not ordered:
        expected, found = _sorted(expected), _sorted(found)
    if all(_columns_equal(*pair) for pair in zip(expected.columns, found.columns, strict=True)):
        return None
    left, right = _rows(expected), _rows(found)
    if not ordered:
        left, right = sorted(left, key=_sort_key), sorted(right, key=_sort_key)
    for number, (one, other) in enumerate(zip(left, right, strict=True), 1):
        for name, value, against in zip(expected.column_names, one, other, strict=True):
            if not _equal(value, against):
                return f"{name}[{number}]: {value!r} | {against!r}"
    return None


def _sorted(table: pa.Table) -> pa.Table:
    """Return the rows in the order of the columns that are no doubles."""
    keys = [
        (field.name, "ascending")
        for field in table.schema
        if not (pa.types.is_floating(field.type) or pa.types.is_nested(field.type))
    ]
    return table.sort_by(keys) if keys else table


def _columns_equal(one: pa.ChunkedArray, other: pa.ChunkedArray) -> bool:
    if one.equals(other):
        return True
    if not pa.types.is_floating(one.type) or not one.is_null().equals(other.is_null()):
        return False
    left, right = (column.fill_null(0.0).to_numpy() for column in (one, other))
    return bool(np.allclose(left, right, rtol=DOUBLE_TOLERANCE, atol=0.0, equal_nan=True))


def _rows(table: pa.Table) -> list[tuple[object, ...]]:
    if not table.num_columns:
        return []
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _equal(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        if math.isnan(one) or math.isnan(other):
            return math.isnan(one) and math.isnan(other)
        return math.isclose(one, other, rel_tol=DOUBLE_TOLERANCE, abs_tol=0.0)
    return one == other


def _sort_key(row: Sequence[object]) -> tuple[tuple[bool, str], ...]:
    """Return what brings rows of any types into one order; doubles only as far as both engines agree."""
    return tuple(
        (value is None, f"{value:.{_DIGITS_SORTED}e}" if isinstance(value, float) else str(value))
        for value in row
    )
