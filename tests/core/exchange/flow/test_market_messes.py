"""Property: figures written in any of the ways companies write them are read exactly, or asked about."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.errors import AppError
from core.exchange.flow import FileAnswers, Known, open_file, prepare
from core.exchange.flow.check.summary import POSITION
from tests.core.exchange.flow import market_mess

if TYPE_CHECKING:
    from core.exchange.flow import FileFlow, Prepared
    from core.store.database import Store
    from tests.core.exchange.flow.market_file import Key, MarketMess

FILES = int(os.environ.get("MESSES", "320"))
SHARES = 8
"""The files are drawn in so many tests, so that several cores share them."""
MOST_ASKED_SHARE = 0.02
"""Of clear files so many may end in a question that isn't theirs."""


def answered(mess: MarketMess, known: Known) -> tuple[FileFlow, set[str]]:
    """Answer a file truly until nothing is open, or nothing is known to answer; return what was asked."""
    answers, asked = FileAnswers(), set()
    flow = open_file(mess.path, known, answers)
    for _round in range(8):
        choices = [(question, mess.answer(question)) for question in flow.questions]
        if not any(choice is not None for _question, choice in choices):
            break
        for question, choice in choices:
            asked.add(question.code)
            # A sheet that is left out takes its other questions with it.
            answers = answers if choice is None else question.answered(answers, choice)
        flow = open_file(mess.path, known, answers, before=flow)
    return flow, asked


def figures(prepared: Prepared) -> dict[Key, int]:
    """Return what would be stored: place, company, product, month -> yuan."""
    found: Counter[Key] = Counter()
    for each in prepared.sheets:
        raw = each.rows.raw(each.sheet.name, each.bad, POSITION)
        for row in raw.data.to_pylist() if raw.data is not None else []:
            place = str(row.get("terminal_id") or row.get("region_id"))
            product = (row["product_id"],) if row.get("product_id") else ()
            key = (place, row["company_id"], *product, str(row["month"])[:7])
            assert key not in found, key
            found[key] = float(row["amount"])  # type: ignore[assignment]
    return dict(found)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_way_of_writing_is_read_exactly_or_asked_about(
    market: Store, tmp_path: Path, share: int
) -> None:
    """A file ends in its true figures in yuan or in an open question; clear files end in their figures."""
    known = Known(market)
    strange: list[tuple[int, str]] = []
    clear = 0
    for seed in range(share, FILES, SHARES):
        mess = market_mess.write(tmp_path, seed)
        kind = market_mess.KINDS[seed % len(market_mess.KINDS)].__name__
        clear += mess.clear
        try:
            flow, asked = answered(mess, known)
        except AppError:
            strange.append((seed, kind))
            continue
        if flow.questions:
            strange += [(seed, f"{kind}: {sorted(asked)}")] if mess.clear else []
            continue
        found = figures(prepare(flow, known))
        assert found == pytest.approx(mess.truth), (seed, kind, sorted(asked))
    assert len(strange) <= MOST_ASKED_SHARE * clear, strange
