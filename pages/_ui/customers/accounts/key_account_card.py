"""A key account on its card: profile and opportunity, action plan, eight steps, check against leaving."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.accounts.churn import CHECKLIST
from core.customers.accounts.churn import LEVELS as RISKS
from core.customers.accounts.key_accounts import (
    FACTORS,
    PARTNER_FUNCTIONS,
    STRATEGIC_FUNCTIONS,
    TYPES,
    account_type,
    opportunity,
)
from core.customers.forms.contacts import CONTACTS, FUNCTIONS
from core.customers.forms.key_accounts import ACCOUNT, ACTION, BOOK, CHURN
from core.customers.forms.validate import completeness
from core.exchange.printing.action_plan import PlanHead, plan_page
from core.exchange.printing.form import printable, workbook
from core.i18n import N_, _, ngettext
from core.reports.terminals import key_accounts as terminal_accounts
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.terminals import analysis as store_terminals
from pages._ui import reads
from pages._ui.components.downloads import XLSX, Download
from pages._ui.components.header import section
from pages._ui.customers.accounts.key_account_view import day_of
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.customers.section import SectionHead
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.customers.forms import Form
    from core.store.forms.forms import Record
    from pages._ui.customers.customer_view import CardView

PARAMETERS = ("account_part",)
PARTS = {
    "": N_("Profile and opportunity"),
    "plan": N_("Action plan"),
    "book": N_("Eight steps"),
    "risk": N_("Risk of leaving"),
}


def render_key_account_card(view: CardView) -> SectionHead:
    """Show the part chosen."""
    part = region_choice.pick_code("account_part", {code: _(label) for code, label in PARTS.items()})
    return {"": _profile, "plan": _plan, "book": _book, "risk": _risk}[part](view)


def _saved(view: CardView, form: Form) -> Record | None:
    records: Record | None = reads.cached(store_forms.load, FormKey(form, view.kind, view.customer_id))
    return records


def _panel(view: CardView, form: Form) -> None:
    form_panel(form, view.kind, view.customer_id, key=form.name, scope=view.scope)


def _profile(view: CardView) -> SectionHead:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _panel(view, ACCOUNT)
    saved = _saved(view, ACCOUNT)
    sentence: Mapping[str, object] = saved.payload if saved else {}
    contacts = reads.cached(store_forms.records, FormKey(CONTACTS, view.kind, view.customer_id))
    known = sorted({row.payload["function"] for row in contacts if row.payload.get("function")})
    inferred = account_type(known)
    chosen = reads.cached(terminal_accounts.weights)
    scores = {name: sentence.get(name) for name in FACTORS}
    scored = opportunity(scores, chosen)  # type: ignore[arg-type]  # the form has checked the numbers
    with right:
        section(_("Type by the contacts"))
        rule = _(
            "1 function ordinary, {partner} or more partner, {strategic} or more strategic.",
            partner=PARTNER_FUNCTIONS,
            strategic=STRATEGIC_FUNCTIONS,
        )
        names = _(", ").join(_(FUNCTIONS[code]) for code in known) or _("nobody is known yet")
        word = numbers.MISSING if inferred is None else _(TYPES[inferred])
        facts(
            [
                Fact(
                    _("Inferred type"),
                    word,
                    ngettext("{n} function", "{n} functions", len(known)),
                    [rule, names],
                    records=("customer_form",),
                )
            ]
        )
        section(_("Opportunity score"))
        how = _("Weight × points × 10; a factor without points is left out, the others weigh more.")
        facts(
            [
                Fact(
                    _(label),
                    numbers.MISSING if name not in scored.points else f"{scored.points[name]:.1f}",
                    _("weight {weight}", weight=f"{chosen.weights[name]:g}"),
                    records=("customer_form",),
                )
                for name, label in FACTORS.items()
            ],
            explanation=[how],
        )
        st.caption(how)
    kind = sentence.get("type") or inferred
    if kind is None and scored.score is None:
        return SectionHead(_("Nothing is known of this account yet: fill in its stage and the five factors."))
    parts = [_(TYPES[str(kind)])] if kind else []
    if scored.score is not None:
        parts.append(_("opportunity {score} of 100", score=f"{scored.score:.0f}"))
    return SectionHead(_(", ").join(parts) + _("."))


def _plan(view: CardView) -> SectionHead:
    owner = str(view.customer.get("owner") or "")
    today = dt.date.today()
    records = records_panel(
        ACTION,
        view.kind,
        view.customer_id,
        defaults={"responsible": owner, "start": today, "state": "open"},
        key="account_action",
        scope=view.scope,
        columns=("action", "steps", "responsible", "start", "end", "state", "remarks"),
    )
    page = plan_page(PlanHead(str(view.customer["name"]), owner, today), [row.payload for row in records])
    name = f"{_('action plan')}-{view.customer_id}"
    waiting = [record for record in records if record.payload["state"] != "done"]
    late = sum(record.payload["end"] is not None and record.payload["end"] < today for record in waiting)
    sentence = ngettext("{n} action is open", "{n} actions are open", len(waiting))
    if late:
        sentence += _(", ") + _("{n} of them late", n=late)
    return SectionHead(
        sentence + _("."),
        [
            Download(_("Pages to print (HTML)"), f"{name}.html", "text/html", lambda: printable(page)),
            Download(_("Table (Excel)"), f"{name}.xlsx", XLSX, lambda: workbook(page, _("action plan"))),
        ],
    )


def _book(view: CardView) -> SectionHead:
    saved = _saved(view, BOOK)
    done = completeness(BOOK, saved.payload if saved else None)
    st.progress(done.share)
    _panel(view, BOOK)
    missing = _(", ").join(_(BOOK.field(name).label) for name in done.missing)
    sentence = _("{filled} of {fields} steps are filled in", filled=done.filled, fields=done.fields)
    return SectionHead(sentence + (_("; missing: {steps}", steps=missing) if missing else "") + _("."))


def _risk(view: CardView) -> SectionHead:
    until = day_of(view)
    rows = reads.cached(
        store_terminals.accounts, view.kind, (view.customer_id,), view.figures, until
    ).set_index("customer_id")
    saved = _saved(view, CHURN)
    called = None
    if view.kind == "dealer":
        request = terminal_accounts.AccountRequest(view.kind, view.figures, until)
        called = reads.cached(terminal_accounts.last_calls, request).get(view.customer_id)
    risk = terminal_accounts.risk_of(
        rows.loc[view.customer_id], saved.payload if saved else None, until, called
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _panel(view, CHURN)
    with right:
        section(_("What the records say"))
        facts(
            [
                _silence(_("Since the last order"), risk.order_days, silent="order" in risk.silent),
                _silence(_("Since the last visit"), risk.visit_days, silent="visit" in risk.silent),
                Fact(
                    _("Unmet"),
                    str(len(risk.unmet)),
                    explanation=[_(CHECKLIST[i][1]) for i in risk.unmet],
                    records=("customer_form",),
                ),
                Fact(
                    _("Not answered"),
                    str(len(risk.open)),
                    explanation=[_(CHECKLIST[i][1]) for i in risk.open],
                    records=("customer_form",),
                ),
            ]
        )
        st.caption(
            _("3 warnings are high, 1 is middle; 45 days without an order or 30 without a visit is one.")
        )
    return SectionHead(_("Risk of leaving: {level}.", level=_(RISKS[risk.level])))


def _silence(label: str, days: int | None, *, silent: bool) -> Fact:
    value = _("never") if days is None else _("{days} days", days=numbers.count(days))
    return Fact(label, value, _("a warning") if silent else "", records=("customer_form",))
