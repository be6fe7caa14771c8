"""The section 重点客户: who they are, how far we are with each, what is at risk, what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.accounts.churn import LEVELS as RISKS
from core.customers.accounts.key_accounts import FACTORS, STAGES, TYPES, OpportunityWeights
from core.customers.forms.key_accounts import WEIGHTS
from core.i18n import _, current_language, ngettext
from core.metrics import FAMILIES
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.matrix import Cells, matrix_figure
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.customers.accounts import key_account_view
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.section import SectionHead
from pages._ui.formatting import periods
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.market.facts import Fact, declared_texts, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.terminals.key_accounts import AccountRequest
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

word = FAMILIES["terminals"].word

HEIGHT = 320
UNKNOWN = ""
KEYS = (
    "place", "type", "functions", "stage", "opportunity", "opportunity_known", "policies", "workbook",
    "risk", "actions", "late", "sales",
)  # fmt: skip
ORDER = ("high", "middle", "unknown", "low")


def render_key_account(view: ListView) -> SectionHead:
    """Show the key accounts."""
    table = key_account_view.table(view)
    if table.empty:
        st.info(
            _("There is no key account yet. Open a customer's card and fill in “Key account”."),
            icon=":material/stars:",
        )
        return SectionHead(_("There is no key account yet."))
    cards(_cards(table), key="account_cards")
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        show_chart(
            reads.drawing(
                _figure,
                key_account_view.request(view),
                Caption(_("Key accounts by type and stage"), _("Source: forms and contacts in the store")),
                View(HEIGHT, st.context.theme.type == "dark"),
            ),
            key="account_matrix",
            config=chart_config(_("key accounts"), current_language()),
        )
    with detail.container(height=HEIGHT, key="account_risks"):
        _risks(table)
    with st.container(horizontal=True, vertical_alignment="center"):
        section(_("Key accounts"))
        with st.popover(_("Weights of the opportunity"), icon=":material/tune:", key="weights"):
            equal = OpportunityWeights().weights
            form_panel(
                WEIGHTS, "market", "", defaults={name: equal[name] for name in FACTORS}, key="weights_form"
            )
    order = {code: place for place, code in enumerate(ORDER)}
    rows = table.assign(_order=table["risk"].map(order)).sort_values(
        ["_order", "sales"], ascending=[True, False]
    )
    title = _("Dealer") if view.kind == "dealer" else _("Terminal")
    columns = MetricColumns("terminals", KEYS, title, view.kind, "key-account")
    metric_table(rows, columns, key="key_accounts")
    return SectionHead(
        key_account_sentence(table),
        downloads(
            rows, columns, _("key accounts"), period=periods.label(view.figures.start, view.figures.end)
        ),
    )


def key_account_sentence(table: pd.DataFrame) -> str:
    """Return the sentence about the accounts."""
    sentence = ngettext("{n} key account", "{n} key accounts", len(table))
    risky = table[table["risk"] == "high"]
    if len(risky):
        sentence += _("; ") + _(
            "{n} may leave, with sales of {sales}",
            n=len(risky),
            sales=numbers.money(risky["sales"].sum(min_count=1)),
        )
    late = int(table["late"].sum())
    if late:
        sentence += _("; ") + ngettext("{n} action is late", "{n} actions are late", late)
    return sentence + _(".")


def _cards(table: pd.DataFrame) -> list[Card]:
    score = table["opportunity"].astype("float64")
    return [
        Card(
            _("Key accounts"),
            numbers.count(len(table)),
            explanation=_("Large dealers, and everybody with a key-account form or action."),
            records=("customer_form", "dealer"),
        ),
        Card(
            _("Their sales"),
            numbers.money(table["sales"].sum(min_count=1)),
            explanation="\n\n".join(declared_texts("sales", "terminals")),
        ),
        Card(
            _("Mean opportunity"),
            numbers.MISSING if score.isna().all() else f"{score.mean():.0f}",
            explanation="\n\n".join(declared_texts("opportunity", "terminals")),
        ),
        Card(
            _("Eight steps filled in"),
            numbers.percent(table["workbook"].mean()),
            explanation="\n\n".join(declared_texts("workbook", "terminals")),
        ),
        Card(
            _("Open actions"),
            numbers.count(int(table["actions"].sum())),
            explanation="\n\n".join(declared_texts("actions", "terminals")),
        ),
    ]


def _figure(_store: Store, request: AccountRequest, caption: Caption, look: View) -> CachedFigure:
    return CachedFigure(matrix_figure(_matrix(key_account_view.table_of(request)), caption, look))


def _matrix(table: pd.DataFrame) -> Cells:
    """Return type × stage with the number of accounts and their sales."""
    types, stages = [*reversed(TYPES), UNKNOWN], [*STAGES, UNKNOWN]
    kind = table["type"].fillna(UNKNOWN)
    stage = table["stage"].fillna(UNKNOWN)
    weights, texts = [], []
    for row in types:
        cells = [table[(kind == row) & (stage == column)] for column in stages]
        weights.append(tuple(len(cell) / len(table) for cell in cells))
        texts.append(
            tuple(
                f"{len(cell)}<br>{numbers.money(cell['sales'].sum(min_count=1))}" if len(cell) else "0"
                for cell in cells
            )
        )
    rows = tuple(_(TYPES[code]) if code else _("nobody known") for code in types)
    columns = tuple(_(STAGES[code]) if code else _("no stage") for code in stages)
    hovers = tuple(
        tuple(
            f"{escape_plotly(row)} · {escape_plotly(column)}<br>{text}"
            for column, text in zip(columns, line, strict=True)
        )
        for row, line in zip(rows, texts, strict=True)
    )
    return Cells(rows, columns, tuple(weights), tuple(texts), hovers)


def _risks(table: pd.DataFrame) -> None:
    section(_("Risk of leaving"))
    facts(
        [
            Fact(
                word("risk", code),
                numbers.count(int((table["risk"] == code).sum())),
                numbers.money(table.loc[table["risk"] == code, "sales"].sum(min_count=1)),
                records=("customer_form", "dealer_sales", "terminal_sales", "visit"),
            )
            for code in RISKS
        ],
        explanation=declared_texts("risk", "terminals"),
    )
    st.caption(
        _(
            "One talk, two agreements, four guarantees; and how long ago they ordered and were visited."
            " New products are tried at these accounts first."
        )
    )
