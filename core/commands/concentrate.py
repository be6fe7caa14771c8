"""``python -m core concentrate``: plan which regions to attack in which quarter."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from core.exchange import tables
from core.i18n import LANGUAGES, _, language
from core.market.options import WIDE_AREA
from core.numbers import money
from core.periods import parse_month
from core.reports.market.choices import required_choices
from core.reports.market.concentration import (
    ConcentrationOptions,
    ConcentrationReport,
    concentration_of,
    region_effort,
)
from core.reports.market.request import MarketRequest
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "concentrate", help=_("plan which regions to attack in which quarter")
    )
    defaults, standard = Settings.from_environment(), ConcentrationOptions(0)
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--from", dest="start", metavar="YYYY-MM", required=True, help=_("first month"))
    parser.add_argument("--to", dest="end", metavar="YYYY-MM", required=True, help=_("last month"))
    parser.add_argument("--level", help=_("level of the regions: province, city, county ..."))
    parser.add_argument("--within", metavar="REGION", help=_("only what lies in this region"))
    parser.add_argument("--category", help=_("only this product category"))
    parser.add_argument("--self", dest="own", metavar="COMPANY", help=_("ID of the own company"))
    parser.add_argument("--reps", type=float, help=_("reps in all; else as many as made visits"))
    parser.add_argument("--budget", type=float, metavar="YUAN", help=_("advertising and promotion, in yuan"))
    parser.add_argument("--quarters", type=int, default=standard.quarters, help=_("quarters planned, 1 to 8"))
    parser.add_argument(
        "--response", type=float, default=standard.response, help=_("how strongly visits work; 1: as squares")
    )
    parser.add_argument(
        "--thin-to", type=float, default=standard.thin_to, help=_("part of its visits a region may be cut to")
    )
    parser.add_argument("--k", type=float, default=WIDE_AREA, help=_("the No.1 multiple"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".csv, .xlsx, .parquet")
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of names and explanations")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the plan and say what it wins."""
    with language(options.language), Store.open(options.store, create=False) as store:
        effort = region_effort(store, _request(options, store))
        report = concentration_of(
            effort,
            ConcentrationOptions(
                effort.reps if options.reps is None else options.reps,
                quarters=options.quarters,
                budget=options.budget,
                response=options.response,
                thin_to=options.thin_to,
            ),
        )
        record_export(store, options.out.name, entity="concentrate")
        tables.write(options.out, [tables.Sheet(_("Concentration"), report.regions)])
        for note in effort.notes:
            print(note.sentence, file=sys.stderr)
        _say(report)
        print(_("{file}: {rows} regions.", file=options.out, rows=len(report.regions)))
    return 0


def _say(report: ConcentrationReport) -> None:
    print(report.sentence)
    print(_("One more rep is worth {value}.", value=money(report.rep_price)))
    firm = int(report.regions["firm"].sum())
    print(
        _("{firm} of {regions} decisions hold when visits work half or twice as strongly.",
          firm=firm, regions=len(report.regions))
    )  # fmt: skip


def _request(options: argparse.Namespace, store: Store) -> MarketRequest:
    offered = required_choices(store)
    return MarketRequest(
        options.own or offered.own_company,
        parse_month(options.start),
        parse_month(options.end),
        options.level or offered.default_level,
        category=options.category,
        within=options.within,
        k=options.k,
    )
