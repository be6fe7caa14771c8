"""Channel issues of all dealers: six kinds, how many are open, how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.dealers.issues import CATEGORIES, DISORDERS, RATES, overall_rates
from core.i18n import _, current_language, ngettext
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.header import section
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_figures import issue_figure
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.dealers.issues import DealerIssues
    from pages._ui.customers.customer_view import ListView

HEIGHT = 400
COLUMNS = ("category", "disorder", "description", "opened", "days", "open", "responsible", "due", "solution")


def render_dealer_issue_log(view: ListView) -> SectionHead:
    """Show the log."""
    request = dealer_view.request(view)
    issues = dealer_view.issues(request)
    names = dealer_view.table(request)["name"]
    if not len(issues.log):
        st.info(
            _(
                "No issue is noted. Open a dealer's card and note under “Matters” what goes wrong: supply,"
                " promotion, service, orders, settlement, coordination."
            ),
            icon=":material/fact_check:",
        )
        return SectionHead(_("No issue is noted."))
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        show_chart(
            issue_figure(
                issues.categories,
                Caption(_("Open channel issues by age"), dealer_view.source()),
                View(HEIGHT, dealer_view.is_dark()),
            ),
            key="dealer_issues",
            config=chart_config(_("channel issues"), current_language()),
        )
    with detail.container(height=HEIGHT, key="issue_facts"):
        _facts(issues)
    log = issues.log.assign(name=issues.log["dealer_id"].map(names))
    columns = MetricColumns("dealers", COLUMNS, _("Dealer"), "dealer", "matters")
    metric_table(log, columns, key="issue_log")
    return SectionHead(dealer_issue_log_sentence(issues), downloads(log, columns, _("channel issues")))


def dealer_issue_log_sentence(issues: DealerIssues) -> str:
    """Return the sentence about the issues."""
    waiting = issues.log[issues.log["open"]]
    if not len(waiting):
        return _("All noted issues are closed.")
    sentence = ngettext("{n} issue is open", "{n} issues are open", len(waiting))
    sentence += _(", the oldest for {days} days", days=int(waiting["days"].max()))
    diverted = int((waiting["disorder"] == "diversion").sum())
    if diverted:
        sentence += _("; ") + ngettext("{n} is diversion", "{n} are diversion", diverted)
    return sentence + _(".")


def _facts(issues: DealerIssues) -> None:
    section(_("Days to close, by kind"))
    facts(
        [
            Fact(
                _(CATEGORIES[str(row["category"])]),
                _days(row["days_to_close"]),
                _opened(row),
                records=("customer_form",),
            )
            for row in issues.categories.to_dict("records")
        ],
        explanation=[_("Mean days from opening to closing, over closed matters; and how many are open.")],
    )
    section(_("Open disorders of prices"))
    waiting = issues.log[issues.log["open"]]
    facts(
        [
            Fact(
                _(label), numbers.count(int((waiting["disorder"] == code).sum())), records=("customer_form",)
            )
            for code, label in DISORDERS.items()
        ],
        explanation=[_("Open matters in the log that name this disorder.")],
    )
    section(_("Service, all monthly records"))
    facts(
        rate_facts(issues.service),
        explanation=[_("Sum over all dealers and months in which both sides are recorded.")],
    )


def rate_facts(service: pd.DataFrame) -> list[Fact]:
    """Return how well dealers are served, over their monthly service records."""
    issues = overall_rates(service)
    return [
        Fact(_(label), numbers.percent(issues[code]), records=("customer_form",))
        for code, label in RATES.items()
    ]


def _days(value: object) -> str:
    return numbers.MISSING if numbers.is_missing(value) else _("{days} days", days=numbers.count(value))


def _opened(row: dict[object, object]) -> str:
    return _("{open} of {total} open", open=row["open"], total=row["total"])
