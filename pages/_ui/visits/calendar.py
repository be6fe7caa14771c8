"""The calendar of a plan: weeks × days; a day opens, a visit moves, two plans are compared."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, format_number, ngettext
from core.reports.visits.plan import missing_visits, save
from core.visits.hours import clock
from core.visits.replanning import changed_promises, detours, move
from pages._ui import runtime, url
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.visits import holding, replanning
from pages._ui.visits import view as views

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from core.visits.planning import RepPlan
    from core.visits.replanning import Moved
    from pages._ui.visits.view import Shown, VisitView

MOVE_SHOP, MOVE_TO = "move_shop", "move_to"


def weekday(day: dt.date) -> str:
    """Return the name of a weekday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def chosen_day(shown: Shown) -> dt.date:
    """Return the day in the address, or the first with visits."""
    wanted = url.value("day")
    days = {str(day): day for day in shown.task.period.days}
    used = shown.plan.days.loc[shown.plan.days["visits"] > 0, "day"]
    return days.get(wanted, used.iloc[0] if len(used) else shown.task.period.days[0])


def plan_or_hint(view: VisitView) -> Shown | None:
    """Return the plan on the screen; where there is none, say how to make one."""
    if view.shown is None:
        st.info(_("There is no plan yet: press “Plan the visits”."), icon=":material/route:")
    return view.shown


def show(view: VisitView) -> None:
    """Show the part."""
    shown = plan_or_hint(view)
    if shown is None:
        return
    plan_cards(shown.plan)
    _left_out(view)
    grid, side = st.columns([2, 1], gap="medium")
    with grid:
        _grid(view, shown)
    with side:
        day_list(view)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        replanning.changes(view)
    with right:
        _compare(view)


def plan_cards(plan: RepPlan) -> None:
    """Show the five numbers of a plan."""
    used = plan.days[plan.days["visits"] > 0]
    cards(
        [
            Card(
                _("Visits planned"),
                numbers.count(len(plan.stops)),
                explanation=_("All visits of the plan's days."),
                records=("visit_plan",),
            ),
            Card(
                _("Customers"),
                numbers.count(plan.stops["terminal_id"].nunique()),
                explanation=_("Different shops with at least one visit in the plan."),
                records=("visit_plan",),
            ),
            Card(
                _("On the way"),
                _("{hours} h", hours=format_number(plan.travel_minutes / 60, 1)),
                explanation=_("Sum of the ways of all days, from and to the start."),
                records=("visit_plan", "terminal"),
            ),
            Card(
                _("Length of the ways"),
                _("{km} km", km=format_number(plan.km)),
                explanation=_("Sum of the ways of all days, from and to the start."),
                records=("visit_plan", "terminal"),
            ),
            Card(
                _("Day's load"),
                _("{minutes} min", minutes=format_number(used["minutes"].mean()))
                if len(used)
                else numbers.MISSING,
                explanation=_(
                    "Mean of the working days; none is further from it than {spread}.",
                    spread=numbers.percent(plan.spread),
                ),
                records=("visit_plan", "terminal"),
            ),
        ],
        key="cards",
    )


def _left_out(view: VisitView) -> None:
    """Name the shops that get fewer visits in the plan than the norms ask for, or none."""
    assert view.shown is not None
    if view.shown.request.start != view.request.start or view.shown.request.weeks != view.request.weeks:
        return
    table = missing_visits(view.work.table, view.work.cut, view.shown.plan.stops)
    if not len(table):
        return
    count = int(table["missing"].sum())
    label = ngettext(
        "{n} visit of the norm is not in the plan ({shops} shop)",
        "{n} visits of the norm are not in the plan ({shops} shops)",
        count,
        shops=len(table),
    )
    with st.expander(label, icon=":material/content_cut:"):
        titles = {
            "name": _("Customer"),
            "grade": _("Grade"),
            "wanted": _("By the norm"),
            "planned": _("In the plan"),
            "missing": _("Missing"),
        }
        st.dataframe(
            table[list(titles)].rename(columns=titles), hide_index=True, placeholder="—", key="left_out"
        )


