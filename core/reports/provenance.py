"""Where the records behind figures come from: source, confidence, last day, how many; one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.i18n import N_, _, format_date, format_month, ngettext
from core.numbers import percent
from core.reports.market.sources import CONFIDENCES, OWN_BOOKS, SOURCES
from core.store.market.record_sources import record_sources
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.store.database import Store

_VISITS, _SITE, _SHOPS = SOURCES["visit"], SOURCES["survey"], SOURCES["shops"]
_TYPED = N_("typed in here")
_PLANNED = N_("planned here")
# Label and source of each kind of record.
RECORDS: dict[str, tuple[str, str]] = {
    **{
        name: (BY_NAME[name].label, source)
        for source, names in {
            "": ("market_sales", "market_capacity"),
            OWN_BOOKS: (
                "dealer", "dealer_region", "dealer_sales", "employee", "expense", "expense_budget",
                "inventory", "product", "promotion", "promotion_shop", "terminal",
            ),
            _SHOPS: ("terminal_sales",),
            _VISITS: ("visit", "time_log"),
            _SITE: ("score_item",),
            N_("as imported"): ("region", "region_factor", "relation"),
            _PLANNED: ("target_cell", "target_plan"),
        }.items()
        for name in names
    },
    "customer_form": (N_("Cards and forms"), _TYPED),
    "day_report": (N_("Daily reports"), _VISITS),
    "grade_judgement": (N_("Judgements of customers"), _TYPED),
    "grade_run": (N_("Gradings kept"), _PLANNED),
    "task": (N_("Tasks"), _TYPED),
    "visit_check_in": (N_("Check-ins"), _VISITS),
    "visit_photo": (N_("Photos"), _VISITS),
    "visit_plan": (N_("Visit plans"), _PLANNED),
    "visit_prospect": (N_("Prospects"), _VISITS),
    "visit_rule": (N_("Visit rules"), _TYPED),
    "visit_shelf": (N_("Shelves seen"), _VISITS),
}  # fmt: skip


HERE = ("here",)
"""Behind a figure that is of no record: it is typed in here, or counted."""
NAMES = frozenset({"region"})
"""Records that everything reads for their names: behind a figure only where they are said to be."""


def records_behind(declared: Collection[str], read: Collection[str]) -> frozenset[str]:
    """Return the records behind a figure.

    Parameters
    ----------
    declared
        What it is made of wherever it stands; empty where nobody said so.
    read
        What the page has read on which it stands.
    """
    return frozenset(read).intersection(declared) or frozenset(declared) or frozenset(read) - NAMES


def provenance(store: Store, tables: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence for each kind of record among some tables, in the language in use.

    Sources and confidences are shares of the rows. Kinds without a row say so: their figures are missing.
    """
    rows = record_sources(store, set(tables) & set(RECORDS))
    return tuple(_sentence(name, rows[rows["name"] == name]) for name in RECORDS if name in set(rows["name"]))


def _sentence(name: str, rows: pd.DataFrame) -> str:
    label, source = (_(text) for text in RECORDS[name])
    count = int(rows["rows"].sum())
    if not RECORDS[name][1]:
        written = rows["source"].fillna("").map(lambda code: _(SOURCES.get(code) or code))
        source = _parts(written.mask(rows["is_own"] & rows["source"].isna(), _(OWN_BOOKS)), rows["rows"])
        marks = rows["confidence"].fillna("").map(lambda code: _(CONFIDENCES.get(code) or code))
        sure = _parts(marks, rows["rows"])
    else:
        sure = _("not kept for these")
    last = pd.to_datetime(rows["last_day"]).max()
    until = _("until {day}", day=_day(name, last)) if not pd.isna(last) else _("no day is kept")
    if not count:
        until = _("nothing is recorded")
    return _(
        "{records}: {source}; confidence: {confidence}; {until}; {rows}.",
        records=label,
        source=source,
        confidence=sure,
        until=until,
        rows=ngettext("{n} row", "{n} rows", count),
    )


def _day(name: str, last: pd.Timestamp) -> str:
    monthly = name in BY_NAME and any(column.name == "month" for column in BY_NAME[name].columns)
    return format_month(last.date()) if monthly else format_date(last.date())


def _parts(words: pd.Series, rows: pd.Series) -> str:
    sums = rows.groupby(words).sum().sort_values(ascending=False)
    if len(sums) == 1:
        return str(sums.index[0])
    return _(", ").join(f"{word} {percent(part / sums.sum())}" for word, part in sums.items())
