"""Key accounts: type, stage, opportunity, policies, eight steps, risk of leaving, open actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.accounts.churn import CHECKLIST, ChurnRisk, churn_risk
from core.customers.accounts.key_accounts import (
    FACTORS,
    POLICIES,
    OpportunityWeights,
    account_type,
    opportunity,
)
from core.customers.forms import form
from core.customers.forms.contacts import CONTACTS
from core.customers.forms.key_accounts import ACCOUNT, ACTION, BOOK, CHURN, WEIGHTS, weights_from
from core.customers.forms.validate import completeness
from core.reports.market.choices import names_of
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import EVERYTHING, Scope
from core.store.terminals import analysis as read

if TYPE_CHECKING:
    from core.customers.forms import Form
    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store


@dataclass(frozen=True)
class AccountRequest:
    """Which key accounts are looked at.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    figures
        Whose sales, when.
    today
        The day that silences and late actions refer to; no later than the data, or all would be silent.
    """

    kind: str
    figures: SalesWindow
    today: dt.date
    scope: Scope = EVERYTHING


def weights(store: Store) -> OpportunityWeights:
    """Return the weights of the opportunity kept in the store, equal ones where none are."""
    record = store_forms.load(store, FormKey(WEIGHTS, "market", ""))
    return weights_from(record.payload if record else None)


def accounts(store: Store, request: AccountRequest) -> pd.DataFrame:
    """Return the key accounts: large dealers, and everybody with a key-account form.

    Returns
    -------
    pandas.DataFrame
        On customer_id, largest first: name, place, owner, sales, type, inferred (None where nobody is known),
        functions, stage, opportunity, opportunity_known, policies (kept, of four; NaN without a form),
        workbook (0 to 1), risk, order_days, visit_days, actions (open), late.
    """
    saved = {part.name: _records(store, part, request) for part in (ACCOUNT, BOOK, CHURN)}
    named = {key for part in saved.values() for key in part} | set(_actions(store, request)["customer_id"])
    table = read.accounts(
        store, request.kind, named, request.figures, request.today, scope=request.scope
    ).set_index("customer_id")
    table["place"] = names_of(table.rename(columns={"name": "_", "place": "name", "place_en": "name_en"}))
    contacts = _contacts(store, request)
    called = last_calls(store, request) if request.kind == "dealer" else {}
    chosen = weights(store)
    rows = [
        _row(str(key), row, saved, contacts, chosen, request.today, called)
        for key, row in table.to_dict("index").items()
    ]
    found = pd.DataFrame(rows, index=table.index)
    open_ = _actions(store, request)
    open_ = open_[open_["state"] != "done"]
    late = open_[open_["end"].map(lambda day: day is not None and day < request.today).astype(bool)]
    found["actions"] = open_.groupby("customer_id").size().reindex(table.index).fillna(0).astype(int)
    found["late"] = late.groupby("customer_id").size().reindex(table.index).fillna(0).astype(int)
    return table[["name", "place", "owner", "sales"]].join(found)


def risk_of(
    row: Mapping[str, Any], payload: Mapping[str, Any] | None, today: dt.date, called: dt.date | None = None
) -> ChurnRisk:
    """Return the risk that a customer leaves.

    Parameters
    ----------
    row
        last_order and last_visit.
    payload
        The answers of the check; None where nobody answered.
    called
        The last call-back; it counts as a visit.
    """
    answers = {name: (payload or {}).get(name) for name in CHECKLIST}
    visits = [day for day in (_day(row["last_visit"]), called) if day is not None]
    return churn_risk(answers, _day(row["last_order"]), max(visits, default=None), today)


def _row(
    key: str,
    row: Mapping[str, Any],
    saved: Mapping[str, Mapping[str, Mapping[str, Any]]],
    contacts: Mapping[str, set[str]],
    chosen: OpportunityWeights,
    today: dt.date,
    called: Mapping[str, dt.date],
) -> dict[str, object]:
    account = saved[ACCOUNT.name].get(key)
    said = account or {}
    functions = contacts.get(key, set())
    inferred = account_type(functions)
    scored = opportunity({name: said.get(name) for name in FACTORS}, chosen)
    risk = risk_of(row, saved[CHURN.name].get(key), today, called.get(key))
    return {
        "type": said.get("type") or inferred,
        "inferred": inferred,
        "functions": len(functions),
        "stage": said.get("stage"),
        "opportunity": scored.score,
        "opportunity_known": scored.known,
        "policies": None if account is None else sum(said.get(name) is True for name in POLICIES),
        "workbook": completeness(BOOK, saved[BOOK.name].get(key)).share,
        "risk": risk.level,
        "order_days": risk.order_days,
        "visit_days": risk.visit_days,
    }


def _records(store: Store, part: Form, request: AccountRequest) -> dict[str, dict[str, Any]]:
    table = store_forms.load_frame(store, part, scope=request.scope)
    mine = table[table["customer_type"] == request.kind].set_index("customer_id")
    return {str(key): row for key, row in mine.to_dict("index").items()}


def _actions(store: Store, request: AccountRequest) -> pd.DataFrame:
    table = store_forms.load_frame(store, ACTION, scope=request.scope)
    return table[table["customer_type"] == request.kind]


def _contacts(store: Store, request: AccountRequest) -> dict[str, set[str]]:
    table = store_forms.load_frame(store, CONTACTS, scope=request.scope)
    mine = table[(table["customer_type"] == request.kind) & table["function"].notna()]
    return {str(key): set(rows) for key, rows in mine.groupby("customer_id")["function"]}


def last_calls(store: Store, request: AccountRequest) -> dict[str, dt.date]:
    """Return the day of each dealer's last call-back."""
    table = store_forms.load_frame(store, form("call_back"), scope=request.scope)
    calls = table[table["called_on"].map(lambda day: day is not None and day <= request.today).astype(bool)]
    return {str(key): max(days) for key, days in calls.groupby("customer_id")["called_on"]}


def _day(value: object) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(str(value)).date()
