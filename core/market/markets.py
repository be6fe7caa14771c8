"""From the two tables people have, sales and capacity, to the arrays the rules take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError, nearest
from core.i18n import _
from core.market.model import Markets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.market.arrays import Codes, Flags, Floats

SALES_COLUMNS = ("region_id", "company_id", "is_aggregate", "amount", "amount_previous")
CAPACITY_COLUMNS = ("region_id", "capacity", "capacity_previous")
# Up to this many cells, the matrix has one column per company and needs no sorting by region.
WIDE_CELLS = 4_000_000


def read_markets(sales: pd.DataFrame, capacity: pd.DataFrame, own_company: str) -> Markets:
    """Turn the two tables into arrays.

    Parameters
    ----------
    sales
        One row per region and company: region_id, company_id, is_aggregate, amount, amount_previous
        (yuan, NaN = nothing recorded).
    capacity
        One row per region: region_id, capacity, capacity_previous (yuan, NaN = unknown).
    own_company
        ``company_id`` of the own company.

    Returns
    -------
    Markets
        One row per region that occurs in either table.

    Raises
    ------
    InputError
        A column is missing, an id is empty, or a region or a region's company occurs twice.
    """
    _require(sales, SALES_COLUMNS, "sales")
    _require(capacity, CAPACITY_COLUMNS, "capacity")
    regions, region = _region_rows(sales["region_id"], capacity["region_id"])
    company, companies = _company_codes(sales["company_id"])
    n = len(regions)
    amount, earlier = _numbers(sales["amount"]), _numbers(sales["amount_previous"])
    own_rows = company == companies.get_indexer([own_company])[0]
    aggregate = _flags(sales["is_aggregate"]) & ~own_rows
    rival = np.flatnonzero(~(own_rows | aggregate))
    cell = region * len(companies) + company
    _refuse_duplicates(sales, cell)
    cell, ids = _cells(cell, region, company, (n, len(companies)))

    capacity_rows = len(capacity)
    recorded = _sum(region, amount, n)
    rivals = _matrix(cell[rival], amount[rival], ids.shape)
    small = np.fmax(amount[aggregate], 0.0)
    return Markets(
        region_ids=regions,
        capacity=_padded(_numbers(capacity["capacity"]), n - capacity_rows),
        capacity_previous=_padded(_numbers(capacity["capacity_previous"]), n - capacity_rows),
        own=_scatter(region, amount, own_rows, n),
        own_previous=_scatter(region, earlier, own_rows, n),
        rivals=rivals,
        rivals_previous=_matrix(cell[rival], earlier[rival], ids.shape),
        rival_ids=ids,
        companies=companies,
        others=_sum(region[aggregate], amount[aggregate], n),
        recorded=recorded,
        contestable=rivals.sum(axis=1) + np.bincount(region[aggregate], small, minlength=n),
    )


def _require(table: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        guesses = {nearest(column, table.columns) for column in missing} - {None}
        raise InputError(
            _("The table {name} lacks {columns}.", name=name, columns=", ".join(missing)),
            _("It has {columns}.", columns=", ".join(sorted(map(str, guesses or set(table.columns))))),
        )


def _numbers(values: pd.Series) -> Floats:
    numbers: Floats = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return numbers


def _flags(values: pd.Series) -> Flags:
    known = values if values.dtype == np.bool_ else values.fillna(value=False)
    flags: Flags = known.to_numpy(dtype=np.bool_)
    return flags


def _region_rows(sold: pd.Series, listed: pd.Series) -> tuple[pd.Index, Codes]:
    """Return all regions and, for each sales row, the row of its region."""
    if listed.isna().any() or sold.isna().any():
        raise InputError(
            _("A row of the sales or capacity table has no region."),
            _("Give each row a region_id, or leave it out and count it in a total of its own."),
        )
    if not listed.is_unique:
        twice = listed[listed.duplicated()].iloc[0]
        raise InputError(_("The region {region} occurs twice in the capacity table.", region=twice))
    codes, found = pd.factorize(sold)
    regions = pd.Index(listed)
    found = _plain(found)
    rows = regions.get_indexer(found)
    new = np.flatnonzero(rows < 0)
    if len(new):
        extra = found[new]
        order = extra.argsort()
        rows[new[order]] = len(regions) + np.arange(len(new))
        regions = regions.append(extra[order])
    return regions, rows[codes].astype(np.int64)


def _company_codes(company_id: pd.Series) -> tuple[Codes, pd.Index]:
    """Assign numbers in the order of the ids, so that equal companies are always told apart alike."""
    if company_id.isna().any():
        raise InputError(_("A row of the sales table has no company."), _("Give each row a company_id."))
    codes, values = pd.factorize(company_id)
    found = _plain(values)
    order = found.argsort()
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks[codes], found[order]


def _plain(values: pd.Index) -> pd.Index:
    """Turn the distinct values of a dictionary-encoded column into an ordinary index."""
    return values.astype(values.categories.dtype) if isinstance(values, pd.CategoricalIndex) else values


def _cells(cell: Codes, region: Codes, company: Codes, shape: tuple[int, int]) -> tuple[Codes, Codes]:
    """Choose the cell of the matrix of rivals for each row, and say which company each cell is of.

    A column per company where that fits; otherwise the rows of a region are packed in the order of the
    companies, so that a matrix of very many towns and companies is as narrow as the busiest town.
    """
    n, companies = shape
    if n * companies <= WIDE_CELLS:
        return cell, np.broadcast_to(np.arange(companies), shape)
    order = np.argsort(cell, kind="stable")
    counts = np.bincount(region, minlength=n)
    first = np.cumsum(counts) - counts
    width = int(counts.max(initial=0))
    packed = np.empty(len(region), dtype=np.int64)
    packed[order] = np.arange(len(region)) + np.repeat(np.arange(n) * width - first, counts)
    ids = np.full(n * width, -1, dtype=np.int64)
    ids[packed] = company
    return packed, ids.reshape(n, width)


def _refuse_duplicates(sales: pd.DataFrame, cell: Codes) -> None:
    cells = int(cell.max(initial=-1)) + 1
    unique = not (np.bincount(cell) > 1).any() if cells <= WIDE_CELLS else pd.Index(cell).is_unique
    if not unique:
        first = sales.iloc[int(np.flatnonzero(pd.Series(cell).duplicated())[0])]
        raise InputError(
            _(
                "The company {company} occurs twice in the region {region}.",
                company=first["company_id"],
                region=first["region_id"],
            ),
            _("Add up the amounts of one company in one region first."),
        )


def _sum(rows: Codes, amount: Floats, n: int) -> Floats:
    known = ~np.isnan(amount)
    if not known.all():
        rows, amount = rows[known], amount[known]
    counted = np.bincount(rows, minlength=n) > 0
    return np.where(counted, np.bincount(rows, amount, minlength=n), np.nan)


def _scatter(rows: Codes, amount: Floats, chosen: Flags, n: int) -> Floats:
    result = np.full(n, np.nan)
    result[rows[chosen]] = amount[chosen]
    return result


def _matrix(cells: Codes, amount: Floats, shape: tuple[int, ...]) -> Floats:
    result = np.zeros(shape)
    result.reshape(-1)[cells] = np.fmax(amount, 0.0)
    return result


def _padded(values: Floats, extra: int) -> Floats:
    return np.concatenate([values, np.full(extra, np.nan)])
