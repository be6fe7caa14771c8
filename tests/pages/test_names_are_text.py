"""Names that read like instructions: Markdown, LaTeX, colours and tags appear as they were typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from core.store.database import Store
from pages._ui.formatting.escaping import escape_html, escape_markdown, escape_plotly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

HOSTILE = "<b>q</b> **w** $x^2$ :red[c] [l](u)"
# Any of these in a text that is read as an instruction would be carried out.
TAG, EMPHASIS, MATH, COLOUR = "<b>q</b>", "**w**", "$x^2$", ":red[c]"
NAMES = {
    "region": ("name", "name_en"),
    "company": ("name", "name_en"),
    "dealer": ("name",),
    "terminal": ("name", "address"),
    "employee": ("name",),
}
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("overview.py", {}),
    ("market_map.py", {"region": "*"}),
    ("quadrant.py", {"region": "*"}),
    ("number_one.py", {"region": "*"}),
    ("terminal_map.py", {"shop": "*"}),
    ("allocation.py", {}),
    ("customers.py", {}),
    *(
        ("customers.py", {"section": code})
        for code in ("dealers", "abc", "profit", "key-accounts", "relations")
    ),
    ("terminals.py", {}),
    ("terminals.py", {"section": "distribution"}),
    ("customer_card.py", {"customer": "dealer:*"}),
    ("customer_card.py", {"customer": "terminal:*"}),
    ("visit_plan.py", {}),
    ("visit_plan.py", {"part": "done"}),
)


@pytest.fixture(scope="module")
def hostile_store(sample_copy: Callable[[int], Path]) -> tuple[Path, dict[str, str]]:
    """Return a store in which every name is hostile, and the id of a region, a dealer and a shop of it."""
    path = sample_copy(300)
    with Store.open(path) as store:

        def rename(cursor: Any) -> None:
            for table, columns in NAMES.items():
                # The end of a name tells namesakes apart, and long names would only hide each other.
                texts = ", ".join(f"{column} = '{HOSTILE} ' || RIGHT({column}, 2)" for column in columns)
                cursor.execute(f"UPDATE {table} SET {texts}")

        store.write("rename", rename)
        ids = {
            "region": "SELECT t.region_id AS id FROM terminal AS t WHERE t.cell >= 0 LIMIT 1",
            "dealer": "SELECT MIN(d.dealer_id) AS id FROM dealer AS d",
            "terminal": "SELECT MIN(t.terminal_id) AS id FROM terminal AS t WHERE t.cell >= 0",
        }
        return path, {name: str(store.fetch(text)["id"][0].as_py()) for name, text in ids.items()}


@pytest.fixture
def hostile(hostile_store: tuple[Path, dict[str, str]], look_at: Callable[[Path], None]) -> dict[str, str]:
    """Let the app show that store; return the ids."""
    path, ids = hostile_store
    look_at(path)
    return ids


def addressed(query: dict[str, str], ids: dict[str, str]) -> dict[str, str]:
    """Put a real region, shop or customer in the place of the star."""
    kinds = {"region": "region", "shop": "terminal"}
    filled = {}
    for name, code in query.items():
        kind = kinds.get(name) or code.split(":", maxsplit=1)[0]
        filled[name] = code.replace("*", ids[kind]) if "*" in code else code
    return filled


def elements(app: AppTest) -> Iterator[tuple[str, Any]]:
    """Yield the kind and the message of everything on a page."""

    def below(node: Any) -> Iterator[tuple[str, Any]]:
        for child in getattr(node, "children", {}).values():
            yield from below(child)
        if hasattr(node, "proto") and node.proto is not None:
            yield str(getattr(node, "type", "")), node.proto

    yield from below(app._tree)


def texts_of(kind: str, proto: Any) -> Iterator[tuple[str, str]]:
    """Yield how a text is read, and the text: ``markdown``, ``html`` or ``plotly``."""
    if kind in {"plotly_chart", "arrow_plotly_chart"} or (
        hasattr(proto, "spec") and hasattr(proto, "figure")
    ):
        yield "plotly", proto.spec
    elif kind == "html":
        yield "html", proto.body
    else:
        for field in ("body", "label", "help", "delta", "placeholder_label"):
            text = getattr(proto, field, None)
            if isinstance(text, str):
                yield "markdown", text


def carried_out(read_as: str, text: str) -> list[str]:
    """Return which instructions of the name would be carried out."""
    if read_as == "plotly":
        shown = [value for value in strings(json.loads(text)) if TAG in value]
        return shown[:1]
    wrong = [TAG] if read_as == "html" else [TAG, EMPHASIS, MATH, COLOUR]
    return [sign for sign in wrong if sign in text]


def strings(value: object) -> Iterator[str]:
    """Yield every text of a figure that is drawn."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in {"customdata", "locations", "ids", "uirevision"}:
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(("page", "query"), PAGES, ids=[f"{p}-{'-'.join(q.values())}" for p, q in PAGES])
def test_a_name_is_never_an_instruction(
    hostile: dict[str, str], visit: Callable[..., AppTest], page: str, query: dict[str, str]
) -> None:
    """No text, chart or hover of the page carries out what a name seems to ask for."""
    app = visit(page, **addressed(query, hostile))
    found = [
        (kind, sign, text[:300])
        for kind, proto in elements(app)
        for read_as, text in texts_of(kind, proto)
        for sign in carried_out(read_as, text)
    ]
    assert not found


def test_escaped_text_has_no_sign_left() -> None:
    """Each of the three readings leaves the name whole and nothing to carry out."""
    assert escape_markdown(HOSTILE).replace("\\", "") == HOSTILE
    assert escape_markdown("10:00–10:05 (5 minutes), no. 7-Eleven") == "10:00–10:05 (5 minutes), no. 7-Eleven"
    assert not any(sign in escape_markdown(HOSTILE) for sign in (TAG, EMPHASIS, MATH, COLOUR))
    assert TAG not in escape_plotly(HOSTILE)
    assert TAG not in escape_html(HOSTILE)
