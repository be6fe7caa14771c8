"""What a map may show, signed into the address of its tiles.

A route runs outside the session, so the page signs what it allows and to whom: the regions, the filter, the
period, the colour and the version of the data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from itsdangerous import BadSignature

from core.geo.measures import check_measure
from core.i18n import _
from core.store.caching.sales_window import SalesWindow
from core.store.scope import EVERYTHING, Scope
from core.store.terminals.filter import TerminalFilter
from pages._ui import tokens
from pages._ui.tokens import Bearer, TokenError

LIFETIME_SECONDS = 12 * 3600
TILES, BORDERS = "tiles", "borders"


@dataclass(frozen=True)
class TileToken:
    """What one map shows.

    Parameters
    ----------
    language
        Of names and numbers in the tiles.
    dark
        Whether the page is dark: unknown values have a grey of their own there.
    version
        How often a store was opened and its data version: another one means stale tiles.
    system
        The coordinate system of the map under the tiles.
    bearer
        For whom it was made, once it is read; no part of what the map shows.
    """

    lens: SalesWindow
    measure: str = "share"
    filters: TerminalFilter = field(default_factory=TerminalFilter)
    scope: Scope = EVERYTHING
    language: str = "zh_CN"
    dark: bool = False
    version: tuple[int, int] = (0, 0)
    system: str = "WGS-84"
    bearer: Bearer = field(default_factory=Bearer, compare=False, repr=False)

    def __post_init__(self) -> None:
        check_measure(self.measure)

    def sign(self) -> str:
        """Return the token as it stands in an address."""
        lens = [
            self.lens.own_company,
            self.lens.start.isoformat(),
            self.lens.end.isoformat(),
            self.lens.category,
        ]
        filters = {name: value for name, value in vars(self.filters).items() if value is not None}
        return tokens.sign(
            TILES,
            [
                lens,
                self.measure,
                filters,
                self.scope.region_ids,
                self.language,
                self.dark,
                self.version,
                self.system,
            ],
        )

    @classmethod
    def read(cls, token: str, *, lifetime: int = LIFETIME_SECONDS) -> TileToken:
        """Return what a token allows.

        Parameters
        ----------
        token
            As it stood in the address.
        lifetime
            Seconds a token is valid.

        Raises
        ------
        TokenError
            The signature is wrong or the token is too old.
        """
        bearer, values = _read(TILES, token, lifetime)
        if len(values) != 8:
            raise _not_valid()
        lens, measure, filters, scope, language, dark, version, system = values
        own, start, end, category = lens
        return cls(
            SalesWindow(own, dt.date.fromisoformat(start), dt.date.fromisoformat(end), category),
            measure,
            TerminalFilter(**{name: tuple(value) for name, value in filters.items()}),
            EVERYTHING if scope is None else Scope(tuple(scope)),
            language,
            dark,
            (version[0], version[1]),
            system,
            bearer,
        )


@dataclass(frozen=True)
class BorderToken:
    """Whose borders one map shows.

    Parameters
    ----------
    within
        Only what lies in this region; None for all.
    scope, version, system, bearer
        As in :class:`TileToken`.
    """

    level: str
    within: str | None = None
    scope: Scope = EVERYTHING
    version: tuple[int, int] = (0, 0)
    system: str = "WGS-84"
    bearer: Bearer = field(default_factory=Bearer, compare=False, repr=False)

    def sign(self) -> str:
        """Return the token as it stands in an address."""
        values = [self.level, self.within, self.scope.region_ids, self.version, self.system]
        return tokens.sign(BORDERS, values)

    @classmethod
    def read(cls, token: str, *, lifetime: int = LIFETIME_SECONDS) -> BorderToken:
        """Return what a token allows; see :meth:`TileToken.read`."""
        bearer, values = _read(BORDERS, token, lifetime)
        if len(values) != 5:
            raise _not_valid()
        level, within, scope, version, system = values
        return cls(
            level,
            within,
            EVERYTHING if scope is None else Scope(tuple(scope)),
            (version[0], version[1]),
            system,
            bearer,
        )


def _read(kind: str, token: str, lifetime: int) -> tuple[Bearer, list[Any]]:
    try:
        return tokens.read(kind, token, lifetime=lifetime)
    except BadSignature as error:
        raise _not_valid() from error


def _not_valid() -> TokenError:
    return TokenError(
        _("This map address is not valid, or no longer."), _("Reload the page to get a new one.")
    )
