"""Call a reader in another process: whatever a file does there, this process goes on.

A library that reads a file may ask for as much memory as the file says, and a failed allocation ends the
process with everybody's sessions. So readers are called in kept worker processes, few at once, each with
a limit of memory and of processor time. What comes back is the reader's result, or a sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from core.currency import current_currency
from core.errors import ImportRefusedError
from core.i18n import _, current_language
from core.sandbox import pool
from core.sandbox.channel import Answer, Order, Preparation, Progress
from core.sandbox.pool import Pool

if TYPE_CHECKING:
    from pathlib import Path

    from core.sandbox.pool import Worker

P = ParamSpec("P")
T = TypeVar("T")
PROCESSOR_SECONDS = 25
"""Processor time of a small file."""
BYTES_PER_SECOND = 4 << 20
"""So much of a large file gets one more second."""
MEMORY = 832 << 20
"""Bytes that reading a small file may need; with what the process has before, less than a gigabyte."""
MEMORY_PER_BYTE = 8
"""What each byte of a large file adds, up to :data:`MOST_MEMORY`."""
MOST_MEMORY = 4 << 30
LARGE = 32 << 20
"""Files from here on wait for each other, and small ones don't wait for them."""

_small, _large = Pool(), Pool()
log = logging.getLogger(__name__)


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Task:
    """A file to be read in another process.

    Parameters
    ----------
    name
        What messages call the file.
    size
        Bytes of the file; a large one may take more time and memory.
    stopped
        Tells whether the user has stopped the work; then the process is ended.
    progress
        Called with the share that is done, where the reader reports it.
    """

    name: str
    size: int = 0
    stopped: Callable[[], bool] = _never
    progress: Callable[[float], object] = lambda _fraction: None

    def read(self, reader: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Return ``reader(*arguments, **options)``.

        Parameters
        ----------
        reader
            A function of a module; what it takes and returns can be pickled.

        Raises
        ------
        ImportRefusedError
            The reader refuses the file, or ended over it: too much memory, too much time, a fault in a
            library, or the user stopped it.
        """
        with self._begun(reader, arguments, options) as worker:
            return cast("T", self._answer(worker))

    @classmethod
    def over(cls, path: Path, name: str, stopped: Callable[[], bool] = _never) -> Task:
        """Return the task of reading a file; one that has vanished is small."""
        with suppress(OSError):
            return cls(name, path.stat().st_size, stopped)
        return cls(name, 0, stopped)

    @contextmanager
    def _begun(
        self, reader: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]
    ) -> Iterator[Worker]:
        memory = min(MEMORY + MEMORY_PER_BYTE * self.size, MOST_MEMORY)
        seconds = PROCESSOR_SECONDS + self.size // BYTES_PER_SECOND
        told = current_language(), current_currency().code
        order = Order(reader, arguments, options, *told, memory, seconds)
        with (_large if self.size >= LARGE else _small).worker(self.stopped) as worker:
            if worker is None:
                raise self._broken_off()
            with worker.work(order, self.stopped):
                yield worker

    def _answer(self, worker: Worker) -> Any:  # noqa: ANN401 - whatever the reader returns
        while isinstance(answer := worker.hear(), Progress):
            self.progress(answer.fraction)
        if answer is None:
            raise self._broken_off()
        assert isinstance(answer, Answer)
        worker.fresh = not answer.spent
        if answer.fault:
            log.warning("Reading %s: %s", self.name, answer.fault)
        if answer.refusal is not None:
            raise ImportRefusedError(*answer.refusal)
        return answer.result

    def _broken_off(self) -> ImportRefusedError:
        return ImportRefusedError(
            _(
                "Reading {file} was stopped: it needs too much memory or time, or it is damaged.",
                file=self.name,
            ),
            _("Open it in its own program and save it anew, or as CSV; split it if it is very large."),
        )


def read_apart(name: str, reader: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Return ``reader(*arguments, **options)``, called in another process; see :meth:`Task.read`."""
    return Task(name).read(reader, *arguments, **options)


def prepare(*readers: Callable[..., Any]) -> None:
    """Have a process ready that has loaded some readers by the time a file is given to it."""
    pool.prepare(Preparation(readers))
