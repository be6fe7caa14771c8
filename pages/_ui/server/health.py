"""Whether the process lives and whether it can answer, for whatever watches over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from core.errors import AppError
from pages._ui import runtime

if TYPE_CHECKING:
    from starlette.requests import Request

HEADERS = {"Cache-Control": "no-store"}


async def alive(_request: Request) -> JSONResponse:
    """Answer ``/healthz``: 200 while the process answers at all."""
    return JSONResponse({"status": "alive"}, headers=HEADERS)


async def ready(_request: Request) -> JSONResponse:
    """Answer ``/readyz``: 200 where the store is open and answers, 503 otherwise."""
    is_ready = await anyio.to_thread.run_sync(_answers)
    status = "ready" if is_ready else "not ready"
    return JSONResponse({"status": status}, 200 if is_ready else 503, headers=HEADERS)


def _answers() -> bool:
    try:
        return runtime.exists() and runtime.whole_store().generation >= 0
    except AppError:
        return False


ROUTES: list[BaseRoute] = [Route("/healthz", alive), Route("/readyz", ready)]
