"""拜访计划 › 投入产出: what more visits sell, and the judgement that is asked for."""

from __future__ import annotations

import pytest

from core.customers.forms.validate import FormError, validate
from core.customers.forms.visit_response import VISIT_RESPONSE
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.reports.visits.response import response_report
from core.store.database import Store
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey

SAID = {
    "basis": "Trial of spring",
    **{"a_none": 40, "a_half": 75, "a_more": 118, "a_endless": 150},
    **{"b_none": 55, "b_half": 82, "b_more": 110, "b_endless": 130},
    **{"c_none": 80, "c_half": 93, "c_more": 103, "c_endless": 110},
}


def words(app) -> str:
    """Return all text of a page."""
    return " ".join(text.value for text in (*app.markdown, *app.caption, *app.info))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_without_a_judgement_the_page_asks_for_one(full, visit, language) -> None:
    """The demonstration's visits say nothing about its sales: no curve is invented."""
    app = visit("visit_plan.py", part="response", lang=language)
    assert not app.error
    assert ("please judge" if language == "en" else "请人工判断") in words(app)
    grades = next(table.value for table in app.dataframe if len(table.value) == 3)
    assert grades.iloc[:, 2].isna().all()


def test_a_judgement_moves_visits(full, visit) -> None:
    """With a judgement there is a proposal of the same minutes, its gain, and its source."""
    with Store.open(full) as store:
        store_forms.save(store, FormKey(VISIT_RESPONSE, "market", ""), SAID, expected_version=0)
        start = default_start(store)
        request = VisitRequest(own_company(store), start, known_until=start)
        report = response_report(store, request, str(reps(store)["employee_id"].iloc[0]))
    shops = report.shops[report.shops["free"]]
    assert report.unknown == ()
    assert report.gained > 0
    assert (shops["proposed"] * shops["minutes"]).sum() <= report.minutes + 1e-6
    assert shops["proposed"].min() >= 0.5
    app = visit("visit_plan.py", part="response")
    assert not app.error
    assert "rule of thumb" in words(app)
    assert "Trial of spring" in words(app)


@pytest.mark.parametrize("wrong", [{"a_half": None}, {"b_half": 101}, {"c_endless": 103}])
def test_a_judgement_is_whole_and_rises(wrong) -> None:
    """A missing answer, or one that doesn't rise through 100, is refused with what is expected."""
    with pytest.raises(FormError):
        validate(VISIT_RESPONSE, SAID | wrong)
