"""Words of tasks as the page writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from babel import dates

from core.cycle.tasks.measures import MEASURES
from core.cycle.tasks.states import STANDINGS
from core.i18n import _, current_language, ngettext
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from core.reports.cycle.tasks.listing import TaskReport

COLOURS = {
    "open": "gray",
    "doing": "blue",
    "awaiting": "orange",
    "reached": "green",
    "signed": "green",
    "dropped": "gray",
}
ICONS = {
    "open": ":material/radio_button_unchecked:",
    "doing": ":material/timelapse:",
    "awaiting": ":material/draw:",
    "reached": ":material/check_circle:",
    "signed": ":material/verified:",
    "dropped": ":material/do_not_disturb_on:",
}


def short_day(day: dt.date) -> str:
    """Return a day without its year, ``11月13日`` or ``Nov 13``."""
    return str(dates.format_skeleton("MMMd", day, locale=current_language()))


def standing_word(standing: str) -> str:
    """Return how a task stands, in words."""
    return _(STANDINGS[standing])


def due_words(row: Mapping[str, Any], today: dt.date) -> str:
    """Return when a task is due, or since when it is late."""
    days = (row["due"] - today).days
    if row["is_late"]:
        return ngettext("{n} day late", "{n} days late", -days)
    if row["standing"] in {"open", "doing"} and days == 0:
        return _("due today")
    return short_day(row["due"])


def value_words(row: Mapping[str, Any]) -> str:
    """Return what the data say, the value beside its target; empty where a manager signs."""
    measure = MEASURES.get(row["measure"])
    if measure is None:
        return ""
    return f"{measure.text(row['value'])} / {measure.text(row['target'])}"


def place_words(row: Mapping[str, Any]) -> str:
    """Return the customer or the region of a task."""
    return str(row["customer"] or row["region"] or "")


def button_words(row: Mapping[str, Any], today: dt.date) -> str:
    """Return the lines of a task's button: what, then who, where and when, then what the data say."""
    # In one piece: a number alone at the end of a line is not read as days.
    due = due_words(row, today).replace(" ", "\N{NO-BREAK SPACE}")
    due = f":red[**{due}**]" if row["is_late"] else due
    about = [escape_markdown(row["owner"] or _("nobody yet")), escape_markdown(place_words(row)), due]
    lines = [f"**{escape_markdown(row['title'])}**", " · ".join(part for part in about if part)]
    if row["measure"]:
        lines.append(f":material/monitoring: {value_words(row)}")
    return "  \n".join(lines)


def tasks_sentence(report: TaskReport) -> str:
    """Return the sentence that says how the tasks stand."""
    if report.tasks.empty:
        return _("No task was made yet.")
    waiting = int((report.tasks["standing"] == "awaiting").sum())
    return _(
        "{open} tasks are open: {late} late, {week} due by Sunday, {waiting} awaiting a signature; "
        "{done} achieved this month.",
        open=len(report.open),
        late=len(report.late),
        week=len(report.due_this_week),
        waiting=waiting,
        done=len(report.achieved(report.request.today)),
    )
