"""A process that plans reps: orders come on its input, progress and plans go to its output."""

from __future__ import annotations

import os
import pickle
import signal
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from core.i18n import use_language
from core.visits.runner import Order, carry_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.visits.routing import Progress

_TOLD_SECONDS = 0.25


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Carry out orders until there are no more.

    Parameters
    ----------
    orders
        Pickled :class:`core.visits.runner.Order`, one after the other.
    answers
        Where progress and :class:`core.visits.runner.Ran` go.
    """

    def say(what: object) -> None:
        pickle.dump(what, answers)
        answers.flush()

    with suppress(EOFError):
        while True:
            order: Order = pickle.load(orders)
            use_language(order.language)
            say(carry_out(order, _seldom(say)))


def _seldom(say: Callable[[object], None]) -> Callable[[Progress], None]:
    """Return what passes on progress a few times a second: more would only fill the pipe."""
    last = 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= _TOLD_SECONDS:
            last = now
            say(progress)

    return tell


def main() -> None:
    """Serve the process that started this one; its end ends this one."""
    # The terminal interrupts everybody; only the process that plans the run decides what that means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand among the answers.
    os.dup2(2, 1)
    with suppress(BrokenPipeError):
        serve(orders, answers)


if __name__ == "__main__":
    main()
