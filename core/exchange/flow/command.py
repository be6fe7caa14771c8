"""Importing files with a saved mapping from the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from core.exchange.canonical.importing import unsummed_sentence
from core.exchange.columns import mapping as mappings
from core.exchange.flow.answers import FileAnswers
from core.exchange.flow.check.checking import Prepared, prepare
from core.exchange.flow.check.summary import summarize
from core.exchange.flow.files import open_file
from core.exchange.flow.issues import table_of
from core.exchange.flow.knowledge import Known
from core.exchange.flow.load.loading import LoadResult, load_file
from core.exchange.flow.load.report import write_findings
from core.exchange.flow.outlines.rows import SYSTEM_QUESTION
from core.i18n import _, format_number
from core.store.database import Store
from core.tables import BY_NAME

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from core.exchange.columns.mapping import Mapping
    from core.exchange.flow.asking import Asked
    from core.exchange.flow.files import FileFlow
    from core.store.progress import Watch

LOADED, REFUSED, QUESTIONS_OPEN, SET_ASIDE = 0, 1, 3, 4
_LINES = 60


def run(options: argparse.Namespace, watch: Watch) -> int:
    """Import files as a mapping says, or outlines without one; each file by itself, all of it or nothing.

    Returns
    -------
    int
        The worst of the files: 0 loaded, 1 refused, 3 questions are open, 4 loaded but for rows that were
        set aside.
    """
    mapping = mappings.read(options.mapping) if options.mapping is not None else None
    with Store.open(options.store) as store:
        codes = [_one(path, mapping, store, options, watch) for path in options.files]
    return next(code for code in (REFUSED, QUESTIONS_OPEN, SET_ASIDE, LOADED) if code in codes)


def _one(path: Path, mapping: Mapping | None, store: Store, options: argparse.Namespace, watch: Watch) -> int:
    # What an earlier file brought is known to the next.
    known = Known(store)
    flow = open_answered(path, known, mapping) if mapping is not None else open_file(path, known)
    if options.crs is not None:
        answers = flow.answers
        for sheet in flow.sheets:
            answers = answers.about(sheet.name, answers.of(sheet.name).chose(*SYSTEM_QUESTION, options.crs))
        flow = open_file(path, known, answers, given=mapping, before=flow)
    left = [s.name for s in flow.reading.tables if s.name not in {own.name for own in flow.sheets}]
    if left:
        print(_("Sheets the mapping doesn't fit: {names}.", names=", ".join(left)), file=sys.stderr)
    prepared = prepare(flow, known, watch) if not flow.questions else Prepared(flow, ())
    if prepared.flow.questions:
        print(_("{file}: nothing was imported, questions are open.", file=path.name), file=sys.stderr)
        print_questions(prepared.flow.questions)
        return QUESTIONS_OPEN
    _print_flaws(prepared)
    for checked in prepared.sheets if not prepared.refusals else ():
        print(summarize(checked, known).sentence)
    if options.findings is not None:
        write_findings(options.findings, prepared)
    if prepared.refusals:
        print(_("{file}: nothing was imported.", file=path.name), file=sys.stderr)
        return REFUSED
    if options.dry_run:
        good, bad = format_number(prepared.good), format_number(prepared.bad)
        print(_("{file}: {good} rows can be imported, {bad} can't.", file=path.name, good=good, bad=bad))
    else:
        _print_outcome(path, load_file(prepared, known, watch))
    return SET_ASIDE if prepared.bad else LOADED


def open_answered(path: Path, known: Known, mapping: Mapping) -> FileFlow:
    """Read a file as a mapping says, with the answers that were written into it."""
    told = {(question.code, question.column): question.answer for question in mapping.questions}
    answers = FileAnswers()
    flow = open_file(path, known, answers, given=mapping)
    while fresh := [q for q in flow.questions if told.get((q.code, q.about))]:
        for question in fresh:
            answers = question.answered(answers, told[question.code, question.about])
        for question in fresh:
            # An answer that brings up the same question again is not given twice.
            told.pop((question.code, question.about), None)
        flow = open_file(path, known, answers, given=mapping, before=flow)
    return flow


def print_questions(questions: Sequence[Asked]) -> None:
    """Print open questions with their possible answers on standard error; * marks the likeliest."""
    for question in questions:
        print(f"? [{question.sheet}] {question.text} {question.evidence}".rstrip(), file=sys.stderr)
        for choice in question.choices:
            mark = "*" if choice == question.proposed else "-"
            print(f"    {mark} {choice}  {question.label(choice)}", file=sys.stderr)


def _print_flaws(prepared: Prepared) -> None:
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    table = table_of(prepared.flaws, numbers)
    for line in table.head(_LINES).itertuples(index=False):
        print(" ".join(str(part) for part in line[:-1] if str(part)), file=sys.stderr)
    if len(table) > _LINES:
        more = len(table) - _LINES
        print(_("… and {count} more findings; --findings writes all.", count=more), file=sys.stderr)


def _print_outcome(path: Path, result: LoadResult) -> None:
    for batch in result.imported.batches:
        print(
            _(
                "{file} → {table}: {rows} rows; {inserted} inserted, {updated} updated, {deleted} deleted",
                file=batch.file,
                table=_(BY_NAME[batch.table].label),
                rows=format_number(batch.rows),
                inserted=format_number(batch.changes.inserted),
                updated=format_number(batch.changes.updated),
                deleted=format_number(batch.changes.deleted),
            )
        )
    if not result.imported.is_summed:
        print(unsummed_sentence())
    if result.aside:
        print(_("{file}: {count} rows were set aside.", file=path.name, count=format_number(result.aside)))
