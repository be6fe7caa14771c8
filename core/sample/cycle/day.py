"""Two months of days as reps report them: plans of the visits, days handed in, talks of the last days.

Plans are made around the visits that there are: most were planned, some were not, and some planned ones were
never made. Of nine reps two have no plan and one doesn't report, as it is in life.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from core.customers.forms import form
from core.customers.forms.relationship import LADDER, OUTCOMES, REVIEW
from core.customers.forms.validate import to_json, validate
from core.cycle.day.entry import DISPLAY, STOCK
from core.sample.cycle import day_words as words
from core.sample.request import LAST_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from core.sample.request import SampleRequest

LAST_REPORT = dt.date(LAST_MONTH.year, LAST_MONTH.month, 23)
"""The last day handed in: with it the demonstration opens."""
PERIODS = tuple(
    dt.date(LAST_MONTH.year, LAST_MONTH.month, 26) - dt.timedelta(28 * back) for back in (2, 1, 0)
)
"""First days of the plans, four weeks each; all Mondays."""
WEEKS = 4
TALK_DAYS = 2
"""Working days whose visits have their shelf and their talk."""
REPS_IN_TURN, WITHOUT_PLAN, WITHOUT_REPORT = 9, (0, 1), (4,)
IN_PLAN, MISSED_A_DAY, REPORTED, REPORTED_LAST = 0.92, 0.45, 0.94, 0.6
ACTOR = "演示"
_OFFICE_MINUTE = 8.5 * 60
_EPOCH = dt.date(1970, 1, 1)


def day_tables(
    request: SampleRequest,
    visits: pa.Table,
    time_log: pa.Table,
    owners: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
) -> Iterator[tuple[str, pa.Table]]:
    """Yield plans, reports, shelves, arrivals and talks of the reps who have any.

    Parameters
    ----------
    visits, time_log
        As they are stored.
    owners
        Shops by rep, in order of reps.
    names
        Names by rep.
    """
    random = request.stream("days")
    made = visits.select(
        ["visit_id", "employee_id", "terminal_id", "start_at", "end_at", "order_amount"]
    ).to_pandas()
    made = made.assign(day=made["start_at"].dt.normalize())
    reps = list(owners)
    planners = [rep for number, rep in enumerate(reps) if number % REPS_IN_TURN not in WITHOUT_PLAN]
    reporters = [rep for number, rep in enumerate(reps) if number % REPS_IN_TURN not in WITHOUT_REPORT]
    stops = _stops(random, made[made["employee_id"].isin(planners)], owners, planners)
    if len(stops):
        yield "visit_plan", _plans(stops)
        yield (
            "visit_plan_stop",
            pa.Table.from_pandas(
                stops.drop(columns=["employee_id", "start_day"]).assign(day=stops["day"].dt.date),
                preserve_index=False,
            ),
        )
    yield "day_report", _reports(random, time_log, reporters, names)
    talks = _talked(made[made["employee_id"].isin(reporters)])
    if len(talks):
        yield "visit_check_in", _arrivals(talks, names)
        yield "visit_shelf", _shelves(random, talks, names)
        yield "customer_form", _reviews(random, talks, names)


def _stops(
    random: np.random.Generator,
    made: pd.DataFrame,
    owners: Mapping[str, Sequence[str]],
    planners: Sequence[str],
) -> pd.DataFrame:
    """Return the planned visits: most of those made, some that weren't, and the weeks to come."""
    first, end = pd.Timestamp(PERIODS[0]), pd.Timestamp(PERIODS[-1] + dt.timedelta(7 * WEEKS))
    inside = made[made["day"] >= first]
    kept = inside.loc[random.random(len(inside)) < IN_PLAN, ["employee_id", "terminal_id", "day"]]
    last = inside["day"].max() if len(inside) else first
    days = pd.bdate_range(first, end - pd.Timedelta(days=1))
    rows: list[tuple[str, str, pd.Timestamp]] = []
    for rep in planners:
        shops = [str(shop) for shop in random.permutation(np.asarray(owners[rep], dtype=object))]
        if not shops:
            continue
        # Days to come have as many visits as it takes to see every shop once in the four weeks.
        a_day = max(1, len(shops) // (5 * WEEKS))
        missed = random.poisson(MISSED_A_DAY, len(days)).tolist()
        for place, day in enumerate(days):
            count = a_day if day > last else min(missed[place], len(shops))
            first_shop = place * a_day
            rows += [(rep, shops[(first_shop + n) % len(shops)], day) for n in range(count)]
    more = pd.DataFrame(rows, columns=["employee_id", "terminal_id", "day"])
    stops = pd.concat([kept, more], ignore_index=True).drop_duplicates(["employee_id", "terminal_id", "day"])
    starts = np.array([np.datetime64(start) for start in PERIODS])
    number = np.searchsorted(starts, stops["day"].to_numpy().astype("datetime64[D]"), side="right") - 1
    stops = stops.assign(start_day=starts[number]).sort_values(
        ["employee_id", "day", "terminal_id"], ignore_index=True
    )
    position = stops.groupby(["employee_id", "day"]).cumcount().to_numpy()
    travel = np.round(random.uniform(6, 24, len(stops)))
    return stops.assign(
        plan_id=stops["employee_id"] + "-" + stops["start_day"].dt.strftime("%Y%m%d") + "-1",
        position=position,
        begins=_OFFICE_MINUTE + 15 + position * 55.0,
        minutes=20.0,
        travel_minutes=travel,
        km=np.round(travel * 0.45, 1),
    ).reindex(
        columns=[
            "plan_id",
            "day",
            "position",
            "terminal_id",
            "begins",
            "minutes",
            "travel_minutes",
            "km",
            "employee_id",
            "start_day",
        ]
    )


def _plans(stops: pd.DataFrame) -> pa.Table:
    groups = stops.groupby(["plan_id", "employee_id", "start_day"], as_index=False)
    plans = groups.agg(
        visits=("terminal_id", "size"), travel_minutes=("travel_minutes", "sum"), km=("km", "sum")
    )
    saved = plans["start_day"] - pd.Timedelta(hours=64)
    plans = plans.assign(
        start_day=plans["start_day"].dt.date,
        weeks=WEEKS,
        version=1,
        changes=0,
        fingerprint="sample",
        parameters="{}",
        inputs_version=1,
        actor=ACTOR,
        saved_at=saved,
    )
    return pa.Table.from_pandas(plans, preserve_index=False)


def _reports(
    random: np.random.Generator, time_log: pa.Table, reporters: Sequence[str], names: Mapping[str, str]
) -> pa.Table:
    """Return the days handed in: of days with a time log, most; the last day isn't over for everybody."""
    logged = time_log.select(["employee_id", "day"]).to_pandas(date_as_object=False).drop_duplicates()
    first, last = pd.Timestamp(PERIODS[0]), pd.Timestamp(LAST_REPORT)
    logged = logged[logged["employee_id"].isin(reporters) & logged["day"].between(first, last)]
    chance = np.where(logged["day"] == last, REPORTED_LAST, REPORTED)
    days = logged[random.random(len(logged)) < chance].sort_values(["day", "employee_id"], ignore_index=True)
    minute = random.integers(17 * 60, 19 * 60, len(days))
    return pa.table(
        {
            "employee_id": pa.array(days["employee_id"], pa.string()),
            "day": pa.array(days["day"].dt.date, pa.date32()),
            "remark": pa.array(_some(random, len(days), words.DAY_REMARKS, 0.55), pa.string()),
            "tomorrow": pa.array(_some(random, len(days), words.TOMORROW, 0.4), pa.string()),
            "version": pa.array(np.ones(len(days), np.int32)),
            "handed_in_at": pa.array(days["day"] + pd.to_timedelta(minute, "min"), pa.timestamp("us")),
            "handed_in_by": pa.array([names[rep] for rep in days["employee_id"]], pa.string()),
        }
    )


def _talked(made: pd.DataFrame) -> pd.DataFrame:
    """Return the visits of the last reported days."""
    first = pd.Timestamp(LAST_REPORT) - pd.offsets.BDay(TALK_DAYS - 1)
    return made[made["day"].between(first, pd.Timestamp(LAST_REPORT))].reset_index(drop=True)


def _arrivals(talks: pd.DataFrame, names: Mapping[str, str]) -> pa.Table:
    by = [names[rep] for rep in talks["employee_id"]]
    table = talks[["visit_id", "employee_id", "terminal_id"]].assign(
        arrived_at=talks["start_at"], recorded_at=talks["start_at"], recorded_by=by
    )
    return pa.Table.from_pandas(table, preserve_index=False)


def _shelves(random: np.random.Generator, talks: pd.DataFrame, names: Mapping[str, str]) -> pa.Table:
    count = len(talks)
    return pa.table(
        {
            "visit_id": pa.array(talks["visit_id"], pa.string()),
            "stock": pa.array(random.choice(list(STOCK), count, p=(0.6, 0.28, 0.12)), pa.string()),
            "display": pa.array(random.choice(list(DISPLAY), count, p=(0.55, 0.3, 0.15)), pa.string()),
            "facings": pa.array(random.integers(1, 9, count), pa.int32(), mask=random.random(count) < 0.4),
            "remark": pa.array(_some(random, count, words.SHELF_REMARKS, 0.25), pa.string()),
            "version": pa.array(np.ones(count, np.int32)),
            "saved_at": pa.array(talks["end_at"].fillna(talks["start_at"]), pa.timestamp("us")),
            "saved_by": pa.array([names[rep] for rep in talks["employee_id"]], pa.string()),
        }
    )


def _reviews(random: np.random.Generator, talks: pd.DataFrame, names: Mapping[str, str]) -> pa.Table:
    review = form("negotiation_review")
    payloads = []
    for row in talks.itertuples():
        day = row.day.date()
        ordered = not pd.isna(row.order_amount)
        outcome = "won" if ordered and random.random() < 0.7 else list(OUTCOMES)[1 + int(random.integers(3))]
        said = {
            "talked_on": day,
            "outcome": outcome,
            "ladder": list(LADDER)[int(random.integers(1, len(LADDER)))],
            **{name: bool(random.random() < 0.6) for name in REVIEW if random.random() < 0.5},
            # Two weeks on, or half of that; never on a weekend, as talks are held on working days.
            "next_on": day + dt.timedelta(7 * int(random.integers(1, 3))),
            "next_content": words.NEXT_CONTENT[int(random.integers(len(words.NEXT_CONTENT)))],
        }
        if random.random() < 0.35:
            said["result"] = words.TALKED[int(random.integers(len(words.TALKED)))]
        payloads.append(to_json(validate(review, said)))
    count = len(talks)
    return pa.table(
        {
            "form": pa.array([review.name] * count, pa.string()),
            "customer_type": pa.array(["terminal"] * count, pa.string()),
            "customer_id": pa.array(talks["terminal_id"], pa.string()),
            "record_id": pa.array(talks["visit_id"], pa.string()),
            "payload": pa.array(payloads, pa.string()),
            "version": pa.array(np.ones(count, np.int32)),
            "updated_at": pa.array(talks["end_at"].fillna(talks["start_at"]), pa.timestamp("us")),
            "updated_by": pa.array([names[rep] for rep in talks["employee_id"]], pa.string()),
        }
    )


def _some(random: np.random.Generator, count: int, texts: Sequence[str], share: float) -> list[str | None]:
    """Return a text for a share of the rows."""
    chosen: NDArray[np.int64] = random.integers(0, len(texts), count)
    said = random.random(count) < share
    return [texts[text] if is_said else None for text, is_said in zip(chosen, said, strict=True)]
