"""A bridge as steps that a reader can follow, for the chart, its table and the slide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from core import numbers
from core.colours import GAIN, LOSS, US
from core.cycle.variance.words import effect_label, effect_note
from core.exchange.slides.content import Bars, Bridge, Caption, Series, Slide, Step
from core.i18n import N_, _, sentences
from core.reports.cycle.meeting.display.lines import line_table
from core.reports.cycle.meeting.display.sentences import meeting_answer

if TYPE_CHECKING:
    from core.cycle.variance import parts
    from core.reports.cycle.meeting.review import MonthReview

AGAINST = {"target": N_("Against the target"), "year": N_("Against last year")}
LEVELS = ("start", "end")
TASKS_NAMED = 4


def compared_with(review: MonthReview) -> list[str]:
    """Return what the sales can be compared with: keys of :data:`AGAINST`, the target first."""
    return [key for key in AGAINST if getattr(review.check, key) is not None]


def steps(review: MonthReview, against: str) -> pd.DataFrame:
    """Return the way from the target or last year to the sales.

    Returns
    -------
    pandas.DataFrame
        key, label, kind (``start``, ``rise``, ``fall`` or ``end``), parent, is_leaf, amount (yuan; of start
        and end the whole), low and high (between which the step runs), text (the amount), note (how it is
        computed). Steps without a parent are in it once; what they are parted into follows them.
    """
    bridge: parts.Bridge = getattr(review.check, against)
    table = review.bridge(against)
    place, rows = float(bridge.start), []
    for row in table.itertuples():
        kind = "rise" if row.amount >= 0 else "fall"
        ends = (place, place + row.amount)
        text = numbers.money(row.amount, sign=True)
        note = explained(review, against, str(row.key), str(row.reason))
        rows.append(
            (
                row.key,
                effect_label(str(row.key)),
                kind,
                row.parent,
                row.is_leaf,
                row.amount,
                *ends,
                text,
                note,
            )
        )
        place += row.amount if row.is_leaf else 0.0
    first = _("Target") if against == "target" else _("Same month a year before")
    start, end = float(bridge.start), float(bridge.end)
    origin = _("What the sales are compared with.")
    rows.insert(0, ("start", first, "start", "", True, start, 0.0, start, numbers.money(start), origin))
    sold = _("Our sales in the month, as recorded.")
    rows.append(("end", _("Own sales"), "end", "", True, end, 0.0, end, numbers.money(end), sold))
    columns = ["key", "label", "kind", "parent", "is_leaf", "amount", "from", "to", "text", "note"]
    found = pd.DataFrame(rows, columns=columns)
    return found.assign(low=found[["from", "to"]].min(axis=1), high=found[["from", "to"]].max(axis=1))


def explained(review: MonthReview, against: str, key: str, reason: str) -> str:
    """Return how a part is computed; of a target, from which market it was reckoned."""
    card = review.strategy.card
    if (
        against != "target"
        or key != "market"
        or card is None
        or "asked" in set(review.bridge(against)["key"])
    ):
        return effect_note(key, reason)
    growth = numbers.percent(card.market_growth, sign=True)
    return sentences(
        _("Market less the one reckoned with × mean of the share then and now."),
        _("The approved strategy card reckons with a market {growth} over last year.", growth=growth),
    )


def bridge_picture(review: MonthReview, against: str) -> Bridge | Bars:
    """Return the steps as a chart for a slide: a bridge, or bars of the changes where one goes below zero."""
    found = steps(review, against)
    found = found[found["is_leaf"]]
    scale = numbers.money_divisor()
    if found["low"].min() >= 0:
        title = numbers.heading(_("Own sales"), numbers.money_unit())
        return Bridge(tuple(_step(row, scale) for row in found.itertuples()), title)
    changes = found[~found["kind"].isin(LEVELS)]
    return Bars(
        tuple(changes["label"]),
        (Series(_("Effect"), tuple(float(v) / scale for v in changes["amount"]), US, labelled=True),),
        title=_("What explains the difference ({unit})", unit=numbers.money_unit()),
        number_format="+#,##0.0;-#,##0.0;0",
        colours=tuple(GAIN if kind == "rise" else LOSS for kind in changes["kind"]),
    )


def _step(row: Any, scale: float) -> Step:  # noqa: ANN401 - a named tuple of pandas
    level = row.kind in LEVELS
    label = numbers.money(row.amount, unit=False, sign=not level)
    return Step(str(row.label), float(row.amount) / scale, label, is_level=level)


def meeting_slide(review: MonthReview, against: str, caption: Caption) -> Slide:
    """Lay out 经营例会: what explains the result, plan and do, and the tasks."""
    tasks = review.act.open[:TASKS_NAMED]
    named = [
        _("{task} ({who}, until {day})", task=row.title, who=row.owner or numbers.MISSING, day=f"{row.due}")
        for row in tasks.itertuples()
    ]
    return Slide(
        meeting_answer(review),
        caption.title,
        bridge_picture(review, against),
        line_table(review),
        caption.source,
        notes=tuple(note.sentence for note in review.notes),
        points=(_("Open tasks"), *named) if named else (),
    )
