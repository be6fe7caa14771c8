"""The 7P panel of one dealer: what the data say in each panel, and what is typed [S2 2-3]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core import numbers
from core.customers.forms.dealers import SEVEN_P
from core.i18n import _, current_language, ngettext
from core.known_words import known_word
from core.metrics import FAMILIES, metric
from core.reports.dealers import dealer as dealer_file
from pages._ui import reads
from pages._ui.charts.layout import Caption, View, chart_config, finish, show_chart
from pages._ui.charts.palette import US
from pages._ui.components.downloads import table_downloads
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.reports.dealers.dealer import SevenP
    from pages._ui.customers.customer_view import CardView

word = FAMILIES["dealers"].word

HEIGHT = 230
MOST_PAIRS = 8


def render_dealer_seven_p(view: CardView) -> SectionHead:
    """Show the seven panels and the form for what only people know."""
    request = dealer_view.request(view)
    row = dealer_view.table(request).loc[view.customer_id]
    facts = dealer_view.facts(request).loc[view.customer_id]
    seven_p: SevenP = reads.cached(dealer_file.seven_p, request, view.customer_id, row["region_id"])
    first, second, third = st.columns(3, gap="small")
    with first:
        _profile(row, facts)
        _persistency(seven_p, row)
    with second:
        _profit(row, facts)
        _prospecting(seven_p, row)
    with third:
        _promotion(seven_p)
        _performance(seven_p)
    _product(seven_p)
    with st.expander(_("What only people know"), icon=":material/edit_note:"):
        form_panel(SEVEN_P, view.kind, view.customer_id, key="seven_p", scope=view.scope)
    files = _named(seven_p.products)
    name = _("7P products") + f"-{view.customer_id}"
    return SectionHead(
        dealer_seven_p_sentence(row, seven_p),
        table_downloads(files, name, sheet="7P"),
    )


def dealer_seven_p_sentence(row: pd.Series, seven_p: SevenP) -> str:
    """Return the sentence about the dealer."""
    sentence = _(
        "{state}: {active} of {months} months with orders, {growth} on the year before, {part} of our sales",
        state=word("state", row["state"]),
        active=numbers.count(row["months_active"]),
        months=numbers.count(row["months"]),
        growth=numbers.percent(row["growth"], sign=True),
        part=numbers.percent(row["part"]),
    )
    if len(seven_p.pairs):
        best = seven_p.pairs.loc[((seven_p.pairs["lift"] - 1) * seven_p.pairs["candidates"]).idxmax()]
        sentence += _(
            "; offer {other} to {n} shops with {product}",
            other=best["other_product"],
            product=best["product"],
            n=int(best["candidates"]),
        )
    return sentence + _(".")


def _panel(title: str, term: str, rows: list[Fact]) -> None:
    with st.container(border=True):
        _title(title, term)
        facts(rows)


def _title(title: str, term: str) -> None:
    st.markdown(f"**{title}** :gray[{term}]")


def _metric(key: str, value: str) -> Fact:
    declared = metric(key, "dealers")
    return Fact(
        _(declared.label),
        value,
        explanation=[_(declared.formula), _(declared.explanation)],
        records=declared.records,
    )


def _profile(row: pd.Series, facts: pd.Series) -> None:
    _panel(
        _("Profiling"),
        _("who it is"),
        [
            Fact(_("Distribution level"), _text(facts["level"])),
            _metric("tier", word("tier", row["tier"])),
            Fact(_("Owner"), _text(row["owner"])),
            _metric("verdict", word("verdict", row["verdict"])),
        ],
    )


def _persistency(seven_p: SevenP, row: pd.Series) -> None:
    rows = [
        _metric(
            "months_active",
            _(
                "{active} of {months}",
                active=numbers.count(row["months_active"]),
                months=numbers.count(row["months"]),
            ),
        ),
        _metric("interval_cv", _decimal(row["interval_cv"])),
        _metric("share_cv", numbers.percent(row["share_cv"])),
        _metric("trend", numbers.percent(row["trend"], sign=True)),
    ]
    with st.container(border=True):
        _title(_("Persistency"), _("how faithful it is"))
        facts(rows)
        show_chart(
            _months_figure(seven_p.months),
            key="seven_p_months",
            config=chart_config(_("months"), current_language()),
        )


def _profit(row: pd.Series, facts: pd.Series) -> None:
    _panel(
        _("Profitability"),
        _("what it earns us"),
        [
            Fact(
                _("Gross margin"),
                numbers.money(facts["gross_margin"]),
                numbers.percent(facts["margin_rate"]),
                [_("Sum of sell-in × the products' recorded margin rates; and the rate.")],
                records=("dealer_sales", "product"),
            ),
            Fact(
                _("Net margin"),
                numbers.money(facts["net_margin"]),
                explanation=[
                    _("Gross margin less the costs of card 5; empty until the four costs are known.")
                ],
                records=("dealer_sales", "product", "customer_form"),
            ),
            _metric("part", numbers.percent(row["part"])),
            _metric("rank", numbers.count(row["rank"])),
        ],
    )


def _prospecting(seven_p: SevenP, row: pd.Series) -> None:
    rows = [_metric("growth", numbers.percent(row["growth"], sign=True))]
    rows += [
        Fact(
            str(line["category"]),
            numbers.percent(line["growth"], sign=True),
            numbers.money(line["sell_in"]),
            [_("Sell-in of the category ÷ that of the same months a year earlier − 1; and the sell-in.")],
            records=("dealer_sales",),
        )
        for line in seven_p.categories.to_dict("records")
    ]
    _panel(_("Prospecting"), _("number and trend by category"), rows)


def _promotion(seven_p: SevenP) -> None:
    _panel(
        _("Promotion"),
        _("what is spent on it"),
        [
            Fact(
                _("Promotion ÷ sales of the region"),
                numbers.percent(seven_p.promotion),
                explanation=[_("Expenses are recorded by region, not by dealer.")],
                records=("expense", "dealer_sales"),
            )
        ],
    )


def _performance(seven_p: SevenP) -> None:
    shops = seven_p.shops.groupby("outlet_type", dropna=False)[["shops", "active", "amount"]].sum(min_count=1)
    sold = [_("Own sales in the shops it supplies over the period; a shop is active with sales of ours.")]
    rows = [
        Fact(
            _text(known_word(kind)) if not numbers.is_missing(kind) else _("unknown type"),
            numbers.money(line["amount"]),
            _("{active} of {shops} shops", active=int(line["active"]), shops=int(line["shops"])),
            sold,
            records=("terminal_sales",),
        )
        for kind, line in shops.sort_values("amount", ascending=False).iterrows()
    ]
    places = (
        seven_p.shops.groupby("place", dropna=False)["amount"].sum(min_count=1).sort_values(ascending=False)
    )
    rows += [
        Fact(_text(place), numbers.money(amount), explanation=sold, records=("terminal_sales",))
        for place, amount in places.head(4).items()
    ]
    _panel(_("Performance"), _("sales in its shops by channel and place"), rows)


def _product(seven_p: SevenP) -> None:
    with st.container(border=True):
        _title(_("Product"), _("what sells, and what goes together"))
        left, right = st.columns([7, 4], gap="small")
        with left:
            products = _named(seven_p.products)
            st.dataframe(
                products,
                column_config=explained(products),
                hide_index=True,
                height=260,
                placeholder=numbers.MISSING,
                key="seven_p_products",
            )
        with right:
            pairs = seven_p.pairs.head(MOST_PAIRS)
            if not len(pairs):
                st.caption(_("No pair of products stands out in its shops."))
                return
            st.caption(
                ngettext(
                    "{n} pair goes together more often than chance would have it.",
                    "{n} pairs go together more often than chance would have it.",
                    len(seven_p.pairs),
                )
            )
            widths = {_("Who has"): 113, _("offer"): 113, _("Lift"): 62, _("Shops to offer it to"): 95}
            st.dataframe(
                {
                    _("Who has"): pairs["product"],
                    _("offer"): pairs["other_product"],
                    _("Lift"): pairs["lift"].round(2),
                    _("Shops to offer it to"): pairs["candidates"],
                },
                hide_index=True,
                key="seven_p_pairs",
                column_config=explained(
                    widths,
                    {name: st.column_config.Column(name, width=width) for name, width in widths.items()},
                ),
            )


def _named(products: pd.DataFrame) -> pd.DataFrame:
    unit, divisor = numbers.money_unit(), numbers.money_divisor()
    growth, rate = _("Growth"), _("Margin rate")
    return pd.DataFrame(
        {
            _("Product"): products["product"],
            _("Category"): products["category"],
            _("{label} ({unit})", label=_("Sell-in of 12 months"), unit=unit): (
                products["sell_in"] / divisor
            ).round(1),
            numbers.heading(growth, "%"): (products["growth"] * 100).round(1),
            _("{label} ({unit})", label=_("Margin"), unit=unit): (products["margin"] / divisor).round(1),
            numbers.heading(rate, "%"): (products["margin_rate"] * 100).round(1),
        }
    )


def _months_figure(months: pd.DataFrame) -> go.Figure:
    figure = go.Figure()
    divisor = numbers.money_divisor()
    figure.add_bar(
        x=months["month"],
        y=months["sell_in"] / divisor,
        marker_color=US,
        name=_("Sell-in"),
        hovertemplate="%{x|%Y-%m}: %{y:,.1f}<extra></extra>",
    )
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_yaxes(title_text=numbers.money_unit())
    figure.update_layout(showlegend=False, bargap=0.25)
    caption = Caption(_("Sell-in by month"), dealer_view.source())
    return finish(figure, caption, height=View(HEIGHT, dealer_view.is_dark()).height)


def _decimal(value: object) -> str:
    return numbers.MISSING if numbers.is_missing(value) else f"{float(str(value)):.2f}"


def _text(value: object) -> str:
    return numbers.MISSING if numbers.is_missing(value) else str(value)
