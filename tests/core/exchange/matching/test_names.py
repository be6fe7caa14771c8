"""Names of files and the known names they mean."""

from __future__ import annotations

import random
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.matching.index import NameIndex
from core.exchange.matching.keys import core, marks
from core.exchange.matching.names import match_names, resolve
from core.exchange.matching.results import Candidate, Verdict
from core.exchange.matching.wording import REASONS, reason_words, verdict_words

KNOWN = pd.DataFrame(
    [
        ("D1", "武汉大润发商贸有限公司"),
        ("D2", "中百仓储(江岸店)"),
        ("D3", "重庆百货"),
        ("D4", "好邻居一店"),
        ("D5", "后記超市"),
        ("D6", "佳佳副食"),
        ("D7", "家佳副食"),
    ],
    columns=["id", "name"],
)


def found(name: str, known: pd.DataFrame = KNOWN, table: str = "dealer") -> tuple:
    match = match_names([name], known, table)[0]
    best = match.candidates[0] if match.candidates else None
    return match.verdict.value, best.id if best else None, best.reason if best else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中百仓储（江岸店） ", ("accepted", "D2", "exact")),
        ("中百 仓储江岸店", ("accepted", "D2", "exact")),
        ("后记超市", ("accepted", "D5", "script")),
        ("武漢大潤發商貿有限公司", ("accepted", "D1", "script")),
        ("武汉大润发", ("proposed", "D1", "suffix")),
        ("武汉大闰发经营部", ("proposed", "D1", "pinyin")),
        ("Chongqing Baihuo", ("proposed", "D3", "pinyin")),
        ("中百仓储", ("proposed", "D2", "contained")),
        ("加佳副食", ("tied", "D6", "pinyin")),
        ("门可罗雀", ("unknown", None, None)),
    ],
)
def test_only_equal_names_are_accepted(name: str, expected: tuple) -> None:
    """Equal after normalising is accepted; likeness is proposed with its reason; two alike are a tie."""
    assert found(name) == expected


def test_numbers_and_directions_keep_shops_apart() -> None:
    """好邻居二店 is not proposed as 好邻居一店, nor 东湖 as 西湖."""
    assert found("好邻居二店")[0] == "unknown"
    assert marks("二店") == marks("2店") != marks("一店")
    assert found("西湖百货", pd.DataFrame({"id": ["X"], "name": ["东湖百货"]}))[0] == "unknown"


def test_nothing_known_and_nothing_asked() -> None:
    """An empty store knows no name, and a column without names asks nothing."""
    empty = KNOWN.iloc[:0]
    assert [m.verdict for m in match_names(["甲", "（）"], empty, "dealer")] == [Verdict.UNKNOWN] * 2
    assert match_names([None, " "], KNOWN, "dealer") == []


def test_the_same_name_twice_is_asked() -> None:
    """Two shops of one name are a tie, however exact."""
    twice = pd.DataFrame({"id": ["A", "B"], "name": ["利民超市", "利民 超市"]})
    assert found("利民超市", twice)[0] == "tied"
    aliases = pd.DataFrame({"id": ["A", "A"], "name": ["利民超市", "利民"]})
    assert found("利民", aliases) == ("accepted", "A", "exact")


def test_what_was_confirmed_is_used_while_it_exists() -> None:
    """A confirmed name has its ID without asking; a confirmed ID that is gone is asked again."""
    names = ["武汉大润发", "武汉大润发", None, "中百仓储"]
    matches = match_names(names, KNOWN, "dealer", confirmed={"武汉大润发": "D1", "中百仓储": "D99"})
    assert [(m.verdict, m.rows) for m in matches] == [(Verdict.ACCEPTED, 2), (Verdict.PROPOSED, 1)]
    assert resolve(names, matches).tolist() == ["D1", "D1", None, None]
    assert matches[0].candidates[0].reason == "confirmed"


def test_endings_of_regions_and_firms() -> None:
    """The level of a region and the legal form of a firm go; a name of two letters stays."""
    assert core("恩施土家族苗族自治州", "region") == "恩施"
    assert core("江岸区", "region") == "江岸"
    assert core("沙市", "region") == "沙市"
    assert core("武汉甲商贸有限责任公司", "dealer") == "武汉甲"
    assert core("商贸公司", "dealer") == "商贸"
    regions = pd.DataFrame({"id": ["1", "2"], "name": ["武汉市", "恩施土家族苗族自治州"]})
    assert found("武汉", regions, "region") == ("proposed", "1", "suffix")
    assert found("恩施州", regions, "region") == ("accepted", "2", "short")


LETTERS = "中百大润发家佳加好邻居张章李一二东西店超市商贸有限公司 （）("
NAMES = st.lists(st.text(alphabet=LETTERS, min_size=2, max_size=8), min_size=1, max_size=12, unique=True)


@settings(max_examples=60, deadline=None)
@given(known=NAMES, asked=NAMES)
def test_nothing_is_merged_in_silence(known: list[str], asked: list[str]) -> None:
    """A name is accepted only for the one ID that is equal but for blanks and brackets."""

    def plain(name: str) -> str:
        return "".join(letter for letter in name if letter not in " （）()")

    table = pd.DataFrame({"id": [f"K{i}" for i in range(len(known))], "name": known})
    for match in match_names([*asked, *known], table, "terminal"):
        equal = [f"K{i}" for i, name in enumerate(known) if plain(name) and plain(name) == plain(match.name)]
        assert match.id == (equal[0] if len(equal) == 1 else None)
        assert all(0 < candidate.score <= 1 for candidate in match.candidates)
        if len(equal) > 1:
            assert match.verdict is Verdict.TIED


def test_a_mistyped_name_is_found_among_thousands() -> None:
    """Of five thousand shops the one meant is among the candidates though one letter is wrong."""
    rng = random.Random(6)
    letters = (
        "江汉武昌洪山湖光谷青黄陂洲蔡甸长建设解放人民华联百商大润永辉家乐好邻美宜佳罗森全易捷"
        "便利惠万天福满赵钱孙李周吴郑王"
    )
    names = sorted({"".join(rng.choices(letters, k=6)) for _ in range(5000)})
    index = NameIndex.of(pd.DataFrame({"id": names, "name": names}), "terminal")
    wrong = {}
    for name in rng.sample(names, 200):
        at = rng.randrange(6)
        wrong[name[:at] + rng.choice(letters) + name[at + 1 :]] = name
    matches = match_names(wrong, index, "terminal")
    hits = sum(any(c.id == wrong[m.name] for c in m.candidates) for m in matches)
    assert hits >= 0.95 * len(wrong)
    assert not any(m.verdict is Verdict.ACCEPTED and m.id != m.name for m in matches)


def test_reasons_and_verdicts_have_words() -> None:
    """Whatever a candidate or a verdict says can be shown, each in its own words."""
    words = [
        *(reason_words(Candidate("1", "", 1.0, reason, 2016)) for reason in REASONS),
        *map(verdict_words, Verdict),
    ]
    assert max(Counter(words).values()) == 1
