"""What the section shows: the plan for the strength in the address, from the cache where asked before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.i18n import _
from core.market import labels
from core.metrics import metric, write_value
from core.reports.market.concentration import (
    ConcentrationOptions,
    ConcentrationReport,
    concentration_of,
    region_price,
    reps_range,
)
from core.reports.market.effort import Effort, region_effort
from pages._ui import reads, url

if TYPE_CHECKING:
    from core.reports.market.request import MarketRequest
    from core.store.database import Store

MOST_ROWS = 30


def effort_of(request: MarketRequest) -> Effort:
    """Return what the plan is made from.

    Raises
    ------
    InputError
        No visits are recorded in the period.
    """
    answer: Effort = reads.shared(region_effort, request)
    return answer


def limits(effort: Effort) -> tuple[int, int]:
    """Return the fewest and the most reps that may be asked for, as whole numbers."""
    least, most = reps_range(effort, ConcentrationOptions(0))
    return math.ceil(least - 1e-9), math.ceil(most)


def options(effort: Effort) -> ConcentrationOptions:
    """Return the strength that the address names, within its limits; today's by default."""
    least, most = limits(effort)
    reps = _number("reps")
    budget = _number("budget") if counts_spending(effort) else None
    return ConcentrationOptions(
        min(max(reps, least), most) if reps is not None else max(round(effort.reps), least),
        budget=None if budget is None else max(budget, 0.0) * numbers.money_divisor(),
    )


def counts_spending(effort: Effort) -> bool:
    """Tell whether advertising and promotion are recorded, so that money can be a limit."""
    return bool(effort.table["spending_rate"].notna().any())


def report(request: MarketRequest, strength: ConcentrationOptions) -> ConcentrationReport:
    """Return the plan."""
    answer: ConcentrationReport = reads.shared(_report, request, strength)
    return answer


def price(request: MarketRequest, strength: ConcentrationOptions, region_id: str) -> float:
    """Return what deciding a region the other way costs, yuan.

    Raises
    ------
    InfeasibleError
        The strength doesn't suffice for it.
    """
    answer: float = reads.shared(_price, request, strength, region_id)
    return answer


def attackable(plan: ConcentrationReport) -> pd.DataFrame:
    """Return the regions that could be attacked, the most value a rep-quarter first."""
    rows = plan.regions[plan.regions["value_per_effort"].notna()]
    return rows.sort_values(["value_per_effort", "region_id"], ascending=[False, True])


def chosen_region(plan: ConcentrationReport) -> str:
    """Return the chosen region; the first one of the bars where none is chosen."""
    ids = plan.regions["region_id"]
    if (ids == url.value("region")).any():
        return url.value("region")
    first = attackable(plan)["region_id"]
    return str(first.iloc[0] if len(first) else ids.iloc[0])


def bars(plan: ConcentrationReport, also: str = "") -> pd.DataFrame:
    """Return the rows of the picture: the first regions, and one that is to be on it all the same."""
    regions = attackable(plan)
    rest = regions[MOST_ROWS:]
    rows = pd.concat([regions[:MOST_ROWS], rest[rest["region_id"] == also]], ignore_index=True)
    return pd.DataFrame(
        {
            "region_id": rows["region_id"],
            "name": rows["name"],
            "each": rows["value_per_effort"] / numbers.money_divisor(),
            "attacked": rows["decision"] == "attack",
            "text": [_beside(row) for row in rows.to_dict("records")],
            "hover": [_hover(row) for row in rows.to_dict("records")],
        }
    )


def _beside(row: dict[str, object]) -> str:
    effort = numbers.decimal(row["effort"], 1)
    if row["decision"] != "attack":
        return _("{effort} rep-quarters", effort=effort)
    first, last = int(str(row["start"])), int(str(row["start"])) + int(str(row["quarters"])) - 1
    when = f"Q{first}" if first == last else f"Q{first}–Q{last}"
    return _("{when} · {effort} rep-quarters", when=when, effort=effort)


def _hover(row: dict[str, object]) -> str:
    lines = [f"<b>{row['name']}</b> {labels.label('concentration_decision', row['decision'])}"]
    for key in ("value_per_effort", "effort", "win_value", "visit_multiple"):
        declared = metric(key, "concentration")
        lines.append(f"{_(declared.label)} {write_value(declared, row[key])}")
    return "<br>".join(lines)


def _report(_store: Store, request: MarketRequest, strength: ConcentrationOptions) -> ConcentrationReport:
    return concentration_of(effort_of(request), strength)


def _price(_store: Store, request: MarketRequest, strength: ConcentrationOptions, region_id: str) -> float:
    return region_price(report(request, strength), region_id)


def _number(name: str) -> float | None:
    try:
        value = float(url.value(name))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
