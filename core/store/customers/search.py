"""Finding customers by name, part of a name, initials, pinyin, code, or nearly so.

``customer_search`` holds the names with their readings. It is derived: brought up to the data before a
search, and only for the names that are new.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pandas as pd
import pyarrow as pa

from core.customers.search.name_match import LEAST_SCORE, SearchText, begins_a_syllable, nearness
from core.i18n import _
from core.pinyin.readings import fold, readings
from core.store.caching.table_versions import last_change
from core.store.progress import Watch
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from core.store.database import Store

DERIVED = "customer_search, official readings"
"""Its name in derived_state: names that were read in another way are read again."""
SOURCES = ("dealer", "terminal")
CHUNK = 100_000
NEAR_CANDIDATES = 400
FEW = 3
"""With fewer exact finds than this, near ones are looked for as well."""
COLUMNS = ("customer_type", "customer_id", "name", "region", "region_en", "fit")
_THE_NAME, _INSIDE_READING, _NEAR = 1, 8, 9
SHORTEST = 2
"""One letter is near to everything."""
_MISSING = """
    SELECT '{kind}' AS customer_type, t.{kind}_id AS customer_id, t.region_id AS region_id, t.name AS name
    FROM {kind} AS t
    ANTI JOIN customer_search AS s ON s.customer_type = '{kind}' AND s.customer_id = t.{kind}_id
        AND s.name = t.name AND s.region_id IS NOT DISTINCT FROM t.region_id
"""
_STALE = """
    DELETE FROM customer_search AS s WHERE s.customer_type = '{kind}' AND NOT EXISTS (
        SELECT 1 FROM {kind} AS t WHERE t.{kind}_id = s.customer_id AND t.name = s.name
            AND t.region_id IS NOT DISTINCT FROM s.region_id)
"""
_lock = threading.Lock()
# The last change of the names at which each open store was found fresh.
_fresh: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


def is_ready(store: Store) -> bool:
    """Tell whether a search would begin at once."""
    return _fresh.get(store) == last_change(store, SOURCES)


def ensure(store: Store, watch: Watch | None = None) -> None:
    """Bring the names up to the data; does nothing when they are."""
    if is_ready(store):
        return
    watch = watch or Watch()
    with _lock:
        version = last_change(store, SOURCES)
        made = store.fetch(
            "SELECT s.data_version FROM derived_state AS s WHERE s.name = $name", {"name": DERIVED}
        )
        if made.num_rows == 0 or made["data_version"][0].as_py() != version:
            if made.num_rows == 0:
                store.derive(lambda cursor: cursor.execute("DELETE FROM customer_search"))
            missing = [store.fetch(_MISSING.format(kind=kind)) for kind in SOURCES]
            rows = list(_read(missing, watch))
            store.derive(lambda cursor: _replace(cursor, rows, version))
        _fresh[store] = version


def _read(missing: list[pa.Table], watch: Watch) -> Iterator[pa.Table]:
    """Add folded, initials and pinyin to names; equal names are read once."""
    total = sum(table.num_rows for table in missing)
    known: dict[str, tuple[str, str, str]] = {}
    done = 0
    for table in missing:
        for start in range(0, table.num_rows, CHUNK):
            watch.step(done / total, _("Reading the names for the search"))
            part = table.slice(start, CHUNK)
            found = []
            for name in part["name"].to_pylist():
                if name not in known:
                    folded = fold(name)
                    read = readings(folded)
                    # Blanks part the readings; none is in what is looked for.
                    pinyin, initials = (" ".join(r.pinyin for r in read), " ".join(r.initials for r in read))
                    known[name] = (folded, pinyin, initials)
                found.append(known[name])
            done += part.num_rows
            for column, at in (("folded", 0), ("initials", 2), ("pinyin", 1)):
                part = part.append_column(column, pa.array([row[at] for row in found], pa.string()))
            yield part


def _replace(cursor: duckdb.DuckDBPyConnection, rows: list[pa.Table], version: int) -> None:
    for kind in SOURCES:
        cursor.execute(_STALE.format(kind=kind))
    for part in rows:
        cursor.register("read_names", part)
        cursor.execute(
            "INSERT INTO customer_search SELECT n.customer_type, n.customer_id, n.region_id, n.name,"
            " n.folded, n.initials, n.pinyin FROM read_names AS n"
        )
        cursor.unregister("read_names")
    cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": DERIVED})
    cursor.execute(
        "INSERT INTO derived_state VALUES ($name, $version)", {"name": DERIVED, "version": version}
    )


def find(
    store: Store, text: str, *, kind: str | None = None, limit: int = 20, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the customers that fit best what somebody typed.

    Parameters
    ----------
    text
        A name, a part of it, initials of its pinyin, its pinyin, a code; a slip of the keyboard is forgiven.
    kind
        ``dealer`` or ``terminal``; None for both.

    Returns
    -------
    pandas.DataFrame
        customer_type, customer_id, name, region, region_en, fit: 0 to 8 as the query ``customers/search``
        says, 9 for names that are only near; the best first.
    """
    wanted = SearchText(text)
    if not wanted.folded:
        return pd.DataFrame(columns=list(COLUMNS))
    ensure(store)
    exact = store.read(
        "customers/search",
        scope=scope,
        wanted=wanted.folded,
        is_latin=wanted.is_latin,
        kind=kind,
        limit=limit,
    ).to_pandas()
    if wanted.is_latin and len(exact):
        inside = (exact["fit"] == _INSIDE_READING) & ~exact["folded"].map(
            lambda folded: begins_a_syllable(wanted.folded, folded)
        )
        # A run of letters across two syllables is what nobody means; it is near at the best.
        exact = exact[~inside]
    enough = len(exact) >= min(FEW, limit) or (exact["fit"] <= _THE_NAME).any()
    if enough or len(wanted.folded) < SHORTEST:
        return exact[list(COLUMNS)].reset_index(drop=True)
    near = _near(store, wanted, kind, scope)
    near = near[~near["customer_id"].isin(exact["customer_id"])]
    return pd.concat([exact[list(COLUMNS)], near[list(COLUMNS)]]).head(limit).reset_index(drop=True)


def _near(store: Store, wanted: SearchText, kind: str | None, scope: Scope) -> pd.DataFrame:
    names, sounds = wanted.grams, wanted.pinyin_grams
    text, used = query("customers/near")
    values: dict[str, object] = {
        "scope": scope.parameter,
        "kind": kind,
        "limit": NEAR_CANDIDATES,
        "length": len(wanted.folded),
    }
    text = text.format(
        shared_name=_shared("folded", "g", names), shared_reading=_shared("pinyin", "p", sounds)
    )
    grams = {f"g{at}": gram for at, gram in enumerate(names)} | {f"p{at}": g for at, g in enumerate(sounds)}
    rows = store.fetch(text, {**{name: values[name] for name in used}, **grams}).to_pandas()
    score = [nearness(wanted, row.folded, row.pinyin, row.initials) for row in rows.itertuples(index=False)]
    rows = rows.assign(score=pd.Series(score, dtype=float), fit=_NEAR)
    rows = rows[rows["score"] >= LEAST_SCORE]
    return rows.sort_values(["score", "customer_type", "customer_id"], ascending=[False, True, True])


def _shared(column: str, prefix: str, grams: list[str]) -> str:
    """Return SQL for the part of the runs that a column has, 0 to 1."""
    terms = " + ".join(
        f"CASE WHEN contains(s.{column}, ${prefix}{at}) THEN 1 ELSE 0 END" for at in range(len(grams))
    )
    return f"({terms}) / CAST({len(grams)} AS DOUBLE)"
