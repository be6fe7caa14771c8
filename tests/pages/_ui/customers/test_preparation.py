"""Waiting for the sums of very many terminals: progress once, and none after a card was saved."""

from __future__ import annotations

import datetime as dt

import pytest

from core.store.caching.sales_window import SalesWindow
from core.store.progress import Watch
from pages._ui import runtime
from pages._ui.customers import preparation


def test_a_saved_card_starts_no_preparing(full, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once made, the sums are ready; a saved form leaves them so, sold goods don't."""
    monkeypatch.setattr(preparation, "AT_ONCE", 0)
    request = SalesWindow("OWN", dt.date(2026, 1, 1), dt.date(2026, 10, 1))
    started = []
    monkeypatch.setattr(preparation, "progress", lambda *_job, **_key: None)

    def job(work):
        started.append(work)
        raise RuntimeError

    monkeypatch.setattr(preparation, "Job", job)
    store = runtime.store()
    preparation._prepare(request, Watch())
    assert preparation.wait_for(request)
    store.write("form_save", lambda _cursor: None, details={"entity": "customer_form"})
    assert preparation.wait_for(request)
    assert not started
    store.write("import", lambda _cursor: None, details={"entity": "terminal_sales"})
    with pytest.raises(RuntimeError):
        preparation.wait_for(request)
