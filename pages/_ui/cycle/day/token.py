"""Whose day may be written from a browser, signed: the route that saves runs outside the session.

What waits in a browser longer than the key lives is sent with the signature that the page gets when it is
there again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from itsdangerous import BadSignature

from core.i18n import _
from core.store.scope import EVERYTHING, Scope
from pages._ui import tokens
from pages._ui.tokens import Bearer, TokenError

LIFETIME_SECONDS = 24 * 3600
KIND = "day"


@dataclass(frozen=True)
class DayToken:
    """What one browser may write: the days of one rep, in some regions, under a name.

    Parameters
    ----------
    bearer
        For whom it was made, once it is read.
    """

    employee_id: str
    actor: str
    language: str
    scope: Scope = EVERYTHING
    bearer: Bearer = field(default_factory=Bearer, compare=False)

    def sign(self) -> str:
        """Return the token as text, another one each time: a browser that asked for a new one gets one."""
        values = [self.employee_id, self.actor, self.language, self.scope.parameter, secrets.token_hex(4)]
        return tokens.sign(KIND, values)

    @classmethod
    def read(cls, text: str, *, lifetime: int = LIFETIME_SECONDS) -> DayToken:
        """Return what a text allows.

        Raises
        ------
        TokenError
            The signature is wrong or too old.
        """
        try:
            bearer, values = tokens.read(KIND, text, lifetime=lifetime)
            employee_id, actor, language, regions, _once = values
        except (BadSignature, ValueError, TypeError) as error:
            raise TokenError(
                _("This page was opened too long ago."), _("Reload it; nothing of yours is lost.")
            ) from error
        scope = EVERYTHING if regions is None else Scope(tuple(regions))
        return cls(employee_id, actor, language, scope, bearer)
