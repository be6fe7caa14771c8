"""Call a reader in another process: whatever a file does there, this process goes on.

A library that reads a file may ask for as much memory as the file says, and a failed allocation ends the
process with everybody's sessions. So readers are called in kept worker processes, two at the most, each with
a limit of memory and of processor time. What comes back is the reader's result, or a sentence.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast

from core.errors import ImportRefusedError
from core.i18n import _, current_language
from core.settings import ROOT

P = ParamSpec("P")
T = TypeVar("T")
MAX_WORKERS = 2
"""Files that are read at once; others wait for their turn."""
WALL_SECONDS = 120.0
"""After so long a reader is ended even if it waits; its processor time is limited by the worker."""


@dataclass(frozen=True)
class Order:
    """One call of a reader.

    Parameters
    ----------
    language
        In which the reader's messages are.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    language: str


@dataclass(frozen=True)
class Answer:
    """What became of a call: a result, or what is wrong with the file.

    Parameters
    ----------
    refusal
        Message and hint.
    spent
        Whether the worker has grown so much that another should take its place.
    """

    result: Any = None
    refusal: tuple[str, str] | None = None
    spent: bool = False


class _Worker:
    """One process that reads one file after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.sandbox.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Arrow's own allocator reserves a gigabyte of addresses at its first use: the whole limit.
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
                "ARROW_DEFAULT_MEMORY_POOL": "system",
            },
        )

    def call(self, order: Order) -> Answer | None:
        """Return the answer; None where the process ended or was ended over it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(WALL_SECONDS, self._process.kill)
        timer.start()
        try:
            pickle.dump(order, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
            return cast("Answer", pickle.load(self._process.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        finally:
            timer.cancel()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


@dataclass
class _Pool:
    """The workers of this process; idle ones are kept for the next file."""

    places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(MAX_WORKERS)
    )
    idle: list[_Worker] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, order: Order) -> Answer | None:
        """Let a worker read; the one that fails is replaced at the next file."""
        with self.places:
            with self.lock:
                worker = self.idle.pop() if self.idle else None
            worker = worker or _Worker()
            answer = worker.call(order)
            if answer is None or answer.spent:
                worker.end()
            else:
                with self.lock:
                    self.idle.append(worker)
            return answer


_pool = _Pool()


def read_apart(name: str, reader: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Return ``reader(*arguments, **options)``, called in another process.

    Parameters
    ----------
    name
        What messages call the file.
    reader
        A function of a module; what it takes and returns can be pickled.

    Raises
    ------
    ImportRefusedError
        The reader refuses the file, or ended over it: too much memory, too much time, a fault in a library.
    """
    answer = _pool.call(Order(reader, arguments, options, current_language()))
    if answer is None:
        raise ImportRefusedError(
            _("Reading {file} was stopped: it needs too much memory or time, or it is damaged.", file=name),
            _("Open it in its own program and save it anew, or as CSV; split it if it is very large."),
        )
    if answer.refusal is not None:
        raise ImportRefusedError(*answer.refusal)
    return cast("T", answer.result)
