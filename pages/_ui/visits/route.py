"""One day: its route on the map and the rep's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydeck as pdk
import streamlit as st

from core.i18n import _
from core.reports.visits.plan import visit_rows
from pages._ui.charts import palette
from pages._ui.terminals.deck import MAX_ZOOM, Place, place_of_box
from pages._ui.visits.calendar import chosen_day, plan_or_hint, weekday

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from pages._ui.visits.view import Shown, VisitView

HEIGHT = 430
US = [0, 114, 178]
# Neither ours nor a rival's.
HOME = [107, 118, 132]
WIDTHS = {"position": 48, "begins": 58, "ends": 58, "name": 165, "grade": 72}


def show(view: VisitView) -> None:
    """Show the part."""
    shown = plan_or_hint(view)
    if shown is None:
        return
    day = chosen_day(shown)
    days = list(shown.plan.days.loc[shown.plan.days["visits"] > 0, "day"])
    st.session_state["route_day"] = day if day in days else None
    st.pills(
        _("Day"),
        days,
        format_func=lambda d: f"{weekday(d)} {d:%m-%d}",
        key="route_day",
        label_visibility="collapsed",
        on_change=_remember,
    )
    rows = shown.plan.stops[shown.plan.stops["day"] == day]
    picture, sheet = st.columns([9, 11], gap="medium")
    with picture:
        st.pydeck_chart(route_deck(shown, rows), height=HEIGHT, key="route_map")
    with sheet:
        _sheet(view, shown, rows)


def _remember() -> None:
    from pages._ui import url

    if st.session_state["route_day"]:
        url.put("day", str(st.session_state["route_day"]))


def _sheet(view: VisitView, shown: Shown, rows: pd.DataFrame) -> None:
    table = visit_rows(shown.plan, view.work.table)
    table = table[table["day"].isin(rows["day"])]
    titles = {
        "position": _("No."),
        "begins": _("From"),
        "ends": _("To"),
        "name": _("Customer"),
        "grade": _("Grade"),
        "travel_minutes": _("Way (min)"),
        "km": _("Way (km)"),
        "address": _("Address"),
    }
    st.dataframe(
        table[list(titles)].rename(columns=titles),
        hide_index=True,
        placeholder="—",
        height=min(HEIGHT, 35 * (len(table) + 1) + 3),
        key="rep_sheet",
        column_config={
            titles[name]: st.column_config.Column(titles[name], width=width) for name, width in WIDTHS.items()
        }
        | {
            titles[name]: st.column_config.NumberColumn(titles[name], format="%.1f", width=78)
            for name in ("travel_minutes", "km")
        },
    )


def _ends(shown: Shown, rows: pd.DataFrame) -> tuple[list[float], list[float]]:
    """Return longitude and latitude where a day starts and ends: home, the office, or a night away."""
    task = shown.task
    at = task.shops.set_index("terminal_id")
    nights, days = task.nights_of(), task.period.days
    here = days.index(rows["day"].iloc[0]) if len(rows) else 0

    def night(day: int) -> tuple[float, float] | None:
        shop = nights.get(days[day]) if day >= 0 else None
        return None if shop is None else (float(at.at[shop, "lat"]), float(at.at[shop, "lon"]))

    start, end = night(here - 1) or task.home, night(here) or task.office or task.home
    return [start[1], start[0]], [end[1], end[0]]


def route_deck(shown: Shown, rows: pd.DataFrame) -> pdk.Deck:
    """Return the map of one day: home, the stops in order, the way between them as straight lines.

    Parameters
    ----------
    shown
        The plan.
    rows
        The stops of the day in order.
    """
    shops = shown.task.shops.set_index("terminal_id").loc[rows["terminal_id"]]
    home, office = _ends(shown, rows)
    stops = [[float(lon), float(lat)] for lon, lat in zip(shops["lon"], shops["lat"], strict=True)]
    points = [{"position": home, "title": _("Start and end"), "number": "⌂", "colour": HOME}]
    if office != home:
        points[0]["title"] = _("Start")
        points.append({"position": office, "title": _("End"), "number": "⌂", "colour": HOME})
    points += [
        {"position": at, "title": f"{n}. {name}", "number": str(n), "colour": US}
        for n, (at, name) in enumerate(zip(stops, shops["name"], strict=True), 1)
    ]
    place = _place([home, office, *stops])
    return pdk.Deck(
        layers=[
            pdk.Layer(
                "PathLayer",
                id="route",
                data=[{"path": [home, *stops, office], "title": ""}],
                get_path="path",
                get_color=[*US, 190],
                width_min_pixels=2.5,
                cap_rounded=True,
                joint_rounded=True,
            ),
            pdk.Layer(
                "ScatterplotLayer",
                id="stops",
                data=points,
                get_position="position",
                get_fill_color="colour",
                get_line_color=[255, 255, 255],
                stroked=True,
                line_width_min_pixels=1,
                radius_min_pixels=10,
                radius_max_pixels=10,
                pickable=True,
            ),
            pdk.Layer(
                "TextLayer",
                id="numbers",
                data=points[1:],
                get_position="position",
                get_text="number",
                get_color=[255, 255, 255],
                get_size=12,
            ),
        ],
        initial_view_state=pdk.ViewState(
            latitude=place.lat, longitude=place.lon, zoom=place.zoom, max_zoom=MAX_ZOOM
        ),
        map_provider=None,
        tooltip={
            "html": "{title}",
            "style": {"fontSize": "12px", "backgroundColor": palette.DARK_TEXT, "color": palette.LIGHT_TEXT},
        },
    )


def _place(points: Sequence[Sequence[float]]) -> Place:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    whole = place_of_box(
        {"south": min(lats), "north": max(lats), "west": min(lons), "east": max(lons)}, HEIGHT
    )
    # The map is narrower here than the one that the place is computed for, and the dots need room.
    return Place(whole.lat, whole.lon, whole.zoom - 0.9)
