"""Uploading a file as the page of data does, step by step, by somebody who takes what is proposed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import AppError
from core.exchange.canonical.importing import check_files, load
from core.exchange.canonical.messages import words
from core.exchange.file_endings import READ
from core.exchange.flow import FileAnswers, Known, load_file, open_file, prepare
from core.exchange.flow.files import is_canonical

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.database import Store

_ROUNDS = 6
_TECHNICAL = re.compile(r"Traceback|\b\w+(?:Error|Exception)\b|0x[0-9a-f]{6}")


@dataclass(frozen=True)
class Ending:
    """How an upload ended.

    Parameters
    ----------
    way
        ``loaded``, ``asked`` (a question is open), ``refused``, or ``broken``: an error without a sentence.
    sentence
        What the page says.
    """

    way: str
    sentence: str

    def is_helpful(self, folder: Path) -> bool:
        """Tell whether the sentence names neither a place of the server nor a fault of a program."""
        return (
            bool(self.sentence) and str(folder) not in self.sentence and not _TECHNICAL.search(self.sentence)
        )


def upload(store: Store, path: Path) -> Ending:
    """Upload a saved file and take what is proposed; return what it came to."""
    try:
        if is_canonical(path) or path.suffix.lower() not in READ:
            return _canonical(store, path)
        return _guided(store, path)
    except AppError as error:
        return Ending("refused", f"{error.message} {error.hint}".strip())
    except Exception as error:
        return Ending("broken", f"{type(error).__name__}: {error}")


def _canonical(store: Store, path: Path) -> Ending:
    check = check_files(store, [path])
    if not check.ok:
        return Ending("refused", " ".join(words(check.problems[0])))
    if not sum(count for _file, _table, count in check.rows):
        return Ending("refused", " ".join(words(check.problems[0])) if check.problems else "")
    rows = load(store, [path]).batches
    return Ending("loaded", f"{sum(batch.rows for batch in rows)} rows")


def _guided(store: Store, path: Path) -> Ending:
    known, answers = Known(store), FileAnswers()
    flow = open_file(path, known)
    prepared = None
    for _round in range(_ROUNDS):
        if not flow.questions:
            prepared = prepare(flow, known)
            flow = prepared.flow
        if not flow.questions:
            break
        # Somebody who takes what is proposed, and the last choice where nothing is.
        for question in flow.questions:
            choices = [question.proposed, *reversed(question.choices)]
            answer = next((choice for choice in choices if choice), None)
            if answer is None:
                return Ending("asked", question.text)
            answers = question.answered(answers, answer)
        flow = open_file(path, known, answers, before=flow)
    if prepared is None or flow.questions:
        return Ending("asked", flow.questions[0].text)
    if prepared.refusals:
        return Ending("refused", " ".join(prepared.refusals[0].words))
    if not prepared.good:
        flaws = [flaw.sentence for flaw in prepared.flaws]
        # Whoever takes the last choice everywhere has left all rows out.
        return Ending("refused", flaws[0] if flaws else "No row is left to import.")
    load_file(prepared, known)
    return Ending("loaded", f"{prepared.good} rows")
