"""When an answer about a region changes: sentences beside the state, the zone and the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _
from core.market import labels

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    amount = float(str(change))
    words = {
        "amount": numbers.money(abs(amount)),
        "share": numbers.percent(abs(amount) / float(str(row["own"]))) if float(str(row["own"])) > 0 else "",
        "state": labels.label("state", row["state_flip_to"]),
    }
    if amount < 0:
        return _("{state} once we sell {amount} less ({share}), the rival standing still.", **words)
    return _("{state} once we sell {amount} more ({share}), the rival standing still.", **words)


def zone_change(row: Mapping[str, object]) -> str:
    """Say how far growth or share is from the line that would change the zone; empty without a zone."""
    if numbers.is_missing(row["zone_flip"]):
        return ""
    return _(
        "{zone} once {axis} changes by {points}; the other figure and the lines stay.",
        zone=labels.label("zone", row["zone_flip_to"]),
        axis=labels.label("flip_input", row["zone_flip_by"]),
        points=numbers.points(row["zone_flip"]),
    )


def target_change(row: Mapping[str, object]) -> str:
    """Say how the base target moves with the rival's figure and with who gives way; empty without one."""
    if numbers.is_missing(row["target_step"]) or row["state"] == "secured":
        return ""
    return _(
        "Each percent more at {rival} raises the target by {step}; if rivals stand still it is {fixed}, at "
        "least {least}.",
        rival=row["rival_name"],
        step=numbers.money(row["target_step"]),
        fixed=numbers.money(row["target_fixed"]),
        least=numbers.money(row["target_least"]),
    )


def attack_change(row: Mapping[str, object]) -> str:
    """Say what the place in the ranking of attack hangs on; empty for a region that isn't attacked."""
    if numbers.is_missing(row["attack_rank"]):
        return ""
    flips = [text for text in (state_change(row), zone_change(row)) if text]
    rank = numbers.count(row["attack_rank"])
    return _("Rank {rank} holds while state and zone hold: {flips}", rank=rank, flips=" ".join(flips))
