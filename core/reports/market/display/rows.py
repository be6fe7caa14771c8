"""A market report's rows as a reader sees them: named in the language in use, the whole beside the parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import _
from core.reports.market.choices import names_of
from core.reports.market.market import MarketReport, MarketRequest, market_report
from core.store.market import geography

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from core.store.database import Store


@dataclass(frozen=True)
class MarketRows:
    """A market report with what a reader needs beside its figures.

    Parameters
    ----------
    regions
        Its regions with the name in the language in use, k and years.
    whole
        The one row of everything together, with the same columns; its name says what it is.
    """

    report: MarketReport
    regions: pd.DataFrame
    whole: pd.DataFrame

    def row(self, region_id: str | None) -> dict[str, object]:
        """Return one region's row; that of everything together where the region isn't among them."""
        places = np.flatnonzero(self.regions["region_id"] == region_id)
        chosen = self.regions.iloc[places[0]] if len(places) else self.whole.iloc[0]
        return {str(key): value for key, value in chosen.to_dict().items()}

    def companies(self, row: Mapping[str, object]) -> pd.DataFrame:
        """Return the companies of a row."""
        everyone = self.report.companies
        rows = everyone[everyone["region_id"] == row["region_id"]]
        return self.report.total_companies if rows.empty else rows

    def is_whole(self, row: Mapping[str, object]) -> bool:
        """Tell whether a row is everything together."""
        return bool(row["region_id"] == self.whole["region_id"].iloc[0])


def market_rows(store: Store, request: MarketRequest) -> MarketRows:
    """Return the rows of a request."""
    report = market_report(store, request)
    parameters = {"k": request.k, "years": request.years}
    regions = report.regions.assign(name=names_of(report.regions), **parameters)
    whole = report.total.assign(name=path_name(store, request), entry_score=float("nan"), **parameters)
    return MarketRows(report, regions, whole)


def path_name(store: Store, request: MarketRequest) -> str:
    """Return the name of everything together: the region looked into, or the whole market."""
    if request.within is None:
        return _("Whole market")
    return str(names_of(geography.path(store, request.within)).iloc[-1])
