"""``python -m core understand``: what a file seems to hold, and what has to be answered before it loads."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.exchange.columns import mapping as mappings
from core.exchange.columns.placing import FROM_ADDRESS
from core.exchange.flow import Known, open_file
from core.exchange.flow.command import QUESTIONS_OPEN, open_answered, print_questions
from core.i18n import _, format_number, format_percent
from core.reports.market.choices import level_label
from core.settings import Settings
from core.store.database import Store
from core.tables import BY_NAME

if TYPE_CHECKING:
    import argparse

    from core.exchange.flow import Asked, FileFlow, SheetFlow

WRITTEN = frozenset(("constant",))
"""Questions whose answer stands in the mapping itself, for its reader to change."""


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
    parser.add_argument("--sheet", help=_("the sheet; without it, the likeliest and all of its shape"))
    parser.add_argument(
        "--mapping", type=Path, metavar="M.toml", help=_("a mapping whose questions were answered")
    )
    parser.add_argument("--out", type=Path, metavar="M.toml", help=_("write the proposed mapping"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say what a file holds; 0 when nothing is open, 3 when there are questions."""
    with Store.open(options.store) as store:
        known = Known(store)
        if options.mapping is not None:
            flow = open_answered(options.file, known, mappings.read(options.mapping))
        else:
            flow = open_file(options.file, known)
        sheets = _alike(flow.sheets, options.sheet)
        for sheet in sheets:
            _describe(sheet)
        _name_others(flow, sheets)
        questions = [question for question in flow.questions if question.sheet in {s.name for s in sheets}]
        print_questions(questions)
        if options.out is not None:
            _write(options.out, sheets, questions, single=options.sheet is not None)
    return QUESTIONS_OPEN if questions else 0


def _alike(sheets: tuple[SheetFlow, ...], name: str | None) -> list[SheetFlow]:
    """Return the sheet of a name, or the likeliest one with all that have its columns."""
    if name is not None:
        chosen = [sheet for sheet in sheets if sheet.name == name]
        if not chosen:
            names = ", ".join(sheet.name for sheet in sheets)
            raise InputError(_("There is no sheet “{name}”.", name=name), _("Sheets: {names}.", names=names))
        return chosen
    shape = mappings.fingerprint(sheets[0].headers)
    return [sheet for sheet in sheets if mappings.fingerprint(sheet.headers) == shape]


def _name_others(flow: FileFlow, sheets: list[SheetFlow]) -> None:
    """Name the tables of the file that the mapping is not for."""
    own = {sheet.name for sheet in sheets}
    others = [sheet.name for sheet in flow.reading.sheets if sheet.is_table and sheet.name not in own]
    if others:
        names = ", ".join(others)
        print(_("Not in this mapping: {names}. Choose one of them by --sheet.", names=names), file=sys.stderr)


def _write(out: Path, sheets: list[SheetFlow], questions: list[Asked], *, single: bool) -> None:
    """Write the mapping of some sheets of one shape, with the questions that wait for an answer."""
    mapping = sheets[0].mapping
    if mapping is None:
        print(_("No mapping can be written before the table is known."), file=sys.stderr)
        return
    reading = dict(mapping.reading)
    if single:
        reading["sheets"] = [sheets[0].name]
    waiting = {
        (q.code, q.about): mappings.OpenQuestion(q.code, q.about, q.text, q.choices)
        for q in questions
        if q.step != "names" and q.code not in WRITTEN
    }
    mapping = replace(mapping, reading=reading, questions=tuple(waiting.values()))
    out.write_text(mappings.dumps(mapping), encoding="utf-8")
    print(_("The mapping was written to {file}.", file=out))
    if waiting:
        print(
            _('Answer its questions there, as answer = "…"; until then nothing is imported.'),
            file=sys.stderr,
        )


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
