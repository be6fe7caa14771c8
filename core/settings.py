"""Settings of one installation, read once from the environment.

========================  =======================  ====================================================
Variable                  Default                  Meaning
========================  =======================  ====================================================
SHENGENG_STORE            data/market.duckdb       The store that the app opens.
SHENGENG_TEMP             data/tmp                 Where DuckDB and imports put what doesn't fit memory.
SHENGENG_MEMORY           4GB                      Memory DuckDB may use.
SHENGENG_THREADS          number of cores          Threads DuckDB may use.
SHENGENG_LANGUAGE         zh_CN                    Language of a new visitor and of the command line.
SHENGENG_UNDO_DAYS        400                      Days for which an import can be taken back; 0 for ever.
SHENGENG_ROLLUPS          (none)                   Folder of versions (``rollup``) to show, not a store.
SHENGENG_HOSTS            (none)                   Names the server answers under beside localhost, by commas.
SHENGENG_PLACE_MONTHS     0                        Months for which places of visits are kept; 0 for ever.
SHENGENG_BACKUP_AT        (none)                   Time of day when the running app copies the store, HH:MM.
SHENGENG_BACKUP_KEEP      14                       Nightly copies that are kept.
SHENGENG_BACKUP_INTO      backups beside store     Folder of the nightly copies.
SHENGENG_CONTACT          (none)                   Whom to ask for access, as the page of sign-in shows it.
SHENGENG_SIGN_IN_HOURS    12                       Hours after which one signs in again.
SHENGENG_LOG              where a team signs in    “yes” or “no”: a line of JSON for each request, to stderr.
========================  =======================  ====================================================
"""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from core.errors import InputError
from core.i18n import DEFAULT_LANGUAGE, _

if TYPE_CHECKING:
    from collections.abc import Callable

    Get: TypeAlias = Callable[[str, str], str]

_MEMORY = re.compile(r"\s*[1-9]\d*(\.\d+)?\s*([KMGT]i?B)\s*", re.IGNORECASE)
ROOT = Path(__file__).resolve().parent.parent
PREFIX = "SHENGENG_"


@dataclass(frozen=True)
class Settings:
    """Where things live and how much of the machine they may use."""

    store: Path = ROOT / "data" / "market.duckdb"
    temp: Path = ROOT / "data" / "tmp"
    memory: str = "4GB"
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    language: str = DEFAULT_LANGUAGE
    undo_days: int = 400
    hosts: frozenset[str] = frozenset()
    place_months: int = 0
    backup_at: dt.time | None = None
    backup_keep: int = 14
    backup_into: Path | None = None
    contact: str = ""
    sign_in_hours: int = 12
    log: bool | None = None
    rollups: Path | None = None

    def __post_init__(self) -> None:
        if not _MEMORY.fullmatch(self.memory):
            raise InputError(
                _("SHENGENG_MEMORY is “{value}”, which is no amount of memory.", value=self.memory),
                _("Expected a number and a unit, for example 4GB or 512MB."),
            )

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the settings from environment variables, with the documented defaults."""
        # A click asks dozens of times; what is set is read once for as long as it stays the same.
        return _read(tuple((name, os.environ[name]) for name in VARIABLES if name in os.environ))


VARIABLES = tuple(f"{PREFIX}{each.name.upper()}" for each in fields(Settings))
"""The environment variables, one per field."""


@lru_cache(maxsize=8)
def _read(variables: tuple[tuple[str, str], ...]) -> Settings:
    """Return the settings that variables ask for.

    Raises
    ------
    InputError
        A value is none that the setting takes.
    """
    get, defaults = dict(variables).get, Settings()
    return Settings(
        store=Path(get("SHENGENG_STORE", str(defaults.store))),
        temp=Path(get("SHENGENG_TEMP", str(defaults.temp))),
        memory=get("SHENGENG_MEMORY", defaults.memory),
        threads=_whole(get, "SHENGENG_THREADS", defaults.threads, least=1),
        language=get("SHENGENG_LANGUAGE", defaults.language),
        undo_days=_whole(get, "SHENGENG_UNDO_DAYS", defaults.undo_days, least=0),
        hosts=frozenset(
            name for part in get("SHENGENG_HOSTS", "").split(",") if (name := part.strip().lower())
        ),
        place_months=_whole(get, "SHENGENG_PLACE_MONTHS", defaults.place_months, least=0),
        backup_at=_time_of_day(get, "SHENGENG_BACKUP_AT"),
        backup_keep=_whole(get, "SHENGENG_BACKUP_KEEP", defaults.backup_keep, least=1),
        backup_into=Path(into) if (into := get("SHENGENG_BACKUP_INTO", "")) else None,
        contact=get("SHENGENG_CONTACT", "").strip(),
        sign_in_hours=_whole(get, "SHENGENG_SIGN_IN_HOURS", defaults.sign_in_hours, least=1),
        log={"yes": True, "no": False}.get(get("SHENGENG_LOG", "").strip().lower()),
        rollups=Path(get("SHENGENG_ROLLUPS", "").strip()) if get("SHENGENG_ROLLUPS", "").strip() else None,
    )


def _time_of_day(get: Get, name: str) -> dt.time | None:
    """Return a setting that is a time of day; None where it is left out.

    Raises
    ------
    InputError
        It is none.
    """
    text = get(name, "").strip()
    try:
        return dt.datetime.strptime(text, "%H:%M").time() if text else None
    except ValueError as error:
        raise InputError(
            _("{name} is “{value}”, which is no time of day.", name=name, value=text),
            _("Write HH:MM, for example 02:30."),
        ) from error


def _whole(get: Get, name: str, default: int, *, least: int) -> int:
    """Return a setting that is a whole number.

    Raises
    ------
    InputError
        It is none, or too small.
    """
    text = get(name, str(default)).strip()
    if not text.isdecimal() or int(text) < least:
        raise InputError(
            _(
                "{name} is “{value}”, which is no whole number from {least} on.",
                name=name,
                value=text,
                least=least,
            ),
            _("Change the setting, or leave it out for the default of {default}.", default=default),
        )
    return int(text)
