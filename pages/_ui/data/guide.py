"""A file on its guided way into the store: what was answered, what was understood, what runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.flow import FileAnswers, FileFlow, Known, Prepared, load_file, open_file, prepare
from pages._ui import runtime
from pages._ui.jobs import Job

if TYPE_CHECKING:
    from pathlib import Path

    from core.exchange.flow import LoadResult
    from core.store.progress import Watch

STATE = "guides"
QUICK = 2.0
"""Seconds to wait for an answer before a progress bar is shown."""

Understood = tuple[FileFlow, Prepared | None]


@dataclass
class Guide:
    """One file.

    Parameters
    ----------
    path
        Where it is saved.
    answers
        What the user said.
    known
        What the store knows.
    flow, prepared
        What was understood last, and what the check found; the check waits for the last answer.
    working, loading
        What runs.
    generation
        Rises with every answer: widgets of earlier questions don't keep their state.
    """

    path: Path
    known: Known
    version: int
    answers: FileAnswers = field(default_factory=FileAnswers)
    flow: FileFlow | None = None
    prepared: Prepared | None = None
    working: Job[Understood] | None = None
    loading: Job[LoadResult] | None = None
    generation: int = 0
    step: str | None = None

    def answer(self, answers: FileAnswers) -> None:
        """Take answers and understand the file with them."""
        self.answers = answers
        self.generation += 1
        self.step = None
        self.begin()

    def begin(self) -> None:
        """Begin to understand the file."""
        before, answers, known, path = self.flow, self.answers, self.known, self.path

        def work(watch: Watch) -> Understood:
            flow = open_file(path, known, answers, before=before)
            if flow.questions:
                return flow, None
            # Of a large file all rows are read only now; what shows further down is asked then.
            prepared = prepare(flow, known, watch)
            return prepared.flow, None if prepared.flow.questions else prepared

        self.working = Job(work, gives_way=True).start()

    def load(self) -> None:
        """Begin to load the file."""
        prepared, known = self.prepared, self.known
        assert prepared is not None
        self.loading = Job(lambda watch: load_file(prepared, known, watch), gives_way=True).start()

    def settled(self) -> bool:
        """Take what the work found; False while it runs or when it failed."""
        working = self.working
        if working is None:
            return True
        if not working.done.wait(QUICK) or working.error is not None or working.result is None:
            return False
        self.flow, self.prepared = working.result
        self.working = None
        return True


def guide_of(path: Path) -> Guide:
    """Return the guide of a file of this session; another content of the store begins anew."""
    guides: dict[str, Guide] = st.session_state.setdefault(STATE, {})
    version = runtime.store().data_version
    found = guides.get(str(path))
    if found is None or (found.version != version and found.loading is None):
        answers = found.answers if found is not None else FileAnswers()
        found = Guide(path, Known(runtime.store()), version, answers)
        guides[str(path)] = found
        found.begin()
    return found


def forget() -> None:
    """Forget all guides of this session."""
    st.session_state.pop(STATE, None)
