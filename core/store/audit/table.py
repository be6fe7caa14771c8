"""The audit as people read it: titles and codes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.i18n import _
from core.store.audit.entries import MAX_ROWS, AuditFilter, entries
from core.store.audit.labels import (
    COLUMN_TITLES,
    ENTITIES,
    action_label,
    kind_label,
    outcome_label,
    value_label,
)
from core.store.writing.origin import COMMAND_LINE
from core.tables import BY_NAME

if TYPE_CHECKING:
    from core.store.database import Store


def audit_table(store: Store, wanted: AuditFilter, most: int = MAX_ROWS) -> pd.DataFrame:
    """Return entries of the audit with titles and words in the language of now, the latest first.

    Parameters
    ----------
    most
        How many at most.
    """
    found = entries(store, wanted, most)
    found["happened_at"] = found["happened_at"].dt.strftime("%Y-%m-%d %H:%M:%S")
    found["kind"] = found["kind"].map(kind_label)
    for column in ("entity_key", "before", "after"):
        found[column] = [
            text if pd.isna(text) else value_label(action, text)
            for action, text in zip(found["action"], found[column], strict=True)
        ]
    found["action"] = found["action"].map(action_label)
    found["outcome"] = found["outcome"].map(outcome_label)
    found["entity"] = found["entity"].map(_entity, na_action="ignore")
    found["address"] = found["address"].replace(COMMAND_LINE, _("command line"))
    return found.rename(columns={code: _(title) for code, title in COLUMN_TITLES.items()})


def _entity(names: str) -> str:
    """Return the labels of tables; what is none stays as it is."""
    parts = [name.strip() for name in names.split(",")]
    labels = {**ENTITIES, **{name: BY_NAME[name].label for name in parts if name in BY_NAME}}
    return _(", ").join(_(labels.get(name, name)) for name in parts)
