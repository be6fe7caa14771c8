"""Plan many reps side by side: tasks go in, plans come out as they finish; the store is not touched here.

Every rep is planned by the same pure function in a process of its own, seeded from the rep, so that the
number of processes decides nothing but the time. The processes are started as programs, not forked and
not through ``multiprocessing``: a fork would share the open store and the threads of the page, and a spawn
would run the page's script again in each of them.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.errors import AppError, InfeasibleError, InputError
from core.i18n import _, current_language
from core.settings import ROOT
from core.visits.planning import RepPlan, RepTask, plan
from core.visits.routing import Progress

Tell = Callable[[str, Progress], None]
# How often a stop is noticed while all processes are busy.
_LISTEN_SECONDS = 0.2
# Steps of a probe for each visit; a search without a plan goes on until it has one or there seems to be none.
_PROBE_PER_VISIT = 10


@dataclass(frozen=True)
class Effort:
    """How long to search, and with how many processes.

    Parameters
    ----------
    seconds, iterations
        Per rep, by the clock or in steps.
    workers
        Processes; 1 plans in this one. 0 means one per processor.
    """

    seconds: float | None = 10.0
    iterations: int | None = None
    workers: int = 1

    def __post_init__(self) -> None:
        if self.workers < 0:
            raise InputError(_("Expected a number of processes of at least 0, found {n}.", n=self.workers))

    @property
    def searches(self) -> int:
        """How many searches run side by side for one rep: by the clock two, where no other process works."""
        return 2 if self.seconds is not None and self.workers == 1 else 1

    @property
    def processes(self) -> int:
        """How many processes that is."""
        if self.workers:
            return self.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, eq=False)
class Ran:
    """What became of one rep.

    Parameters
    ----------
    key
        The key that came with the tasks.
    plan
        The plan; None where it was not possible.
    error
        Why there is no plan, in words.
    """

    key: str
    plan: RepPlan | None
    error: str = ""


@dataclass(frozen=True, eq=False)
class Order:
    """What a process is told to do: plan the first of some tasks that can be planned."""

    key: str
    tasks: tuple[RepTask, ...]
    effort: Effort
    language: str


def plan_first(
    tasks: Sequence[RepTask],
    effort: Effort,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    improved: Callable[[RepPlan], None] | None = None,
) -> RepPlan:
    """Plan the first of some tasks that can be planned.

    Each is probed with a short search first, so that the time is spent on one that keeps all rules.

    Raises
    ------
    InfeasibleError
        None can; says why of the last.
    """
    for number, task in enumerate(tasks, 1):
        try:
            if number < len(tasks):
                plan(task, iterations=_PROBE_PER_VISIT * int(task.visited["planned"].sum()))
            return plan(
                task,
                seconds=effort.seconds,
                iterations=effort.iterations,
                searches=effort.searches,
                progress=progress,
                cancelled=cancelled,
                improved=improved,
            )
        except InfeasibleError:
            if number == len(tasks):
                raise
    raise InputError(_("There is nothing to plan."))


def carry_out(
    order: Order,
    tell: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Ran:
    """Plan one rep; an error comes back in words, so that it stops nobody else."""
    try:
        found = plan_first(order.tasks, order.effort, progress=tell, cancelled=cancelled)
    except AppError as error:
        return Ran(order.key, None, str(error))
    return Ran(order.key, found)


def run(
    inputs: Iterable[tuple[str, Sequence[RepTask]]],
    effort: Effort,
    *,
    tell: Tell | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Ran]:
    """Plan reps side by side and yield each one's plan when it is made.

    The inputs are taken one by one, never more than one ahead of the processes, so that memory does not
    grow with the number of reps. What is not finished when it is stopped is given up; what was yielded
    before is whole.

    Parameters
    ----------
    inputs
        Per rep a key and the tasks to try in turn; a key without tasks comes back at once, without a plan.
    effort
        Time and processes.
    tell
        Told the key and how far its search is, a few times a second.
    cancelled
        Asked all the time; the iterator ends when it says True.
    """
    orders = (Order(key, tuple(tasks), effort, current_language()) for key, tasks in inputs)
    if effort.processes > 1:
        yield from _Crew(effort.processes, tell, cancelled).work(orders)
        return
    for order in orders:
        _begun(tell, order)
        ran = carry_out(order, _told(tell, order.key), cancelled) if order.tasks else Ran(order.key, None)
        if cancelled():
            return
        yield ran


def _told(tell: Tell | None, key: str) -> Callable[[Progress], None] | None:
    return None if tell is None else lambda progress: tell(key, progress)


def _begun(tell: Tell | None, order: Order) -> None:
    """Say that a rep's turn has come; the search itself speaks up a little later."""
    if tell is not None and order.tasks:
        tell(order.key, Progress(0.0, None, 0, 0.0))


class _Worker:
    """One process and what it is doing."""

    def __init__(self, events: queue.SimpleQueue[tuple[_Worker, object]]) -> None:
        self.key: str | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.visits.worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._ear = threading.Thread(target=self._listen, args=(events,), daemon=True)
        self._ear.start()

    def _listen(self, events: queue.SimpleQueue[tuple[_Worker, object]]) -> None:
        """Pass on what the process says; None when it has ended."""
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                events.put((self, pickle.load(self._process.stdout)))
        events.put((self, None))

    def give(self, order: Order) -> None:
        """Hand over one rep; a process that is gone says so by its end."""
        assert self._process.stdin is not None
        self.key = order.key
        with suppress(OSError):
            pickle.dump(order, self._process.stdin)
            self._process.stdin.flush()

    def end(self) -> int:
        """End the process, whatever it is doing, and return its code."""
        with suppress(OSError):
            self._process.kill()
        code = self._process.wait()
        # Closing a pipe under a thread that reads from it would fail in that thread.
        self._ear.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        return code


class _Crew:
    """The processes that work side by side."""

    def __init__(self, size: int, tell: Tell | None, cancelled: Callable[[], bool]) -> None:
        self._size, self._tell, self._cancelled = size, tell, cancelled
        self._events: queue.SimpleQueue[tuple[_Worker, object]] = queue.SimpleQueue()
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    def work(self, orders: Iterator[Order]) -> Iterator[Ran]:
        """Carry out the orders; all processes end with it."""
        try:
            following = next(orders, None)
            while following is not None or self._busy:
                if self._cancelled():
                    return
                if following is not None and not following.tasks:
                    yield Ran(following.key, None)
                    following = next(orders, None)
                    continue
                if following is not None and len(self._busy) < self._size:
                    worker = self._idle.pop() if self._idle else _Worker(self._events)
                    self._busy.append(worker)
                    worker.give(following)
                    _begun(self._tell, following)
                    # Read the next rep while the others are being planned.
                    following = next(orders, None)
                    continue
                with suppress(queue.Empty):
                    yield from self._heard(*self._events.get(timeout=_LISTEN_SECONDS))
        finally:
            for worker in (*self._busy, *self._idle):
                worker.end()

    def _heard(self, worker: _Worker, said: object) -> Iterator[Ran]:
        if isinstance(said, Progress):
            if self._tell is not None and worker.key is not None:
                self._tell(worker.key, said)
        elif worker in self._busy:
            key = worker.key or ""
            self._busy.remove(worker)
            if isinstance(said, Ran):
                self._idle.append(worker)
                yield said
            else:
                said_so = _("The process that planned {key} ended with code {n}.", key=key, n=worker.end())
                yield Ran(key, None, said_so)
        elif worker in self._idle:
            self._idle.remove(worker)
            worker.end()
