"""Alone or as a team: what the section ``[auth]`` of ``.streamlit/secrets.toml`` says.

Without it one person works on this machine, and nobody else can ask. With it everybody signs in at the
company's OpenID Connect provider.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

CALLBACK = "/oauth2callback"
SECRET_LENGTH = 32
"""Characters of the secret that signs the cookies; shorter ones can be guessed."""
CLIENT = ("client_id", "client_secret", "server_metadata_url")
UNNAMED = "default"
"""What Streamlit calls the provider whose client stands in ``[auth]`` itself."""


@dataclass(frozen=True)
class Team:
    """How a team signs in.

    Parameters
    ----------
    origin
        The public address, as a browser names it in ``Origin``.
    providers
        The name of each provider and the label of its button; the label of an unnamed one is empty.
    """

    origin: str
    providers: Mapping[str, str]

    @property
    def host(self) -> str:
        """The name under which the public address is asked for."""
        return urlsplit(self.origin).hostname or ""

    @property
    def is_encrypted(self) -> bool:
        """The public address is ``https``."""
        return self.origin.startswith("https://")


@cache
def team() -> Team | None:
    """Return how the team signs in; None where one person works alone.

    Raises
    ------
    InputError
        The file can't be read, or the section lacks something. Nobody is let in by mistake.
    """
    files = [Path(name) for name in config.get_option("secrets.files")]
    present = [file for file in files if file.exists()]
    if not present:
        return None
    try:
        section = st.secrets.to_dict().get("auth")
    except Exception as error:
        raise InputError(
            _("The secrets in {file} can't be read.", file=present[0]),
            _("Correct the file, or remove it to work alone: {reason}", reason=error),
        ) from error
    return None if section is None else read_team(section)


def read_team(section: Mapping[str, object]) -> Team:
    """Return how a team signs in, from the section ``[auth]``.

    Raises
    ------
    InputError
        Something is missing or unsafe.
    """
    address = urlsplit(str(section.get("redirect_uri", "")))
    if not address.hostname or not address.path.endswith(CALLBACK):
        raise InputError(
            _("[auth] in secrets.toml needs redirect_uri, the public address with {path}.", path=CALLBACK),
            _("Write it like {example}.", example=f"https://plans.example.com{CALLBACK}"),
        )  # fmt: skip
    if address.scheme != "https" and not is_loopback(address.hostname):
        raise InputError(
            _("The public address {address} is not encrypted.", address=address.geturl()),
            _("Put a proxy with TLS in front and write https; see docs/deployment.md."),
        )
    if len(str(section.get("cookie_secret", ""))) < SECRET_LENGTH:
        raise InputError(
            _("cookie_secret in [auth] needs at least {n} characters.", n=SECRET_LENGTH),
            _("Make one with {command}.", command='python -c "import secrets; print(secrets.token_hex(32))"'),
        )
    clients = {name: part for name, part in section.items() if isinstance(part, dict) and "client_id" in part}
    if "client_id" in section:
        clients[UNNAMED] = dict(section)
    if not clients:
        raise InputError(
            _("[auth] in secrets.toml names no provider."), _("It needs {names}.", names=", ".join(CLIENT))
        )
    for name, part in clients.items():
        absent = [key for key in CLIENT if not part.get(key)]
        if absent:
            raise InputError(
                _("The provider “{name}” in secrets.toml is incomplete.", name=name),
                _("It needs {names}.", names=", ".join(absent)),
            )
    return Team(
        f"{address.scheme}://{address.netloc}",
        {name: str(part.get("label", "" if name == UNNAMED else name)) for name, part in clients.items()},
    )


def is_loopback(host: str) -> bool:
    """Tell whether an address or a name is this machine's own."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold().rstrip(".") == "localhost"
