"""docs/data-model.md, written from the declaration of the tables."""

from __future__ import annotations

from core.i18n import _, language
from core.tables import TABLES, Column, Table

_HEAD = """\
# Data model

Written by `python -m core data-model docs/data-model.md` from `core/tables/`; a test holds it current.

A file named after a table (`region.csv`, `区域.xlsx`, a sheet of that name) is imported into it. Headers are
the names below or the Chinese headers. Keys are in **bold**; columns marked * are required. On an update,
a column that the file doesn't have keeps its stored value; an empty value is stored as missing, or as the
default where there is one.

Types: *month* is `YYYY-MM` or the first day; *amount* is yuan with two decimals; *boolean* is yes/no,
true/false, 1/0 or 是/否; ids are text.
"""
_TAIL = """\
## Boundaries

`region_boundary` is filled from GeoJSON, TopoJSON and shapefiles, matched by code or name, in a coordinate
system that is asked; GeoJSON whose every feature carries `region_id` is in WGS-84 and goes unasked. Rings
are turned (RFC 7946) and invalid polygons repaired.

## What the store adds

- Every imported table has `batch_id`, the import a row came with. `history.<table>` keeps the rows that an
  import displaced until it is undone.
- `terminal` has `lat_wgs84`, `lon_wgs84` and `cell` (Web-Mercator quadkey of zoom 24), computed from `lat`,
  `lon` and `crs`; the table is stored sorted by `cell`.
- `import_batch`, `data_issue` and `audit_log` tell what came in, what was odd about it, and who did what.
- `import_run`, `import_run_batch` and `import_sheet` hold a guided file together: it is undone whole.
  `quarantine` keeps its rows that could not be loaded, as they stood in the file, until they are worked off.
- `region_closure` and the other derived tables are computed from the imported ones, never imported.
"""


def data_model() -> str:
    """Return the text of docs/data-model.md."""
    with language("en"):
        parts = [_HEAD, *(_section(table) for table in TABLES), _TAIL]
    return "\n".join(parts)


def _section(table: Table) -> str:
    with language("zh_CN"):
        title = _(table.label)
    lines = [
        f"## {table.name} · {title}",
        "",
        "| column | header | type | meaning |",
        "|---|---|---|---|",
        *(_line(column, table) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column, table: Table) -> str:
    with language("zh_CN"):
        chinese = _(column.label)
    name = f"**{column.name}**" if column.name in table.key else column.name
    star = " *" if column.required else ""
    return f"| {name}{star} | {chinese} | {column.kind.value} | {' '.join(_facts(column))} |"


def _facts(column: Column) -> list[str]:
    facts = [_(column.note)]
    if column.references:
        facts.append(f"→ `{column.references}`.")
    if column.known:
        facts.append("Known: " + ", ".join(f"`{code}`" for code in column.known) + ".")
    if column.minimum is not None or column.maximum is not None:
        low = "" if column.minimum is None else f"{column.minimum:g}"
        high = "" if column.maximum is None else f"{column.maximum:g}"
        facts.append(f"Range {low}…{high}" + (" (outside: warning)." if column.soft_range else "."))
    if column.default is not None:
        facts.append(
            f"Default `{str(column.default).lower() if column.default in (True, False) else column.default}`."
        )
    return facts
