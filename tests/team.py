"""A team that signs in, without a provider: the secrets of a run, and what a browser of somebody sends."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages._ui.sign_in import admission, session
from pages._ui.sign_in.identity import SignIn, read_claims
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = "https://plans.example.com"
SECRET = "s" * 32


@contextmanager
def team_signs_in(folder: Path) -> Iterator[None]:
    """Let a team sign in while this lasts; who is struck off the list is out at once."""
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "{PUBLIC}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        'client_id = "us"\nclient_secret = "theirs"\nserver_metadata_url = "https://id.example.com/conf"\n',
        "utf-8",
    )
    before, fresh = config.get_option("secrets.files"), admission.FRESH_SECONDS
    _read_secrets([str(secrets)])
    admission.FRESH_SECONDS = 0.0
    session._ended.clear()
    try:
        yield
    finally:
        admission.FRESH_SECONDS = fresh
        session._ended.clear()
        _read_secrets(before)


def claims_of(email: str) -> dict[str, Any]:
    """Return what the provider says of a person who signs in now."""
    return {"iss": "https://id", "sub": email, "email": email, "iat": time.time(), "is_logged_in": True}


def sign_in_of(claims: dict[str, Any]) -> SignIn:
    """Return the act of signing in that claims tell of."""
    found = read_claims(claims)
    assert found is not None
    return found


def cookie_of(claims: dict[str, Any]) -> tuple[str, str]:
    """Return the header with which that person's browser asks."""
    value = create_signed_value(SECRET, "_streamlit_user", json.dumps({**claims, "origin": PUBLIC})).decode()
    return "cookie", f"_streamlit_user={value}"


def _read_secrets(files: list[str]) -> None:
    config.set_option("secrets.files", files)
    secrets_singleton._reset()
    team.cache_clear()
