"""The app of the build in the current folder, with an address more that imports a file beside everybody.

    python benchmarks/many_server.py FILE PORT

``/bench/import`` imports FILE as the data page does, or takes the last import back, and answers when that is
done: ``{"what": ..., "seconds": ..., "error": ...}``. ``/bench/regions`` names the regions to click.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path.cwd()))

import anyio.to_thread
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.exchange.canonical.importing import load
from core.store.loading import batches
from pages._ui import routes, runtime
from pages._ui.jobs import Job

if TYPE_CHECKING:
    from starlette.requests import Request

SOURCE = Path(sys.argv[1])
loaded: list[int] = []


def import_or_undo() -> dict[str, Any]:
    """Import the file, or take it back where it is loaded."""
    store = runtime.store()

    def work() -> None:
        if loaded:
            batches.undo(store, loaded)
            loaded.clear()
        else:
            result = load(store, [SOURCE])
            loaded.extend(batch.batch_id for batch in result.batches if batch.batch_id)

    what, begun = "undo" if loaded else "import", time.perf_counter()
    job: Job[None] = Job(lambda _watch: work(), gives_way=True).start()
    job.done.wait()
    error = None if job.error is None else str(job.error)
    return {"what": what, "seconds": time.perf_counter() - begun, "error": error}


async def answer_import(_request: Request) -> JSONResponse:
    """Answer ``/bench/import``."""
    return JSONResponse(await anyio.to_thread.run_sync(import_or_undo))


async def answer_regions(_request: Request) -> JSONResponse:
    """Answer ``/bench/regions``."""
    text = "SELECT r.region_id AS id FROM region AS r WHERE r.level = 'city' ORDER BY r.region_id"
    return JSONResponse(runtime.store().fetch(text)["id"].to_pylist())


if __name__ == "__main__":
    # Before app.py is loaded: it takes the list as it is then.
    routes.ROUTES[:0] = [
        Route("/bench/import", answer_import),
        Route("/bench/regions", answer_regions),
    ]
    from app import app

    app.run(config={"server.port": int(sys.argv[2]), "server.headless": True})
