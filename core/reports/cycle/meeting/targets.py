"""The target of a region and month: from the approved plan, else from the newest one, and said which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import _, ngettext
from core.reports.market.note import Note
from core.store.approval import status_label
from core.store.cycle.review import EVERYWHERE
from core.store.cycle.review import targets as read_targets
from core.store.plans.versions import list_plans

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from core.reports.cycle.meeting.place import Place
    from core.reports.cycle.meeting.request import MeetingRequest
    from core.store.database import Store
    from core.store.plans.model import Plan


@dataclass(frozen=True)
class MonthTarget:
    """What a plan asks for, yuan.

    Parameters
    ----------
    plan
        None where no plan asks anything of the region.
    month
        None where the plan has nothing for the month.
    to_date
        Of the year's months up to it; None where one of them has no target.
    parts
        Of the month, by region right below; those without a target aren't in it.
    """

    plan: Plan | None
    month: Decimal | None
    to_date: Decimal | None
    parts: Mapping[str, Decimal]
    notes: tuple[Note, ...]


def month_target(
    store: Store, request: MeetingRequest, place: Place, parts: Sequence[str] = ()
) -> MonthTarget:
    """Return the target of a region and month.

    The approved plan counts; where there is none, the newest one that isn't superseded. A plan counts only
    where it covers the whole region: the target of a part is none of the whole.

    Parameters
    ----------
    parts
        Ids of the regions right below.
    """
    plans = [
        plan for plan in list_plans(store) if plan.year == request.month.year and plan.status != "superseded"
    ]
    key = request.region or EVERYWHERE
    wanted = [*([request.region] if request.region else []), *parts]
    found = read_targets(store, request.month.year, wanted, category=request.category, scope=request.scope)
    fitting = [plan for plan in plans if (plan.plan_id, key) in found and _covers(plan, request, place)]
    approved = [plan for plan in fitting if plan.status == "approved"]
    plan = next(iter(approved or fitting), None)
    if plan is None:
        return MonthTarget(None, None, None, {}, (_without_plan(request, has_plans=bool(plans)),))
    months = found[plan.plan_id, key]
    due = [month for month in months if month <= request.month]
    whole_year = len(due) == request.month.month
    return MonthTarget(
        plan,
        months.get(request.month),
        sum((months[month] for month in due), start=_zero(months)) if whole_year else None,
        {
            part: found[plan.plan_id, part][request.month]
            for part in parts
            if request.month in found.get((plan.plan_id, part), {})
        },
        tuple(_notes(plan, approved)),
    )


def _zero(months: Mapping[dt.date, Decimal]) -> Decimal:
    return next(iter(months.values())) * 0


def _covers(plan: Plan, request: MeetingRequest, place: Place) -> bool:
    """Tell whether a plan is ours and asks for the whole region."""
    owner, within = plan.parameters.get("own_company"), plan.parameters.get("within")
    return owner in (None, request.own_company) and (within is None or within in place.above)


def _without_plan(request: MeetingRequest, *, has_plans: bool) -> Note:
    if not has_plans:
        text = _("There is no target plan for {year}; make one on the page “Target breakdown”.",
                 year=request.month.year)  # fmt: skip
    elif request.category is not None:
        text = _(
            "No plan for {year} has a target of this category for the whole region.", year=request.month.year
        )
    else:
        text = _(
            "No plan for {year} is broken down to this region or covers all of it.", year=request.month.year
        )
    return Note("no_target", "warning", text)


def _notes(plan: Plan, approved: Sequence[Plan]) -> list[Note]:
    if not approved:
        text = _(
            "Targets are those of the plan “{plan}”, which is not approved ({status}).",
            plan=plan.name,
            status=status_label(plan.status),
        )
        return [Note("target_not_approved", "warning", text)]
    if len(approved) > 1:
        text = ngettext(
            "{n} approved plan covers this region; targets are those of the newest, “{plan}”.",
            "{n} approved plans cover this region; targets are those of the newest, “{plan}”.",
            len(approved),
            plan=plan.name,
        )
        return [Note("several_targets", "information", text)]
    return []