def _grid(view: VisitView, shown: Shown) -> None:
    """Show the weeks; a click opens a day, or, while a visit is being moved, chooses where it goes."""
    period, days = shown.task.period, shown.plan.days.set_index("day")
    weekdays = sorted({day.weekday() for day in period.days})
    moving = moving_shop(shown)
    offers = detours(shown.task, shown.plan, moving, chosen_day(shown)) if moving else {}
    with st.container(key="visit_calendar", gap="small"):
        for week in range(period.weeks):
            for column, number in zip(st.columns(len(weekdays), gap="small"), weekdays, strict=True):
                day = period.start + dt.timedelta(7 * week + (number - period.start.weekday()) % 7)
                if day not in days.index:
                    column.button(f"{day:%m-%d}  \n—", disabled=True, key=f"day_{day}", width="stretch")
                elif moving:
                    _offer(column, shown, day, {} if day in shown.task.locks.days else offers)
                else:
                    locked = day in view.work.task.locks.days
                    _open(column, shown, days.loc[day], locked=locked)


def _open(column: DeltaGenerator, shown: Shown, row: pd.Series, *, locked: bool) -> None:
    day, hours = row.name, format_number(row["minutes"] / 60, 1)
    text = _("{visits} shops · {hours} h", visits=int(row["visits"]), hours=hours)
    lock = " :material/lock:" if locked else ""
    column.button(
        f"**{weekday(day)} {day:%m-%d}**{lock}  \n{text}",
        key=f"day_{day}",
        type="primary" if day == chosen_day(shown) else "secondary",
        on_click=partial(url.put, "day", str(day)),
        width="stretch",
    )


def _offer(column: DeltaGenerator, shown: Shown, day: dt.date, offers: dict[dt.date, float]) -> None:
    """Show what moving a visit to a day costs, the cheapest three stand out; a locked day has no offers."""
    here = day == chosen_day(shown)
    cheap = sorted(offers.values())[:3]
    minutes = offers.get(day)
    if minutes is None:
        text = _("is here now") if here else _("visited already") if offers else _("locked")
    else:
        text = _("way {minutes} min", minutes=f"{minutes:+.0f}")
        text = f":green[{text}]" if minutes in cheap else text
    column.button(
        f"**{weekday(day)} {day:%m-%d}**  \n{text}",
        key=f"day_{day}",
        type="primary" if st.session_state.get(MOVE_TO) == day else "secondary",
        disabled=minutes is None,
        on_click=_aim,
        args=(day,),
        width="stretch",
    )


def _aim(day: dt.date) -> None:
    st.session_state[MOVE_TO] = day


def moving_shop(shown: Shown) -> str | None:
    """Return the shop whose visit on the chosen day is being moved."""
    shop: str | None = st.session_state.get(MOVE_SHOP)
    rows = shown.plan.stops[shown.plan.stops["day"] == chosen_day(shown)]
    return shop if shop in rows["terminal_id"].tolist() else None


