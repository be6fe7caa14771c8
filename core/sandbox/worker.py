"""The process that reads untrusted files: orders come on its input, results go to its output."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from core.currency import use_currency
from core.errors import AppError
from core.i18n import _, use_language
from core.sandbox import channel
from core.sandbox.channel import Answer, Order, Preparation

LOW_RANK = 4
"""The system's “nice” of these processes."""
SPENT_BYTES = 512 << 20
"""A worker that ever held more is replaced."""


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Read files until there are no more; each call has the limits anew."""
    channel.answers = answers
    with suppress(EOFError):
        while True:
            # Taking the order imports the reader; what every file needs doesn't count.
            order: Order | Preparation = pickle.load(orders)
            if isinstance(order, Preparation):
                continue
            limit_memory(order.memory)
            limit_time(order.seconds)
            channel.send(answers, carry_out(order))


def carry_out(order: Order) -> Answer:
    """Call the reader; an error comes back in words."""
    use_language(order.language)
    use_currency(order.currency)
    try:
        result = order.function(*order.arguments, **order.options)
        return Answer(result, None, peak_bytes() > SPENT_BYTES)
    except AppError as error:
        return Answer(None, (error.message, error.hint))
    except MemoryError:
        return Answer(None, _refusal(_("it needs more memory than a file may take")), spent=True)
    except RecursionError:
        return Answer(None, _refusal(_("its parts are nested too deeply")), spent=True)
    except Exception as error:
        reason = _("it is damaged, or written in a way that isn't known")
        return Answer(None, _refusal(reason), fault=f"{type(error).__name__}: {error}")


def _refusal(reason: str) -> tuple[str, str]:
    return (
        _("The file can't be read: {reason}.", reason=reason.rstrip(".")),
        _("Open it in its own program and save it anew, or as CSV; split it if it is very large."),
    )


if sys.platform == "win32":  # no limits but the caller's clock

    def limit_memory(_most: int) -> None:
        """Do nothing: Windows has no such limit for a process of one's own."""

    def limit_time(_most: int) -> None:
        """Do nothing: Windows has no such limit for a process of one's own."""

    def peak_bytes() -> int:
        """Return 0: unknown."""
        return 0

else:
    import resource

    def limit_memory(most: int) -> None:
        """Let an allocation fail once reading took ``most`` bytes more than the process has now."""
        with suppress(OSError, ValueError):
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
            size = pages * resource.getpagesize()
            _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (size + most, hard))

    def limit_time(most: int) -> None:
        """End the process once the next file took ``most`` seconds."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime) + most
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (end, hard))

    def peak_bytes() -> int:
        """Return the most memory the process ever held."""
        # What getrusage says on Linux begins with the peak of the process that started this one.
        with suppress(OSError):
            status = Path("/proc/self/status").read_text("ascii")
            return int(status.split("VmHWM:")[1].split()[0]) * 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Serve the process that started this one; its end ends this one."""
    # Only the process that reads for its users decides what an interrupt means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        # Whoever looks at a page goes first.
        os.nice(LOW_RANK)
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand among the answers.
    os.dup2(2, 1)
    with suppress(BrokenPipeError):
        serve(orders, answers)


if __name__ == "__main__":
    main()
