"""The one sentence a page opens with: what the figures say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _
from core.market import labels
from core.reports.market.choices import level_label
from core.reports.market.note import list_text

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.market.market_view import MarketView

EASIEST = 5
NAMED = 3


def map_answer(view: MarketView) -> str:
    """Say where we are first, and where strongest and weakest."""
    regions = view.regions
    known = regions[regions["share"].notna()].sort_values("share", ascending=False)
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


def quadrant_answer(view: MarketView) -> str:
    """Say which zone and which regions to attack first."""
    ordered = attack_order(view.regions)
    if ordered.empty:
        return _("No region has both a growth and a share: compare two years that have sales.")
    zone = ordered["zone"].iloc[0]
    first = ordered[ordered["zone"] == zone]
    return _(
        "Attack the {n} regions of the {zone} first, {names} ahead; {fragile} of {all} regions stand close "
        "to a line.",
        n=len(first),
        zone=labels.label("zone", zone),
        names=_(", ").join(str(name) for name in first["name"][:NAMED]),
        fragile=int(ordered["borderline"].sum()),
        all=len(ordered),
    )


def number_one_answer(view: MarketView) -> str:
    """Say what it takes to be No.1, and where it takes least."""
    regions = view.regions
    secured = int((regions["state"] == "secured").sum())
    open_gaps = by_gap(regions)
    if open_gaps.empty:
        return _("Secured No.1 in {secured} regions; no other region has a target.", secured=secured)
    easiest = open_gaps.tail(EASIEST)
    return _(
        "Secured No.1 in {secured} regions; {n} more would take {gap} in all, the easiest {few} only "
        "{little}: {names}.",
        secured=secured,
        n=len(open_gaps),
        gap=numbers.money(open_gaps["gap"].sum()),
        few=len(easiest),
        little=numbers.money(easiest["gap"].sum()),
        names=list_text([str(name) for name in easiest["name"][::-1]]),
    )


def attack_order(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the regions that have a zone, in the document's order and inside it by opportunity."""
    ordered = regions[regions["zone"].notna()]
    return ordered.sort_values(["attack_order", "zone_rank"], ignore_index=True)


def by_gap(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the regions with a gap to No.1, the largest gap first."""
    return regions[regions["gap"] > 0].sort_values("gap", ascending=False, ignore_index=True)
