"""What people filled in about key accounts and told us in shops of the demonstration region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.customers.accounts.churn import CHECKLIST
from core.customers.accounts.key_accounts import FACTORS, POLICIES, STAGES, STEPS
from core.customers.forms import form
from core.customers.forms.validate import to_json, validate
from core.sample.forms import terminal_words as words
from core.sample.request import LAST_MONTH

if TYPE_CHECKING:
    import numpy as np

    from core.sample.request import SampleRequest
    from core.sample.staff import Dealers, Staff

ACCOUNTS = 40
"""Dealers with a key-account form, the first large ones."""
DAY = dt.date(LAST_MONTH.year, LAST_MONTH.month, 28)
FUNCTIONS = ("purchasing", "owner", "finance", "logistics", "sales")
Row = tuple[str, str, str, str, dict[str, Any], dt.date, str]


def terminal_form_table(request: SampleRequest, dealers: Dealers, staff: Staff, sheets: pa.Table) -> pa.Table:
    """Return rows of ``customer_form`` about key accounts and scored shops; all pass the check of their form.

    Parameters
    ----------
    sheets
        Score sheets; their shops told us something.
    """
    random = request.stream("terminal_forms")
    names = dict(zip(*(staff.table.column(c).to_pylist() for c in ("employee_id", "name")), strict=True))
    large = [row for row in dealers.table.to_pylist() if row["tier"] == "large"][:ACCOUNTS]
    rows: list[Row] = []
    for dealer in large:
        owner = names.get(dealer["owner_employee_id"], words.OFFICE)
        rows += [("dealer", dealer["dealer_id"], *row, owner) for row in _account(random, owner)]
    shops = dict(zip(*(sheets.column(c).to_pylist() for c in ("terminal_id", "employee_id")), strict=True))
    for shop, rep in sorted(shops.items()):
        name = names.get(rep, words.OFFICE)
        rows += [("terminal", shop, *row, name) for row in _feedback(random, name)]
    return _table(rows)


def _account(random: np.random.Generator, owner: str) -> Iterator[tuple[str, str, dict[str, Any], dt.date]]:
    people = FUNCTIONS[: int(random.integers(1, 6))]
    for number, function in enumerate(people):
        name = words.PEOPLE[int(random.integers(len(words.PEOPLE)))]
        said = {"name": name, "function": function, "is_key_person": number == 0}
        yield "contacts", f"demo{number:03}", said, _ago(random, 300)
    scores = {name: int(random.integers(2, 11)) for name in FACTORS if random.random() < 0.92}
    policies = {name: bool(random.random() < 0.7) for name in POLICIES}
    stage = {"stage": list(STAGES)[int(random.integers(4))], "mode": "relation"}
    yield "key_account", "", {**stage, **scores, **policies}, _ago(random, 200)
    book = {name: words.BOOK[name] for name in STEPS if random.random() < 0.6}
    if book:
        yield "key_account_book", "", book, _ago(random, 200)
    if random.random() < 0.7:
        answers = {name: bool(random.random() < 0.85) for name in CHECKLIST}
        yield "churn_check", "", answers, _ago(random, 120)
    for number in range(int(random.integers(0, 4))):
        action, steps, remarks = words.ACTIONS[int(random.integers(len(words.ACTIONS)))]
        start = _ago(random, 90)
        said = {"action": action, "steps": steps, "responsible": owner, "remarks": remarks, "start": start}
        said |= {"end": start + dt.timedelta(int(random.integers(20, 120)))}
        said |= {"state": ("open", "running", "done")[int(random.integers(3))]}
        yield "key_account_action", f"demo{number:03}", said, start
    if random.random() < 0.6:
        yield "call_back", "demo100", {"called_on": DAY, "way": "visit", "content": words.CALLED}, DAY


def _feedback(random: np.random.Generator, rep: str) -> Iterator[tuple[str, str, dict[str, Any], dt.date]]:
    for back in range(3):
        if random.random() < 0.3:
            continue
        month = dt.date(LAST_MONTH.year, LAST_MONTH.month - back, 1)
        told = dt.date(month.year, month.month + 1, 1) + dt.timedelta(int(random.integers(0, 9)))
        said = {"told_on": told, "kind": "report", "month": month, "recorded_by": rep}
        said |= {"sell_out": int(random.integers(5, 80)) * 100}
        if random.random() < 0.8:
            said |= {"stock": int(random.integers(2, 60)) * 100}
        if random.random() < 0.7:
            said |= {"movement": words.MOVEMENT[int(random.integers(len(words.MOVEMENT)))]}
        yield "feedback", f"demo{back:03}", said, told
    if random.random() < 0.35:
        kind, content = words.TOLD[int(random.integers(len(words.TOLD)))]
        day = _ago(random, 80)
        said = {"told_on": day, "kind": kind, "content": content, "recorded_by": rep}
        if random.random() < 0.7:
            said |= {"answered_on": day + dt.timedelta(int(random.integers(0, 6)))}
        yield "feedback", "demo100", said, day


def _table(rows: list[Row]) -> pa.Table:
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "form",
            "customer_type",
            "customer_id",
            "record_id",
            "payload",
            "updated_at",
            "updated_by",
        )
    }
    for kind, customer, name, record, payload, day, actor in rows:
        text = to_json(validate(form(name), payload))
        values = (name, kind, customer, record, text, dt.datetime.combine(day, dt.time(17)), actor)
        for column, value in zip(columns, values, strict=True):
            columns[column].append(value)
    texts = {name: pa.array(values, pa.string()) for name, values in columns.items() if name != "updated_at"}
    return pa.table(
        {
            **texts,
            "version": pa.array([1] * len(rows), pa.int32()),
            "updated_at": pa.array(columns["updated_at"], pa.timestamp("us")),
        }
    )


def _ago(random: np.random.Generator, days: int) -> dt.date:
    return DAY - dt.timedelta(int(random.integers(1, days)))
