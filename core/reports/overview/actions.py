"""The next actions: where a little effort makes or keeps a No.1, and what to bring where data are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _, ngettext
from core.market.attack import order_regions
from core.reports.market.choices import names_of
from core.reports.market.sensitivity import attack_change, state_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from core.reports.market.market import MarketReport

IN_REACH = ("leading_in_range", "tied", "chasing_in_range")
COUNT = 3


@dataclass(frozen=True)
class Action:
    """One thing to do next.

    Parameters
    ----------
    code
        ``win``, ``defend``, ``visit``, ``subdivide``, ``rival_data`` or ``capacity_data``.
    region_id
        Where; None when it concerns all.
    sentence
        What to do and why, in the language in use.
    page
        Address of the page that helps: ``number-one``, ``market-map``, ``terminal-map``, ``quadrant`` or
        ``data``.
    query
        Parameters of its address.
    hangs_on
        What would have to change for the call to be another one; empty where it is none.
    """

    code: str
    region_id: str | None
    sentence: str
    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    hangs_on: str = ""


def next_actions(
    report: MarketReport, completeness: pd.DataFrame, customers: pd.DataFrame | None
) -> tuple[Action, ...]:
    """Return the three next actions: at most one of each kind, the most rewarding kind first.

    Parameters
    ----------
    completeness
        Of its regions, see :mod:`core.reports.market.completeness`.
    customers
        region_id, customers, unvisited; None when no visits are recorded.
    """
    candidates = [
        *_win(report),
        *_defend(report),
        *_visit(report, customers),
        *_data(report, completeness),
        *_subdivide(report),
    ]
    return tuple(candidates[:COUNT])


def _named(report: MarketReport) -> pd.DataFrame:
    regions = report.regions
    return regions.assign(shown=names_of(regions))


def _link(region_id: str) -> dict[str, str]:
    return {"region": region_id}


def _win(report: MarketReport) -> Iterator[Action]:
    """Find the region that the ranking of attack names first, where it is within range."""
    regions = _named(report)
    order = order_regions(regions[regions["state"].isin(IN_REACH)], "attack")
    if order.empty:
        return
    best = order.iloc[0]
    yield Action(
        "win",
        best["region_id"],
        _(
            "Win {region}: {gap} more make us No.1, {k} times {rival}, if rivals give way in proportion; "
            "{fixed} if they stand still.",
            region=best["shown"],
            gap=numbers.money(float(best["gap"])),
            fixed=numbers.money(float(best["gap_fixed"])),
            k=f"{report.request.k:.3g}",
            rival=best["rival_name"],
        ),
        "number-one",
        _link(best["region_id"]),
        attack_change(best.to_dict()),
    )


def _defend(report: MarketReport) -> Iterator[Action]:
    """Find the secured region whose ratio fell and is nearest the limit."""
    regions = _named(report)
    falling = regions[(regions["state"] == "secured") & (regions["ratio"] < regions["ratio_previous"])]
    if falling.empty:
        return
    worst = falling.sort_values(["ratio", "region_id"]).iloc[0]
    yield Action(
        "defend",
        worst["region_id"],
        _(
            "Defend {region}: the lead over {rival} fell from {before} to {now} times; {k} is the limit.",
            region=worst["shown"],
            rival=worst["rival_name"],
            before=f"{worst['ratio_previous']:.2f}",
            now=f"{worst['ratio']:.2f}",
            k=f"{report.request.k:.3g}",
        ),
        "number-one",
        _link(worst["region_id"]),
        state_change(worst.to_dict()),
    )


def _visit(report: MarketReport, customers: pd.DataFrame | None) -> Iterator[Action]:
    if customers is None or not (customers["unvisited"] > 0).any():
        return
    shown = _named(report).set_index("region_id")["shown"]
    rows = customers[customers["region_id"].isin(shown.index)]
    if rows.empty:
        return
    worst = rows.sort_values(["unvisited", "region_id"], ascending=[False, True]).iloc[0]
    count = int(worst["unvisited"])
    yield Action(
        "visit",
        worst["region_id"],
        ngettext(
            "Visit {region}: {n} customer there had no visit in four weeks.",
            "Visit {region}: {n} customers there had no visit in four weeks.",
            count,
            region=shown[worst["region_id"]],
        ),
        "terminal-map",
        # Those it counts: our customers, none of them visited.
        {**_link(worst["region_id"]), "situation": "unvisited~customer"},
    )


def _data(report: MarketReport, completeness: pd.DataFrame) -> Iterator[Action]:
    regions = _named(report)
    blind = regions[(regions["capacity"] > 0) & (regions["named_rivals"] == 0)]
    if len(blind):
        largest = blind.sort_values(["capacity", "region_id"], ascending=[False, True]).iloc[0]
        yield Action(
            "rival_data",
            largest["region_id"],
            _("Find out who sells in {region}: no named rival is recorded there.", region=largest["shown"]),
            "data",
            {"table": "market_sales"},
        )
    missing = int((completeness["capacity"] < 1).sum())
    if missing:
        yield Action(
            "capacity_data",
            None,
            ngettext(
                "Bring the market capacity of {n} region: without it shares refer to recorded sales only.",
                "Bring the market capacity of {n} regions: without it shares refer to recorded sales only.",
                missing,
            ),
            "data",
            {"table": "market_capacity"},
        )


def _subdivide(report: MarketReport) -> Iterator[Action]:
    """Name the largest region out of range: not to be chased, but divided (S3, [W:8])."""
    regions = _named(report)
    far = regions[regions["state"] == "out_of_range"]
    if far.empty:
        return
    largest = far.sort_values(["capacity", "region_id"], ascending=[False, True]).iloc[0]
    yield Action(
        "subdivide",
        largest["region_id"],
        _(
            "Don't chase {rival} in all of {region}: choose a part, a product or a kind of customer to be "
            "first in.",
            rival=largest["rival_name"],
            region=largest["shown"],
        ),
        "quadrant",
        _link(largest["region_id"]),
    )
