"""``python -m core understand``: what a file seems to hold, and what has to be answered before it loads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.exchange import mapping as mappings
from core.exchange.columns.placing import FROM_ADDRESS
from core.exchange.flow import Known, SheetFlow, open_file
from core.exchange.flow.command import QUESTIONS_OPEN, print_questions
from core.i18n import _, format_number, format_percent
from core.reports.market.choices import level_label
from core.settings import Settings
from core.store.database import Store
from core.tables import BY_NAME

if TYPE_CHECKING:
    import argparse


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "understand", help=_("say what a file seems to hold, and write how it will be read")
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=_("a workbook, a text file, JSON, HTML, a ZIP of them, or boundaries"),
    )
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.add_argument("--sheet", help=_("the sheet; without it, the likeliest"))
    parser.add_argument("--out", type=Path, metavar="M.toml", help=_("write the proposed mapping"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say what a file holds; 0 when nothing is open, 3 when there are questions."""
    with Store.open(options.store) as store:
        flow = open_file(options.file, Known(store))
        sheet = _chosen(flow.sheets, options.sheet)
        _describe(sheet)
        print_questions(sheet.questions)
        if options.out is not None:
            if sheet.mapping is None:
                raise InputError(_("No mapping can be written before the table is known."))
            # A mapping is for one sheet; which one is part of how the file is read.
            reading = dict(sheet.mapping.reading)
            if len(flow.sheets) > 1:
                reading["sheets"] = [sheet.name]
            options.out.write_text(mappings.dumps(replace(sheet.mapping, reading=reading)), encoding="utf-8")
            print(_("The mapping was written to {file}.", file=options.out))
    return QUESTIONS_OPEN if sheet.questions else 0


def _chosen(sheets: tuple[SheetFlow, ...], name: str | None) -> SheetFlow:
    found = next((sheet for sheet in sheets if name is None or sheet.name == name), None)
    if found is None:
        names = ", ".join(sheet.name for sheet in sheets)
        raise InputError(_("There is no sheet “{name}”.", name=name), _("Sheets: {names}.", names=names))
    return found


def _describe(sheet: SheetFlow) -> None:
    if sheet.table is None:
        print(_("Sheet {sheet}: the table is unknown.", sheet=sheet.name))
        return
    share = format_percent(sheet.proposal.confidence, 0)
    label = _(BY_NAME[sheet.table].label)
    print(_("Sheet {sheet}: {table}, {share} sure.", sheet=sheet.name, table=label, share=share))
    assert sheet.mapping is not None
    proposals = {column.header: column for column in sheet.proposal.columns}
    for column in sheet.mapping.columns:
        fresh = proposals.get(column.header)
        target = _(BY_NAME[sheet.table].column(column.target).label) if column.target else "–"
        if column.decisions.get(FROM_ADDRESS) == "yes" and sheet.mapping.source("region_id") is None:
            target = " + ".join(part for part in (target.strip("–"), _("region from the address")) if part)
        samples = ", ".join(fresh.samples[:3]) if fresh else ""
        unit = f" [{column.unit}]" if column.unit else ""
        print(f"  {column.header}{unit} → {target}  ({samples})")
    for level in sheet.levels:
        counts = {"regions": format_number(level.regions), "new": format_number(level.new)}
        print(_("  {level}: {regions} regions, {new} of them new", level=level_label(level.level), **counts))
    for name, value in sheet.mapping.constants.items():
        print(f"  {_(BY_NAME[sheet.table].column(name).label)} = {value}")
