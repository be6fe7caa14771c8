"""The task that a broken principle proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.i18n import _
from core.metrics import metric
from core.reports.cycle.tasks.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {
    "concentrate": "region",
    "attack_weak_points": "shops",
    "hold_fortress": "defend",
    "control_key_customers": "region",
    "visit_everyone": "unvisited",
}


def of_principle(row: Mapping[str, Any]) -> Proposal:
    """Return the task of a broken principle; customers unvisited are counted by the data, the rest is signed.

    Parameters
    ----------
    row
        Of the checks of :class:`core.reports.strategy.principles.PrincipleReport`.
    """
    principle, region_id, name = str(row["principle"]), str(row["region_id"]), str(row["name"])
    label = _(metric(principle, "strategy").label)
    titles = {
        "concentrate": _("Move visits to {region}", region=name),
        "attack_weak_points": _("Visit the shops that can be won in {region}", region=name),
        "hold_fortress": _("Restore the lead in {region}", region=name),
        "control_key_customers": _("Become first in the grade-A shops of {region}", region=name),
        "visit_everyone": _("Visit the unvisited customers in {region}", region=name),
    }
    goal: dict[str, Any] = {}
    # Unvisited customers are a next action of the overview too: one key, so that there is one task.
    key = f"principle:{principle}:{region_id}"
    if principle == "visit_everyone":
        key = f"visit:{region_id}"
        goal = {"measure": "unvisited", "target": 0.0, "baseline": float(row["rows"])}
    return Proposal(
        _KINDS[principle],
        key,
        f"{name} · {label}: {row['sentence']}",
        titles[principle],
        page="quadrant",
        query=(("region", region_id),),
        region_id=region_id,
        **goal,
    )
