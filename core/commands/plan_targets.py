"""``python -m core plan-targets``: make a target plan from the store and save it as a draft."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.i18n import LANGUAGES, _, format_number, language
from core.periods import parse_month, shift
from core.reports.market.choices import required_choices
from core.reports.plans.checks import review
from core.reports.plans.plan import Draft, draft_plan, save_draft
from core.reports.plans.proposal import failing_checks
from core.reports.plans.request import (
    DEPTHS,
    DIMENSIONS,
    STANDARD_WEIGHTS,
    TEMPLATES,
    PlanRequest,
    Weights,
)
from core.settings import Settings
from core.store.database import Store
from core.store.plans.workflow import move

if TYPE_CHECKING:
    from core.store.plans.model import Plan

QUESTION = 3
"""Exit code where an answer is needed first."""


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "plan-targets", help=_("break a year's target down to regions, reps and months")
    )
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--year", type=int, required=True, help=_("the year planned"))
    parser.add_argument(
        "--target", type=float, required=True, metavar="YUAN", help=_("the year's target in yuan")
    )
    parser.add_argument("--name", default="", help=_("what the plan is called"))
    parser.add_argument("--self", dest="own", metavar="COMPANY", help=_("ID of the own company"))
    parser.add_argument("--level", help=_("level of the regions: province, city, county ..."))
    parser.add_argument("--within", metavar="REGION", help=_("only what lies in this region"))
    parser.add_argument(
        "--owner",
        choices=["employee", "dealer", "none"],
        default="employee",
        help=_("who has targets in a region"),
    )
    parser.add_argument(
        "--depth",
        choices=list(DEPTHS),
        default="category",
        help=_("how far the target is broken down by product"),
    )
    parser.add_argument(
        "--no-categories",
        dest="depth",
        action="store_const",
        const="none",
        help=_("don't break down by category"),
    )
    parser.add_argument("--order", default=",".join(DIMENSIONS), help=_("order of the breakdown"))
    parser.add_argument(
        "--weights", action="append", default=[], metavar="DIMENSION:FACTOR=WEIGHT,...",
        help=_("what a dimension is shared out by, such as region:history=0.8,gap=0.2"),
    )  # fmt: skip
    parser.add_argument(
        "--unit", default="100", metavar="YUAN", help=_("what targets are rounded to, in yuan")
    )
    parser.add_argument("--template", choices=list(TEMPLATES), default="breakdown", help=_("kind of plan"))
    parser.add_argument("--base-end", metavar="YYYY-MM", help=_("last month of the year compared with"))
    parser.add_argument(
        "--weights-alone", action="store_true", help=_("don't move anything to keep the plan's checks")
    )
    parser.add_argument("--submit", action="store_true", help=_("submit the plan at once"))
    parser.add_argument(
        "--despite-failed-checks", action="store_true", help=_("submit it although checks fail")
    )
    parser.add_argument("--actor", default="local", help=_("who makes the plan"))
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of messages")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the plan and say its id."""
    with language(options.language), Store.open(options.store, create=False) as store:
        draft = draft_plan(store, _request(options, store))
        name = options.name or _("Target plan {year}", year=options.year)
        plan = save_draft(store, draft, name, actor=options.actor)
        for note in draft.notes:
            print(note)
        print(
            _("Plan {plan}: {cells} cells, {total} yuan.", plan=plan.plan_id,
              cells=format_number(len(draft.cells)), total=format_number(plan.top_target))
        )  # fmt: skip
        return _checked(store, draft, plan, options)


def _checked(store: Store, draft: Draft, plan: Plan, options: argparse.Namespace) -> int:
    """Say which checks fail and why, and submit the plan where that was asked for and answered."""
    if draft.proposal is not None:
        print(draft.proposal.sentence)
    failing = failing_checks(review(plan, draft.cells, draft.basis).checks, draft.proposal)
    for sentence in failing:
        print(sentence)
    if not options.submit:
        return 0
    if failing and not options.despite_failed_checks:
        print(_("Not submitted: checks fail. Mend them, or add --despite-failed-checks."), file=sys.stderr)
        return QUESTION
    move(store, plan, "submitted", actor=options.actor, reason=" ".join(failing))
    print(_("Plan {plan} is submitted.", plan=plan.plan_id))
    return 0


def _request(options: argparse.Namespace, store: Store) -> PlanRequest:
    offered = required_choices(store)
    before = shift(dt.date(options.year, 1, 1), -1)
    base_end = parse_month(options.base_end) if options.base_end else min(before, offered.last_month)
    request = PlanRequest(
        options.own or offered.own_company,
        options.year,
        base_end,
        options.level or offered.default_level,
        target=options.target,
        within=options.within,
        owner="" if options.owner == "none" else options.owner,
        depth=options.depth,
        order=tuple(part.strip() for part in options.order.split(",")),
        unit=options.unit,
        template=options.template,
        keep_checks=not options.weights_alone,
    )
    return dataclasses.replace(request, weights=_weights(options.weights))


def _weights(texts: list[str]) -> Weights:
    mixes = dict(STANDARD_WEIGHTS)
    for text in texts:
        dimension, _colon, factors = text.partition(":")
        try:
            pairs = [part.split("=") for part in factors.split(",")]
            mixes[dimension.strip()] = tuple((name.strip(), float(weight)) for name, weight in pairs)
        except ValueError as error:
            raise InputError(
                _("“{text}” names no weights.", text=text), _("Write region:history=0.8,gap=0.2.")
            ) from error
    return tuple(mixes.items())
