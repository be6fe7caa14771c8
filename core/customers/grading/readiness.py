"""Whether the data suffice for grading: file, sales and finance of the customers [S4 4-1]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

# 动态客户档案, 销售统计数据, 相关财务数据: the columns that must be known, and the tables they come from.
BLOCKS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "file": (N_("Customer files"), ("region_id", "segment", "owner"), ("dealer", "terminal")),
    "sales": (N_("Sales statistics"), ("sales", "sales_previous"), ("dealer_sales", "terminal_sales")),
    "finance": (N_("Financial data"), ("margin", "payment_days"), ("product", "dealer")),
}
# What each column of them is called.
COLUMNS: Mapping[str, str] = {
    "region_id": N_("Region"),
    "segment": N_("Segment"),
    "owner": N_("Owner"),
    "sales": N_("Sales"),
    "sales_previous": N_("Sales a year earlier"),
    "margin": N_("Margin"),
    "payment_days": N_("Payment days"),
}


@dataclass(frozen=True)
class Readiness:
    """How complete one block is.

    Parameters
    ----------
    block
        Of :data:`BLOCKS`.
    known
        Known values / all values that should be, in [0, 1]; NaN without customers.
    ready
        Whether ``known`` reaches the gate.
    """

    block: str
    known: float
    by_column: Mapping[str, float]
    ready: bool


def readiness(
    customers: pd.DataFrame, *, gate: float = 0.8, left_out: frozenset[str] = frozenset()
) -> tuple[Readiness, ...]:
    """Tell which of the three blocks is complete enough.

    Parameters
    ----------
    customers
        The customer table; a column that isn't there is unknown for all.
    gate
        Least known part of a block, itself included; a proposal [I].
    left_out
        Columns that this kind of customers doesn't have, such as a shop's payment days.

    Raises
    ------
    InputError
        ``gate`` isn't in [0, 1].
    """
    if not 0 <= gate <= 1:
        raise InputError(_("The gate is {value}; it must lie from 0 to 1.", value=gate))
    result = []
    for block, (_label, columns, _tables) in BLOCKS.items():
        asked = [column for column in columns if column not in left_out]
        parts = {
            column: float(customers[column].notna().mean()) if column in customers else 0.0
            for column in asked
        }
        known = sum(parts.values()) / len(parts) if len(customers) else float("nan")
        result.append(Readiness(block, known, parts, bool(known >= gate - 1e-9)))
    return tuple(result)
