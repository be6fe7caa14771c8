"""What the key-account sections look at; read once per question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.reports.terminals.key_accounts import AccountRequest, accounts
from pages._ui import reads

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.customers.customer_view import CardView, ListView


def day_of(view: ListView | CardView) -> dt.date:
    """Return the day that silences refer to: the end of the period, or today if that comes first."""
    return min(view.figures.as_of, dt.date.today())


def table(view: ListView) -> pd.DataFrame:
    """Return the key accounts; nobody may change the table."""
    return table_of(request(view))


def request(view: ListView) -> AccountRequest:
    """Return which accounts the section asks for."""
    return AccountRequest(view.kind, view.figures, day_of(view), view.scope)


def table_of(request: AccountRequest) -> pd.DataFrame:
    """Return the key accounts of a request; nobody may change the table."""
    answer: pd.DataFrame = reads.shared(accounts, request)
    return answer
