"""Which combinations of days each shop of a rep may have: rules, locks and company together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.visits.locks import allowed, in_force, joint, why_none_allowed
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    from core.visits.locks import Groups
    from core.visits.tasks import RepTask


@dataclass(frozen=True)
class DayChoices:
    """The days to choose from.

    Parameters
    ----------
    masks
        Allowed combinations by terminal; empty where there is none.
    faults
        Why there is none, by terminal; of a group it stands at its first member, and names all.
    groups
        Terminals visited on the same days, which have the same combinations.
    """

    masks: dict[str, tuple[int, ...]]
    faults: dict[str, str]
    groups: Groups


def day_choices(task: RepTask) -> DayChoices:
    """Return which combinations of days each visited shop may have, or why it has none."""
    seen = dict(task.seen)
    rules = {rule.terminal_id: _after_last(rule, seen.get(rule.terminal_id)) for rule in task.rules}
    kept = dict(task.kept)
    planned = dict(zip(task.visited["terminal_id"], task.visited["planned"].astype(int), strict=True))
    names = dict(zip(task.visited["terminal_id"], task.visited["name"].astype(str), strict=True))
    groups = in_force(task.visited, task.together)
    grouped = {shop for group in groups for shop in group}
    masks: dict[str, tuple[int, ...]] = {}
    faults: dict[str, str] = {}
    for group in (*groups, *((shop,) for shop in planned if shop not in grouped)):
        found, fault = _of_group(
            task,
            {shop: planned[shop] for shop in group},
            [rules.get(shop, VisitRule(shop)) for shop in group],
            {kept[shop] for shop in group if shop in kept},
        )
        masks |= dict.fromkeys(group, found)
        if fault and len(group) > 1:
            together = _(", ").join(names[shop] for shop in group)
            fault = _("to be visited on the same days ({names}): {fault}", names=together, fault=fault)
        if fault:
            faults[group[0]] = fault
    return DayChoices(masks, faults, groups)


def _after_last(rule: VisitRule, seen: dt.date | None) -> VisitRule:
    """Return the rule whose least gap counts from the last visit before the period."""
    if seen is None or rule.min_gap is None:
        return rule
    first = max(seen + dt.timedelta(rule.min_gap), rule.not_before or dt.date.min)
    # What was due before then is overdue; the promised gap is kept.
    due = rule.first_by if rule.first_by is not None and rule.first_by >= first else None
    return replace(rule, not_before=first, first_by=due)


def _of_group(
    task: RepTask, planned: dict[str, int], rules: list[VisitRule], kept: set[int]
) -> tuple[tuple[int, ...], str]:
    """Return the combinations of shops that share their days, or why they have none."""
    if len(kept) > 1:
        return (), _("their visits are on different days now.")
    if kept:
        return (next(iter(kept)),), ""
    counts = sorted(set(planned.values()))
    if len(counts) > 1:
        shown = _(", ").join(map(str, planned.values()))
        return (), _("they have {counts} visits; give all of them the same frequency.", counts=shown)
    try:
        rule = rules[0] if len(rules) == 1 else joint(rules)
    except InputError as error:
        return (), str(error)
    found = allowed(task.period, counts[0], rule, task.locks, tuple(planned))
    return found, "" if found else why_none_allowed(task.period, counts[0], rule, task.locks, tuple(planned))
