"""The worker processes of this process: few, each kept for the next file, ended when it goes wrong."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.settings import ROOT

if TYPE_CHECKING:
    from typing import IO

    from core.sandbox.channel import Order, Preparation

MAX_WORKERS = 2
"""Files that are read at once, small ones and large ones apart; others wait for their turn."""
WALL_SECONDS = 20.0
"""After so long, and four times its processor time, a reader is ended even if it waits."""
_LOOK_EVERY = 0.2


class Worker:
    """One process that reads one file after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.sandbox.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Allocators that reserve a gigabyte of addresses at their first use would use up the limit.
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "MALLOC_ARENA_MAX": "2",
                # Readers multiply no matrices; the threads for it are begun with the library.
                "OPENBLAS_NUM_THREADS": "1",
            },
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        self.fresh = True
        """Whether it waits for an order; one that ended in the middle of an answer never does again."""

    def tell(self, order: Order | Preparation) -> None:
        """Send an order."""
        pickle.dump(order, self._orders, pickle.HIGHEST_PROTOCOL)
        self._orders.flush()

    @contextmanager
    def work(self, order: Order, stopped: Callable[[], bool]) -> Iterator[None]:
        """Give an order; end the process when it takes too long, or the user stops it."""
        self.fresh = False
        end = time.monotonic() + WALL_SECONDS + 4 * order.seconds
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_LOOK_EVERY):
                if time.monotonic() > end or stopped():
                    self._process.kill()
                    return

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            with suppress(OSError):
                # A process that has ended already is told by its answer.
                self.tell(order)
            yield
        finally:
            done.set()
            watcher.join()

    def hear(self) -> Any:  # noqa: ANN401 - one of the messages
        """Return the next message; None where the process ended."""
        try:
            return pickle.load(self._answers)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._orders, self._answers):
            with suppress(OSError, ValueError):
                pipe.close()


idle: list[Worker] = []
"""Those that wait for the next file, whatever its size."""
_idle_lock = threading.Lock()


def prepare(preparation: Preparation) -> None:
    """Start a worker where none waits; it loads the readers while the caller goes on."""
    with _idle_lock:
        if idle:
            return
        worker = Worker()
        with suppress(OSError):
            worker.tell(preparation)
        idle.append(worker)


@dataclass
class Pool:
    """Places for files of one size; idle workers are kept for the next file."""

    places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(MAX_WORKERS)
    )

    @contextmanager
    def worker(self, stopped: Callable[[], bool]) -> Iterator[Worker | None]:
        """Lend a worker, None to who was stopped while waiting; one that isn't fresh again is ended."""
        while not self.places.acquire(timeout=_LOOK_EVERY):
            if stopped():
                yield None
                return
        try:
            with _idle_lock:
                worker = idle.pop() if idle else None
            worker = worker or Worker()
            try:
                yield worker
            finally:
                if worker.fresh:
                    with _idle_lock:
                        idle.append(worker)
                else:
                    worker.end()
        finally:
            self.places.release()
