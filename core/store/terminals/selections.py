"""Terminals chosen under a name: what the map hands on to the visit plan."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

import pyarrow as pa

from core.errors import InputError
from core.i18n import _
from core.store.frames import large_frame
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pandas as pd

    from core.store.database import Store

LARGEST = 100_000
"""Terminals in one selection; nobody visits more in a period."""


def save_selection(store: Store, name: str, terminal_ids: Sequence[str], *, actor: str = "local") -> str:
    """Save a selection.

    Parameters
    ----------
    terminal_ids
        Which terminals; each counts once.

    Returns
    -------
    str
        Its id, as it stands in the address of the visit plan.

    Raises
    ------
    InputError
        It has no name, no terminal, or too many.
    """
    ids = sorted(set(terminal_ids))
    if not name.strip():
        raise InputError(_("A selection needs a name."))
    if not 1 <= len(ids) <= LARGEST:
        raise InputError(
            _(
                "A selection has 1 to {most} terminals, this one has {n}.",
                most=f"{LARGEST:,}",
                n=f"{len(ids):,}",
            ),
            _("Narrow the filter, or choose a region."),
        )
    selection = secrets.token_hex(4)

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.register("chosen", pa.table({"terminal_id": pa.array(ids, pa.string())}))
        cursor.execute(
            "INSERT INTO terminal_selection SELECT $id, $name, c.terminal_id, $now, $actor FROM chosen AS c",
            {"id": selection, "name": name.strip(), "now": dt.datetime.now(), "actor": actor},
        )
        cursor.unregister("chosen")

    store.write(
        "select_terminals",
        save,
        actor=actor,
        details={"entity": "terminal_selection", "entity_key": selection, "after": name.strip()},
    )
    return selection


def selected(store: Store, selection_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return terminal_id, name, region_id and employee_id of a selection; empty where there is none."""
    return large_frame(store.read("selections/terminals", scope=scope, selection=selection_id))
