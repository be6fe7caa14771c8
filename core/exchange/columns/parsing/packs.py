"""Quantities in cases, pieces or tonnes, turned into the unit each product is counted in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.columns.parsing.units import Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Hashable

PIECE = "件"
"""A case to some and a single piece to others."""
_CASES = frozenset(("箱", "万箱", "千箱"))


def pack_factors(unit: Unit, products: pd.DataFrame, *, piece_is_case: bool | None = None) -> pd.Series:
    """Return what a quantity is multiplied by, product by product.

    Parameters
    ----------
    unit
        The unit of the quantities in the file; the 千 and 万 of it were counted when they were read.
    products
        product_id, uom (the unit of the store), units_per_case.
    piece_is_case
        Whether 件 means a case: to some it does. None leaves such products open.

    Returns
    -------
    pandas.Series
        Decimal by product_id; None where the product's own unit or case is unknown, so that somebody
        has to say.
    """
    factors = [
        _factor(unit, row.uom, row.units_per_case, piece_is_case)
        for row in products[["uom", "units_per_case"]].itertuples(index=False)
    ]
    return pd.Series(factors, index=pd.Index(products["product_id"], name="product_id"), dtype=object)


def _factor(unit: Unit, uom: Hashable, per_case: float | None, piece_is_case: bool | None) -> Decimal | None:
    own = unit_named(uom) if isinstance(uom, str) else None
    if own is None or own.dimension != unit.dimension:
        return None
    if unit.dimension != "count":
        return unit.factor / own.factor
    base = unit.code.removeprefix("万").removeprefix("千")
    if base == own.code:
        return Decimal(1)
    file_case, own_case = _is_case(base, piece_is_case), _is_case(own.code, piece_is_case)
    if file_case is not None and file_case == own_case:
        # A 件 that is no case is one of whatever the product is counted in.
        return Decimal(1) if file_case or PIECE in {base, own.code} else None
    unpacked = per_case is None or pd.isna(per_case) or per_case <= 0
    if file_case is None or own_case is None or per_case is None or unpacked:
        return None
    pieces = Decimal(format(float(per_case), ".15g"))
    return pieces if file_case else 1 / pieces


def _is_case(code: str, piece_is_case: bool | None) -> bool | None:
    return piece_is_case if code == PIECE else code in _CASES
