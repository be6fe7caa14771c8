"""What people filled in about the dealers of the demonstration region: decisions, cards, calls, issues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.customers.cards import CARDS
from core.customers.dealers.decision import INPUTS, DealerRule, walk
from core.customers.forms import form
from core.customers.forms.validate import to_json, validate
from core.sample.forms import dealer_words as words
from core.sample.request import LAST_MONTH

if TYPE_CHECKING:
    import numpy as np

    from core.sample.request import SampleRequest
    from core.sample.staff import Dealers, Staff

MOST_DEALERS = 400
"""In a large store only so many dealers have papers: they show what is possible, not how much fits."""
DAY = dt.date(LAST_MONTH.year, LAST_MONTH.month, 28)
_YES = {"sales_team": 0.8, "information": 0.6, "channel_management": 0.72, "can_transform": 0.6}
_CARD_FILLED = (0.8, 0.55, 0.5, 0.45, 0.3, 0.5, 0.2, 0.3, 0.4)


@dataclass(frozen=True)
class _Record:
    form: str
    payload: dict[str, Any]
    day: dt.date


def dealer_form_table(request: SampleRequest, dealers: Dealers, staff: Staff) -> pa.Table:
    """Return the rows of ``customer_form`` about dealers; every one passes the check of its form."""
    random = request.stream("dealer_forms")
    names = dict(zip(*(staff.table.column(c).to_pylist() for c in ("employee_id", "name")), strict=True))
    rows = []
    for dealer in dealers.table.slice(0, MOST_DEALERS).to_pylist():
        owner = names.get(dealer["owner_employee_id"], words.OFFICE)
        for number, record in enumerate(_records(random, dealer, owner)):
            declared = form(record.form)
            payload = to_json(validate(declared, record.payload))
            record_id = f"demo{number:03}" if declared.many else ""
            rows.append((record.form, dealer["dealer_id"], record_id, payload, record.day, owner))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    return pa.table(
        {
            "form": pa.array(columns[0], pa.string()),
            "customer_type": pa.array(["dealer"] * len(rows), pa.string()),
            "customer_id": pa.array(columns[1], pa.string()),
            "record_id": pa.array(columns[2], pa.string()),
            "payload": pa.array(columns[3], pa.string()),
            "version": pa.array([1] * len(rows), pa.int32()),
            "updated_at": pa.array(
                [dt.datetime.combine(d, dt.time(17)) for d in columns[4]], pa.timestamp("us")
            ),
            "updated_by": pa.array(columns[5], pa.string()),
        }
    )


def _records(random: np.random.Generator, dealer: dict[str, Any], owner: str) -> Iterator[_Record]:
    yield from _decision(random, dealer)
    for card, chance in zip(CARDS, _CARD_FILLED, strict=True):
        if random.random() < chance:
            texts = words.CARD_TEXTS[card.form.name]
            kept = {name: _pick(random, options) for name, options in texts.items() if random.random() < 0.85}
            yield _Record(card.form.name, kept, _ago(random, 420))
    if random.random() < 0.6:
        called = _ago(random, 140)
        said = {"called_on": called, "way": _pick(random, ("visit", "phone")), "caller": owner}
        yield _Record("call_back", {**said, "content": _pick(random, words.CALLS)}, called)
    yield from _issues(random, owner)
    yield from _service(random, dealer)
    if random.random() < 0.04:
        day = _ago(random, 300)
        people = {"from_person": words.FORMER, "to_person": owner, "reason": words.LEFT, "introduced": True}
        yield _Record("handover", {"handed_on": day, "confirmed": bool(random.random() < 0.5), **people}, day)


def _decision(random: np.random.Generator, dealer: dict[str, Any]) -> Iterator[_Record]:
    rule = DealerRule()
    inputs = {name: dealer.get(name) for name in INPUTS}
    is_able = dealer["attitude"] >= rule.attitude and dealer["capability"] >= rule.able
    inputs |= {name: bool(random.random() < chance) for name, chance in _YES.items()} if is_able else {}
    if random.random() >= (0.72 if is_able else 0.35):
        return
    walked = walk(inputs, rule)
    day = _ago(random, 200)
    decided = "train" if walked.disposition == "eliminate" and random.random() < 0.1 else walked.disposition
    reason = words.REASONS[str(decided)] if decided == walked.disposition else words.AGAINST_THE_TREE
    limits = {"limit_attitude": rule.attitude, "limit_usable": rule.usable, "limit_able": rule.able}
    yield _Record(
        "dealer_decision",
        {
            **inputs,
            **limits,
            "decided_on": day,
            "disposition": decided,
            "proposed": walked.disposition,
            "reason": reason,
        },
        day,
    )
    for name in walked.lacking if decided == "transform" else ():
        measure = {"function": name, "state": _pick(random, ("open", "running", "done"))}
        due = day + dt.timedelta(int(random.integers(30, 180)))
        yield _Record("dealer_transformation", {**measure, "measure": words.MEASURES[name], "due": due}, day)


def _issues(random: np.random.Generator, owner: str) -> Iterator[_Record]:
    for _number in range(int(random.choice((0, 1, 2), p=(0.72, 0.2, 0.08)))):
        category, disorder, text = _pick(random, words.ISSUES)
        opened = _ago(random, 150)
        is_closed = random.random() < 0.55
        closed = min(opened + dt.timedelta(int(random.integers(1, 60))), DAY) if is_closed else None
        said = {
            "opened": opened,
            "closed": closed,
            "category": category,
            "disorder": disorder,
            "description": text,
        }
        solution = {"solution": words.SOLVED} if is_closed else {}
        yield _Record("dealer_issue", {**said, "responsible": owner, **solution}, closed or opened)


def _service(random: np.random.Generator, dealer: dict[str, Any]) -> Iterator[_Record]:
    """Return three months of supply, orders and receivables of a large dealer."""
    if dealer["tier"] != "large":
        return
    for back in range(3):
        month = dt.date(LAST_MONTH.year, LAST_MONTH.month - back, 1)
        ordered = round(float(dealer["credit_limit"]) * random.uniform(0.5, 1.5) + 1_000)
        orders = int(random.integers(4, 20))
        receivable = round(ordered * random.uniform(0.2, 0.8))
        yield _Record(
            "dealer_service",
            {
                "month": month,
                "ordered": ordered,
                "delivered": round(ordered * random.uniform(0.85, 1.0)),
                "orders": orders,
                "wrong_orders": int(random.binomial(orders, 0.05)),
                "receivable": receivable,
                "overdue": round(receivable * max(0.0, random.uniform(-0.2, 0.3))),
            },
            min(month + dt.timedelta(34), DAY),
        )


def _pick(random: np.random.Generator, options: Any) -> Any:  # noqa: ANN401 - whatever the list holds
    return options[int(random.integers(len(options)))]


def _ago(random: np.random.Generator, days: int) -> dt.date:
    return DAY - dt.timedelta(int(random.integers(1, days)))
