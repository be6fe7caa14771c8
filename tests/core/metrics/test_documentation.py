"""The documentation of the KPIs is current."""

from __future__ import annotations

from pathlib import Path

from core.metrics.documentation import kpi_document

FILE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "kpis.md"


def test_the_documented_kpis_are_the_declared_ones() -> None:
    """docs/methods/kpis.md says what core/metrics says; else run ``python -m core kpis``."""
    assert FILE.read_text("utf-8") == kpi_document()
