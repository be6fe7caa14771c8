"""Who signed in, as the provider says it: in a session of Streamlit, or in the cookie of a request."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from core.access.user import email_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KEY = secrets.token_bytes(32)


@dataclass(frozen=True)
class SignIn:
    """One act of signing in.

    Parameters
    ----------
    issuer, subject
        Who it is for ever, in the words of the provider.
    email
        In small letters; empty where the provider has none, or says that it isn't verified.
    at
        When, in seconds since 1970.
    seen_as
        The e-mail address of the user as whom an administrator looks at the pages; empty for oneself.
    """

    issuer: str
    subject: str
    email: str
    at: float
    seen_as: str = ""

    @property
    def handle(self) -> str:
        """A name of this act of signing in that tells nothing about the person; it goes with the process."""
        return _name(self.issuer, self.subject, self.at)

    @property
    def bearer(self) -> str:
        """The same, another one for each user as whom an administrator looks."""
        return _name(self.issuer, self.subject, self.at, self.seen_as)


def read_claims(claims: Mapping[str, Any]) -> SignIn | None:
    """Return who signed in; None for nobody, or where the provider left out what it must say.

    Parameters
    ----------
    claims
        ``iss``, ``sub``, ``iat`` and what else the provider's identity token says.
    """
    try:
        issuer, subject, at = str(claims["iss"]), str(claims["sub"]), float(claims["iat"])
    except (KeyError, TypeError, ValueError):
        return None
    if not (issuer and subject) or claims.get("is_logged_in") is not True:
        return None
    # Many providers of a company leave the mark out; only a plain “no” makes the address worthless.
    is_verified = str(claims.get("email_verified", True)).casefold() != "false"
    email = email_key(str(claims.get("email") or "")) if is_verified else ""
    return SignIn(issuer, subject, email, at)


def read_cookies(headers: Iterable[tuple[bytes, bytes]], origin: str) -> SignIn | None:
    """Return who signed in, from the cookies of a request.

    Parameters
    ----------
    origin
        The public address; a cookie made for another one is not believed.
    """
    cookies = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                return None

    def signed(name: str) -> bytes | None:
        kept = cookies.get(name)
        return None if kept is None else decode_signed_value(get_cookie_secret(), name, kept.value)

    text = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    try:
        claims = json.loads(text) if text else {}
    except ValueError:
        return None
    return read_claims(claims) if isinstance(claims, dict) and claims.get("origin") == origin else None


def _name(*parts: object) -> str:
    return hmac.new(_KEY, json.dumps(parts).encode(), hashlib.sha256).hexdigest()[:32]
