"""The documentation of the tables is current."""

from __future__ import annotations

from pathlib import Path

from core.exchange.data_model import data_model

FILE = Path(__file__).resolve().parents[3] / "docs" / "data-model.md"


def test_the_documented_data_model_is_the_declared_one() -> None:
    """docs/data-model.md says what core/tables says; else run ``python -m core data-model``."""
    assert FILE.read_text("utf-8") == data_model()
