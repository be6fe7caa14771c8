"""From headers and raw cells to the values of the store: every sheet of the corpus, exactly."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.exchange.columns.answering import mapping_of
from core.exchange.columns.applying import apply_mapping
from core.exchange.columns.proposing import propose_mapping
from tests.core.exchange.corpus import understanding_sheets, understanding_values

if TYPE_CHECKING:
    from tests.core.exchange.corpus.understanding_case import Understanding

CASES = [*understanding_sheets.CASES, *understanding_values.CASES]


def sheet(case: Understanding) -> pd.DataFrame:
    return pd.DataFrame(list(case.rows), columns=list(case.headers), dtype=object)


def understood(case: Understanding, answers: dict) -> tuple:
    table = sheet(case)
    columns = [table[name].tolist() for name in table.columns]
    proposal = propose_mapping(case.headers, columns, case.lines)
    return proposal, apply_mapping(table, mapping_of(proposal, answers))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_asks_where_it_is_not_sure(case: Understanding) -> None:
    """The questions are exactly those that can't be known, and what they concern is withheld."""
    proposal, result = understood(case, {})
    assert proposal.table == case.table
    assert sorted(q.code for q in (*proposal.questions, *result.questions)) == sorted(case.asked)
    for question in result.questions:
        assert result.values[question.column].isna().any()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reads_exactly_the_expected_values(case: Understanding) -> None:
    """With the answers given every value is the expected one, and nothing else is taken."""
    _proposal, result = understood(case, dict(case.answers))
    found = {name: result.values[name].tolist() for name in result.values}
    for name, named in result.named.items():
        found[name] = list(named.paths) or named.names.tolist()
    assert found == {name: list(values) for name, values in case.expected.items()}
    assert not result.questions
    assert Counter(f.code for f in result.findings) == Counter(case.findings)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_question_and_finding_has_words(case: Understanding) -> None:
    """Whatever is asked or found can be said, with the values it is about."""
    proposal, result = understood(case, {})
    for question in (*proposal.questions, *result.questions):
        assert all(question.words)
        assert all(question.label(choice) for choice in question.choices)
    for finding in result.findings:
        assert finding.value in finding.words[0]
        assert finding.rows
