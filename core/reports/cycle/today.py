"""The day that counts as today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.preferences import DEMONSTRATION, preferences
from core.store.scope import EVERYTHING, Scope
from core.store.visits import plans

if TYPE_CHECKING:
    from core.store.database import Store


def reference_day(store: Store, scope: Scope = EVERYTHING) -> dt.date:
    """Return today; in the demonstration region the last day with a visit, where its time stands still."""
    if preferences(store).get(DEMONSTRATION):
        last = plans.last_visit_day(store, scope)
        if last is not None:
            return last
    return dt.date.today()
