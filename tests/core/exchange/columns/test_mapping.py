"""Mappings: kept as text, found again by the shape of a file, and told when the shape has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ImportRefusedError, InputError
from core.exchange.columns.applying import apply_mapping
from core.exchange.columns.mapping import (
    MappedColumn,
    Mapping,
    changes,
    dumps,
    find,
    fingerprint,
    learned,
    loads,
    read,
    save,
)
from core.exchange.columns.parsing.units import UNITS
from core.tables import BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), include_characters='"\\\n\t\x7f\u2028年月'),
    max_size=12,
)
WORDS = st.dictionaries(TEXT, TEXT, max_size=3)
SALES = Mapping(
    "market_sales",
    (
        MappedColumn("区域", "region_id", None, "region"),
        MappedColumn("品牌", "company_id", None, "company"),
        MappedColumn("2024年3月销售额(万元)", "amount", "万元"),
        MappedColumn("同比"),
    ),
    {"header_row": 2, "encoding": "gb18030"},
    {"month": "2024-03"},
    {"region": {"武汉": "420100"}},
)


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    table = draw(st.sampled_from(sorted(BY_NAME)))
    targets = draw(st.lists(st.sampled_from([c.name for c in BY_NAME[table].columns]), unique=True))
    columns = [
        MappedColumn(
            draw(TEXT),
            target,
            draw(st.none() | st.sampled_from(sorted(UNITS))),
            draw(st.none() | st.sampled_from(sorted(BY_NAME))),
            tuple(draw(st.lists(TEXT, max_size=2))),
            draw(WORDS),
        )
        for target in [*targets, None]
    ]
    reading = draw(
        st.dictionaries(TEXT, TEXT | st.integers(-9, 9) | st.booleans() | st.lists(TEXT), max_size=3)
    )
    names = draw(st.dictionaries(TEXT, WORDS, max_size=2))
    mode = draw(st.sampled_from(["upsert", "replace", "append"]))
    constants = {targets[0]: draw(TEXT)} if targets else {}
    return Mapping(table, tuple(columns), reading, constants, names, mode, draw(WORDS))


@settings(max_examples=60, deadline=None)
@given(mapping=mappings())
def test_a_mapping_survives_its_text(mapping: Mapping) -> None:
    """Whatever stands in headers, names and answers, TOML brings it back."""
    assert loads(dumps(mapping)) == mapping


def test_a_saved_mapping_is_found_next_month(tmp_path: Path) -> None:
    """Another month in a header and another order of the columns are the same shape."""
    path = save(SALES, tmp_path)
    found = find(tmp_path, ["同比", "2024年4月销售额（万元）", " 品牌", "区域"])
    assert found is not None
    assert (found.mapping, found.path, found.changes.any) == (SALES, path, False)
    assert read(path) == SALES
    assert learned(tmp_path)["品牌"] == "market_sales.company_id"
    assert "同比" not in learned(tmp_path)


def test_a_stale_mapping_says_what_changed(tmp_path: Path) -> None:
    """A new and a lost column are named; a quite different file finds nothing."""
    save(SALES, tmp_path)
    (tmp_path / "broken.toml").write_text("= nothing", encoding="utf-8")
    headers = ["区域", "品牌", "2024年4月销售额(万元)", "环比"]
    found = find(tmp_path, headers)
    assert found is not None
    assert (found.changes.added, found.changes.removed) == (("环比",), ("同比",))
    assert "环比" in found.changes.words
    assert find(tmp_path, ["门店", "地址", "品牌"]) is None
    assert find(tmp_path, headers, table="terminal") is None


def test_months_side_by_side_do_not_change_the_shape() -> None:
    """Three months across or four: the same report."""
    assert fingerprint(["区域", "1月", "2月", "3月"]) == fingerprint(["区域", "1月", "2月", "3月", "4月"])
    assert fingerprint(["区域", "销售额"]) != fingerprint(["区域", "销售量"])


def test_an_older_mapping_reads_the_newer_file() -> None:
    """The header with another month is the column meant; one that is gone refuses with the change."""
    table = pd.DataFrame(
        [["武汉", "甲", 3.5, 0.1]], columns=["区域", "品牌", "2024年4月销售额(万元)", "同比"]
    )
    result = apply_mapping(table, SALES)
    assert str(result.values["amount"][0]) == "35000.00"
    assert result.values["month"][0].isoformat() == "2024-03-01"
    assert result.named["region_id"].names.tolist() == ["武汉"]
    with pytest.raises(ImportRefusedError, match="品牌"):
        apply_mapping(table.drop(columns="品牌"), SALES)
    assert not changes(SALES, list(table.columns)).any


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("table = [", "TOML"),
        ('table = "market_sales"', "columns"),
        ('table = "sales"\ncolumns = []', "sales"),
        ('version = 9\ntable = "market_sales"\ncolumns = []', "9"),
        ('table = "market_sales"\n[[columns]]\nheader = "x"\ntarget = "amout"', "amout"),
        ('table = "market_sales"\n[[columns]]\nheader = "x"\ntarget = "amount"\nunit = "万圆"', "万圆"),
        ('table = "market_sales"\ncolumns = [1]', "columns"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words(text: str, words: str) -> None:
    """What is no mapping says what is wrong with it."""
    with pytest.raises(InputError, match=words):
        loads(text, "x.toml")


def test_two_columns_cannot_fill_the_same() -> None:
    """A mapping with two amounts would lose one of them."""
    with pytest.raises(InputError, match="amount"):
        replace(SALES, columns=(*SALES.columns, MappedColumn("回款", "amount")))
