"""What a page allows a route, signed into an address or a message: for whom, with what access, how long.

A route runs outside the session. Where a team works, a token holds only in the browser it was made for, as
long as its user is signed in and may do and see the same as when it was made. The key lives as long as the
process.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.errors import AppError
from core.i18n import _
from pages._ui import runtime
from pages._ui.sign_in import session
from pages._ui.sign_in.identity import read_cookies
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request

_KEY = secrets.token_bytes(32)


class TokenError(AppError):
    """A token was made by somebody else, was changed, is too old, or its user may no longer use it."""


@dataclass(frozen=True)
class Bearer:
    """For whom a token was made.

    Parameters
    ----------
    name
        Of the act of signing in; tells nothing about the person. Empty where one person works alone.
    access
        What that person could do and see then, as a short sum.
    """

    name: str = ""
    access: str = ""

    @contextmanager
    def acting(self, request: Request) -> Iterator[None]:
        """Run a block in the name of whom the token was made for.

        Parameters
        ----------
        request
            What brings the token; its cookie must be that person's.

        Raises
        ------
        TokenError
            It is somebody else's, or the person signed out or may do or see something else since.
        """
        signs_in = team()
        if signs_in is None:
            yield
            return
        sign_in = session.of_bearer(self.name, read_cookies(request.headers.raw, signs_in.origin))
        with session.acting_as(sign_in):
            if sign_in is None or _access() != self.access:
                raise TokenError(_("This page may no longer be used."), _("Reload the page and sign in."))
            yield


def sign(kind: str, values: Sequence[object]) -> str:
    """Return values as a text that only this process can have made, for whoever runs this.

    Parameters
    ----------
    kind
        A token of one kind is worth nothing as another.

    Raises
    ------
    NotSignedInError, NotAdmittedError
        Nobody is signed in, or the store doesn't let them in.
    """
    return str(_serializer(kind).dumps([session.bearer(), _access(), *values]))


def read(kind: str, text: str, *, lifetime: int) -> tuple[Bearer, list[Any]]:
    """Return for whom a token was made and what it holds.

    Parameters
    ----------
    lifetime
        Seconds it is valid.

    Raises
    ------
    BadSignature
        The signature is wrong or too old.
    """
    values = _serializer(kind).loads(text, max_age=lifetime)
    if not isinstance(values, list) or len(values) < 2:
        raise BadSignature("no token")
    return Bearer(str(values[0]), str(values[1])), values[2:]


def _access() -> str:
    """Return a short sum of what whoever runs this may do and see; empty where one person works alone."""
    if session.is_alone():
        return ""
    return hashlib.sha256(repr(runtime.access_key()).encode()).hexdigest()[:16]


def _serializer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_KEY, salt=kind)
