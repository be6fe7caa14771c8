"""Promotions: what each brought against comparable shops, and what is left of it after its cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, current_language, ngettext
from core.metrics import FAMILIES
from core.reports.cycle.promotions import PromotionRequest, promotion_report
from pages._ui import reads
from pages._ui.charts.intervals import interval_figure
from pages._ui.charts.layout import chart_config, show_chart
from pages._ui.components.cards import Card, cards
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.components.notes import notes
from pages._ui.customers.section import SectionHead
from pages._ui.filters import period_shown
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market import market_view
from pages._ui.market.facts import declared_texts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from pages._ui.filters import Filters

HEIGHT = 320
KEYS = (
    "verdict", "rate", "rate_low", "rate_high", "gain", "cost", "effect", "effect_low", "effect_high", "lift",
    "margin_rate", "trend", "trend_rate", "units", "controls", "left_out", "mixed", "method", "place",
    "product", "start_on", "end_on", "compared", "reason",
)  # fmt: skip
WORD = FAMILIES["promotions"].word


def render_promotions(filters: Filters) -> SectionHead:
    """Show the promotions of the period and return what stands at the top of the page."""
    request = PromotionRequest(filters.start, filters.end, filters.company)
    table: pd.DataFrame = reads.cached(promotion_report, request)
    if table.empty:
        empty(
            _("No promotion is recorded in this period."), ("promotion", "promotion_shop", "terminal_sales")
        )
        return SectionHead(_("No promotion is recorded in this period."))
    cards(_cards(table), key="promotion_cards")
    known = table[table["rate"].notna()].sort_values("rate", ascending=False)
    if len(known):
        show_chart(
            interval_figure(
                _marks(known),
                _("Return: gain ÷ cost, with the 95 % interval"),
                (_("Certain"), _("Not certain, covers zero")),
                market_view.caption(filters, _("Return on promotions")),
                market_view.picture(HEIGHT, "promotions"),
            ),
            key="promotion_returns",
            config=chart_config(_("promotions"), current_language()),
        )
    refused(table)
    section(_("Promotions"))
    columns = MetricColumns("promotions", KEYS, _("Promotion"))
    metric_table(table, columns, key="promotion_table")
    notes(_notes())
    return SectionHead(
        promotion_sentence(table), downloads(table, columns, _("promotions"), period=period_shown())
    )


def promotion_sentence(table: pd.DataFrame) -> str:
    """Return the answer: how many promotions paid back, how many can't be told."""
    counts = table["verdict"].value_counts()
    parts = [ngettext("{n} has paid back", "{n} have paid back", int(counts.get("paid", 0)))]
    lost, doubtful = int(counts.get("lost", 0)), int(counts.get("open", 0))
    if lost:
        parts.append(ngettext("{n} has not", "{n} have not", lost))
    if doubtful:
        parts.append(ngettext("{n} can't be told from chance", "{n} can't be told from chance", doubtful))
    unknown = int(counts.get("refused", 0) + counts.get("no_cost", 0))
    if unknown:
        parts.append(ngettext("{n} can't be judged", "{n} can't be judged", unknown))
    verdicts = _(", ").join(parts)
    return ngettext(
        "Of {n} promotion: {verdicts}.", "Of {n} promotions: {verdicts}.", len(table), verdicts=verdicts
    )


def refused(table: pd.DataFrame) -> None:
    """Say of which promotions nothing can be said, and why."""
    for row in table[table["verdict"] == "refused"].itertuples():
        name = escape_markdown(row.name)
        st.caption(f":material/block: **{name}**: {escape_markdown(row.reason)}")
    for row in table[(table["mixed"] > 0).fillna(False)].itertuples():
        text = ngettext(
            "{name}: {n} of its shops had another promotion too; what each brought can't be told apart.",
            "{name}: {n} of its shops had another promotion too; what each brought can't be told apart.",
            int(row.mixed),
            name=str(row.name),
        )
        st.caption(f":material/warning: {escape_markdown(text)}")
    for row in table[table["trend"] == "apart"].itertuples():
        text = _(
            "{name}: promoted and comparable shops moved apart before it began ({change}); its effect is "
            "doubtful.",
            name=str(row.name),
            change=numbers.percent(row.trend_rate, sign=True),
        )
        st.caption(f":material/warning: {escape_markdown(text)}")


def _marks(known: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": known["name"],
            "value": known["rate"],
            "low": known["rate_low"],
            "high": known["rate_high"],
            "certain": known["verdict"].isin(["paid", "lost"]),
            "text": [numbers.percent(value, sign=True) for value in known["rate"]],
            "hover": [_hover(row) for row in known.to_dict("records")],
        }
    )


def _hover(row: dict[str, object]) -> str:
    return "<br>".join(
        [
            f"<b>{row['name']}</b> · {WORD('verdict', row['verdict'])}",
            _("Additional sales {lift} ({range})", lift=numbers.money(row["lift"]),
              range=numbers.money_range(row["lift_low"], row["lift_high"])),
            _("Gain {gain} of {cost} spent", gain=numbers.money(row["gain"], sign=True),
              cost=numbers.money(row["cost_counted"])),
            _("{n} promoted, {m} comparable", n=row["units"], m=row["controls"]),
            f"{_('Before it began')}: {WORD('trend', row['trend'])}",
        ]
    )  # fmt: skip


def _cards(table: pd.DataFrame) -> list[Card]:
    known = table[table["gain"].notna()]
    counts = table["verdict"].value_counts()
    return [
        Card(
            _("Promotions"),
            numbers.count(len(table)),
            explanation=_("Those that ran on any day of the period."),
            records=("promotion",),
        ),
        Card(
            _("Cost"),
            numbers.money(table["cost"].sum(min_count=1)),
            explanation=_("Sum of the costs recorded."),
            records=("promotion",),
        ),
        Card(
            _("Gain, where it is known"),
            numbers.money(known["gain"].sum(min_count=1), sign=True),
            explanation=_texts("gain"),
        ),
        Card(_("Paid back"), numbers.count(int(counts.get("paid", 0))), explanation=_texts("verdict")),
        Card(_("Not certain"), numbers.count(int(counts.get("open", 0))), explanation=_texts("verdict")),
    ]


def _texts(key: str) -> str:
    return "\n\n".join(declared_texts(key, "promotions"))


def _notes() -> list[str]:
    return [
        _(
            "The effect is what the promoted shops sold beyond what comparable shops make expect: alike in "
            "place, outlet type, grade and sales level, and without a promotion in these months."
        ),
        _("The interval is of the promotion while it ran in these shops; what came after it isn't in it."),
        _("Costs are shared evenly by the promoted shops; those that aren't counted don't cost."),
    ]
