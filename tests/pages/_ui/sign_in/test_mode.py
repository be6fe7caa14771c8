"""Alone or as a team, as the secrets say."""

from __future__ import annotations

import pytest
from streamlit import config

from core.errors import InputError
from pages._ui.sign_in.mode import is_loopback, read_team, team

CLIENT = {"client_id": "us", "client_secret": "theirs", "server_metadata_url": "https://id.example.com/conf"}
AUTH = {"redirect_uri": "https://plans.example.com/oauth2callback", "cookie_secret": "s" * 32}


def test_without_secrets_one_person_works_alone() -> None:
    """No file, no team."""
    assert team() is None


def test_a_team_has_an_address_and_buttons() -> None:
    """Providers of their own sections carry their labels; the unnamed one carries none."""
    assert read_team({**AUTH, **CLIENT}).providers == {"default": ""}
    found = read_team({**AUTH, "corp": {**CLIENT, "label": "公司账号"}, "guest": CLIENT})
    assert found.providers == {"corp": "公司账号", "guest": "guest"}
    assert (found.origin, found.host, found.is_encrypted) == (
        "https://plans.example.com",
        "plans.example.com",
        True,
    )
    assert not read_team({**AUTH, **CLIENT, "redirect_uri": "http://localhost:1/oauth2callback"}).is_encrypted


@pytest.mark.parametrize(
    "section",
    [
        {},
        AUTH,  # no provider
        {**AUTH, **CLIENT, "redirect_uri": "https://plans.example.com/"},  # not the place providers return to
        {**AUTH, **CLIENT, "redirect_uri": "http://plans.example.com/oauth2callback"},  # not encrypted
        {**AUTH, **CLIENT, "cookie_secret": "short"},
        {**AUTH, **CLIENT, "client_secret": ""},
        {**AUTH, "corp": {"client_id": "us"}},
    ],
)
def test_what_is_incomplete_or_unsafe_is_refused(section: dict[str, object]) -> None:
    """A mistake in the section ends the start; it never means that everybody may come in."""
    with pytest.raises(InputError):
        read_team(section)


def test_secrets_that_cannot_be_read_open_nothing(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken file is no missing file."""
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", "utf-8")
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(broken)])
    team.cache_clear()
    try:
        with pytest.raises(InputError):
            team()
    finally:
        config.set_option("secrets.files", before)
        team.cache_clear()


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("[::1]", True),
        ("Localhost.", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_only_loopback_is_this_machine_alone(host: str, own: bool) -> None:
    """Wildcard addresses, the network's and names that only look local are others'."""
    assert is_loopback(host) == own
