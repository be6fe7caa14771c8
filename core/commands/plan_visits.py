"""``python -m core plan-visits``: plan the visits of one rep or of all."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from core.cluster.engine import check_engine
from core.errors import InputError
from core.exchange import tables
from core.i18n import LANGUAGES, _, format_number, language
from core.reports.visits.plan import Outcome, plan_many, visit_list
from core.reports.visits.request import VisitRequest, default_start, own_company, reps, travel_server
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store
from core.visits import runner
from core.visits.frequency import FrequencyRules
from core.visits.norms import DEFAULT_TEMPLATE, TEMPLATES
from core.visits.routing import warm_up
from core.visits.runner import Effort, Ran
from core.visits.travel_server import Server


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser("plan-visits", help=_("plan the visits of reps"))
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--weeks", type=int, default=4, help=_("length of the period, 1 to 12"))
    parser.add_argument(
        "--start", metavar="YYYY-MM-DD", help=_("first day; else the Monday after the last visit")
    )
    parser.add_argument("--seconds", type=float, default=10.0, help=_("time to search per rep"))
    parser.add_argument(
        "--steps",
        type=int,
        help=_("so many steps of search per rep in place of seconds: the same plan on every machine"),
    )
    parser.add_argument("--employee", action="append", metavar="ID", help=_("only this rep; may be repeated"))
    parser.add_argument("--all", action="store_true", help=_("every rep with shops; so without --employee"))
    parser.add_argument("--template", default=DEFAULT_TEMPLATE, help=", ".join(TEMPLATES))
    parser.add_argument("--fit", action="store_true", help=_("cut visits where the load doesn't fit"))
    parser.add_argument("--again", action="store_true", help=_("plan anew what is planned already"))
    parser.add_argument("--workers", type=int, default=0, help=_("processes; 0 for one per processor"))
    parser.add_argument(
        "--engine",
        metavar="ENGINE",
        help=_("plan on a cluster, sail or sc://HOST:PORT, by steps; {steps} if not given", steps=STEPS),
    )
    parser.add_argument(
        "--travel-server",
        metavar="“osrm URL”",
        help=_("take travel times from this OSRM or Valhalla server; else what the store's settings say"),
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=_(".csv, .xlsx, .parquet, .json; or a folder"),
    )
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of names and explanations")
    )
    parser.set_defaults(run=run)


STEPS = 20_000
"""Steps of a rep's search on a cluster."""
VISITS, FAILED = "visits.parquet", "failed.csv"
"""What lies in a folder of plans: the visits, and the reps without a plan with the reason."""


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(options: argparse.Namespace) -> int:
    """Plan, save the plans in the store, write the visits to a file; 1 when a rep could not be planned."""
    with language(options.language):
        _check(options)
        with Store.open(options.store, create=False) as store, _runner(options) as planner:
            request = _request(options, store)
            warm_up(_say, crossing=request.balance is None)
            names = options.employee or reps(store)["employee_id"].tolist()
            effort = _effort(options, len(names))
            planned: list[str] = []
            failed: dict[str, str] = {}
            outcomes = plan_many(store, request, names, effort, again=options.again, runner=planner)
            for number, outcome in enumerate(outcomes, 1):
                _say(f"[{number}/{len(names)}] {_line(outcome)}")
                if outcome.plan is not None and outcome.plan.notice:
                    _say(outcome.plan.notice)
                if outcome.plan_id is None:
                    failed[outcome.employee_id] = outcome.error
                else:
                    planned.append(outcome.plan_id)
            record_export(store, options.out.name, entity="plan-visits")
            _write(_visits_file(options.out), store, planned)
            if options.out.is_dir():
                _write_failed(options.out / FAILED, failed)
        if failed:
            _say(_("{count} reps have no plan; the reasons stand above.", count=len(failed)))
            if not options.fit:
                _say(_("With --fit, visits are cut where the load does not fit."))
        return 1 if failed else 0


