"""What changed since the same months a year earlier: states, zones, leaders, shares, new rivals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import _
from core.market.labels import label
from core.market.symbols import share_symbols
from core.reports.market.choices import names_of

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.market import MarketReport

BEST_STATES = ("secured", "leading_in_range", "tied", "chasing_in_range", "out_of_range", "no_own_sales")
SHARE_MOVES = 3
_COMPARED = ["region_id", "name", "name_en", "state", "zone", "attack_order", "share", "share_change",
             "capacity", "months_previous"]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change.

    Parameters
    ----------
    code
        ``leader``, ``state``, ``zone``, ``share`` or ``new_rival``.
    region_id, name
        Where; the name in the language in use.
    direction
        1 better for us, -1 worse, 0 neither.
    sentence
        What happened, in the language in use.
    weight
        Capacity of the region, yuan: larger ones first.
    """

    code: str
    region_id: str
    name: str
    direction: int
    sentence: str
    weight: float


def find_changes(report: MarketReport, before: pd.DataFrame) -> tuple[Change, ...]:
    """Compare a report with the market table of a year earlier.

    Parameters
    ----------
    before
        :func:`core.reports.market.market.market_regions` of the same months a year earlier; its
        capacity_previous reaches back two years.

    Returns
    -------
    tuple of Change
        Leaders, then states, zones, shares and new rivals; within each the largest region first. Regions
        where one of the two periods is unknown have changed nothing we know of.
    """
    # The market table has many times as many columns, and rows are taken from it one by one.
    regions = report.regions[_COMPARED].assign(shown=names_of(report.regions))
    now = regions.set_index("region_id")
    old = before[["region_id", "state", "zone", "attack_order"]].set_index("region_id").reindex(now.index)
    found = [
        *_sorted(_leaders(report, now)),
        *_sorted(_states(now, old)),
        *_sorted(_zones(now, old)),
        *_shares(now),
        *_sorted(_new_rivals(report, now)),
    ]
    return tuple(found)


def _sorted(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (-change.weight, change.region_id))


def _change(code: str, row: pd.Series, direction: int, sentence: str) -> Change:
    weight = 0.0 if np.isnan(row["capacity"]) else float(row["capacity"])
    return Change(code, str(row.name), str(row["shown"]), direction, sentence, weight)


def _states(now: pd.DataFrame, old: pd.DataFrame) -> list[Change]:
    moved = now["state"].isin(BEST_STATES) & old["state"].isin(BEST_STATES) & (now["state"] != old["state"])
    found = []
    for region_id in now.index[moved]:
        row, was = now.loc[region_id], str(old.at[region_id, "state"])
        better = BEST_STATES.index(row["state"]) < BEST_STATES.index(was)
        sentence = _(
            "{region}: from “{before}” to “{now}”.",
            region=row["shown"],
            before=label("state", was),
            now=label("state", row["state"]),
        )
        found.append(_change("state", row, 1 if better else -1, sentence))
    return found


def _zones(now: pd.DataFrame, old: pd.DataFrame) -> list[Change]:
    moved = now["zone"].notna() & old["zone"].notna() & (now["zone"] != old["zone"])
    found = []
    for region_id in now.index[moved]:
        row = now.loc[region_id]
        better = int(row["attack_order"]) < int(old.at[region_id, "attack_order"])
        sentence = _(
            "{region}: moved from the zone “{before}” to “{now}”.",
            region=row["shown"],
            before=label("zone", str(old.at[region_id, "zone"])),
            now=label("zone", row["zone"]),
        )
        found.append(_change("zone", row, 1 if better else -1, sentence))
    return found


def _leaders(report: MarketReport, now: pd.DataFrame) -> list[Change]:
    columns = ["region_id", "company_id", "name", "is_self", "amount", "amount_previous"]
    named = report.companies.loc[~report.companies["is_aggregate"], columns]
    leaders = _largest(named, "amount").join(_largest(named, "amount_previous"), rsuffix="_before")
    moved = leaders["company_id_before"].notna() & (leaders["company_id"] != leaders["company_id_before"])
    found = []
    for region_id in leaders.index[moved]:
        row, pair = now.loc[region_id], leaders.loc[region_id]
        direction = int(bool(pair["is_self"])) - int(bool(pair["is_self_before"]))
        sentence = _(
            "{region}: {now} took the lead from {before}.",
            region=row["shown"],
            now=pair["name"],
            before=pair["name_before"],
        )
        found.append(_change("leader", row, direction, sentence))
    return found


def _largest(named: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the company that sells most in each region; a tie has no leader [B.3]."""
    sold = named[named[column] > 0]
    largest = sold[sold[column] == sold.groupby("region_id")[column].transform("max")]
    alone = largest[~largest["region_id"].duplicated(keep=False)]
    return alone.set_index("region_id")[["company_id", "name", "is_self"]]


def _shares(now: pd.DataFrame) -> list[Change]:
    largest = now["share_change"].abs().nlargest(SHARE_MOVES)
    found = []
    for region_id in largest.index[largest > 0]:
        row = now.loc[region_id]
        sentence = _(
            "{region}: our share moved by {points} points to {share}.",
            region=row["shown"],
            points=f"{row['share_change'] * 100:+.1f}",
            share=f"{row['share']:.1%}",
        )
        found.append(_change("share", row, 1 if row["share_change"] > 0 else -1, sentence))
    return found


def _new_rivals(report: MarketReport, now: pd.DataFrame) -> list[Change]:
    """Find rivals that sold nothing a year earlier and reach the foothold, 2.8 % of the capacity [W:4]."""
    companies = report.companies
    foothold = share_symbols()["foothold"]
    compared = set(now.index[now["months_previous"] > 0])
    new = companies[
        ~companies["is_self"]
        & ~companies["is_aggregate"]
        & (companies["share"] >= foothold)
        & ~(companies["amount_previous"] > 0)
        & companies["region_id"].isin(compared)
    ]
    found = []
    for rival in new.itertuples():
        row = now.loc[rival.region_id]
        sentence = _(
            "{region}: {rival} is new and already has {share}.",
            region=row["shown"],
            rival=rival.name,
            share=f"{rival.share:.1%}",
        )
        found.append(_change("new_rival", row, -1, sentence))
    return found
