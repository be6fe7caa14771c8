"""Values as the canonical files write them."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any


def text_of(value: Any) -> str | None:  # noqa: ANN401 - what a cell may hold
    """Return a value as the canonical files write it, None for a missing one."""
    if type(value) is Decimal:
        return format(value, "f")
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)
