"""What a grading scale must be, and its ways in and out."""

import pandas as pd
import pytest

from core.customers.grading.default_scale import default_template
from core.customers.grading.difference import template_difference
from core.customers.grading.scale import Element, Option, Section, Template, from_json, to_json
from core.customers.grading.scale_table import from_table, to_table
from core.errors import InputError

TWO = (Option("yes", 1), Option("no", 0))
TYPED = Element("e", "E", TWO)


def test_the_default_survives_json_and_grid() -> None:
    """The scale written as JSON or as a table and read back is the same scale."""
    scale = default_template()
    assert from_json(to_json(scale)) == scale
    assert from_table(to_table(scale), scale) == scale


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ((Section("S", 90, (TYPED,)),), "sum to 90"),
        ((Section("S", 100, ()),), "no elements"),
        ((Section("S", 100, (TYPED, TYPED)),), "“e”"),
        ((Section("S", 100, (Element("e", "E", TWO[:1]),)),), "two options"),
        ((Section("S", 100, (Element("e", "E", (Option("a", -1), Option("b", 1))),)),), "0 or more"),
        ((Section("S", 100, (Element("e", "E", TWO, "grwth"),)),), "growth"),
        ((Section("S", 100, (Element("e", "E", TWO, "growth"),)),), "threshold"),
        (
            (
                Section(
                    "S",
                    100,
                    (Element("e", "E", (Option("a", 2, 1), Option("b", 1, 2), Option("c", 0)), "growth"),),
                ),
            ),
            "must fall",
        ),
        ((Section(" ", 100, (TYPED,)),), "needs a name"),
    ],
)
def test_a_wrong_scale_says_what_is_wrong(sections: tuple[Section, ...], said: str) -> None:
    """Each mistake is named."""
    with pytest.raises(InputError, match=said):
        Template(sections)


def test_all_mistakes_at_once() -> None:
    """Wrong weights and wrong cuts are told together."""
    with pytest.raises(InputError, match=r"sum to 50.*least total"):
        Template((Section("S", 50, (TYPED,)),), cuts=(40, 60))


def test_json_that_is_no_scale() -> None:
    """Anything else than a scale is refused with a sentence."""
    with pytest.raises(InputError, match="no grading scale"):
        from_json("{}")


def test_a_new_element_gets_a_code_and_an_old_one_keeps_it() -> None:
    """What people filled in stays with an element that keeps its name."""
    scale = Template((Section("S", 100, (TYPED,)),))
    table = to_table(scale)
    more = table.assign(element="合作意愿")
    found = from_table(pd.concat([table, more], ignore_index=True), scale)
    assert [element.key for element in found.elements] == ["e", "合作意愿"]


def test_odd_texts_survive_and_endless_ones_are_refused() -> None:
    """Emoji and rare characters come back as they were; 10,000 characters are too many for a name."""
    odd = Template((Section("🙂 𠮷野", 100, (Element("e", "㐂<b>", TWO),)),))
    assert from_json(to_json(odd)) == odd
    assert from_table(to_table(odd), odd) == odd
    with pytest.raises(InputError, match="at most 100"):
        Template((Section("字" * 10_000, 100, (TYPED,)),))


def test_differences_are_listed() -> None:
    """A personal scale with another weight and score differs in exactly these; the same one in nothing."""
    company = Template((Section("S", 60, (TYPED,)), Section("R", 40, (Element("f", "F", TWO),))))
    other = Element("e", "E", (Option("yes", 2), Option("no", 0)))
    personal = Template((Section("S", 50, (other,)), Section("R", 50, (Element("f", "F", TWO),))))
    rows = template_difference(company, personal).to_numpy().tolist()
    assert rows == [
        ["S", "", "", "weight", 60, 50],
        ["S", "E", "yes", "score", 1, 2],
        ["R", "", "", "weight", 40, 50],
    ]
    assert template_difference(company, company).empty
