"""Working with one customer: issues, service, hand-over, call-backs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.forms.dealers import CALL_BACK, HANDOVER, ISSUE, SERVICE
from core.i18n import N_, _, ngettext
from core.metrics import FAMILIES
from pages._ui.components.downloads import table_downloads
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_issue_log import rate_facts
from pages._ui.customers.forms.form_records import records_panel, table
from pages._ui.customers.section import SectionHead
from pages._ui.market import region_choice
from pages._ui.market.facts import facts

if TYPE_CHECKING:
    from core.customers.forms import Form
    from pages._ui.customers.customer_view import CardView

word = FAMILIES["dealers"].word

PARAMETERS = ("matter",)
PARTS = {
    "": N_("Channel issues"),
    "calls": N_("Call-backs"),
    "handover": N_("Hand-over"),
    "service": N_("Supply, orders, receivables"),
}
FORMS: dict[str, Form] = {"": ISSUE, "calls": CALL_BACK, "handover": HANDOVER, "service": SERVICE}


def render_dealer_service(view: CardView) -> SectionHead:
    """Show the part chosen, with its records and the form for one."""
    codes = [code for code in PARTS if view.kind in FORMS[code].customer_types]
    part = region_choice.pick_code("matter", {code: _(PARTS[code]) for code in codes})
    if view.kind == "dealer":
        _owner(view)
    if part == "service":
        _rates(view)
    form = FORMS[part]
    records = records_panel(
        form,
        view.kind,
        view.customer_id,
        defaults=_defaults(view, part),
        key=f"matter_{form.name}",
        scope=view.scope,
    )
    files, name = table(form, records), f"{_(form.label)}-{view.customer_id}"
    return SectionHead(
        _answer(view),
        table_downloads(files, name, sheet=_(form.label)) if records else [],
    )


def _defaults(view: CardView, part: str) -> dict[str, object]:
    """Return what a new record begins with: today, and who owns the customer now."""
    owner = view.customer.get("owner") or ""
    today = dt.date.today()
    begins: dict[str, dict[str, object]] = {
        "": {"opened": today, "responsible": owner},
        "calls": {"called_on": today, "caller": owner},
        "handover": {"handed_on": today, "from_person": owner},
        "service": {"month": today.replace(day=1)},
    }
    return begins[part]


def _answer(view: CardView) -> str:
    """Return the issues about a dealer's open issues and its next call-back."""
    if view.kind != "dealer":
        return ""
    request = dealer_view.request(view)
    log = dealer_view.issues(request, view.customer_id).log
    row = dealer_view.table(request).loc[view.customer_id]
    waiting = int(log["open"].sum())
    issues = (
        ngettext("{n} issue is open", "{n} issues are open", waiting) if waiting else _("No issue is open")
    )
    return issues + _("; ") + _("Call-back") + _(": ") + word("call_state", row["call_state"]) + _(".")


def _rates(view: CardView) -> None:
    """Show how well the dealer was served, where it is recorded."""
    service = dealer_view.issues(dealer_view.request(view), view.customer_id).service
    if len(service):
        left, _right = st.columns(2)
        with left:
            facts(rate_facts(service))


def _owner(view: CardView) -> None:
    """Say whose the account is, and what is wrong with that."""
    row = dealer_view.table(dealer_view.request(view)).loc[view.customer_id]
    texts = [
        _("Owner: {name}", name=_text(row["owner"])),
        _("Stand-in: {name}", name=_text(row["backup"])),
        _("Next call-back: {day}", day=f"{pd.Timestamp(row['next_call']):%Y-%m-%d}"),
    ]
    st.caption(" · ".join(texts))
    if row["owner_finding"] != "fine":
        st.warning(word("owner_finding", row["owner_finding"]), icon=":material/person_alert:")
    if row["backup_finding"] != "fine":
        st.warning(word("backup_finding", row["backup_finding"]), icon=":material/group_off:")


def _text(value: object) -> str:
    return numbers.MISSING if numbers.is_missing(value) else str(value)
