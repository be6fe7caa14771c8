"""Whether two answers are the same, whatever they are made of."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

_CLOSE = 1e-9
"""Sums in another order differ by less."""


def difference(one: Any, other: Any, place: str = "answer") -> str:
    """Return where two answers differ first, empty where they don't."""
    one, other = _plain(one), _plain(other)
    if type(one) is not type(other):
        return f"{place}: {type(one).__name__}, {type(other).__name__}"
    if isinstance(one, pd.DataFrame | pd.Series | pd.Index):
        return _of_pandas(one, other, place)
    if isinstance(one, Sequence) and not isinstance(one, str | bytes):
        return _of_parts(one, other, place)
    if isinstance(one, float):
        close = math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE)
        same = close or (math.isnan(one) and math.isnan(other))
    else:
        same = one == other or repr(one) == repr(other)
    return "" if same else f"{place}: {one!r} and {other!r}"[:300]


def _plain(answer: Any) -> Any:
    """Return tables of Arrow as frames; arrays, mappings and dataclasses as lists."""
    if isinstance(answer, pa.Table):
        return answer.to_pandas()
    if isinstance(answer, np.ndarray):
        return answer.tolist()
    if isinstance(answer, Mapping):
        return [*answer.items()]
    if dataclasses.is_dataclass(answer):
        return [(field.name, getattr(answer, field.name)) for field in dataclasses.fields(answer)]
    return answer


def _of_parts(one: Sequence[Any], other: Sequence[Any], place: str) -> str:
    if len(one) != len(other):
        return f"{place}: {len(one)} and {len(other)} parts"
    pairs = enumerate(zip(one, other, strict=True))
    return next(filter(None, (difference(a, b, f"{place}[{at}]") for at, (a, b) in pairs)), "")


def _of_pandas(one: Any, other: Any, place: str) -> str:
    check = {
        pd.DataFrame: pd.testing.assert_frame_equal,
        pd.Series: pd.testing.assert_series_equal,
    }.get(type(one))
    try:
        if check is None:
            pd.testing.assert_index_equal(one, other, exact=False)
        else:
            check(one, other, rtol=_CLOSE, atol=_CLOSE)
    except AssertionError as error:
        return f"{place}: {' '.join(str(error).split())}"[:300]
    return ""
