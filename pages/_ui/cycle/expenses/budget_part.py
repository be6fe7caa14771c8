"""Budget beside actual: how much is spent, where it is over, what it costs of sales, where the year ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, current_language, format_month, ngettext
from core.metrics import FAMILIES
from core.reports.cycle.expenses import ExpenseReport, ExpenseRequest, expense_report
from pages._ui import reads
from pages._ui.charts.budget_bars import month_bars, ratio_bars
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.cards import Card, cards
from pages._ui.components.downloads import slide_download
from pages._ui.components.header import section
from pages._ui.components.notes import notes
from pages._ui.customers.section import SectionHead
from pages._ui.cycle.expenses.budget_slide import budget_slide
from pages._ui.filters import period_shown
from pages._ui.formatting import periods
from pages._ui.market import market_view
from pages._ui.market.facts import declared_texts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.database import Store
    from pages._ui.filters import Filters

HEIGHT, MOST_REGIONS = 380, 12
REGION_KEYS = (
    "state", "difference", "used", "budget", "actual", "ratio", "advertising", "promotion", "people", "sales",
    "forecast", "forecast_error", "year_budget", "unbudgeted", "unbooked",
)  # fmt: skip
KIND_KEYS = ("state", "difference", "used", "budget", "actual", "unbudgeted", "unbooked")


def render_budget(filters: Filters, report: ExpenseReport) -> SectionHead:
    """Show budget and actual of the period and return what stands at the top of the page."""
    whole = report.total.iloc[0].to_dict()
    cards(_cards(report, whole), key="expense_cards")
    months, ratios = st.columns([3, 2], gap="small")
    with months:
        _months(filters, report)
    with ratios:
        _ratios(filters, report)
    section(_("By region"))
    table = report.regions.sort_values("difference", ascending=False, na_position="last", kind="stable")
    columns = MetricColumns("expenses", REGION_KEYS, _("Region"))
    metric_table(table, columns, key="expense_regions")
    st.caption(_total_line(whole))
    section(_("By kind of expense"))
    kinds = report.kinds.reset_index()
    kinds = kinds.assign(name=[FAMILIES["expenses"].word("kind", code) for code in kinds["kind"]])
    metric_table(kinds, MetricColumns("expenses", KIND_KEYS, _("Kind of expense")), key="expense_kinds")
    notes([*(note.sentence for note in report.notes), *_category_note(filters)])
    answer = budget_sentence(report)
    files = downloads(table, columns, _("expenses"), period=period_shown())
    caption = market_view.caption(filters, _("Expenses"))
    if report.kinds["actual"].notna().any():
        files.append(slide_download(partial(budget_slide, report, answer, caption), _("expenses")))
    return SectionHead(answer, files)


def budget_sentence(report: ExpenseReport) -> str:
    """Return the answer: what was spent, against what, and where it is over."""
    whole, regions = report.total.iloc[0], report.regions
    period = periods.label(report.request.start, report.request.end)
    values = {"period": period, "amount": numbers.money(whole["actual"])}
    difference = whole["difference"]
    if pd.isna(difference):
        return _("{period}: {amount} spent; there is no budget to compare it with.", **values)
    amount = numbers.money(abs(difference))
    against = (
        _("{amount} over budget", amount=amount)
        if difference > 0
        else _("{amount} under budget", amount=amount)
    )
    over = regions[regions["state"] == "over"].sort_values("difference", ascending=False)
    parts = [_("{period}: {amount} spent, {against}", **values, against=against)]
    if len(over):
        worst = over.iloc[0]
        parts.append(
            ngettext(
                "{n} region is over, most of all {name} ({amount})",
                "{n} regions are over, most of all {name} ({amount})",
                len(over),
                name=worst["name"],
                amount=numbers.money(worst["difference"], sign=True),
            )
        )
    if not pd.isna(whole["ratio"]):
        parts.append(_("expense ratio {ratio}", ratio=numbers.percent(whole["ratio"])))
    return _("; ").join(parts) + _(".")


def _cards(report: ExpenseReport, whole: Mapping[str, float]) -> list[Card]:
    regions = report.regions
    compared = regions[regions["state"] != "unknown"]
    over = int((compared["state"] == "over").sum())
    return [
        Card(
            _("Spent"),
            numbers.money(whole["actual"]),
            numbers.money(whole["difference"], sign=True) if not pd.isna(whole["difference"]) else "",
            _("against the budget"),
            good=False,
            explanation=_texts("actual"),
        ),
        Card(_("Budget used"), numbers.percent(whole["used"]), explanation=_texts("used")),
        Card(_("Expense ratio"), numbers.percent(whole["ratio"]), explanation=_texts("ratio")),
        Card(
            _("Regions over budget"),
            _("{n} of {all}", n=over, all=len(compared)),
            explanation=_texts("state"),
        ),
        _forecast_card(report, whole),
    ]


def _forecast_card(report: ExpenseReport, whole: Mapping[str, float]) -> Card:
    error = whole["forecast_error"]
    known = not pd.isna(whole["forecast"])
    reason = FAMILIES["expenses"].word("forecast_reason", whole["forecast_reason"])
    return Card(
        _("Forecast of {year}", year=report.request.end.year),
        numbers.money(whole["forecast"]),
        numbers.money(whole["forecast"] - whole["year_budget"], sign=True)
        if known and not pd.isna(whole["year_budget"])
        else "",
        _("against the year's budget"),
        good=False,
        explanation="\n\n".join(
            [
                _texts("forecast"),
                _(
                    "A year ago the same reckoning was off by {error}.",
                    error=numbers.percent(error, sign=True),
                )
                if known
                else reason,
            ]
        ),
    )


def _texts(key: str) -> str:
    return "\n\n".join(declared_texts(key, "expenses"))


def _months(filters: Filters, report: ExpenseReport) -> None:
    caption = market_view.caption(filters, _("Budget and expenses by month"))
    figure = reads.shared(_month_figure, report.request, caption, market_view.picture(HEIGHT, "months"))
    show_chart(figure, key="expense_months", config=chart_config(_("expenses"), current_language()))


def _month_figure(_store: Store, request: ExpenseRequest, caption: Caption, look: View) -> CachedFigure:
    months = reads.shared(expense_report, request).months.sort_index()
    unit = numbers.money_divisor()
    rows = pd.DataFrame(
        {
            "label": [f"{month:%Y}<br>{month:%m}" if at == 0 or month.month == 1 else f"{month:%m}"
                      for at, month in enumerate(pd.to_datetime(months.index))],
            "budget": months["budget"] / unit,
            "actual": months["actual"] / unit,
            "over": [numbers.money(v, unit=False, sign=True) if v > 0 else "" for v in months["difference"]],
            "hover": [_month_text(month, row) for month, row in months.iterrows()],
        }
    )  # fmt: skip
    rows["label"] = [_unique(label, at) for at, label in enumerate(rows["label"])]
    names = (_("Budget"), _("Spent; above it, what is over budget"), numbers.money_unit())
    return CachedFigure(month_bars(rows, names, caption, look))


def _unique(label: str, place: int) -> str:
    """Keep months of different years apart, which the axis would put into one place."""
    return label + "\u200b" * place


def _month_text(month: object, row: pd.Series) -> str:
    return "<br>".join(
        [
            f"<b>{format_month(pd.Timestamp(str(month)).date())}</b>",
            f"{_('Budget')} {numbers.money(row['budget'])}",
            f"{_('Spent')} {numbers.money(row['actual'])}",
            f"{_('Over (+) or under budget')} {numbers.money(row['difference'], sign=True)}",
            f"{_('Expense ratio')} {numbers.percent(row['ratio'])}",
        ]
    )


def _ratios(filters: Filters, report: ExpenseReport) -> None:
    caption = market_view.caption(filters, _("Highest expense ratios"))
    figure = reads.shared(_ratio_figure, report.request, caption, market_view.picture(HEIGHT, "r"))
    show_chart(figure, key="expense_ratios", config=chart_config(_("expense ratio"), current_language()))


def _ratio_figure(_store: Store, request: ExpenseRequest, caption: Caption, look: View) -> CachedFigure:
    report = reads.shared(expense_report, request)
    whole = float(report.total["ratio"].iloc[0])
    known = report.regions[report.regions["ratio"].notna()]
    rows = known.sort_values("ratio", ascending=False).head(MOST_REGIONS)
    rows = rows.assign(
        text=[numbers.percent(value) for value in rows["ratio"]],
        hover=[
            f"<b>{name}</b><br>{numbers.money(spent)} ÷ {numbers.money(sold)} = {numbers.percent(ratio)}"
            for name, spent, sold, ratio in zip(
                rows["name"], rows["expense"], rows["sales"], rows["ratio"], strict=True
            )
        ],
    )
    names = (_("Expense ratio"), _("Together: {ratio}", ratio=numbers.percent(whole)))
    return CachedFigure(ratio_bars(rows, names, whole, caption, look))


def _total_line(whole: Mapping[str, float]) -> str:
    texts = [
        _("**Together** · budget {budget} · spent {actual} · difference {difference} · expense ratio {ratio}",
          budget=numbers.money(whole["budget"]), actual=numbers.money(whole["actual"]),
          difference=numbers.money(whole["difference"], sign=True), ratio=numbers.percent(whole["ratio"]))
    ]  # fmt: skip
    return " ".join(texts)


def _category_note(filters: Filters) -> list[str]:
    if filters.category is None:
        return []
    return [_("Expenses aren't recorded by category: those of all categories are shown.")]
