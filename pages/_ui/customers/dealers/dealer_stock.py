"""Stock and expenses: how long stock lasts, what moves slowly, what selling costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.dealers.stock import ALERTS
from core.i18n import _, current_language, format_date, ngettext
from core.metrics import metric
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.cards import Card, cards
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_figures import stock_figure
from pages._ui.customers.section import SectionHead
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from core.reports.dealers.stock import DealerStock
    from pages._ui.customers.customer_view import ListView

HEIGHT = 400
LINES = ("product", "alert", "slow", "stock", "days_of_stock", "sell_through", "counted_on")
DEALER_KEYS = ("place", "tier", "alert", "stock", "days_of_stock", "sell_through", "counted_on")
EXPENSES = ("advertising", "promotion", "people", "sales", "ratio", "above")
SHOPS = ("place", "product", "alert", "slow", "stock", "days_of_stock", "counted_on")
MOST_SHOPS = 500
ALARMS = ("no_sale", "overstock", "short", "stale_count")


def render_dealer_stock(view: ListView) -> SectionHead:
    """Show stock and expenses."""
    request = dealer_view.request(view)
    stock = dealer_view.stock(request)
    if not stock.dealers["stock"].notna().any():
        empty(_("No stock of dealers is recorded."), ("inventory", "dealer_sales"))
        return SectionHead(_("No stock of dealers is recorded."))
    cards(_cards(stock), key="stock_cards")
    lines = _lines(stock)
    counts = pd.crosstab(lines["dealer_id"], lines["alert"]).reindex(
        columns=["overstock", "short", "no_sale"], fill_value=0
    )
    counts = counts.assign(
        name=stock.dealers["name"].reindex(counts.index), all=counts.sum(axis=1)
    ).sort_values(["all", "name"], ascending=[False, True])
    picture, table = st.columns([1, 1], gap="small")
    with picture:
        show_chart(
            stock_figure(
                counts,
                dealer_view.rules().stock,
                Caption(
                    _("Dealers with the most stock alerts · {day}", day=format_date(request.as_of)),
                    dealer_view.source(),
                ),
                View(HEIGHT, dealer_view.is_dark()),
            ),
            key="dealer_stock",
            config=chart_config(_("stock"), current_language()),
        )
    with table:
        section(_("Products to look at"))
        products = MetricColumns("dealers", LINES, _("Dealer"), "dealer", "seven-p")
        metric_table(lines, products, key="stock_lines")
    section(_("Dealers"))
    dealers = stock.dealers.sort_values("days_of_stock", ascending=False, na_position="last")
    columns = MetricColumns("dealers", DEALER_KEYS, _("Dealer"), "dealer", "seven-p")
    metric_table(dealers, columns, key="stock_dealers")
    _shops(dealer_view.shop_stock(request))
    section(_("Expenses of the regions"))
    _show_expenses(stock)
    return SectionHead(dealer_stock_sentence(stock), downloads(lines, products, _("stock alerts")))


def _show_expenses(stock: DealerStock) -> None:
    """Show the expenses as the page of expenses has them, and what to know about them."""
    if stock.expenses is None:
        st.caption(_("No expenses are recorded."))
        return
    costs = stock.expenses.regions.set_index("region_id").assign(above=stock.above)
    costs = costs.sort_values("ratio", ascending=False)
    metric_table(costs, MetricColumns("dealers", EXPENSES, _("Region")), key="expense_table")
    for note in stock.expenses.notes:
        if note.code.startswith("ratio_"):
            st.caption(note.sentence)


def _shops(lines: pd.DataFrame) -> None:
    """Show the shops whose stock has to be looked at."""
    section(_("Shops with a stock count"))
    if not len(lines):
        st.caption(_("No stock of shops is recorded."))
        return
    counts = lines["alert"].value_counts()
    alerts = [f"{_(label)} {counts[code]}" for code, label in ALERTS.items() if counts.get(code, 0)]
    st.caption(_(", ").join(alerts))
    alarms = lines[lines["alert"].isin(ALARMS)].sort_values("stock", ascending=False).head(MOST_SHOPS)
    metric_table(alarms, MetricColumns("dealers", SHOPS, _("Terminal"), "terminal"), key="stock_shops")


def dealer_stock_sentence(stock: DealerStock) -> str:
    """Return the sentence about stock."""
    counts = stock.products["alert"].value_counts()
    over, short = int(counts.get("overstock", 0)), int(counts.get("short", 0))
    slow = int(stock.products["slow"].sum())
    unknown = int((stock.dealers["alert"] == "no_count").sum())
    alerts = _(", ").join(
        [
            ngettext("{n} product lies too long", "{n} products lie too long", over),
            ngettext("{n} runs out", "{n} run out", short),
            ngettext("{n} is a slow mover", "{n} are slow movers", slow),
        ]
    )
    if unknown:
        alerts += _("; ") + ngettext(
            "{n} dealer has no stock count", "{n} dealers have no stock count", unknown
        )
    return alerts + _(".")


def _lines(stock: DealerStock) -> pd.DataFrame:
    lines = stock.products[stock.products["alert"].isin(ALARMS)]
    lines = lines.assign(name=lines["dealer_id"].map(stock.dealers["name"]))
    order = {code: place for place, code in enumerate(ALERTS)}
    return lines.assign(_order=lines["alert"].map(order)).sort_values(
        ["slow", "stock"], ascending=[False, False]
    )


def _cards(stock: DealerStock) -> list[Card]:
    dealers = stock.dealers
    both = dealers[["sell_in", "sell_out"]].dropna()
    stocked = dealers[["stock", "daily_out"]].dropna()
    ratio = None if stock.expenses is None else stock.expenses.total["ratio"].iloc[0]
    return [
        Card(
            _("Days of stock"),
            numbers.count(_part(stocked["stock"], stocked["daily_out"])),
            explanation=_("Stock of all dealers counted ÷ their average daily sell-out."),
            records=("dealer_sales", "inventory"),
        ),
        Card(
            _("Sell-through"),
            numbers.percent(_part(both["sell_out"], both["sell_in"])),
            explanation=_("Sell-out ÷ sell-in of the last three months."),
            records=("dealer_sales",),
        ),
        Card(
            _("Products to look at"),
            numbers.count(int(stock.products["alert"].isin(ALARMS).sum())),
            explanation=_("Products of a dealer without sales, overstocked, short, or counted too long ago."),
            records=("dealer_sales", "inventory"),
        ),
        Card(
            _("Slow movers"),
            numbers.count(int(stock.products["slow"].sum())),
            explanation=_(metric("slow", "dealers").formula),
            records=("dealer_sales", "inventory"),
        ),
        Card(
            _("Expense ratio"),
            numbers.percent(ratio),
            explanation=_(
                "Advertising, promotion and people ÷ net sales, of months in which all are recorded."
            ),
            records=("dealer_sales", "expense"),
        ),
    ]


def _part(part: pd.Series, whole: pd.Series) -> float | None:
    return float(part.sum() / whole.sum()) if whole.sum() > 0 else None
