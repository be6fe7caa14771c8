"""Where a telephone sends what it kept: arrivals, visits, photos, the report; each safe to send twice."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from core.cycle.day.entry import CheckIn, Place, VisitEntry, read_amount
from core.errors import AppError, InputError, StoreBusyError, StoreClosedError
from core.i18n import _, language
from core.store.cycle.day import photos, reports, visits
from core.store.cycle.day.reports import DayConflictError, DayEntry
from core.store.cycle.day.visits import VisitConflictError
from pages._ui import runtime
from pages._ui.cycle.day.token import DayToken
from pages._ui.sign_in.session import NotAdmittedError, NotSignedInError
from pages._ui.tokens import TokenError

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_BODY = 12 * 1024 * 1024
"""Bytes of one message: a photo of 8 MB as text, and what stands around it."""
PREFIX = "data:image/"
Body = Mapping[str, Any]
_CLOSED = (TokenError, NotSignedInError, NotAdmittedError)


async def save(request: Request) -> Response:
    """Answer ``POST /day/save``: 200 saved, 403 sign anew, 409 somebody else did, 422 refused, 503 later."""
    try:
        body = await _body(request)
        token = DayToken.read(str(body.get("token", "")))
    except TokenError as error:
        return _refusal(403, error)
    except InputError as error:
        return _refusal(422, error)

    def work() -> Response:
        try:
            with language(token.language), token.bearer.acting(request):
                return _saved(token, body)
        except _CLOSED as error:
            return _refusal(403, error)

    return await anyio.to_thread.run_sync(work)


async def photo(request: Request) -> Response:
    """Answer ``/day/photos/<token>/<sha256>.jpg``."""
    try:
        token = DayToken.read(request.path_params["token"])
        with token.bearer.acting(request):
            path = photos.photo_file(runtime.store(), request.path_params["name"], token.employee_id)
    except AppError as error:
        return _refusal(403, error)
    if path is None:
        return Response(status_code=404)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
    return FileResponse(path, media_type="image/jpeg", headers=headers)


async def _body(request: Request) -> dict[str, Any]:
    # A form of another site can't send this type, so a browser asks before it sends from there.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise InputError("application/json")
    text = bytearray()
    async for piece in request.stream():
        text += piece
        if len(text) > MAX_BODY:
            raise InputError(
                _("The message is too large."), _("At most {most} MB are read.", most=MAX_BODY // 2**20)
            )
    try:
        body = json.loads(bytes(text))
    except ValueError as error:
        raise _broken() from error
    if not isinstance(body, dict):
        raise _broken()
    return body


def _saved(token: DayToken, body: Body) -> Response:
    kind = _KINDS.get(str(body.get("kind")))
    try:
        if kind is None:
            raise _broken()
        return JSONResponse(kind(token, body))
    except VisitConflictError as conflict:
        theirs = conflict.theirs
        said = None if theirs is None else {**_plain(theirs.values), "version": theirs.version}
        return _refusal(409, conflict, theirs=said)
    except DayConflictError as conflict:
        return _refusal(409, conflict, theirs={"version": conflict.theirs.version})
    except (StoreBusyError, StoreClosedError) as error:
        return _refusal(503, error)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return _refusal(422, error if isinstance(error, AppError) else _broken())
    except _CLOSED:
        raise
    except AppError as error:
        # A full or a broken disk passes; what was typed waits until it does.
        return _refusal(422 if isinstance(error, InputError) or _is_form(error) else 503, error)


def _is_form(error: AppError) -> bool:
    return hasattr(error, "findings")


def _check_in(token: DayToken, body: Body) -> dict[str, Any]:
    visits.check_in(runtime.store(), _arrival(token, body), actor=token.actor, scope=token.scope)
    return {}


def _cancel(token: DayToken, body: Body) -> dict[str, Any]:
    visits.cancel_check_in(runtime.store(), str(body["id"]), token.employee_id, actor=token.actor)
    return {}


def _visit(token: DayToken, body: Body) -> dict[str, Any]:
    facings = str(body["facings"]).strip()
    if facings and not facings.isdecimal():
        raise InputError(
            _("“{value}” is no number of facings.", value=facings[:20]),
            _("Write it like {example}.", example="12"),
        )
    entry = VisitEntry(
        _arrival(token, body),
        _moment(body["left_at"]) if body["left_at"] else None,
        str(body["purpose"] or ""),
        str(body["result"] or ""),
        dict(body["review"]),
        order_amount=read_amount(str(body["order"])),
        effective={"yes": True, "no": False}.get(str(body.get("effective"))),
        stock=str(body["stock"] or ""),
        display=str(body["display"] or ""),
        facings=int(facings) if facings else None,
        remark=str(body["remark"] or ""),
    )
    saved = visits.save_visit(
        runtime.store(), entry, expected_version=int(body["version"]), actor=token.actor, scope=token.scope
    )
    return {"version": saved.version}


def _remove(token: DayToken, body: Body) -> dict[str, Any]:
    visit_id = str(body["id"])
    # Sent twice, the second message finds nothing left to take back.
    if visits.load_visit(runtime.store(), visit_id) is not None:
        visits.take_back(
            runtime.store(),
            visit_id,
            employee_id=token.employee_id,
            expected_version=int(body["version"]),
            actor=token.actor,
            scope=token.scope,
        )
    return {}


def _photo(token: DayToken, body: Body) -> dict[str, Any]:
    head, comma, text = str(body["photo"]).partition(",")
    if not (head.startswith(PREFIX) and head.endswith(";base64") and comma):
        raise _broken()
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise _broken() from error
    known = visits.load_visit(runtime.store(), str(body["id"]))
    if known is not None and known.values["employee_id"] != token.employee_id:
        raise InputError(_("This visit is another rep's."), _("Choose who you are."))
    photos.add_photo(runtime.store(), str(body["id"]), photos.read_photo(content), actor=token.actor)
    return {}


def _report(token: DayToken, body: Body) -> dict[str, Any]:
    minutes = {str(name): _minutes(text) for name, text in dict(body["minutes"]).items()}
    entry = DayEntry(
        token.employee_id,
        dt.date.fromisoformat(str(body["day"])),
        minutes,
        str(body["remark"] or ""),
        str(body["tomorrow"] or ""),
    )
    saved = reports.hand_in(
        runtime.store(), entry, expected_version=int(body["version"]), actor=token.actor, scope=token.scope
    )
    return {"version": saved.version, "time": f"{saved.handed_in_at or dt.datetime.now():%H:%M}"}


_KINDS: dict[str, Callable[[DayToken, Body], dict[str, Any]]] = {
    "check_in": _check_in,
    "cancel": _cancel,
    "visit": _visit,
    "remove": _remove,
    "photo": _photo,
    "report": _report,
}


def _arrival(token: DayToken, body: Body) -> CheckIn:
    place = body.get("place")
    return CheckIn(
        str(body["id"]),
        token.employee_id,
        str(body["shop"]),
        _moment(body["arrived_at"]),
        Place(float(place["lat"]), float(place["lon"]), float(place["accuracy"])) if place else None,
    )


def _moment(text: object) -> dt.datetime:
    return dt.datetime.fromisoformat(str(text)).replace(tzinfo=None)


def _minutes(value: object) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    try:
        return round(float(text))
    except (ValueError, OverflowError) as error:
        raise InputError(
            _("“{value}” is no number of minutes.", value=text[:20]),
            _("Write it like {example}.", example="90"),
        ) from error


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, bool | int | str) else str(value)
        for name, value in values.items()
    }


def _broken() -> InputError:
    return InputError(_("The message can't be read."), _("Reload the page; nothing of yours is lost."))


def _refusal(status: int, error: AppError, **more: object) -> JSONResponse:
    return JSONResponse({"message": error.message, "hint": error.hint, **more}, status_code=status)


ROUTES: list[BaseRoute] = [
    Route("/day/save", save, methods=["POST"]),
    Route("/day/photos/{token}/{name}.jpg", photo),
]
