"""Codes in words, in both languages."""

import pandas as pd
import pytest

from core.errors import InputError
from core.i18n import language
from core.market import (
    advice,
    attractiveness,
    flips,
    number_one,
    principles,
    quadrant,
    staging,
    structure,
    symbols,
    table,
)
from core.market.labels import describe, joined_labels, label, labels
from core.market.terms import TERMS
from core.settings import ROOT

CODES = {
    "state": number_one.STATES,
    "feasibility": number_one.FEASIBILITY,
    "structure": structure.STRUCTURES,
    "share_symbol": symbols.SYMBOL_CODES,
    "zone": quadrant.ZONES,
    "difficulty": tuple(dict.fromkeys(quadrant.DIFFICULTY)),
    "direction": tuple(dict.fromkeys(quadrant.DIRECTION)),
    "bcg": quadrant.BCG,
    "target_basis": table.TARGET_BASIS,
    "stage": staging.STAGES,
    "warning": advice.WARNINGS,
    "missing": advice.MISSING,
    "principle": principles.PRINCIPLES,
    "status": principles.STATUSES,
    "flip_input": flips.INPUTS,
    "entry_factor": tuple(attractiveness.ENTRY_CARD.weights),
}


@pytest.mark.parametrize("kind", CODES)
def test_every_code_has_words(kind: str) -> None:
    """Each code that the tables can hold is named, and no name is without a code."""
    assert set(TERMS[kind]) == set(CODES[kind])


@pytest.mark.parametrize(
    "kind", ["zone", "direction", "difficulty", "principle", "structure", "share_symbol"]
)
def test_the_chinese_label_is_the_exact_term(kind: str) -> None:
    """On the Chinese screen the method's own terms stand word for word."""
    with language("zh_CN"):
        assert {code: describe(kind, code).term for code in TERMS[kind]} == labels(kind)


def test_missing_codes_are_a_dash() -> None:
    """A missing code shows as a dash."""
    assert label("zone", float("nan")) == label("zone", None) == label("zone", pd.NA) == "—"


def test_unknown_codes_are_answered_with_the_nearest() -> None:
    """A mistyped code or kind names what it must mean."""
    with pytest.raises(InputError, match="Did you mean growth_competition"):
        describe("zone", "growth_competiton")
    with pytest.raises(InputError, match="Did you mean structure"):
        describe("structur", "monopoly")


def test_joined_codes_are_explained_one_by_one() -> None:
    """The warnings column turns into one sentence per warning."""
    assert len(joined_labels("warning", "leader_not_stable,easy_but_not_first")) == 2
    assert joined_labels("warning", "") == ()


def test_the_glossary_has_every_term() -> None:
    """Whoever looks up a term of the screen finds it, word for word, in docs/glossary.md."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = {texts[2] for texts_by_code in TERMS.values() for texts in texts_by_code.values()} - {""}
    assert not {term for term in terms if term not in glossary}
