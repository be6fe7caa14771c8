"""Strategy cards of two quarters: of the cities and of some counties, in every state of approval."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from core.customers.forms.strategy import STRATEGY_CARD
from core.customers.forms.validate import to_json, validate
from core.sample.catalogue import COMPANIES
from core.sample.competition import OTHERS
from core.sample.cycle import strategy_words as words
from core.sample.request import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.market import MarketFigures
    from core.sample.request import SampleRequest
    from core.sample.staff import Staff

CITY_COUNTIES = 6
"""Counties with a card: the largest of the first city's, and as many of all others."""
QUARTERS = ((dt.date(2026, 7, 1), MONTHS - 4), (dt.date(2026, 10, 1), MONTHS - 1))
"""First months of the quarters, and their place among the months of the data."""
WAYS = {
    "approved": ("submitted", "approved"),
    "revised": ("submitted", "feedback", "revised"),
    "feedback": ("submitted", "feedback"),
    "submitted": ("submitted",),
    "draft": (),
}
_STATES = ("approved", "approved", "submitted", "revised", "feedback", "approved", "draft")
OFFICE, DIRECTOR = "销售部", "销售总监"
MONEY_RATE = 0.11
"""Money of a card, of the sales of the quarter."""


def strategy_tables(
    request: SampleRequest, province: Province, figures: MarketFigures, staff: Staff
) -> Iterator[tuple[str, pa.Table]]:
    """Yield rows of ``customer_form`` and ``form_event``; every card passes the check of its form."""
    random = request.stream("strategy_cards")
    owners = _owners(staff)
    cards: list[tuple[str, str, str, dt.datetime, str]] = []
    events: list[tuple[Any, ...]] = []
    for place, (region, counties) in enumerate(_regions(province, figures)):
        sold = figures.totals[counties].sum(axis=0)
        owner = owners.get(region, OFFICE)
        for quarter, (start, month) in enumerate(QUARTERS):
            said = _card(random, sold, start, month) | {"owner": owner}
            state = "approved" if quarter == 0 else _STATES[place % len(_STATES)]
            record = f"demo{start:%Y%m}"
            written = dt.datetime.combine(start - dt.timedelta(12), dt.time(10, 20))
            payload = to_json(validate(STRATEGY_CARD, said))
            cards.append((region, record, payload, written, owner))
            events += _events(random, region, record, WAYS[state], written, owner)
    yield "customer_form", _form_table(cards)
    yield "form_event", _event_table(events)


def _regions(province: Province, figures: MarketFigures) -> list[tuple[str, NDArray[np.int64]]]:
    """Return ids of regions and their counties: cities, and the counties that sell most."""
    found = [(city, np.flatnonzero(province.city == number)) for number, city in enumerate(province.city_ids)]
    size = figures.totals[:, -12:].sum(axis=(1, 2))
    order = np.argsort(-size, kind="stable")
    for inside in (True, False):
        counties = [county for county in order if (province.city[county] == 0) == inside][:CITY_COUNTIES]
        found += [(province.county_ids[county], np.array([county])) for county in counties]
    return found


def _owners(staff: Staff) -> dict[str, str]:
    """Return the name of one employee of each region that has any."""
    columns = (staff.table.column(name).to_pylist() for name in ("region_id", "name"))
    return dict(reversed(list(zip(*columns, strict=True))))


def _card(random: np.random.Generator, sold: NDArray[np.int64], start: dt.date, month: int) -> dict[str, Any]:
    """Return a card made from the year before its quarter."""
    year = sold[month - 12 : month].sum(axis=0).astype(float)
    share = year[0] / year.sum()
    rivals = year[1:OTHERS]
    kind = words.LEADING if year[0] > rivals.max() else words.CHASING
    growth = round(float(random.normal(3.0, 2.0)), 1)
    base = float(sold[month - 12 : month - 9, 0].sum())
    aim = base * (1 + growth / 100) * float(random.uniform(1.0, 1.12))

    def pick(texts: Mapping[str, Sequence[str]]) -> str:
        return texts[kind][int(random.integers(len(texts[kind])))]

    return {
        "start": start,
        "end": start.replace(month=start.month + 2),
        "rival": COMPANIES[1 + int(rivals.argmax())][1],
        "aim": pick(words.AIMS),
        "aim_share": round(100 * share + float(random.uniform(0.3, 2.0)), 1),
        "aim_sales": int(round(aim, -4)),
        "market_growth": growth,
        "money": int(round(aim * MONEY_RATE, -3)),
        "product": pick(words.PRODUCT),
        "price": pick(words.PRICE),
        "service": pick(words.SERVICE),
        "promotion": pick(words.PROMOTION),
        "people": pick(words.PEOPLE),
        "money_for": pick(words.MONEY_FOR),
    }


def _events(
    random: np.random.Generator,
    region: str,
    record: str,
    way: Sequence[str],
    written: dt.datetime,
    owner: str,
) -> Iterator[tuple[str, str, int, dt.datetime, str, str, str, str | None]]:
    before = "draft"
    for step, to in enumerate(way, 1):
        reason = None
        if to == "feedback":
            reason = words.FEEDBACK[int(random.integers(len(words.FEEDBACK)))]
        elif to == "revised":
            reason = words.REVISED
        actor = owner if to in {"submitted", "revised"} else DIRECTOR
        yield region, record, step, written + dt.timedelta(2 * step), actor, before, to, reason
        before = to


def _form_table(rows: Sequence[tuple[str, str, str, dt.datetime, str]]) -> pa.Table:
    regions, records, payloads, written, owners = zip(*rows, strict=True)
    return pa.table(
        {
            **_key_columns(regions, records),
            "payload": pa.array(payloads, pa.string()),
            "version": pa.array([1] * len(rows), pa.int32()),
            "updated_at": pa.array(written, pa.timestamp("us")),
            "updated_by": pa.array(owners, pa.string()),
        }
    )


def _event_table(rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    regions, records, steps, when, actors, before, after, reasons = zip(*rows, strict=True)
    return pa.table(
        {
            **_key_columns(regions, records),
            "version": pa.array([1] * len(rows), pa.int32()),
            "step": pa.array(steps, pa.int32()),
            "happened_at": pa.array(when, pa.timestamp("us")),
            "actor": pa.array(actors, pa.string()),
            "from_status": pa.array(before, pa.string()),
            "to_status": pa.array(after, pa.string()),
            "reason": pa.array(reasons, pa.string()),
        }
    )


def _key_columns(regions: Sequence[str], records: Sequence[str]) -> dict[str, pa.Array]:
    return {
        "form": pa.array([STRATEGY_CARD.name] * len(regions), pa.string()),
        "customer_type": pa.array(["region"] * len(regions), pa.string()),
        "customer_id": pa.array(regions, pa.string()),
        "record_id": pa.array(records, pa.string()),
    }