def day_list(view: VisitView) -> None:
    """Show the stops of the chosen day; a click on one begins to move it."""
    shown = view.shown
    assert shown is not None
    day = chosen_day(shown)
    rows = shown.plan.stops[shown.plan.stops["day"] == day]
    section(f"{weekday(day)} {day:%m-%d}")
    if not len(rows):
        st.caption(_("No visits on this day."))
        return
    names = dict(zip(shown.task.shops["terminal_id"], shown.task.shops["name"], strict=True))
    lines = {
        row.terminal_id: f"{row.position}. {clock(row.begins)} {names[row.terminal_id]}"
        f" {holding.mark(view, row.terminal_id, day)}"
        for row in rows.itertuples()
    }
    if st.session_state.get(MOVE_SHOP) not in lines:
        st.session_state[MOVE_SHOP] = None
    with st.container(height=min(230, 52 + 25 * len(lines)), key="day_stops"):
        st.radio(
            _("Move a visit"),
            list(lines),
            index=None,
            format_func=lines.__getitem__,
            key=MOVE_SHOP,
            label_visibility="collapsed",
            on_change=_aim_nowhere,
        )
    shop, to = moving_shop(shown), st.session_state.get(MOVE_TO)
    if shop is None:
        st.caption(_("Click a shop to move its visit to another day."))
        holding.day_lock(view, day)
        return
    moved = _effect(view, shop, day, to) if to in shown.task.period.days and to != day else None
    if to is None:
        said = _("Click the day in the calendar that {name} should move to.", name=names[shop])
        st.info(said, icon=":material/touch_app:")
    with st.container(horizontal=True, gap="small"):
        if moved is not None:
            st.button(
                _("Move it"),
                type="primary",
                key="move_visit",
                on_click=in_language(_move),
                args=(view, moved),
            )
        st.button(_("Leave it"), key="move_cancel", on_click=_stop_moving)
        # Its line in the list changes, which would show no choice while one is made.
        holding.shop_lock(view, shop, _stop_moving)


def _aim_nowhere() -> None:
    st.session_state[MOVE_TO] = None


def _stop_moving() -> None:
    st.session_state[MOVE_SHOP] = st.session_state[MOVE_TO] = None


def _effect(view: VisitView, shop: str, day: dt.date, to: dt.date) -> Moved | None:
    """Say what a move costs and breaks, and return the plan after it."""
    assert view.shown is not None
    try:
        moved = move(view.shown.task, view.shown.plan, shop, day, to)
    except AppError as error:
        frame.show_error(error)
        return None
    before, after = (p.days.set_index("day")["minutes"] for p in (view.shown.plan, moved.plan))
    loads = _(", ").join(f"{weekday(d)} {d:%m-%d}: {before[d]:.0f} → {after[d]:.0f}" for d in (day, to))
    text = _("On the way {minutes} minutes; {loads}.", minutes=f"{moved.travel_minutes:+.0f}", loads=loads)
    if moved.broken:
        st.warning(f"{text} {' '.join(moved.broken)}", icon=":material/warning:")
    else:
        st.info(text, icon=":material/swap_horiz:")
    return moved


def _move(view: VisitView, moved: Moved) -> None:
    assert view.shown is not None
    plan_id = save(runtime.store(), view.shown.request, moved.plan, base=view.plan_id, changes=1)
    url.put("plan", plan_id)
    _stop_moving()


def _compare(view: VisitView) -> None:
    assert view.shown is not None
    section(_("Compare with another plan"))
    others = view.plans[(view.plans["plan_id"] != view.plan_id)]
    same = others[others["start_day"] == view.shown.request.start]
    if not len(same):
        st.caption(_("There is no other plan of this period."))
        return
    labels = {row.plan_id: _("Plan {version}", version=row.version) for row in same.itertuples()}
    other_id = st.selectbox(
        _("Compare with another plan"),
        list(labels),
        format_func=labels.__getitem__,
        key="compare",
        label_visibility="collapsed",
    )
    other = views.shown(view.request, view.rep, view.plans, other_id)
    assert other is not None
    mine = view.shown.plan
    st.dataframe(
        {
            _("Figure"): [
                _("Visits planned"),
                _("On the way (min)"),
                _("Distance (km)"),
                _("Visits on other days"),
            ],
            _("This plan"): [len(mine.stops), round(mine.travel_minutes), round(mine.km), 0],
            labels[other_id]: [
                len(other.plan.stops),
                round(other.plan.travel_minutes),
                round(other.plan.km),
                len(changed_promises(mine.stops, other.plan.stops)),
            ],
        },
        hide_index=True,
        placeholder="—",
        key="comparison",
        column_config={
            name: st.column_config.NumberColumn(name, format="localized")
            for name in (_("This plan"), labels[other_id])
        },
    )
