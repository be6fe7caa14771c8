"""Who sells how much in one region, and how two shares moved: small pictures for a card.

They are plain HTML and SVG: a card appears with every click, and a plotly chart takes the browser longer to
set up than these take to arrive.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np

from core.label_places import text_width
from pages._ui.charts.palette import company_colours
from pages._ui.formatting.escaping import escape_html

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT = 320, 64
# Font size of the names, in pixels.
NAME_SIZE = 12.6


def competitors_html(companies: pd.DataFrame) -> str:
    """Return one bar per company with its share behind it.

    Parameters
    ----------
    companies
        name, share, text (share as shown), hover, is_self, is_benchmark, is_aggregate; the order is
        kept from top to bottom.
    """
    top = float(companies["share"].max()) if companies["share"].notna().any() else 1.0
    rows = []
    room = max((text_width(name, NAME_SIZE) for name in companies["name"]), default=0) + 4
    for row, colour in zip(companies.itertuples(), company_colours(companies), strict=True):
        length = 100 * max(float(row.share), 0.0) / top if top > 0 and row.share == row.share else 0
        rows.append(
            f'<div title="{escape_html(row.hover)}">'
            f'<span style="flex-basis:{room:.0f}px">{escape_html(row.name)}</span>'
            f'<i><b style="width:{length:.1f}%;background:{colour}"></b></i>'
            f"<em>{escape_html(row.text)}</em></div>"
        )
    return f'<div class="competitors">{"".join(rows)}</div>{_STYLE}'


def sparkline_html(trend: pd.DataFrame, *, first: str, last: str) -> str:
    """Return thin lines of shares over time, from nothing to the highest, with the months at the ends.

    Parameters
    ----------
    trend
        month, company_id, name, share, is_self, is_benchmark, is_aggregate.
    first, last
        Words for the first and the last month.
    """
    months = np.sort(trend["month"].unique())
    top = float(trend["share"].max())
    lines = []
    colours = company_colours(trend.drop_duplicates("company_id"))
    for colour, (__, rows) in zip(colours, trend.groupby("company_id", sort=False), strict=True):
        known = rows[rows["share"].notna()].sort_values("month")
        x = np.searchsorted(months, known["month"].to_numpy()) / max(len(months) - 1, 1) * WIDTH
        y = (
            HEIGHT - 3 - known["share"].to_numpy() / top * (HEIGHT - 8)
            if top > 0
            else np.full(len(known), 0.0)
        )
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
        row = rows.iloc[0]
        width = 2.4 if row.is_self else 1.6
        lines.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}">'
            f"<title>{escape_html(str(row['name']))}</title></polyline>"
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f"{''.join(lines)}</svg>"
    )
    # As an image, because Streamlit takes vector drawings out of HTML.
    picture = base64.b64encode(svg.encode()).decode()
    return (
        f'<img alt="" src="data:image/svg+xml;base64,{picture}" style="width:100%;height:{HEIGHT}px">'
        f'<div style="display:flex;justify-content:space-between;font-size:0.75rem;opacity:0.7">'
        f"<span>{escape_html(first)}</span><span>{escape_html(last)}</span></div>"
    )


_STYLE = """<style>
.competitors { font-size: 0.84rem; font-variant-numeric: tabular-nums; margin-top: 0.3rem; }
.competitors div { display: flex; align-items: center; gap: 0.5rem; padding: 0.12rem 0; }
.competitors span { flex: 0 0 auto; max-width: 48%; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.competitors i { flex: 1; height: 0.85rem; }
.competitors b { display: block; height: 100%; border-radius: 2px; }
.competitors em { flex: 0 0 3.2rem; text-align: right; font-style: normal; }
</style>"""
