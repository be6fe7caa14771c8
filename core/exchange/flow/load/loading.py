"""Loading a file: good rows into the store, the others into the quarantine, all of it in one transaction."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import ImportRefusedError
from core.exchange.canonical.importing import ImportOptions, ImportResult, fingerprint, load
from core.exchange.canonical.sources import Opened
from core.exchange.columns import mapping as mappings
from core.exchange.flow.check.checking import Prepared, PreparedSheet, label
from core.exchange.flow.files import mapping_folder
from core.exchange.flow.rows import order_lines
from core.exchange.flow.rows.row_table import NUMBER
from core.exchange.flow.understanding import confirmed
from core.i18n import _, ngettext
from core.store.loading import quarantine
from core.store.loading.problems import Level
from core.store.loading.source_table import Mode

if TYPE_CHECKING:
    from core.exchange.flow.asking import Asked
    from core.exchange.flow.knowledge import Known
    from core.store.progress import Watch


class QuestionsOpenError(ImportRefusedError):
    """Questions are open; nothing was written. ``questions`` holds them."""

    def __init__(self, questions: Sequence[Asked]) -> None:
        super().__init__(
            ngettext(
                "Nothing was imported: {n} question is open.",
                "Nothing was imported: {n} questions are open.",
                len(questions),
            ),
            f"{questions[0].text} {questions[0].evidence}".rstrip(),
        )
        self.questions = tuple(questions)


@dataclass(frozen=True)
class LoadResult:
    """What loading a file did.

    Parameters
    ----------
    imported
        The batches, one per sheet that changed something.
    aside
        How many rows were set aside.
    run
        Number of the run, under which the file is undone and its rows are worked off.
    """

    imported: ImportResult
    aside: int
    run: int


def load_file(
    prepared: Prepared,
    known: Known,
    watch: Watch | None = None,
    *,
    actor: str = "local",
    resolves: Sequence[int] | None = None,
) -> LoadResult:
    """Load the good rows of a file and set the others aside, or do nothing at all.

    Parameters
    ----------
    prepared
        The file after its check.
    known
        What the store knows.
    watch
        Progress and cancellation.
    actor
        Who imports.
    resolves
        Items of the quarantine that the good rows correct; the bad ones are there already, and how the
        sheet is read was learned. None for a file.

    Raises
    ------
    QuestionsOpenError
        Something is not answered.
    ImportRefusedError
        A sheet as a whole is wrong, or rows would be set aside while the table is to be replaced.
    """
    flow = prepared.flow
    if flow.questions:
        raise QuestionsOpenError(flow.questions)
    if prepared.refusals:
        raise ImportRefusedError(*prepared.refusals[0].words)
    if not prepared.sheets:
        raise ImportRefusedError(_("No sheet of {file} is left to import.", file=flow.path.name))
    if resolves is not None and any(_is_summed(sheet) for sheet in prepared.sheets):
        raise ImportRefusedError(
            _("Rows whose file is added up can't be loaded one by one."),
            _("Correct them in the file and import it again: it is added up anew."),
        )
    if prepared.mode is Mode.REPLACE and prepared.bad:
        raise ImportRefusedError(
            _("The table can't be replaced while rows of the file are wrong."),
            _("Correct them, or add and update instead: replacing would delete what they stand for."),
        )
    raws = [
        sheet.rows.raw(label(flow.path, sheet.sheet), sheet.bad, NUMBER)
        for sheet in prepared.sheets
        if sheet.good
    ]
    paths = {raw.file: flow.path for raw in raws if flow.path.is_file()}
    sha256 = fingerprint(flow.path) if flow.path.is_file() else ""
    sheets = [_aside(sheet, keep=resolves is None) for sheet in prepared.sheets]
    run = quarantine.Run(flow.path.name, sha256, sheets, tuple(resolves or ()))
    numbers: list[int] = []

    def also(cursor: Any, batches: Sequence[int]) -> None:  # noqa: ANN401 - the cursor of the store
        numbers[:] = [quarantine.record(cursor, run, batches, actor)]

    opened = Opened(tuple(raws), (), paths)
    options = ImportOptions(mode=prepared.mode, actor=actor)
    imported = load(known.store, opened, options, watch, also=also)
    if resolves is None:
        for sheet in prepared.sheets:
            if sheet.sheet.mapping is not None:
                mappings.save(sheet.sheet.mapping, mapping_folder(known.store))
    return LoadResult(imported, prepared.bad, numbers[0])


def _is_summed(prepared: PreparedSheet) -> bool:
    mapping = prepared.sheet.mapping
    return mapping is not None and mapping.decisions.get(order_lines.CODE) == order_lines.SUM


def _aside(prepared: PreparedSheet, *, keep: bool) -> quarantine.Sheet:
    sheet = prepared.sheet
    mapping = sheet.mapping
    assert mapping is not None
    messages: dict[int, list[str]] = {at: [] for at in sorted(prepared.bad) if keep}
    for flaw in prepared.flaws:
        if flaw.level is not Level.ERROR:
            continue
        for at in flaw.positions:
            if at in messages and flaw.sentence not in messages[at]:
                messages[at].append(flaw.sentence)
    table, numbers = sheet.reading.table, sheet.row_numbers
    headers = [str(name) for name in table.columns]
    rows = [
        quarantine.Row(
            numbers[at],
            {h: plain(cell) for h, cell in zip(headers, table.iloc[at].tolist(), strict=True)},
            tuple(found),
        )
        for at, found in messages.items()
    ]
    read = mappings.dumps(confirmed(mapping, sheet.answers, whole=True))
    return quarantine.Sheet(sheet.name, mapping.table, read, sheet.proposal.year, rows)


def plain(cell: Any) -> str | float | bool | None:  # noqa: ANN401 - what a cell may hold
    """Return a cell as JSON knows it: text, number, truth or None; days and times in ISO form."""
    if cell is None or isinstance(cell, (str, bool, int)):
        return cell
    if isinstance(cell, float):
        return None if math.isnan(cell) else cell
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)
