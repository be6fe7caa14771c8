"""Who signed in, as the provider says it."""

from __future__ import annotations

import json

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages._ui.sign_in.identity import SignIn, read_claims, read_cookies

PUBLIC = "https://plans.example.com"
CLAIMS = {"iss": "https://id", "sub": "42", "iat": 1_000, "email": "Li@Corp.example ", "is_logged_in": True}


def cookie(claims: dict[str, object], secret: str = "s" * 32) -> list[tuple[bytes, bytes]]:
    """Return the header with which a browser sends Streamlit's cookie back."""
    value = create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()
    return [(b"cookie", f"a=1; _streamlit_user={value}".encode())]


def test_the_claims_name_a_person() -> None:
    """Issuer, subject and moment are taken as they are, the address in small letters."""
    assert read_claims(CLAIMS) == SignIn("https://id", "42", "li@corp.example", 1_000.0)


@pytest.mark.parametrize("absent", ["iss", "sub", "iat", "is_logged_in"])
def test_without_them_it_is_nobody(absent: str) -> None:
    """What the provider must say is needed, all of it."""
    assert read_claims({name: value for name, value in CLAIMS.items() if name != absent}) is None
    assert read_claims({**CLAIMS, absent: ""}) is None


@pytest.mark.parametrize("said", [False, "false", "False"])
def test_an_address_that_is_not_verified_is_none(said: object) -> None:
    """Nobody becomes a user by naming that user's address."""
    found = read_claims({**CLAIMS, "email_verified": said})
    assert found is not None
    assert found.email == ""


def test_names_of_a_sign_in_tell_nothing_and_differ() -> None:
    """Handle and bearer hold no part of the person, and two acts of signing in have two."""
    first, second = SignIn("i", "li", "li@corp", 1.0), SignIn("i", "li", "li@corp", 2.0)
    seen = SignIn("i", "li", "li@corp", 1.0, seen_as="wang@corp")
    assert len({first.handle, second.handle, first.bearer, seen.bearer}) == 4
    assert seen.handle == first.handle
    assert "li" not in first.handle


def test_the_cookie_of_a_request_is_believed_when_signed(team_mode: None) -> None:
    """A cookie of this server and address names the person; any other names nobody."""
    kept = {**CLAIMS, "origin": PUBLIC}
    assert read_cookies(cookie(kept), PUBLIC) == read_claims(CLAIMS)
    assert read_cookies(cookie(kept, "t" * 32), PUBLIC) is None
    assert read_cookies(cookie({**kept, "origin": "https://evil.example"}), PUBLIC) is None
    assert read_cookies([(b"cookie", b"_streamlit_user=x.y.z")], PUBLIC) is None
    assert read_cookies([], PUBLIC) is None
