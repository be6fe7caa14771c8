"""The map of the territories, today or as proposed; what is clicked, boxed or lassoed is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, current_language
from pages._ui.charts.layout import camera, chart_config, show_chart
from pages._ui.charts.territory_map import colours_of, territory_map
from pages._ui.market.market_view import caption, picture
from pages._ui.territories.tables import outside_marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.territories import Proposal
    from pages._ui.filters import Filters
    from pages._ui.territories.work import Work

HEIGHT = 460
# More names than these hide the shops; of more territories those farthest outside the tolerance are named.
MOST_NAMES, MOST_MARKED = 30, 6


def territory_picture(filters: Filters, work: Work, proposal: Proposal, title: str, *, key: str) -> None:
    """Show one map."""
    shops = work.shops
    is_today = proposal is work.today
    territory = shops.today if is_today else proposal.territory
    colours = colours_of(
        [work.today.territory, (work.searched or work.today).territory], shops.units.pairs, len(shops.reps)
    )
    rows = pd.DataFrame(
        {
            "lat": shops.units.lat,
            "lon": shops.units.lon,
            "territory": territory,
            "changed": np.zeros(len(territory), bool) if is_today else territory != shops.today,
            "hover": _hovers(work, territory),
        }
    )
    figure = territory_map(
        rows,
        colours,
        _centres(work, proposal),
        caption(filters, title),
        picture(HEIGHT, f"territories_{key}"),
    )
    show_chart(
        figure,
        key=key,
        on_select="rerun",
        selection_mode=("points", "box", "lasso"),
        config={
            **chart_config(title, current_language()),
            "modeBarButtonsToRemove": ["autoScale2d", *camera()],
            "displayModeBar": True,
            "scrollZoom": True,
        },
    )


def chosen_units(*keys: str) -> list[int]:
    """Return the places of the units chosen on some maps."""
    places: set[int] = set()
    for key in keys:
        points = st.session_state.get(key, {}).get("selection", {}).get("points", [])
        places |= {_place(point["customdata"]) for point in points if point.get("customdata")}
    return sorted(places)


def _place(data: object) -> int:
    """Return the unit of a mark, which comes as a list or, from WebGL, as a mapping by position."""
    values = list(data.values()) if isinstance(data, dict) else data
    return int(values[0] if isinstance(values, list | tuple) else str(values))


def _hovers(work: Work, territory: NDArray[np.int64]) -> list[str]:
    names = [*work.shops.reps["name"], _("nobody")]
    before = work.shops.today
    texts = []
    for row, now, then in zip(work.shops.table.itertuples(index=False), territory, before, strict=True):
        who = names[now] if now == then else f"{names[then]} → {names[now]}"
        texts.append(f"<b>{row.name}</b><br>{who}<br>{numbers.money(row.sales)}")
    return texts


def _centres(work: Work, proposal: Proposal) -> pd.DataFrame:
    """Return the middle of each territory's shops, where its name stands, marked outside the tolerance.

    Of many territories only those farthest outside are named.
    """
    marks = outside_marks(proposal)
    names = work.shops.reps["name"].astype(str).to_numpy()
    numbered = list(range(len(names))) if len(names) <= MOST_NAMES else list(marks)[:MOST_MARKED]
    places = pd.DataFrame({"lat": work.shops.units.lat, "lon": work.shops.units.lon})
    named = np.isin(proposal.territory, numbered)
    centres = places[named].groupby(proposal.territory[named]).median()
    texts = [f"{names[n]}\n{marks[n]}" if n in marks else names[n] for n in centres.index]
    return centres.assign(name=texts)
