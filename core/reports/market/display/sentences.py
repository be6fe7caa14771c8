"""The one sentence a page or a slide opens with: what the figures say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.i18n import _
from core.market import labels
from core.market.attack import ATTACK_RULE, ATTACK_VIEWS, order_regions
from core.metrics import metric
from core.reports.market.choices import level_label
from core.reports.market.note import list_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.market.display.rows import MarketRows

NAMED = 3


def attack_rule() -> str:
    """Return by which rule the regions to attack are ranked, the same on every page that names some."""
    return f"{_(metric('attack_rank').label)}: {_(ATTACK_RULE)}"


def map_answer(view: MarketRows) -> str:
    """Say where we are first, and where strongest and weakest."""
    regions = view.regions
    known = by_share(regions[regions["share"].notna()])
    if known.empty:
        return _("No share is known here: sales or capacities are missing.")
    return _(
        "Of {n} regions ({level}), we are first in {first}, secured in {secured}; strongest in {best} "
        "({high}), weakest in {worst} ({low}).",
        n=len(regions),
        level=level_label(view.report.request.level),
        first=int((regions["rank"] == 1).sum()),
        secured=int((regions["state"] == "secured").sum()),
        best=known["name"].iloc[0],
        high=numbers.percent(known["share"].iloc[0]),
        worst=known["name"].iloc[-1],
        low=numbers.percent(known["share"].iloc[-1]),
    )


def by_share(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the regions from the strongest to the weakest, the unknown last."""
    return regions.sort_values(
        ["share", "capacity", "region_id"], ascending=[False, False, True], ignore_index=True
    )


def quadrant_answer(view: MarketRows) -> str:
    """Say which zone and which regions to attack first."""
    ordered = attack_order(view.regions)
    if ordered.empty:
        return _("No region has both a growth and a share: compare two years that have sales.")
    to_attack = ordered[ordered["attack_rank"].notna()]
    words = {"fragile": int(ordered["borderline"].sum()), "all": len(ordered)}
    if to_attack.empty:
        return _("No region is left to attack; {fragile} of {all} regions stand close to a line.", **words)
    return _(
        "Attack {names} first, of {n} regions that aren't secured; {fragile} of {all} regions stand close to "
        "a line.",
        n=len(to_attack),
        names=_(", ").join(str(name) for name in to_attack["name"][:NAMED]),
        **words,
    )


def number_one_answer(view: MarketRows, order: str = "attack") -> str:
    """Say what it takes to be No.1, and what the first regions of an order take.

    Parameters
    ----------
    order
        A key of ``ATTACK_VIEWS``.
    """
    regions = view.regions
    secured = int((regions["state"] == "secured").sum())
    open_gaps = order_regions(regions, order)
    if open_gaps.empty:
        return _("Secured No.1 in {secured} regions; no other region has a target.", secured=secured)
    first = open_gaps.head(NAMED)
    return _(
        "Secured No.1 in {secured} regions; {n} more would take {gap} if rivals give way in proportion, "
        "{fixed} if they stand still. {order}: {names}, {little} together.",
        secured=secured,
        n=len(open_gaps),
        gap=numbers.money(open_gaps["gap"].sum()),
        fixed=numbers.money(open_gaps["gap_fixed"].sum()),
        order=_(ATTACK_VIEWS[order]),
        little=numbers.money(first["gap"].sum()),
        names=list_text([str(name) for name in first["name"]]),
    )


def attack_order(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the regions that have a zone: those to attack by their rank, then the others by zone."""
    ordered = regions[regions["zone"].notna()]
    return ordered.sort_values(
        ["attack_rank", "attack_order", "zone_rank", "region_id"], na_position="last", ignore_index=True
    )


def region_answer(row: Mapping[str, object]) -> str:
    """Say how we stand in one region, with what is known about it."""
    state = str(row["state"])
    words = {"region": row["name"], "state": labels.label("state", state)}
    if pd.isna(row["share"]) or pd.isna(row["rank"]):
        return _("{region}: {state}. {explanation}", explanation=labels.explanation("state", state), **words)
    words |= {"share": numbers.percent(row["share"]), "rank": numbers.count(row["rank"])}
    if not float(str(row["gap"])) > 0:
        return _("{region}: {state}, with {share} of the market and rank {rank}.", **words)
    return _(
        "{region}: {state}, with {share} of the market and rank {rank}; {gap} more makes us No.1.",
        gap=numbers.money(row["gap"]),
        **words,
    )
