"""The pictures of the dealer sections: who is where, how long stock lasts, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from core.customers.dealers.decision import DISPOSITIONS
from core.customers.dealers.issues import AGES, CATEGORIES
from core.i18n import _
from pages._ui.charts.layout import Caption, View, finish
from pages._ui.charts.palette import MISSING, US, tint
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd

    from core.customers.dealers.decision import DealerRule
    from core.customers.dealers.stock import StockRule

# Colour and mark of each disposition: told apart without colours as well.
LOOKS: dict[str, tuple[str, str]] = {
    "keep": (US, "circle"),
    "train": ("#2C7A6B", "triangle-up"),
    "transform": ("#B5832F", "diamond"),
    "redraw": ("#9A7F9E", "square"),
    "eliminate": ("#6D4A3A", "x"),
    "": ("#A9AFB6", "circle-open"),
}
ALERT_COLOURS = {
    "overstock": "#B5832F",
    "short": "#9A7F9E",
    "no_sale": "#6D4A3A",
    "fine": US,
    "stale_count": MISSING,
    "no_sell_out": MISSING,
    "no_count": MISSING,
}
AGE_COLOURS = dict(zip(AGES, ("#C9D8E6", "#8FB3D0", "#C98F4A", "#8C510A"), strict=True))
LARGEST = 30
MOST_BARS = 12
# Bars on top of each other, each with its number inside.
_INSIDE = {
    "textposition": "inside",
    "textangle": 0,
    "insidetextanchor": "middle",
    "constraintext": "none",
}
_STACKED = {"barmode": "stack", "legend": {"orientation": "h", "y": -0.2, "x": 0}}


def attitude_figure(table: pd.DataFrame, rule: DealerRule, caption: Caption, view: View) -> go.Figure:
    """Draw capability across, attitude upwards, the limits as lines, sales as the size.

    Parameters
    ----------
    table
        Indexed by dealer_id: name, attitude, capability, sell_in, disposition, hover.
    """
    figure = go.Figure()
    largest = max(float(table["sell_in"].max(skipna=True) or 0), 1.0)
    known = table.dropna(subset=["attitude", "capability"])
    for code, (colour, symbol) in LOOKS.items():
        rows = known[known["disposition"].fillna("") == code]
        label = _(DISPOSITIONS[code]) if code else _("Answer missing")
        figure.add_scatter(
            x=rows["capability"],
            y=rows["attitude"],
            mode="markers",
            name=f"{label} {len(rows)}",
            marker={
                "size": np.fmax(7.0, LARGEST * np.sqrt(rows["sell_in"].fillna(0).clip(lower=0) / largest)),
                "color": colour,
                "symbol": symbol,
                "opacity": 0.8,
                "line": {"width": 0.8, "color": "#FFFFFF"},
            },
            customdata=[[key] for key in rows.index],
            hovertext=rows["hover"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _limit(figure, "y", rule.attitude, _("usable from {limit}", limit=f"{rule.attitude:g}"), view)
    _limit(figure, "x", rule.usable, _("usable from {limit}", limit=f"{rule.usable:g}"), view)
    _limit(figure, "x", rule.able, _("able from {limit}", limit=f"{rule.able:g}"), view)
    figure.update_xaxes(title_text=_("Capability (0-10)"), range=[-0.3, 10.4], zeroline=False)
    figure.update_yaxes(title_text=_("Attitude (0-10)"), range=[-0.3, 10.9], zeroline=False)
    figure.update_layout(
        legend={"orientation": "h", "y": -0.16, "x": 0}, dragmode="pan", clickmode="event+select"
    )
    return finish(figure, caption, height=view.height, view=view.place)


def stock_figure(table: pd.DataFrame, rule: StockRule, caption: Caption, view: View) -> go.Figure:
    """Draw how many products are in which state, for the dealers with the most alerts.

    Parameters
    ----------
    table
        Indexed by dealer_id: name, and a column per alert with the number of products.
    """
    names = {
        "overstock": _("more than {days} days", days=f"{rule.most_days:g}"),
        "short": _("less than {days} days", days=f"{rule.least_days:g}"),
        "no_sale": _("no sale"),
    }
    rows = table.head(MOST_BARS).iloc[::-1]
    figure = go.Figure()
    for code, label in names.items():
        figure.add_bar(
            y=[f"{escape_plotly(name)} " for name in rows["name"]],
            x=rows[code],
            orientation="h",
            name=label,
            marker_color=ALERT_COLOURS[code],
            customdata=[[key] for key in rows.index],
            text=rows[code].where(rows[code] > 0),
            **_INSIDE,
            hovertemplate="%{y}: %{x}<extra>" + label + "</extra>",
        )
    figure.update_layout(**_STACKED)
    figure.update_xaxes(
        title_text=_("Products"), dtick=1 if rows[list(names)].to_numpy().sum() < 40 else None
    )
    figure.update_yaxes(automargin=True)
    return finish(figure, caption, height=view.height, view=view.place)


def issue_figure(categories: pd.DataFrame, caption: Caption, view: View) -> go.Figure:
    """Draw the open issues of the six kinds by age.

    Parameters
    ----------
    categories
        :func:`core.customers.dealers.issues.by_category`.
    """
    rows = categories.iloc[::-1]
    figure = go.Figure()
    for age, colour in AGE_COLOURS.items():
        figure.add_bar(
            y=[f"{_(CATEGORIES[code])} " for code in rows["category"]],
            x=rows[age],
            orientation="h",
            name=_(AGES[age]),
            marker_color=colour,
            text=rows[age].where(rows[age] > 0),
            **_INSIDE,
            hovertemplate="%{y}: %{x}<extra>" + _(AGES[age]) + "</extra>",
        )
    figure.update_layout(**_STACKED)
    figure.update_xaxes(title_text=_("Open issues"))
    figure.update_yaxes(automargin=True)
    return finish(figure, caption, height=view.height, view=view.place)


def card_figure(cards: pd.DataFrame, labels: list[str], caption: Caption, view: View) -> go.Figure:
    """Draw the mean completeness of each of the nine cards.

    Parameters
    ----------
    cards
        One row per card in order: completeness.
    labels
        Names of the cards, in the same order.
    """
    figure = go.Figure()
    figure.add_bar(
        y=[f"{label} " for label in reversed(labels)],
        x=cards["completeness"].iloc[::-1],
        orientation="h",
        marker_color=US,
        text=[f"{value:.0%}" for value in cards["completeness"].iloc[::-1]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:.1%}<extra></extra>",
    )
    figure.update_xaxes(range=[0, 1.05], tickformat=".0%", title_text=_("Filled in or known"))
    figure.update_yaxes(automargin=True)
    figure.update_layout(showlegend=False)
    return finish(figure, caption, height=view.height, view=view.place)


def tier_figure(counts: pd.DataFrame, caption: Caption, view: View) -> go.Figure:
    """Draw who owns the dealers of each tier: right, too low, nobody.

    Parameters
    ----------
    counts
        Index: label of the tier; columns fine, wrong, nobody (numbers of dealers).
    """
    looks = {
        "fine": (_("right position"), US),
        "wrong": (_("wrong position"), "#C98F4A"),
        "nobody": (_("nobody"), "#6D4A3A"),
    }
    figure = go.Figure()
    for code, (label, colour) in looks.items():
        figure.add_bar(
            y=[f"{name} " for name in counts.index[::-1]],
            x=counts[code].iloc[::-1],
            orientation="h",
            name=label,
            marker_color=colour,
            text=counts[code].iloc[::-1].where(lambda values: values > 0),
            **_INSIDE,
            hovertemplate="%{y}: %{x}<extra>" + label + "</extra>",
        )
    figure.update_layout(**_STACKED)
    figure.update_xaxes(title_text=_("Dealers"))
    figure.update_yaxes(automargin=True)
    return finish(figure, caption, height=view.height, view=view.place)


def _limit(figure: go.Figure, axis: str, value: float, text: str, view: View) -> None:
    style = {"dash": "dash", "width": 1.4, "color": "rgba(90,98,110,0.95)"}
    mark = {"text": text, "showarrow": False, "font": {"size": 11, "color": view.ink}}
    if axis == "x":
        figure.add_shape(type="line", x0=value, x1=value, y0=-0.3, y1=10.9, line=style)
        figure.add_annotation(x=value, y=10.9, xanchor="left", yanchor="top", xshift=3, **mark)
    else:
        figure.add_shape(type="line", x0=-0.3, x1=10.4, y0=value, y1=value, line=style)
        figure.add_annotation(x=10.4, y=value, xanchor="right", yanchor="bottom", **mark)
    figure.add_hrect(
        y0=-0.3, y1=value, fillcolor=tint("#6D4A3A", 0.06), line_width=0
    ) if axis == "y" else None
