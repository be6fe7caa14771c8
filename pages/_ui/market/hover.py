"""What a region says when the mouse is over it, the same on every chart."""

from __future__ import annotations

import pandas as pd

from core import numbers
from core.i18n import _, format_month
from core.market import labels
from pages._ui.formatting.escaping import escape_plotly

_TOLD = ["name", "capacity", "growth", "own", "share", "share_change", "rival_name", "rival_sales", "ratio",
         "state", "zone"]  # fmt: skip
"""Columns of the market table that a text is made of; it has many times as many."""


def hover_texts(regions: pd.DataFrame) -> list[str]:
    """Write name, market, share, rival, state and zone of every region.

    Parameters
    ----------
    regions
        The market table with name and rival_name.

    Returns
    -------
    list of str
        HTML of one hover box each; missing figures are “—”.
    """
    return [_text(row) for row in regions[_TOLD].to_dict("records")]


def month_texts(trend: pd.DataFrame) -> list[str]:
    """Write company, month, share and sales of every row of a trend."""
    return [
        f"<b>{escape_plotly(name)}</b> {format_month(month)}<br>"
        f"{numbers.percent(share)} · {numbers.money(amount)}"
        for name, month, share, amount in zip(
            trend["name"], pd.to_datetime(trend["month"]), trend["share"], trend["amount"], strict=True
        )
    ]


def _text(row: dict[str, object]) -> str:
    lines = [
        f"<b>{escape_plotly(row['name'])}</b>",
        _(
            "Market {capacity}, {growth}",
            capacity=numbers.money(_float(row["capacity"])),
            growth=numbers.percent(_float(row["growth"]), sign=True),
        ),
        _(
            "We {own}, share {share} ({change})",
            own=numbers.money(_float(row["own"])),
            share=numbers.percent(_float(row["share"])),
            change=numbers.points(_float(row["share_change"])),
        ),
    ]
    if isinstance(row["rival_name"], str):
        lines.append(
            _(
                "{rival} {sales}, ratio {ratio}",
                rival=escape_plotly(row["rival_name"]),
                sales=numbers.money(_float(row["rival_sales"])),
                ratio=numbers.ratio(_float(row["ratio"])),
            )
        )
    lines.append(f"{labels.label('state', row['state'])} · {labels.label('zone', row['zone'])}")
    return "<br>".join(lines)


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
