"""When an answer about a region changes: sentences beside the state, the zone and the target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import N_, _
from core.market import labels
from core.reports.market.amounts import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping


# Less would read as no change at all.
_LEAST_SHARE, _LEAST_RATIO = 0.001, 0.01
CAPACITY_SOURCES = {
    "recorded": N_("The capacity used here is recorded."),
    "mixed": N_("The capacity is partly recorded, partly the sum of sales: check it first."),
    "sum_of_sales": N_("No capacity is recorded; the sum of all companies' sales stands for it."),
}


def changes(row: Mapping[str, object], *, relative: bool = False) -> list[str]:
    """Return what would change the answers about a region, and what its capacity stands on.

    Parameters
    ----------
    row
        A row of the market report. Everything together has neither zone nor rank: it is its own average.
    relative
        The share line is one of the relative share.
    """
    is_whole = row["region_id"] == WHOLE
    calls = [state_change(row)] if is_whole else [attack_change(row, relative=relative)]
    if not any(calls) and not is_whole:
        calls = [state_change(row), zone_change(row, relative=relative)]
    texts = [text for text in (*calls, target_change(row)) if text]
    source = str(row["capacity_source"])
    return [*texts, _(CAPACITY_SOURCES[source])] if texts and source in CAPACITY_SOURCES else texts


def state_change(row: Mapping[str, object]) -> str:
    """Say how much our sales must change for another No.1 state; empty where that isn't known.

    Parameters
    ----------
    row
        A row of the market table.
    """
    change = row["state_flip"]
    if numbers.is_missing(change):
        return ""
    amount, own = float(str(change)), float(str(row["own"]))
    words = {
        "amount": _money(abs(amount)),
        "share": numbers.percent(abs(amount) / own if own > 0 else None),
        "state": labels.label("state", row["state_flip_to"]),
    }
    if amount < 0:
        return _("{state} once we sell {amount} less ({share}), the rival standing still.", **words)
    return _("{state} once we sell {amount} more ({share}), the rival standing still.", **words)


def zone_change(row: Mapping[str, object], *, relative: bool = False) -> str:
    """Say how far growth or share is from the line that would change the zone; empty without a zone.

    Parameters
    ----------
    relative
        The share line is one of the relative share: a multiple, not points.
    """
    if numbers.is_missing(row["zone_flip"]):
        return ""
    move, axis = float(str(row["zone_flip"])), labels.label("flip_input", row["zone_flip_by"])
    if relative and row["zone_flip_by"] == "share":
        step = math.copysign(max(abs(move), _LEAST_RATIO), move)
        axis, text = _("Relative share"), f"{'+' if step > 0 else ''}{numbers.ratio(step)}"
    else:
        text = numbers.points(math.copysign(max(abs(move), _LEAST_SHARE), move))
    return _(
        "{zone} once {axis} changes by {points}; the other figure and the lines stay.",
        zone=labels.label("zone", row["zone_flip_to"]),
        axis=axis,
        points=text,
    )


def target_change(row: Mapping[str, object]) -> str:
    """Say how the base target moves with the rival's figure and with who gives way; empty without one."""
    if numbers.is_missing(row["target_step"]) or row["state"] == "secured":
        return ""
    return _(
        "Each percent more at {rival} raises the target by {step}; if rivals stand still it is {fixed}, at "
        "least {least}.",
        rival=row["rival_name"],
        step=_money(float(str(row["target_step"]))),
        fixed=numbers.money(row["target_fixed"]),
        least=numbers.money(row["target_least"]),
    )


def attack_change(row: Mapping[str, object], *, relative: bool = False) -> str:
    """Say what the place in the ranking of attack hangs on; empty for a region that isn't attacked."""
    if numbers.is_missing(row["attack_rank"]):
        return ""
    flips = [text for text in (state_change(row), zone_change(row, relative=relative)) if text]
    rank = numbers.count(row["attack_rank"])
    return _(
        "Rank {rank} hangs on state and zone first, then on opportunity and needed gain. {flips}",
        rank=rank,
        flips=" ".join(flips),
    )


def _money(amount: float) -> str:
    """Return an amount on the screen; below one unit in yuan, rounded up, so that it still suffices."""
    return numbers.money(amount) if amount >= numbers.money_divisor() else numbers.yuan(math.ceil(amount))
