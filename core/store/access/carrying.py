"""The users of a store that gave its place to another file: they and their rights outlive the exchange."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from core.i18n import _, ngettext
from core.store.sql_text import literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.store.database import Store

_OF_BEFORE = "SELECT u.user_id FROM displaced_store.app_user AS u"
_KEEP = (
    # An address is one person for ever: whoever has it in the store of before is who it belongs to.
    f"DELETE FROM app_user WHERE user_id NOT IN ({_OF_BEFORE})"
    " AND email IN (SELECT e.email FROM displaced_store.app_user_email AS e)",
    "UPDATE app_user SET active = FALSE, version = version + 1"
    f" WHERE active AND user_id NOT IN ({_OF_BEFORE})",
    f"DELETE FROM app_user WHERE user_id IN ({_OF_BEFORE})",
    "INSERT INTO app_user BY NAME SELECT * FROM displaced_store.app_user",
    f"DELETE FROM app_user_email WHERE user_id IN ({_OF_BEFORE})"
    " OR email IN (SELECT e.email FROM displaced_store.app_user_email AS e)",
    "INSERT INTO app_user_email BY NAME SELECT * FROM displaced_store.app_user_email",
)


@contextmanager
def displaced(store: Store, aside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a cursor of a store that reads the closed file of before as ``displaced_store``."""
    with store.cursor() as cursor:
        cursor.execute(f"ATTACH {literal(str(aside))} AS displaced_store (READ_ONLY)")
        try:
            yield cursor
        finally:
            cursor.execute("DETACH displaced_store")


def keep_users(store: Store, aside: Path | None) -> int | None:
    """Give a store the users of the one whose place it took: nobody gets back what was taken from them.

    Whoever only the new file lists is deactivated. Where the store of before lists nobody, nothing can have
    been taken from anybody, and the users of the new file stay.

    Parameters
    ----------
    store
        The new one, open, before anybody else has it.
    aside
        Where the store of before lies, closed; None where there was none.

    Returns
    -------
    int or None
        How many users were kept; None where the store of before can't be read.
    """
    if aside is None:
        return 0
    try:
        with displaced(store, aside) as cursor:
            kept = int(cursor.execute(f"SELECT COUNT(*) FROM ({_OF_BEFORE})").fetchall()[0][0])
            if kept:
                store.maintain(_keep)
            return kept
    except duckdb.CatalogException:
        # Of a format from before there were users.
        return 0
    except duckdb.Error:
        return None


def users_sentence(store: Store, kept: int | None) -> str:
    """Return whose users a restored store has; empty where nobody signs in."""
    with store.cursor() as cursor:
        listed = int(cursor.execute("SELECT COUNT(*) FROM app_user").fetchall()[0][0])
    if not listed:
        return ""
    if kept:
        return ngettext(
            "{n} user is kept with the rights of before; whoever only the copy lists is deactivated.",
            "{n} users are kept with the rights of before; whoever only the copy lists is deactivated.",
            kept,
        )
    if kept is None:
        return _(
            "The users of before can't be read: users and rights are those of the copy, also of people who "
            "were deactivated since. Look through them before anybody signs in."
        )
    return _("Nobody was listed before: users and rights are those of the copy. Look through them.")


def _keep(cursor: duckdb.DuckDBPyConnection) -> None:
    for statement in _KEEP:
        cursor.execute(statement)
