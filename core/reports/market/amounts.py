"""From the store's figures to the tables the formulas take: sales by company, capacity, and their origin.

Works on codes instead of texts: thousands of rows with two ids each are read once and never compared again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import StoreError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

CAPACITY_SOURCES = ("recorded", "mixed", "sum_of_sales")
WHOLE = "*"


@dataclass(frozen=True)
class Figures:
    """Figures of some regions by company, as codes and amounts; shape (n,) each.

    Parameters
    ----------
    region
        Position in ``region_ids``; -1 for what lies in no region.
    company
        Position in ``company_ids``; -1 for recorded capacity.
    amounts
        By column of :func:`core.store.market.market.figures`, yuan, NaN = nothing recorded.
    region_ids, company_ids
        What the codes stand for.
    """

    region: NDArray[np.int64]
    company: NDArray[np.int64]
    amounts: dict[str, NDArray[np.float64]]
    region_ids: pd.Index
    company_ids: pd.Index

    @classmethod
    def of(cls, rows: pd.DataFrame, region_ids: pd.Series, company_ids: pd.Series) -> Figures:
        """Read the store's answer, whose ids are dictionary-encoded."""
        amounts = {
            str(name): rows[name].to_numpy(np.float64)
            for name in rows.columns
            if rows[name].dtype == np.float64
        }
        return cls(
            _codes(rows["region_id"], pd.Index(region_ids)),
            _codes(rows["company_id"], pd.Index(company_ids)),
            amounts,
            pd.Index(region_ids),
            pd.Index(company_ids),
        )

    def of_regions(self, chosen: NDArray[np.bool_]) -> Figures:
        """Return the figures of the regions where ``chosen``, shape (number of regions,), is True."""
        position = np.where(chosen, np.cumsum(chosen) - 1, -1)
        rows = (self.region >= 0) & np.append(chosen, values=False)[self.region]
        return Figures(
            position[self.region[rows]],
            self.company[rows],
            {name: values[rows] for name, values in self.amounts.items()},
            self.region_ids[chosen],
            self.company_ids,
        )

    def of_company(self, company_id: str) -> dict[str, NDArray[np.float64]]:
        """Return a company's amounts by column, shape (regions,) each, NaN = nothing recorded."""
        code = int(self.company_ids.get_indexer([company_id])[0])
        rows = (self.company == code) & (self.region >= 0)
        result = {}
        for name, values in self.amounts.items():
            result[name] = np.full(len(self.region_ids), np.nan)
            result[name][self.region[rows]] = values[rows]
        return result

    def with_zeros(self, company_id: str, zero: dict[str, NDArray[np.bool_]]) -> Figures:
        """Return the figures with zeros for a company.

        Parameters
        ----------
        zero
            By column of ``amounts``: the regions that get a zero, shape (regions,).
        """
        if not any(regions.any() for regions in zero.values()):
            return self
        code = int(self.company_ids.get_indexer([company_id])[0])
        kept = (self.company != code) | (self.region < 0)
        own = self.of_company(company_id)
        for name, regions in zero.items():
            own[name] = np.where(regions, 0.0, own[name])
        known = np.any([np.isfinite(values) for values in own.values()], axis=0)
        return Figures(
            np.append(self.region[kept], np.flatnonzero(known)),
            np.append(self.company[kept], np.full(int(known.sum()), code)),
            {name: np.append(values[kept], own[name][known]) for name, values in self.amounts.items()},
            self.region_ids,
            self.company_ids,
        )

    def together(self, tops: NDArray[np.bool_], *, unplaced: bool) -> Figures:
        """Return the sum of some regions as one, with what lies in no region or without.

        Parameters
        ----------
        tops
            Shape (number of regions,): which ones; none of them may lie in another.
        unplaced
            Whether to add what lies in no region. It adds to the capacity only where the capacity is, at
            least in part, a sum of sales: a recorded one covers all shops, wherever they lie.
        """
        inside = (self.region >= 0) & np.append(tops, values=False)[self.region]
        recorded_only = not np.isfinite(self.amounts["capacity"][inside & (self.company >= 0)]).any()
        lost = (self.region < 0) & unplaced
        rows = inside | lost
        code = self.company[rows] + 1
        size = len(self.company_ids) + 1
        sums = {}
        for name, values in self.amounts.items():
            left_out = lost[rows] & recorded_only & inside.any() & name.startswith("capacity")
            sums[name] = sum_by(code, np.where(left_out, np.nan, values[rows]), size)
        present = np.bincount(code, minlength=size) > 0
        return Figures(
            np.zeros(int(present.sum()), dtype=np.int64),
            np.flatnonzero(present) - 1,
            {name: values[present] for name, values in sums.items()},
            pd.Index([WHOLE], dtype="str"),
            self.company_ids,
        )

    @property
    def unplaced(self) -> float:
        """What terminals without a region sold, yuan."""
        return float(np.nansum(self.amounts["amount"][self.region < 0]))

    def sales(self, aggregates: NDArray[np.bool_]) -> pd.DataFrame:
        """Return region_id, company_id, is_aggregate, amount, amount_previous, ids dictionary-encoded."""
        now, before = self.amounts["amount"], self.amounts["amount_previous"]
        rows = (self.company >= 0) & ~(np.isnan(now) & np.isnan(before))
        return pd.DataFrame(
            {
                "region_id": pd.Categorical.from_codes(self.region[rows], self.region_ids),
                "company_id": pd.Categorical.from_codes(self.company[rows], self.company_ids),
                "is_aggregate": aggregates[self.company[rows]],
                "amount": now[rows],
                "amount_previous": before[rows],
            }
        )

    def capacity(self) -> pd.DataFrame:
        """Return region_id, capacity, capacity_previous and their sources, one row per region.

        A recorded capacity against a sum of sales is no growth of the market: where one period has only the
        one and the other only the other, ``capacity_previous`` is missing.
        """
        now, source = self._capacity_of("capacity")
        before, source_before = self._capacity_of("capacity_previous")
        unlike = (np.abs(source - source_before) == 2) & (source >= 0) & (source_before >= 0)
        return pd.DataFrame(
            {
                "region_id": self.region_ids,
                "capacity": now,
                "capacity_previous": np.where(unlike, np.nan, before),
                "capacity_source": source_text(source),
                "capacity_source_previous": source_text(source_before),
            }
        )

    def _capacity_of(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the capacity of one period and the code of its source, shape (regions,) each."""
        recorded = self.by_region(name, companies=False)
        summed = self.by_region(name, companies=True)
        known = np.isfinite(recorded) | np.isfinite(summed)
        total = np.round(np.nan_to_num(recorded) + np.nan_to_num(summed), 2)
        return np.where(known, total, np.nan), source_codes(recorded, summed)

    def by_region(self, name: str, *, companies: bool) -> NDArray[np.float64]:
        """Sum a column over the rows of companies, or over those of recorded capacity, shape (regions,)."""
        rows = (self.company >= 0) == companies
        return sum_by(self.region[rows], self.amounts[name][rows], len(self.region_ids))


def sum_by(codes: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Sum yuan by code to the fen, shape (size,); NaN where nothing is recorded."""
    known = np.isfinite(values)
    total = np.bincount(codes[known], values[known], minlength=size)
    return np.where(np.bincount(codes[known], minlength=size) > 0, np.round(total, 2), np.nan)


def source_codes(recorded: NDArray[np.float64], summed: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return where a capacity comes from: position in ``CAPACITY_SOURCES``, -1 where there is none."""
    has_recorded, has_summed = np.isfinite(recorded), np.isfinite(summed)
    return np.select([has_recorded & has_summed, has_recorded, has_summed], [1, 0, 2], default=-1)


def source_text(codes: NDArray[np.int64]) -> pd.api.extensions.ExtensionArray:
    """Return the codes' names as text."""
    return pd.array(np.array([*CAPACITY_SOURCES, None], dtype=object)[codes], dtype="str")


def _codes(ids: pd.Series, index: pd.Index) -> NDArray[np.int64]:
    """Return the position of each id in an index, -1 where there is no id."""
    named = pd.Index(ids.cat.categories.astype("str"))
    positions = index.get_indexer(named)
    if (positions < 0).any():
        raise StoreError(
            _("The figures name {ids}, which the store doesn't know.", ids=", ".join(named[positions < 0])),
            _("Run “python -m core check” to see what is wrong with the store."),
        )
    codes: NDArray[np.int64] = np.append(positions, -1)[ids.cat.codes]
    return codes
