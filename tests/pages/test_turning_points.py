"""What would change the answers about a region, on the card of each page that has one."""

from __future__ import annotations

import pytest

PAGES = ("quadrant.py", "market_map.py", "number_one.py")
TITLES = {"en": "When the answer changes", "zh_CN": "什么时候结论会变"}
WORDS = {
    "en": ("the rival standing still.", "the lines stay.", "capacity"),
    "zh_CN": ("对手不变时", "分界线不变", "市场容量"),
}


def texts(app, title: str) -> list[str]:
    """Return the sentences under a title that opens."""
    return [text.value for block in app.expander if block.label == title for text in block.caption]


@pytest.mark.parametrize("lang", TITLES)
def test_the_card_of_each_page_says_when_the_answer_changes(shown, visit, lang: str) -> None:
    """The three pages say the same of one region: state, zone and what the capacity stands on."""
    found = [texts(visit(page, lang=lang, region="990103"), TITLES[lang]) for page in PAGES]
    assert all(words in " ".join(found[0]) for words in WORDS[lang])
    assert found[0] == found[1] == found[2]


def test_a_relative_share_line_speaks_in_multiples(shown, visit) -> None:
    """With a line of the relative share no region's share is said to change by points."""
    app = visit("quadrant.py", lang="en", region="990103", share_cut="relative")
    sentences = " ".join(texts(app, TITLES["en"]))
    assert "the lines stay." in sentences
    assert "Market share changes" not in sentences


@pytest.mark.parametrize("page", ["overview.py", "quadrant.py", "number_one.py"])
def test_each_page_that_names_regions_to_attack_says_the_rule(shown, visit, page: str) -> None:
    """The rule is the same sentence everywhere; a call on the overview says what it hangs on."""
    app = visit(page)
    rule = "within range before out of range, then the zones in the document's order"
    assert any(rule in text.value for text in (*app.caption, *app.markdown))
    helps = {each.label.split()[0]: each.help for each in app.button if str(each.key).startswith("action_")}
    assert all(helps[word] for word in ("Win", "Defend") if word in helps)
    assert page != "overview.py" or "Win" in helps
