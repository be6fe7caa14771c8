"""Visit plans on a cluster: the same function per rep as on one machine, each rep a task of its own there."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from core.cluster.spark import SparkEngine, first_lines
from core.i18n import _, current_language
from core.settings import ROOT
from core.visits.runner import Effort, Order, Ran, Tell

if TYPE_CHECKING:
    import pandas as pd

    from core.visits.planning import RepTask

REPS_AT_A_TIME = 256
"""Reps whose tasks are read and sent together; their plans are saved before the next are."""
ARCHIVE = "shengeng_code"
SHIPPED = ("core", "data/locale")
_RESULT = "key string, result binary, failure string"


class ClusterRunner:
    """Plans reps on a cluster, as :func:`core.visits.runner.run` does on this machine.

    Parameters
    ----------
    engine
        Where; the code goes there at once, but to Sail, which has it.
    """

    def __init__(self, engine: SparkEngine) -> None:
        self._engine = engine
        if engine.name != "sail":
            ship_code(engine)

    def __call__(
        self,
        inputs: Iterable[tuple[str, Sequence[RepTask]]],
        effort: Effort,
        *,
        tell: Tell | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Ran]:
        """Plan reps and yield each one's plan; who could not be planned twice is named with the reason.

        Parameters are those of :func:`core.visits.runner.run`; nothing is told of a search that goes on.
        """
        del tell
        waiting = iter(inputs)
        while (batch := list(islice(waiting, REPS_AT_A_TIME))) and not cancelled():
            yield from (Ran(key, None) for key, tasks in batch if not tasks)
            language = current_language()
            orders = [Order(key, tuple(tasks), effort, language) for key, tasks in batch if tasks]
            yield from self._planned(orders)

    def _planned(self, orders: list[Order]) -> Iterator[Ran]:
        found, failures = self._attempt(orders)
        yield from found.values()
        # One that brings its process down takes the others of the job with it: each alone is another matter.
        for order in orders:
            if order.key not in found:
                again, failed = self._attempt([order])
                reason = failed.get(order.key) or failures.get(order.key, "")
                yield again.get(order.key) or Ran(
                    order.key,
                    None,
                    _("The cluster could not plan {key}: {reason}", key=order.key, reason=reason),
                )

    def _attempt(self, orders: list[Order]) -> tuple[dict[str, Ran], dict[str, str]]:
        """Return the plans of one job, and why the others have none."""
        if not orders:
            return {}, {}
        import pandas as pd
        from pyspark.errors import PySparkException

        rows = pd.DataFrame(
            {"key": [order.key for order in orders], "body": [pickle.dumps(order) for order in orders]}
        )
        frame = self._engine.session.createDataFrame(rows, "key string, body binary")
        try:
            table = frame.repartition(len(orders)).mapInPandas(_remote(), _RESULT).toArrow()
        except PySparkException as error:
            return {}, dict.fromkeys((order.key for order in orders), first_lines(error))
        ran = {row["key"]: pickle.loads(row["result"]) for row in table.to_pylist() if row["result"]}
        failed = {row["key"]: row["failure"] for row in table.to_pylist() if not row["result"]}
        return ran, failed


def _remote() -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    """Return the function that runs in the cluster's processes.

    It is sent by value, because it must find the code of this product before it can name it.
    """
    archive = ARCHIVE

    def plan_rows(frames: Iterator[Any]) -> Iterator[Any]:
        import os
        import pickle
        import sys
        import tempfile
        import traceback

        import pandas as pd

        try:
            from pyspark import SparkFiles

            place = os.path.join(SparkFiles.getRootDirectory(), archive)  # noqa: PTH118 - no path of ours
        except ImportError:
            place = ""
        if place and os.path.isdir(place) and place not in sys.path:  # noqa: PTH112
            sys.path.insert(0, place)
            # The code lies elsewhere in every session; the machine code made of it serves the next as well.
            kept = os.path.join(tempfile.gettempdir(), "shengeng-kernels")  # noqa: PTH118
            os.environ.setdefault("NUMBA_CACHE_DIR", kept)
        from core.i18n import use_language
        from core.visits.runner import carry_out

        for frame in frames:
            for key, body in zip(frame["key"], frame["body"], strict=True):
                result, failure = None, None
                try:
                    order = pickle.loads(body)
                    use_language(order.language)
                    result = pickle.dumps(carry_out(order))
                except Exception:
                    # Whatever it is, it is this rep's alone.
                    failure = traceback.format_exc(limit=-2)
                yield pd.DataFrame({"key": [key], "result": [result], "failure": [failure]})

    return plan_rows


def ship_code(engine: SparkEngine) -> None:
    """Send this product's code to the cluster, where each process unpacks it for the session."""
    with TemporaryDirectory() as folder:
        file = pack_code(Path(folder) / f"{ARCHIVE}.zip")
        engine.session.addArtifacts(f"{file}#{ARCHIVE}", archive=True)


def pack_code(target: Path) -> Path:
    """Write the code and the translations into an archive, and return it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SHIPPED:
            for path in sorted((ROOT / name).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    archive.write(path, path.relative_to(ROOT).as_posix())
    return target
