"""What the findings of the pages propose as tasks: of an action, a region, a shop, a list, a shortfall."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from core import numbers
from core.i18n import _, ngettext
from core.reports.cycle.tasks.proposals import Proposal
from core.reports.market.choices import names_of
from core.reports.overview.actions import IN_REACH
from core.store.customers.customers import customer
from core.store.cycle.tasks import defaults
from core.store.visits.plans import last_visit_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from core.reports.market.request import MarketRequest
    from core.reports.overview.actions import Action
    from core.reports.overview.changes import Change
    from core.reports.overview.overview import Overview
    from core.store.database import Store

ACTION_KINDS = {
    "win": "win",
    "defend": "defend",
    "visit": "unvisited",
    "subdivide": "subdivide",
    "rival_data": "missing_data",
    "capacity_data": "missing_data",
}
ONE_POINT = 0.01
FOUR_WEEKS = dt.timedelta(days=28)
NAMED = 5
LARGEST_LIST = 500
"""Shops of a list; a task for more is none that one person can do."""


def of_action(action: Action, found: Overview) -> Proposal:
    """Return the task of one of the next actions of the overview."""
    place = _place(found, action.region_id)
    row = None if place is None else found.report.regions.iloc[place]
    region = _("all regions") if place is None else str(names_of(found.report.regions).iloc[place])
    titles = {
        "win": _("Become No.1 in {region}", region=region),
        "defend": _("Restore the lead in {region}", region=region),
        "visit": _("Visit the unvisited customers in {region}", region=region),
        "subdivide": _("Choose a part of {region} to be first in", region=region),
        "rival_data": _("Find out the rivals' sales in {region}", region=region),
        "capacity_data": _("Bring the market capacity of {region}", region=region),
    }
    goal: dict[str, Any] = {}
    if row is not None and action.code in {"win", "defend"}:
        goal = _ratio_goal(row, action.code, found.report.request)
    elif action.code == "visit" and found.customers is not None:
        counted = found.customers[found.customers["region_id"] == action.region_id].iloc[0]
        goal = {"measure": "unvisited", "target": 0.0, "baseline": float(counted["unvisited"])}
    return Proposal(
        ACTION_KINDS[action.code],
        f"{action.code}:{action.region_id or ''}",
        action.sentence,
        titles[action.code],
        page=action.page,
        query=tuple(action.query.items()),
        region_id=action.region_id,
        **goal,
    )


def _place(found: Overview, region_id: str | None) -> int | None:
    """Return the number of a region's row; None where it isn't among them."""
    places = np.flatnonzero(found.report.regions["region_id"] == region_id)
    return int(places[0]) if len(places) else None


def of_change(change: Change, found: Overview) -> Proposal:
    """Return the task of a change for the worse: be as many times the rival as a year before again."""
    row = found.report.regions.iloc[_place(found, change.region_id)]
    goal: dict[str, Any] = {}
    if row["ratio_previous"] > row["ratio"]:
        goal = _ratio_goal(row, "defend", found.report.request)
    return Proposal(
        "rival_move",
        f"{change.code}:{change.region_id}",
        change.sentence,
        _("Answer the rival in {region}", region=change.name),
        page="number-one",
        query=(("region", change.region_id),),
        region_id=change.region_id,
        **goal,
    )


def of_region(row: Mapping[str, Any], request: MarketRequest, page: str) -> Proposal:
    """Return the task of a region's card: win it, restore its lead, or gain a point of share.

    Parameters
    ----------
    row
        Of the market table, with ``name`` as it is shown.
    """
    region_id, name = str(row["region_id"]), str(row["name"])
    falling = row["state"] == "secured" and row["ratio"] < row["ratio_previous"]
    code = "win" if row["state"] in IN_REACH else "defend" if falling else "region"
    titles = {
        "win": _("Become No.1 in {region}", region=name),
        "defend": _("Restore the lead in {region}", region=name),
        "region": _("Gain a point of share in {region}", region=name),
    }
    goal: dict[str, Any] = {}
    if code != "region":
        goal = _ratio_goal(row, code, request)
    elif not numbers.is_missing(row["share"]):
        share = float(row["share"])
        goal = _goal("share", share + ONE_POINT, share, request)
    return Proposal(
        code,
        f"{code}:{region_id}",
        _region_sentence(row, request),
        titles[code],
        page=page,
        query=(("region", region_id),),
        region_id=region_id,
        **goal,
    )


def of_customer(store: Store, kind: str, customer_id: str, company: str) -> Proposal | None:
    """Return the task of one customer; None where there is none.

    A blank shop is to be won, one without a visit in four weeks to be visited; of others a manager says what
    was to be done.
    """
    row = customer(store, kind, customer_id)
    if row is None:
        return None
    if kind == "dealer":
        return _look_after(row, kind)
    last = defaults.last_visit(store, customer_id)
    known = last_visit_day(store)
    if row["status"] == "blank":
        goal = {"measure": "shop_sells", "target": 1.0, "parameters": (("company", company),)}
        return _of_shop(
            row, "blank_shop", _("{shop} doesn't sell our goods yet."), _("Win {shop} as a customer"), goal
        )
    if known is not None and (last is None or last <= known - FOUR_WEEKS):
        goal = {"measure": "visits", "target": 1.0}
        return _of_shop(
            row, "overdue_visit", _("Nobody visited {shop} in four weeks."), _("Visit {shop}"), goal
        )
    return _look_after(row, kind)


def _of_shop(
    row: Mapping[str, Any], kind: str, sentence: str, title: str, goal: Mapping[str, Any]
) -> Proposal:
    shop_id, name = row["customer_id"], row["name"]
    return Proposal(
        kind, shop_id, sentence.format(shop=name), title.format(shop=name), page="customer",
        query=(("customer", f"terminal:{shop_id}"),), customer=("terminal", shop_id), baseline=0.0, **goal,
    )  # fmt: skip


def _look_after(row: Mapping[str, Any], kind: str) -> Proposal:
    code = f"{kind}:{row['customer_id']}"
    return Proposal(
        "customer", code, _("From the card of {shop}.", shop=row["name"]),
        _("Look after {shop}", shop=row["name"]), page="customer", query=(("customer", code),),
        region_id=row["region_id"], customer=(kind, row["customer_id"]),
    )  # fmt: skip


def of_dealers(ids: Sequence[str], names: Sequence[str]) -> Proposal | None:
    """Return the task of a list of dealers, which a manager signs; None for none and for too many."""
    if not 0 < len(ids) <= LARGEST_LIST:
        return None
    listed = _(", ").join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    return Proposal(
        "customer", _digest(sorted(ids)), _("List of dealers: {names}.", names=listed),
        ngettext("Look after {n} dealer", "Look after {n} dealers", len(ids)), page="customers",
    )  # fmt: skip


def of_shops(
    shops: pd.DataFrame, company: str, *, sentence: str, page: str, query: Mapping[str, str]
) -> Proposal | None:
    """Return the task of a list of shops: win them where all are blank, else visit them.

    Parameters
    ----------
    shops
        terminal_id, status; None comes back for none and for more than ``LARGEST_LIST``.
    """
    ids = sorted(shops["terminal_id"].astype(str))
    if not 0 < len(ids) <= LARGEST_LIST:
        return None
    blank = bool((shops["status"] == "blank").all())
    title = (
        ngettext("Win {n} blank shop", "Win {n} blank shops", len(ids))
        if blank
        else ngettext("Visit {n} shop", "Visit {n} shops", len(ids))
    )
    return Proposal(
        "shops", _digest(ids), sentence, title, page=page, query=tuple(query.items()),
        measure="shops_selling" if blank else "shops_visited", target=float(len(ids)), baseline=0.0,
        parameters=(("company", company), ("shops", ",".join(ids))),
    )  # fmt: skip


def of_overdue(employee_id: str, name: str, shop_ids: Sequence[str]) -> Proposal:
    """Return the task of a rep: make the visits that are overdue."""
    ids = sorted(shop_ids)[:LARGEST_LIST]
    return Proposal(
        "overdue_visit", f"rep:{employee_id}",
        ngettext("{rep}: {n} customer is overdue.", "{rep}: {n} customers are overdue.",
                 len(shop_ids), rep=name),
        ngettext("Make {n} overdue visit", "Make {n} overdue visits", len(ids)),
        page="visit-plan", query=(("rep", employee_id), ("part", "done")), owner_id=employee_id,
        measure="shops_visited", target=float(len(ids)), baseline=0.0,
        parameters=(("shops", ",".join(ids)),),
    )  # fmt: skip


def of_shortfall(plan_id: str, region_id: str, name: str, shortfall: float) -> Proposal:
    """Return the task of a region that is behind its plan.

    Parameters
    ----------
    shortfall
        Targets so far less sales in the same months, yuan.
    """
    return Proposal(
        "plan_shortfall", f"{plan_id}:{region_id}",
        _("{region} is {amount} behind its plan so far.", region=name, amount=numbers.money(shortfall)),
        _("Catch up with the plan in {region}", region=name),
        page="allocation", query=(("plan", plan_id), ("step", "actual")), region_id=region_id,
        measure="plan_shortfall", target=0.0, baseline=shortfall, parameters=(("plan", plan_id),),
    )  # fmt: skip


def _ratio_goal(row: Mapping[str, Any], code: str, request: MarketRequest) -> dict[str, Any]:
    """Aim at k times the rival, or at the ratio before the fall."""
    target = float(row["ratio_previous"]) if code == "defend" else request.k
    return _goal("ratio", target, float(row["ratio"]), request)


def _goal(measure: str, target: float, baseline: float, request: MarketRequest) -> dict[str, Any]:
    parameters = {"company": request.own_company, "months": str(request.period.months), "k": str(request.k)}
    if request.category is not None:
        parameters["category"] = request.category
    return {
        "measure": measure, "target": target, "baseline": baseline, "parameters": tuple(parameters.items())
    }  # fmt: skip


def _region_sentence(row: Mapping[str, Any], request: MarketRequest) -> str:
    values = {
        "region": row["name"],
        "share": numbers.percent(None if numbers.is_missing(row["share"]) else float(row["share"])),
    }
    if numbers.is_missing(row["ratio"]) or not isinstance(row["rival_name"], str):
        return _("{region}: share {share}.", **values)
    return _(
        "{region}: share {share}, {ratio} times {rival}; {k} times is No.1.",
        **values,
        ratio=f"{row['ratio']:.2f}",
        rival=row["rival_name"],
        k=f"{request.k:.3g}",
    )


def _digest(ids: Sequence[str]) -> str:
    return hashlib.sha256(",".join(ids).encode()).hexdigest()[:16]
