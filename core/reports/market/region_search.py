"""Regions by name, a part of it, pinyin or initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.pinyin.readings import fold, readings
from core.reports.market.choices import names_of
from core.store.customers.customers import regions
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store


def find_regions(store: Store, text: str, *, limit: int, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return region_id and name (in the language in use) of the regions whose name fits best.

    A name that begins with the text comes before one that holds it; then larger regions come first.
    """
    folded = fold(text)
    table = regions(store, scope)
    table = table.assign(label=names_of(table))
    if not folded:
        return table.head(0)[["region_id", "label"]].rename(columns={"label": "name"})
    table = table.assign(fit=[_fit(folded, row.name, row.name_en) for row in table.itertuples(index=False)])
    fitting = table[table["fit"].notna()].sort_values(["fit", "depth", "label"], kind="stable")
    return (
        fitting[["region_id", "label"]].rename(columns={"label": "name"}).head(limit).reset_index(drop=True)
    )


def _fit(folded: str, name: str, english: str | None) -> float | None:
    """Return how well a name fits; None where it doesn't.

    0: it, its official reading or initials, or its English name begins with the text; 0.5: another reading
    of it does; 1: it or its English name holds the text.
    """
    native = fold(name)
    official, *others = readings(native)
    written = [native, *([fold(english)] if isinstance(english, str) else [])]
    if any(text.startswith(folded) for text in (*written, official.pinyin, official.initials)):
        return 0.0
    if any(text.startswith(folded) for other in others for text in (other.pinyin, other.initials)):
        return 0.5
    return 1.0 if any(folded in text for text in written) else None
