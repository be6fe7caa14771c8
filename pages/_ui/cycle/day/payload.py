"""A rep's day as the browser gets it: plain values, words, and a signature to send with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.forms.relationship import LADDER, OUTCOMES, REVIEW
from core.cycle.day.entry import DISPLAY, STOCK
from core.cycle.day.route import REASONS
from core.cycle.day.time_use import ACTIVITIES
from core.i18n import _, current_language, ngettext
from core.known_words import known_word
from pages._ui.cycle.day.texts import in_language
from pages._ui.cycle.day.token import DayToken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.cycle.day import DayRequest, RepDay

SAVE, PHOTOS = "./day/save", "./day/photos"
_FORM_FIELDS = ("ladder", "outcome", "result", "next_on", "next_content", *REVIEW)


def payload(
    day: RepDay, request: DayRequest, words: Mapping[str, list[str]], *, home: str = ""
) -> dict[str, Any]:
    """Return everything the browser needs to work without the server.

    Parameters
    ----------
    home
        Which store it is: what a browser keeps for one never reaches another under the same address.
    """
    owner = f"{home}/{request.employee_id}"
    token = DayToken(request.employee_id, day.name, current_language(), request.scope).sign()
    return {
        "rep": request.employee_id,
        "owner": owner,
        "day": request.day.isoformat(),
        "lang": current_language().replace("_", "-"),
        "url": SAVE,
        "photo_url": f"{PHOTOS}/{token}/",
        "token": token,
        "texts": in_language(),
        "purposes": words["purpose"],
        "results": words["result"],
        "words": {word: known_word(word) for word in _recorded(words, day)},
        "stock": _words(STOCK),
        "display": _words(DISPLAY),
        "ladder": _words(LADDER),
        "outcomes": _words(OUTCOMES),
        "review": _words(REVIEW),
        "activities": _words(ACTIVITIES),
        "route": _route(day, request.day),
        "shops": _shops(day),
        "visits": [_visit(row, request, owner) for row in day.visits.to_dict("records")],
        "photos": {str(name): list(part) for name, part in day.photos.groupby("visit_id")["sha256"]},
        "report": {
            "version": day.saved.version,
            "handed_in_at": f"{day.saved.handed_in_at:%H:%M}" if day.saved.handed_in_at else "",
            "remark": day.saved.remark,
            "tomorrow": day.saved.tomorrow,
            "minutes": {
                code: round(value) for code, value in day.saved.minutes.items() if code in ACTIVITIES
            },
            "proposed": {code: value for code, value in day.proposed.items() if value is not None},
        },
        "next": {"day": day.next_day.isoformat(), "stops": [str(name) for name in day.tomorrow["name"]]},
    }


def _recorded(words: Mapping[str, list[str]], day: RepDay) -> set[str]:
    """Return every purpose and result that the page shows: those to choose and those of the visits."""
    said = {*day.visits["purpose"].dropna(), *day.visits["result"].dropna()}
    return {*words["purpose"], *words["result"], *map(str, said)}


def _words(choices: Mapping[str, str]) -> dict[str, str]:
    return {code: _(label) for code, label in choices.items()}


def _route(day: RepDay, today: dt.date) -> list[dict[str, Any]]:
    next_on = {row["terminal_id"]: _iso(row["planned_next"]) for row in day.shops.to_dict("records")}
    return [
        {
            "id": row["terminal_id"],
            "name": row["name"],
            "address": _text(row["address"]),
            "grade": _text(row["grade"]),
            "reason_text": _(REASONS[row["reason"]]),
            "begins": "" if pd.isna(row["begins"]) else clock(row["begins"]),
            "last": _since(row["last_visit"], today),
            "agreed": _text(row["next_content"]),
            "next": next_on.get(row["terminal_id"]),
        }
        for row in day.route.to_dict("records")
    ]


def _shops(day: RepDay) -> list[dict[str, Any]]:
    return [
        {
            "id": row["terminal_id"],
            "name": row["name"],
            "address": _text(row["address"]),
            "grade": _text(row["grade"]),
            "reason_text": _(REASONS["extra"]),
            "next": _iso(row["planned_next"]),
        }
        for row in day.shops.to_dict("records")
    ]


def _visit(row: Mapping[str, Any], request: DayRequest, owner: str) -> dict[str, Any]:
    """Return a visit in the form of a draft, so that it opens in the same sheet."""
    review = {name: row["review"].get(name) for name in _FORM_FIELDS}
    start = f"{row['start_at']:%H:%M}"
    return {
        "id": row["visit_id"],
        "owner": owner,
        "day": request.day.isoformat(),
        "shop": row["terminal_id"],
        "shop_name": row["name"],
        "start": start,
        "arrived": start,
        "left": "" if pd.isna(row["end_at"]) else f"{row['end_at']:%H:%M}",
        "purpose": _text(row["purpose"]),
        "result": _text(row["result"]),
        "order": "" if pd.isna(row["order_amount"]) else f"{row['order_amount']:.2f}",
        "effective": None if pd.isna(row["effective"]) else "yes" if row["effective"] else "no",
        "stock": _text(row["stock"]),
        "display": _text(row["display"]),
        "facings": "" if pd.isna(row["facings"]) else str(int(row["facings"])),
        "remark": _text(row["remark"]),
        "review": review,
        "version": 0 if pd.isna(row["version"]) else int(row["version"]),
        "typed": not pd.isna(row["version"]),
    }


def clock(minute: float) -> str:
    """Return a minute of the day as a time."""
    hours, minutes = divmod(round(minute), 60)
    return f"{hours:02d}:{minutes:02d}"


def _since(last: object, today: dt.date) -> str:
    if pd.isna(last):
        return _("never visited")
    days = (pd.Timestamp(today) - pd.Timestamp(last)).days
    return ngettext("{n} day ago", "{n} days ago", days)


def _iso(day: object) -> str | None:
    return None if pd.isna(day) else pd.Timestamp(day).date().isoformat()


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