def _check(options: argparse.Namespace) -> None:
    if options.all and options.employee:
        raise InputError(_("Expected either --all or --employee."))
    if not options.seconds > 0:
        raise InputError(_("--seconds must be above 0, found {value}.", value=options.seconds))
    if options.steps is not None and options.steps < 1:
        raise InputError(_("--steps must be at least 1, found {value}.", value=options.steps))
    if options.engine is not None:
        check_engine(options.engine)
    if options.out.is_dir():
        return
    if options.out.suffix.lower() not in (*tables.FORMATS, ".json"):
        raise InputError(
            _("“{file}” has no ending that can be written.", file=options.out.name),
            _("Choose one of: {allowed}.", allowed=", ".join((*tables.FORMATS, ".json"))),
        )
    if not options.out.resolve().parent.is_dir():
        raise InputError(_("The folder of {path} does not exist.", path=options.out))


@contextmanager
def _runner(options: argparse.Namespace) -> Iterator[Callable[..., Iterator[Ran]]]:
    """Give what plans: this machine, or the cluster asked for."""
    if options.engine in {None, "duckdb"}:
        yield runner.run
        return
    from core.cluster.plans import ClusterRunner
    from core.cluster.spark import SparkEngine

    with SparkEngine(options.engine) as engine:
        yield ClusterRunner(engine)


def _effort(options: argparse.Namespace, reps: int) -> Effort:
    workers = 1 if reps == 1 else options.workers
    steps = options.steps or (STEPS if options.engine else None)
    if steps:
        return Effort(seconds=None, iterations=steps, workers=workers)
    return Effort(seconds=options.seconds, workers=workers)


def _visits_file(out: Path) -> Path:
    return out / VISITS if out.is_dir() else out


def _write_failed(path: Path, failed: dict[str, str]) -> None:
    """Write the reps without a plan; an empty list says that there are none."""
    table = pd.DataFrame({"employee_id": list(failed), "reason": list(failed.values())})
    tables.write(path, [tables.Sheet(_("Visit plan"), table)])


def _request(options: argparse.Namespace, store: Store) -> VisitRequest:
    try:
        start = dt.date.fromisoformat(options.start) if options.start else default_start(store)
    except ValueError as error:
        raise InputError(
            _("“{text}” is no day.", text=options.start), _("Write it as {example}.", example="2026-01-05")
        ) from error
    return VisitRequest(
        own_company(store),
        start,
        options.weeks,
        rules=FrequencyRules(template=options.template),
        fit=options.fit,
        server=Server.parse(options.travel_server) if options.travel_server else travel_server(store),
    )


def _line(outcome: Outcome) -> str:
    if outcome.plan is None:
        return f"{outcome.employee_id}: {outcome.error}"
    values = {
        "rep": outcome.employee_id,
        "visits": len(outcome.plan.stops),
        "km": format_number(outcome.plan.km),
        "minutes": format_number(outcome.plan.travel_minutes),
    }
    if outcome.reused:
        return _("{rep}: {visits} visits, {km} km, {minutes} minutes on the way (planned before)", **values)
    return _("{rep}: {visits} visits, {km} km, {minutes} minutes on the way", **values)


def _write(path: Path, store: Store, plan_ids: list[str]) -> None:
    table = visit_list(store, plan_ids)
    if not len(table):
        return
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(_as_json(table), ensure_ascii=False, indent=1), encoding="utf-8")
    else:
        tables.write(path, [tables.Sheet(_("Visit plan"), table)])
    count = table["employee_id"].nunique()
    print(_("{file}: {visits} visits of {reps} reps.", file=path, visits=len(table), reps=count))


def _as_json(table: pd.DataFrame) -> list[dict[str, Any]]:
    table = table.assign(day=table["day"].map(str)).astype(object)
    return [dict(row) for row in table.where(table.notna(), None).to_dict("records")]
