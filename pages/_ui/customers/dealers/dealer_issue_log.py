"""Channel issues of all dealers: six kinds, how many are open, how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.issues import CATEGORIES, DISORDERS, RATES, overall_rates
from core.i18n import _, current_language, ngettext
from pages._ui.charts.layout import Caption, View, chart_config
from pages._ui.components.downloads import csv, xlsx
from pages._ui.components.header import section
from pages._ui.customers.dealer_table import dealer_table, shown
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_figures import issue_figure
from pages._ui.customers.section import Shown
from pages._ui.market.facts import Fact, facts

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.dealers.issues import DealerIssues
    from pages._ui.customers.customer_view import ListView

HEIGHT = 400
COLUMNS = ("category", "disorder", "description", "opened", "days", "open", "responsible", "due", "solution")


def show(view: ListView) -> Shown:
    """Show the log."""
    asked = dealer_view.request(view)
    found = dealer_view.issues(asked)
    names = dealer_view.table(asked)["name"]
    if not len(found.log):
        st.info(
            _(
                "No issue is noted. Open a dealer's card and note under “Matters” what goes wrong: supply,"
                " promotion, service, orders, settlement, coordination."
            ),
            icon=":material/fact_check:",
        )
        return Shown(_("No issue is noted."))
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        st.plotly_chart(
            issue_figure(
                found.categories,
                Caption(_("Open channel issues by age"), dealer_view.source()),
                View(HEIGHT, dealer_view.is_dark()),
            ),
            key="dealer_issues",
            config=chart_config(_("channel issues"), current_language()),
        )
    with detail.container(height=HEIGHT, key="issue_facts"):
        _facts(found)
    log = found.log.assign(name=found.log["dealer_id"].map(names))
    dealer_table(log, COLUMNS, key="issue_log", section="matters")
    files, name = shown(log, COLUMNS), _("channel issues")
    return Shown(answer(found), [xlsx(files, name), csv(files, name)])


def answer(found: DealerIssues) -> str:
    """Return the sentence about the issues."""
    waiting = found.log[found.log["open"]]
    if not len(waiting):
        return _("All noted issues are closed.")
    said = ngettext("{n} issue is open", "{n} issues are open", len(waiting))
    said += _(", the oldest for {days} days", days=int(waiting["days"].max()))
    diverted = int((waiting["disorder"] == "diversion").sum())
    if diverted:
        said += _("; ") + ngettext("{n} is diversion", "{n} are diversion", diverted)
    return said + _(".")


def _facts(found: DealerIssues) -> None:
    section(_("Days to close, by kind"))
    facts(
        [
            Fact(_(CATEGORIES[str(row["category"])]), _days(row["days_to_close"]), _opened(row))
            for row in found.categories.to_dict("records")
        ]
    )
    section(_("Open disorders of prices"))
    waiting = found.log[found.log["open"]]
    facts(
        [
            Fact(_(label), numbers.count(int((waiting["disorder"] == code).sum())))
            for code, label in DISORDERS.items()
        ]
    )
    section(_("Service, all monthly records"))
    facts(rate_facts(found.service))


def rate_facts(service: pd.DataFrame) -> list[Fact]:
    """Return how well dealers are served, over their monthly service records."""
    found = overall_rates(service)
    return [Fact(_(label), numbers.percent(found[code])) for code, label in RATES.items()]


def _days(value: object) -> str:
    return numbers.MISSING if numbers.is_missing(value) else _("{days} days", days=numbers.count(value))


def _opened(row: dict[object, object]) -> str:
    return _("{open} of {total} open", open=row["open"], total=row["total"])
