"""Yes and no, known words, and text."""

from __future__ import annotations

from core.exchange.columns.parsing.choices import parse_booleans, parse_choices, parse_text
from core.tables import BY_NAME

EXCLUSIVE = BY_NAME["dealer_region"].column("exclusive")
STATUS = BY_NAME["terminal"].column("status")
NAME = BY_NAME["terminal"].column("name")


def test_yes_and_no_in_every_form() -> None:
    """是, √, 1, TRUE are yes; 否, ×, 0 are no; 也许 is an error; — is missing."""
    parsed = parse_booleans(
        ["是", "√", 1, True, "Ｙ", "否", "×", 0, False, "n", "也许", "—", None], EXCLUSIVE
    )
    assert parsed.values.tolist() == [True] * 5 + [False] * 5 + [None] * 3
    assert [(f.code, f.rows) for f in parsed.findings] == [("not_boolean", (10,))]


def test_nothing_means_no_only_beside_something() -> None:
    """无 beside 有 is no; alone it says nothing."""
    assert parse_booleans(["有", "无"], EXCLUSIVE).values.tolist() == [True, False]
    assert parse_booleans(["是", "无"], EXCLUSIVE).values.tolist() == [True, None]


def test_known_words_become_codes_and_others_stay() -> None:
    """已铺 and 营业 are the same status; an unknown word is kept, with a warning."""
    parsed = parse_choices(["已铺", "营 业", "停业", "装修"], STATUS)
    assert parsed.values.tolist() == ["listed", "listed", "closed", "装修"]
    assert [(f.code, f.level, f.value) for f in parsed.findings] == [("unknown_choice", "warning", "装修")]


def test_text_keeps_what_was_written() -> None:
    """Blanks go, brackets and digits of any width stay: a name is not rewritten."""
    parsed = parse_text([" 武汉　（江岸）店\u200b", "／", 12.0, "#N/A"], NAME)
    assert parsed.values.tolist() == ["武汉 （江岸）店", None, "12", None]
    assert [f.code for f in parsed.findings] == ["formula_error"]
