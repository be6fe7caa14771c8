"""Every KPI is declared once and whole."""

from __future__ import annotations

import re

import pytest

from core.errors import InputError
from core.metrics import FAMILIES, Family, Format, Metric, metric
from core.metrics.explanation import _PARAMETERS

ALL = [each for family in FAMILIES.values() for each in family.values()]


def test_a_key_declared_twice_is_refused() -> None:
    """No declaration hides another one."""
    with pytest.raises(ValueError, match="declared twice"):
        Family.of("x", "X", (Metric("a", "A", "f", "e"), Metric("a", "A", "f", "e")), {})


@pytest.mark.parametrize("declared", ALL, ids=lambda each: f"{each.family}.{each.key}")
def test_declarations_are_whole(declared: Metric) -> None:
    """Each KPI has label, formula and meaning; a code has words; a worked formula uses declared values."""
    family = FAMILIES[declared.family]
    assert declared.label
    assert declared.formula
    assert declared.explanation
    assert declared.format is not Format.CODE or family.words[declared.codes]
    assert not declared.text_column or declared.text_column in family
    assert not declared.bar or declared.format is Format.PERCENT
    used = set(re.findall(r"\{(\w+)\}", declared.worked))
    assert used <= {*family, *_PARAMETERS, "k"}


def test_units_follow_from_the_format() -> None:
    """Money is in yuan, a share a ratio, a rank a count, and a code has no unit."""
    assert [metric(k).unit for k in ("own", "share", "rank", "state")] == ["yuan", "ratio", "count", ""]


def test_a_mistyped_kpi_is_answered_with_the_nearest() -> None:
    """The error for an unknown key names the KPI that must be meant."""
    with pytest.raises(InputError, match="Did you mean target_base"):
        metric("target_bas")


def test_a_word_of_the_companys_own_stays() -> None:
    """A code without a word is shown as it is, a missing one as a dash."""
    words = FAMILIES["dealers"]
    assert (words.word("tier", "large"), words.word("tier", "gold")) == ("Large", "gold")
    assert words.word("tier", None) == "—"
