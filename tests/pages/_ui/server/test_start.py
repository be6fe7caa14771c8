"""Whether the server may listen where it is told to."""

from __future__ import annotations

import subprocess
import sys

import pytest
from streamlit import config

from pages._ui.server import start


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch):
    """Say on which address the server is to listen, and with what words behind the script."""

    def say(address: str, *words: str) -> None:
        real = config.get_option
        monkeypatch.setattr(
            config, "get_option", lambda name: address if name == "server.address" else real(name)
        )
        monkeypatch.setattr(sys, "argv", ["app.py", *words])

    return say


def test_alone_it_listens_to_this_machine(listening) -> None:
    """The default starts, and says that only this machine is answered."""
    listening("localhost")
    assert "本机" in start.check_start()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", ""])
def test_without_sign_in_it_listens_to_nobody_else(listening, address: str) -> None:
    """Another address ends the start with a sentence that names the ways out."""
    listening(address)
    with pytest.raises(SystemExit, match="--insecure"):
        start.check_start()


def test_unless_somebody_says_so(listening) -> None:
    """With the word it starts, and says what that means."""
    listening("0.0.0.0", "--insecure")
    assert "0.0.0.0" in start.check_start()


def test_with_sign_in_any_address_is_allowed(listening, team_mode: None) -> None:
    """A team's server says where one signs in."""
    listening("0.0.0.0")
    assert "https://plans.example.com" in start.check_start()


def test_nobody_chooses_who_they_are(listening, team_mode: None) -> None:
    """Headers that a browser could send don't name a user."""
    listening("localhost")
    config.set_option("server.trustedUserHeaders", {"X-User": "sub"})
    try:
        with pytest.raises(SystemExit, match="trustedUserHeaders"):
            start.check_start()
    finally:
        config.set_option("server.trustedUserHeaders", {})


def test_alone_no_library_of_signing_in_is_loaded() -> None:
    """The launcher of one person loads neither Authlib nor an HTTP client."""
    code = "import app, sys; print([n for n in ('authlib', 'joserfc', 'httpx') if n in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
