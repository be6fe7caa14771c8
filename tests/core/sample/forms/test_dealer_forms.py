"""The papers about the demonstration's dealers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.customers.dealers.decision import walk
from core.customers.forms import form
from core.customers.forms.validate import from_json, validate
from core.sample.forms.dealer_forms import DAY
from core.sample.request import SampleRequest
from core.sample.tables import sample_tables
from core.store.loading.bulk_insert import has_data

if TYPE_CHECKING:
    from core.store.database import Store


def test_every_paper_is_right_and_of_its_time() -> None:
    """Each record passes its form, is no younger than the data, and no customer has a card twice."""
    rows = next(rows for name, rows, _ in sample_tables(SampleRequest(60, 3)) if name == "customer_form")
    assert rows.num_rows > 100
    keys = set()
    for row in rows.to_pylist():
        declared = form(row["form"])
        payload = from_json(declared, row["payload"])
        assert validate(declared, payload) == payload
        assert row["updated_at"].date() <= DAY
        assert bool(row["record_id"]) == declared.many
        keys.add((row["form"], row["customer_id"], row["record_id"]))
        if row["form"] == "dealer_decision":
            assert walk(payload).disposition == payload["proposed"]
    assert len(keys) == rows.num_rows


def test_a_replaced_demonstration_takes_its_papers_along(sample: Store) -> None:
    """The store of the demonstration has papers of its own dealers only."""
    assert has_data(sample)
    strays = sample.fetch(
        "SELECT f.customer_id FROM customer_form AS f WHERE f.customer_type = 'dealer'"
        " AND f.customer_id NOT IN (SELECT d.dealer_id FROM dealer AS d)"
    )
    assert strays.num_rows == 0
    assert sample.fetch("SELECT COUNT(*) AS n FROM customer_form")["n"][0].as_py() > 500
