"""Before the server answers anybody: whether it is safe to listen where it is told to."""

from __future__ import annotations

import sys

from streamlit import config

from core.errors import AppError
from core.i18n import _, use_language
from core.settings import Settings
from pages._ui.sign_in.mode import is_loopback, team

INSECURE = "--insecure"
EVERYWHERE = "0.0.0.0"


def is_insecure() -> bool:
    """Tell whether whoever started the server said that it may be open to the network without sign-in."""
    return INSECURE in sys.argv[1:]


def check_start() -> str:
    """Return who may come, as a sentence for whoever starts the server.

    Raises
    ------
    SystemExit
        Everybody in the network could see and change everything, or the secrets are wrong.
    """
    address = config.get_option("server.address") or EVERYWHERE
    try:
        use_language(Settings.from_environment().language)
        signs_in = team()
    except AppError as error:
        raise SystemExit(str(error)) from error
    if signs_in is not None:
        if config.get_option("server.trustedUserHeaders"):
            raise SystemExit(
                _("server.trustedUserHeaders lets whoever reaches the server choose who they are; remove it.")
            )
        return _("A team signs in at {address}.", address=signs_in.origin)
    if is_loopback(address):
        return _("One person works alone: only this machine is answered, without sign-in.")
    if is_insecure():
        return _("Nobody signs in, and {address} is open to the network: whoever reaches it sees and changes "
                 "everything.", address=address)  # fmt: skip
    raise SystemExit(
        _("Not started: on {address} whoever reaches this machine would see and change everything, as nobody "
          "signs in. Set up [auth] (docs/deployment.md), leave the address at localhost, or say {option}: "
          "{command}", address=address, option=INSECURE,
          command=f"streamlit run app.py --server.address {address} -- {INSECURE}")
    )  # fmt: skip
