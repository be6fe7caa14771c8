"""The review of a region and month: plan, do, check, act, as small tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.i18n import _
from core.reports.cycle.meeting.check import Explanation, bridge_table, explain_month
from core.reports.cycle.meeting.lines import market_request, month_lines
from core.reports.cycle.meeting.money import month_money
from core.reports.cycle.meeting.parts import part_table
from core.reports.cycle.meeting.place import Place, find_place
from core.reports.cycle.meeting.targets import month_target
from core.reports.cycle.meeting.tasks import month_tasks
from core.reports.cycle.strategy import StrategyReview, strategy_review
from core.reports.market.choices import names_of
from core.reports.market.market import market_regions, market_report
from core.reports.market.note import Note
from core.store.customers.customers import regions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from core.reports.cycle.meeting.request import MeetingRequest
    from core.reports.cycle.tasks.listing import TaskReport
    from core.store.database import Store
    from core.store.plans.model import Plan


@dataclass(frozen=True, eq=False)
class MonthReview:
    """The answer to a :class:`~core.reports.cycle.meeting.request.MeetingRequest`; yuan, NaN = not recorded.

    Parameters
    ----------
    name
        The region's, in the language in use.
    standing
        The row of :func:`core.market.table.market_table` for the month (share, ratio, state, zone,
        rival_name, gap, ...); its ``*_previous`` are the same month a year earlier.
    plan
        Whose targets count; None without any.
    lines
        Plan and do, see :func:`core.reports.cycle.meeting.lines.month_lines`.
    check
        The bridges: year, target, consists.
    parts
        The regions right below, see :func:`core.reports.cycle.meeting.parts.part_table`.
    act
        The tasks that a meeting about the month looks at, see
        :func:`core.reports.cycle.meeting.tasks.month_tasks`.
    strategy
        The strategy cards of the region; those of everything together have none.
    notes
        What to know about the figures, warnings first.
    """

    request: MeetingRequest
    name: str
    level: str
    standing: Mapping[str, Any]
    plan: Plan | None
    lines: pd.DataFrame
    check: Explanation
    parts: pd.DataFrame
    act: TaskReport
    strategy: StrategyReview
    notes: tuple[Note, ...]

    def bridge(self, against: str) -> pd.DataFrame:
        """Return a bridge as a table: ``year``, ``target`` or ``consists``; empty where there is none."""
        return bridge_table(getattr(self.check, against))


def month_review(store: Store, request: MeetingRequest) -> MonthReview:
    """Review a month.

    Raises
    ------
    InputError
        The data have no such region, company or category.
    """
    place = find_place(store, request)
    asked = market_request(request, place.level)
    market = market_report(store, asked)
    standing = market.total.iloc[0].to_dict()
    below = _below(store, request, place)
    target = month_target(store, request, place, [] if below is None else list(below["region_id"]))
    money = month_money(store, request)
    # A card is about all that is sold in a region, whatever is looked at here.
    strategy = strategy_review(store, replace(asked, category=None, market_id="all"))
    notes = [*target.notes, *money.notes, *_lines_of_all(request), *market.notes]
    return MonthReview(
        request=request,
        name=place.name,
        level=place.level,
        standing=standing,
        plan=target.plan,
        lines=month_lines(store, asked, standing, target, money),
        check=explain_month(store, request, standing, target.month, expected_growth(request, strategy)),
        parts=part_table(below, standing, target),
        act=month_tasks(store, request),
        strategy=strategy,
        notes=tuple(sorted(notes, key=lambda note: note.level != "warning")),
    )


def expected_growth(request: MeetingRequest, strategy: StrategyReview) -> float | None:
    """Return the growth of the market that an approved card reckons with; None where none does.

    A card says nothing of a single category or another market.
    """
    card = strategy.card
    if card is None or card.status != "approved" or request.category or request.market_id != "all":
        return None
    return card.market_growth


def _below(store: Store, request: MeetingRequest, place: Place) -> pd.DataFrame | None:
    """Return the market table of the regions right below, with their names; None where there are none."""
    if not place.below:
        return None
    table = market_regions(store, market_request(request, place.below))
    names = regions(store, request.scope).set_index("region_id")
    return table.assign(name=names_of(names.reindex(table["region_id"])).to_numpy())


def _lines_of_all(request: MeetingRequest) -> list[Note]:
    """Say which lines are of all categories although one is asked for."""
    if request.category is None:
        return []
    text = _("Visits, expenses and strategy cards are about all categories, whatever is chosen here.")
    return [Note("lines_of_all", "information", text)]
