"""A form as it is filled in: typed values, or everything that is wrong with it at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.forms import Field, FieldKind, Finding, Form, form, forms
from core.customers.forms.validate import (
    FormError,
    check,
    completeness,
    display,
    from_json,
    to_json,
    validate,
)
from core.errors import InputError
from core.i18n import use_language

RARE = "客户说“好👍🏽” 𠮷野𪚥 é"
CARD = Form(
    "card",
    "Card",
    (
        Field("name", FieldKind.TEXT, "Name", required=True, max_length=20),
        Field("story", FieldKind.NOTE, "Story"),
        Field("score", FieldKind.NUMBER, "Score", minimum=0, maximum=10, required=True),
        Field("staff", FieldKind.INTEGER, "Staff", minimum=0),
        Field("credit", FieldKind.MONEY, "Credit"),
        Field("rate", FieldKind.NUMBER, "Rate", unit="%"),
        Field("loyal", FieldKind.BOOLEAN, "Loyal"),
        Field("since", FieldKind.DATE, "Since"),
        Field("month", FieldKind.MONTH, "Month"),
        Field("stage", FieldKind.CHOICE, "Stage", choices={"try": "Trial", "grow": "Growing"}),
        Field("reach", FieldKind.CHOICES, "Reach", choices={"t": "Town", "v": "Village"}),
    ),
)
RIGHT = {"name": "a", "score": 1}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("name", "  王 小二 ", "王 小二"),
        ("story", "one\r\ntwo\x0bthree", "one\ntwo\nthree"),
        ("score", "７.5", 7.5),
        ("staff", "1,200", 1200),
        ("staff", 12.0, 12),
        ("credit", "12,000.5", Decimal("12000.50")),
        ("rate", "35 %", 35.0),
        ("loyal", "是", True),
        ("loyal", False, False),
        ("since", "2026年3月1日", dt.date(2026, 3, 1)),
        ("since", "2026-03-01 00:00:00", dt.date(2026, 3, 1)),
        ("month", dt.date(2026, 3, 9), dt.date(2026, 3, 1)),
        ("month", "2026.3", dt.date(2026, 3, 1)),
        ("stage", "growing", "grow"),
        ("reach", "Village，t", ("t", "v")),
        ("story", "  ", None),
        ("staff", float("nan"), None),
    ],
)
def test_values_are_typed(name, typed, value) -> None:
    """What people write in a field becomes the one value it means."""
    found = validate(CARD, RIGHT | {name: typed})[name]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("name", None, "Name is empty. Fill it in."),
        ("name", 5, "Name: expected text, found “5”."),
        ("name", "x" * 21, "Name has 21 characters. At most 20 are kept; shorten it by 1."),
        (
            "story",
            "a\ud83d",
            "Story: character 2 (U+D83D) can't be kept. Delete it, or type that place again.",
        ),
        ("story", "a\x00", "Story: character 2 (U+0000) can't be kept."),
        ("score", "high", "Score: expected a number, found “high”. Write it like 1234.5."),
        ("score", True, "Score: expected a number, found “True”."),
        ("score", 10.0001, "Score: 10.0001 is out of range. Expected 0 to 10; the nearest is 10."),
        ("staff", -1, "Staff: -1 is out of range. Expected at least 0; the nearest is 0."),
        ("staff", 1.4, "Staff: expected a whole number, found “1.4”. The nearest is 1."),
        ("score", "inf", "Score: expected a number, found “inf”."),
        ("credit", "1.005", "Credit: 1.005 is no amount in yuan and fen. The nearest is 1.00."),
        ("credit", 1e16, "Credit: 1e+16 is no amount in yuan and fen. Expected two decimals"),
        ("loyal", "perhaps", "Loyal: expected yes or no, found “perhaps”."),
        ("since", "2026-02-30", "Since: “2026-02-30” is no day between 1900 and 2200."),
        ("stage", "Tral", "Stage: “Tral” is no choice. Expected one of: Trial, Growing. Did you mean Trial?"),
        ("reach", ["t", "x"], "Reach: “x” is no choice. Expected one of: Town, Village."),
        ("scor", 1, "Card has no field “scor”. Did you mean score?"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(name, typed, message) -> None:
    """A finding names the field, the value, what is allowed and the nearest valid value."""
    _values, findings = check(CARD, RIGHT | {name: typed})
    assert len(findings) == 1
    assert str(findings[0]).startswith(message)


def test_everything_wrong_is_said_at_once() -> None:
    """Nobody mends one field to learn of the next."""
    with pytest.raises(FormError, match="Card: 3 fields are not right") as refused:
        validate(CARD, {"name": "", "score": 11, "staff": "many"})
    assert [finding.field for finding in refused.value.findings] == ["name", "score", "staff"]
    assert "Name is empty" in refused.value.hint
    assert "Staff: expected a number" in refused.value.hint


@pytest.mark.parametrize("limit", [0, 10])
def test_a_bound_belongs_to_the_range(limit) -> None:
    """Exactly the minimum and exactly the maximum are allowed."""
    assert validate(CARD, RIGHT | {"score": limit})["score"] == limit


def test_a_rule_of_several_fields_is_asked_when_each_is_right() -> None:
    """A check of the form sees typed values and adds its finding."""

    def in_order(values):
        if values["a"] > values["b"]:
            yield Finding("b", values["b"], "It ends before it starts.")

    period = Form(
        "period",
        "Period",
        (Field("a", FieldKind.DATE, "A", required=True), Field("b", FieldKind.DATE, "B", required=True)),
        checks=(in_order,),
    )
    assert validate(period, {"a": "2026-01-01", "b": "2026-01-01"})
    with pytest.raises(FormError, match="It ends before it starts"):
        validate(period, {"a": "2026-01-02", "b": "2026-01-01"})
    assert len(check(period, {"a": "x", "b": None})[1]) == 2


@pytest.mark.parametrize("name", sorted(forms()))
def test_every_form_survives_long_and_rare_text(name) -> None:
    """Text fields of each form take text up to their limit, emoji and rare characters, and refuse more."""
    declared = form(name)
    texts = [field for field in declared.fields if field.kind.is_text]
    rare = {field.name: (RARE * 1000)[: field.max_length].strip() for field in texts}
    values, findings = check(declared, rare)
    assert {name: values[name] for name in rare} == rare
    assert not {finding.field for finding in findings} & set(rare)
    again = from_json(declared, to_json(values))
    assert {name: again[name] for name in rare} == rare
    _values, findings = check(declared, {field.name: "字" * (field.max_length + 1) for field in texts})
    assert {finding.field for finding in findings} >= set(rare)


@pytest.mark.parametrize("name", sorted(forms()))
def test_every_form_refuses_the_wrong_type_in_words(name) -> None:
    """A list, a letter in a number, a number past its range: each field answers with a sentence."""
    declared = form(name)
    wrong = {
        field.name: 5 if field.kind.is_text else float("inf") if field.kind.is_number else "\U0001f47d"
        for field in declared.fields
    }
    _values, findings = check(declared, wrong)
    assert {finding.field for finding in findings} == set(declared.names)
    assert all(finding.message for finding in findings)
    beyond = {f.name: f.maximum + 1 for f in declared.fields if f.maximum is not None}
    beyond |= {f.name: f.minimum - 1 for f in declared.fields if f.minimum is not None and f.maximum is None}
    _values, findings = check(declared, beyond)
    assert {finding.field for finding in findings} >= set(beyond)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_form_has_headers_that_differ(language) -> None:
    """An export has no two columns of the same title, in either language."""
    use_language(language)
    for declared in forms().values():
        titles = [field.title for field in declared.fields]
        assert len(set(titles)) == len(titles), declared.name


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "name": st.text(min_size=1, max_size=20),
            "story": st.text(max_size=50),
            "score": st.integers(0, 1000).map(lambda hundredths: hundredths / 100),
            "staff": st.integers(0, 10**9),
            "credit": st.decimals(-(10**15), 10**15, places=2),
            "loyal": st.booleans(),
            "since": st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)),
            "stage": st.sampled_from(["try", "grow"]),
            "reach": st.lists(st.sampled_from(["t", "v"]), unique=True),
        }
    )
)
def test_values_return_from_json_as_they_were(payload) -> None:
    """What was valid is the same after it was stored and read, and valid again."""
    values, findings = check(CARD, payload)
    if any(finding.field in {"name", "story"} for finding in findings):
        return  # a control character or blanks only
    assert findings == []
    again = from_json(CARD, to_json(values))
    assert again == values
    assert validate(CARD, again) == values
    assert (
        validate(CARD, {name: display(CARD.field(name), value) for name, value in values.items()}) == values
    )


def test_a_value_of_an_older_form_stays_as_it_was() -> None:
    """A choice that no longer exists is shown as stored, and found at the next save."""
    values = from_json(CARD, '{"name": "a", "stage": "old", "gone": 1, "score": 3}')
    assert values["stage"] == "old"
    assert display(CARD.field("stage"), values["stage"]) == "old"
    assert "gone" not in values
    assert [finding.field for finding in check(CARD, values)[1]] == ["stage"]


def test_completeness_counts_required_fields() -> None:
    """Filled required fields of the required ones; of all fields where none is required; False is filled."""
    assert completeness(CARD, {"name": "a"}).share == 0.5
    assert completeness(CARD, {"name": "a"}).missing == ("score",)
    assert completeness(CARD, None).filled == 0
    free = Form("free", "Free", (Field("a", FieldKind.BOOLEAN, "A"), Field("b", FieldKind.NOTE, "B")))
    assert completeness(free, {"a": False, "b": " "}).share == 0.5


@pytest.mark.parametrize(
    "make",
    [
        lambda: Field("a", FieldKind.CHOICE, "A"),  # a choice without choices
        lambda: Field("a", FieldKind.TEXT, "A", choices={"x": "X"}),  # choices of a text
        lambda: Field("a", FieldKind.NUMBER, "A", minimum=2, maximum=1),  # an empty range
        lambda: Form("f", "F", ()),  # no fields
        lambda: Form("f", "F", (Field("a", FieldKind.TEXT, "A"), Field("a", FieldKind.TEXT, "B"))),  # twice
        lambda: Form("f", "F", (Field("a", FieldKind.TEXT, "A"),), summary=("b",)),  # a summary of nothing
        lambda: Form("f", "F", (Field("a", FieldKind.TEXT, "A"),), customer_types=("shop",)),  # nobody
        lambda: form("contact"),  # no such form
    ],
)
def test_a_form_that_makes_no_sense_is_refused(make) -> None:
    """A wrong declaration fails at once, with the form or field named."""
    with pytest.raises(InputError):
        make()
