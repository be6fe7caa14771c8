"""Names that occur twice in a file."""

from __future__ import annotations

from core.exchange.matching.duplicates import find_duplicates


def test_exact_and_near_duplicates_are_told_apart() -> None:
    """The same name is a duplicate for sure; another legal form or sound may be one; 一店 and 二店 aren't."""
    names = [
        "武汉大润发商贸有限公司",
        "武汉大润发",
        "武汉 大润发",
        None,
        "武漢大润发",
        "武汉大闰发",
        "好邻居一店",
        "好邻居二店",
    ]
    found = [(d.first, d.second, d.reason) for d in find_duplicates(names, "dealer")]
    assert found[:2] == [(1, 2, "exact"), (1, 4, "script")]
    assert sorted(found[2:]) == [(0, 1, "suffix"), (0, 5, "pinyin"), (1, 5, "pinyin")]


def test_a_letter_that_differs_in_a_long_name() -> None:
    """One letter of eight that sounds different is a possible duplicate, of three it is not."""
    assert [
        d.reason for d in find_duplicates(["江岸解放大道利民超市", "江岸解放大道惠民超市"], "terminal")
    ] == ["edit"]
    assert not find_duplicates(["张三店", "李三店"], "terminal")
    assert not find_duplicates([], "terminal")
