"""``python -m core export market``: shares, No.1 targets and zones as a file."""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.exchange import tables
from core.i18n import LANGUAGES, _, language
from core.market.options import GROWTH_CUTS, SHARE_CUTS
from core.periods import parse_month, shift
from core.reports.market.choices import Choices, required_choices
from core.reports.market.export import market_sheets
from core.reports.market.market import MarketRequest, market_report
from core.reports.market.request import ABSENT_OWN
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the table to those that can be exported."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "market", help=_("shares, No.1 targets and zones, one row per region")
    )
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".csv, .xlsx, .parquet")
    parser.add_argument("--self", dest="own", metavar="COMPANY", help=_("ID of the own company"))
    parser.add_argument("--from", dest="start", metavar="YYYY-MM", help=_("first month"))
    parser.add_argument("--to", dest="end", metavar="YYYY-MM", help=_("last month"))
    parser.add_argument("--level", help=_("level of the regions: province, city, county ..."))
    parser.add_argument("--category", help=_("only this product category"))
    parser.add_argument("--market", default="all", help=_("ID of the market whose recorded figures count"))
    parser.add_argument("--within", metavar="REGION", help=_("only what lies in this region"))
    parser.add_argument("--k", default="1.7", help=_("the No.1 multiple: a number, or sqrt3"))
    presets = _("{names}; or a rate, 0.05", names=", ".join(GROWTH_CUTS))
    parser.add_argument("--growth-cut", default=GROWTH_CUTS[0], help=presets)
    presets = _("{names}; or a share, 0.261", names=", ".join(SHARE_CUTS))
    parser.add_argument("--share-cut", default=SHARE_CUTS[0], help=presets)
    parser.add_argument(
        "--absent-own",
        choices=ABSENT_OWN,
        help=_("what a region without a row of ours means; without it, as the store says of the market"),
    )
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of names and explanations")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the market table of a level."""
    with language(options.language), Store.open(options.store, create=False) as store:
        request = _request(options, store)
        report = market_report(store, request)
        record_export(store, options.out.name, entity="export market")
        tables.write(options.out, market_sheets(report))
        for note in report.notes:
            print(note.sentence, file=sys.stderr)
        print(_("{file}: {rows} regions.", file=options.out, rows=len(report.regions)))
    return 0


def _request(options: argparse.Namespace, store: Store) -> MarketRequest:
    offered = required_choices(store)
    end = parse_month(options.end) if options.end else offered.last_month
    request = MarketRequest(
        own_company=options.own or offered.own_company,
        start=parse_month(options.start) if options.start else shift(end, -11),
        end=end,
        level=options.level or offered.default_level,
        category=options.category,
        market_id=options.market,
        within=options.within,
        absent_own=options.absent_own,
    )
    _check_period(request, offered)
    return replace(
        request,
        k=_number("--k", {"sqrt3": math.sqrt(3)}.get(options.k, options.k)),
        growth_cut=_cut("--growth-cut", options.growth_cut, GROWTH_CUTS),
        share_cut=_cut("--share-cut", options.share_cut, SHARE_CUTS),
    )


def _check_period(request: MarketRequest, offered: Choices) -> None:
    if request.end < offered.first_month or request.start > offered.last_month:
        raise InputError(
            _(
                "There are no figures from {start:%Y-%m} to {end:%Y-%m}.",
                start=request.start,
                end=request.end,
            ),
            _(
                "The store has {first:%Y-%m} to {last:%Y-%m}.",
                first=offered.first_month,
                last=offered.last_month,
            ),
        )


def _cut(option: str, text: str, presets: tuple[str, ...]) -> str | float:
    try:
        return float(text)
    except ValueError:
        # An unknown name is refused by the options themselves, with the nearest one.
        return text if text in presets or text.isidentifier() else _number(option, text)


def _number(option: str, text: str | float) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(
            _("{option} needs a number, not “{text}”.", option=option, text=text),
            _("Write 0.05 for 5 %."),
        ) from error
