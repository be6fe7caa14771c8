"""The channel issues of all dealers, and how well they are served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.customers.dealers.issues import aged, by_category, service_rates
from core.customers.forms import form
from core.store.forms import forms as store_forms

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.dealers.request import DealerRequest
    from core.store.database import Store


@dataclass(frozen=True, eq=False)
class DealerIssues:
    """The log.

    Parameters
    ----------
    log
        Every issue, the longest open first: dealer_id, record_id, version, the fields of the form
        ``dealer_issue``, open, days, age.
    categories
        The six kinds: :func:`core.customers.dealers.issues.by_category`.
    service
        Every monthly record, the latest first: dealer_id, the fields of ``dealer_service`` and its rates.
    """

    log: pd.DataFrame
    categories: pd.DataFrame
    service: pd.DataFrame


def dealer_issues(store: Store, request: DealerRequest, dealer_id: str | None = None) -> DealerIssues:
    """Return the issues of all dealers, or of one."""
    log = _records(store, "dealer_issue", request, dealer_id)
    log = aged(log, request.today).sort_values(["open", "days"], ascending=False, ignore_index=True)
    service = service_rates(_records(store, "dealer_service", request, dealer_id))
    service = service.sort_values("month", ascending=False, ignore_index=True)
    return DealerIssues(log, by_category(log), service)


def _records(store: Store, name: str, request: DealerRequest, dealer_id: str | None) -> pd.DataFrame:
    frame = store_forms.load_frame(store, form(name), scope=request.scope)
    frame = frame[frame["customer_type"] == "dealer"]
    if dealer_id is not None:
        frame = frame[frame["customer_id"] == dealer_id]
    return frame.rename(columns={"customer_id": "dealer_id"}).drop(columns="customer_type")
