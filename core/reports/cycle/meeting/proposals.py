"""What the findings of a meeting propose as tasks: the parts of a difference that hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import numbers
from core.cycle.variance import sources
from core.cycle.variance.words import effect_label
from core.i18n import N_, _, format_month
from core.reports.cycle.tasks.proposals import Proposal

if TYPE_CHECKING:
    from core.reports.cycle.meeting.review import MonthReview

KIND, PAGE = "variance", "meeting"
TITLES = {
    sources.MARKET: N_("Find out why the market of {region} shrank"),
    sources.SHARE: N_("Win back the share lost in {region}"),
    sources.DISTRIBUTION: N_("Win back the shops lost in {region}"),
    sources.IN_STORE: N_("Grow stronger in the shops of {region}"),
    sources.BEYOND: N_("Find out where beyond the recorded shops {region} lost share"),
    sources.CHANGE: N_("Find out why sales of {region} fell"),
}
"""What is to be done about a part that hurts; parts of price and mix are nobody's task by themselves."""
OF_SHARE = (sources.SHARE, sources.DISTRIBUTION, sources.IN_STORE, sources.BEYOND)
SMALL = 0.001
"""A part below this share of the sales is no finding."""


def proposals(review: MonthReview, against: str) -> dict[str, Proposal]:
    """Return a task for each part that hurt, the worst first, by its key.

    Parameters
    ----------
    against
        Which bridge: ``target`` or ``year``.
    """
    table = review.bridge(against)
    least = SMALL * float(review.lines.loc["sales", "actual"])
    hurts = table[table["is_leaf"] & (table["amount"] < -least) & table["key"].isin(TITLES)]
    return {
        str(row.key): _proposal(review, against, str(row.key), float(row.amount))
        for row in hurts.sort_values("amount").itertuples()
    }


def _proposal(review: MonthReview, against: str, key: str, amount: float) -> Proposal:
    month = f"{review.request.month:%Y-%m}"
    region = review.request.region
    sentence = _(
        "{region}, {month}: {part} {amount}.",
        region=review.name,
        month=format_month(review.request.month),
        part=effect_label(key),
        amount=numbers.money(amount, sign=True),
    )
    query = {"region": region or "", "month": month, "against": against}
    return Proposal(
        KIND,
        f"{region or '*'}:{month}:{key}",
        sentence,
        _(TITLES[key], region=review.name),
        page=PAGE,
        query=tuple((name, code) for name, code in query.items() if code),
        region_id=region,
        **(_share_goal(review) if key in OF_SHARE else {}),
    )


def _share_goal(review: MonthReview) -> dict[str, Any]:
    """Aim at the share of a year before, where it was higher; a manager signs the others."""
    share, before = float(review.standing["share"]), float(review.standing["share_previous"])
    if review.request.region is None or not share < before:
        return {}
    parameters = {"company": review.request.own_company, "months": "1", "k": str(review.request.k)}
    if review.request.category is not None:
        parameters["category"] = review.request.category
    return {
        "measure": "share",
        "target": before,
        "baseline": share,
        "parameters": tuple(parameters.items()),
    }
