"""Answers of a person: checked, kept in a mapping, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError
from core.exchange.readers import ReadOptions, read_file
from core.exchange.readers.questions import QUESTION_CODES
from core.i18n import language


def test_every_question_is_answered_by_an_option() -> None:
    """What the reader asks is a field of the options."""
    for code in QUESTION_CODES:
        answer = {"header_row": "3", "header_rows": "2", "year": "2024"}.get(code, "")
        if not answer:
            answer = {"encoding": "big5", "delimiter": ";", "measure": "销售额"}.get(code, "")
        options = ReadOptions().answered(code, answer or _first(code))
        assert options.as_dict().keys() == {code}


def _first(code: str) -> str:
    from core.exchange.readers.options import CHOICES

    return CHOICES[code][0]


def test_options_survive_a_mapping() -> None:
    """What was answered comes back from the table of a TOML file."""
    options = ReadOptions(encoding="gb18030", sheets=("一月", "二月"), header_row=0, keep_totals=True)
    options = options.answered("year", "2024", sheet="一月")
    assert options.as_dict()["per_sheet"] == {"一月": {"year": "2024"}}
    assert ReadOptions.from_dict(options.as_dict()) == options
    assert options.of("一月").year == "2024"
    assert options.of("一月").encoding == "gb18030"
    assert options.of("二月").year is None


@pytest.mark.parametrize(
    "data",
    [
        {"encodings": "gbk"},  # no such option
        {"wide": "months"},  # none of the answers
        {"header_row": -1},  # below the first row
        {"header_rows": 9},  # deeper than any header
        {"year": 24},  # two digits
    ],
)
def test_wrong_options_are_refused(data: dict[str, object]) -> None:
    """A mistake in a mapping is told with what is allowed."""
    with language("en"), pytest.raises(InputError) as refused:
        ReadOptions.from_dict(data)
    assert refused.value.hint


def test_answering_the_question_settles_it(tmp_path: Path) -> None:
    """The reader doesn't ask again what was answered, and the answer changes the table."""
    path = tmp_path / "a.csv"
    path.write_text("区域,雪峰,冰川,绿洲\n华东,1,2,3\n华北,4,5,6\n", "utf-8")
    asked = read_file(path)
    assert [question.code for question in asked.questions] == ["wide"]
    assert asked.questions[0].options == ("apart", "product", "company")
    options = ReadOptions().answered("wide", "company")
    again = read_file(path, options=options)
    assert [question.code for question in again.questions] == ["measure"]
    final = read_file(path, options=options.answered("measure", "销售额"))
    assert not final.questions
    assert list(final.sheets[0].table.columns) == ["区域", "公司", "销售额"]


def test_only_the_chosen_sheets(tmp_path: Path) -> None:
    """Sheets that weren't chosen aren't read; one that doesn't exist is told."""
    from tests.core.exchange.corpus.formats import several

    several(tmp_path / "a.xlsx")
    reading = read_file(tmp_path / "a.xlsx", options=ReadOptions(sheets=("二月", "三月")))
    assert [sheet.name for sheet in reading.sheets] == ["二月"]
    assert [note.code for note in reading.notes] == ["no_sheet"]
