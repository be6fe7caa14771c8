"""Every KPI, declared once: its name, formula, unit, format, good direction, source and explanation.

Pages, tables, exports, slides and the documentation read it here: ``metric(key, family)`` is one
declaration, ``FAMILIES[family]`` all of a table's, ``docs/methods/kpis.md`` the printed list.
"""

from __future__ import annotations

from core.metrics.display import (
    DISPLAYS,
    display_table,
    display_values,
    file_format,
    heading,
    help_text,
    write_value,
)
from core.metrics.explanation import explain
from core.metrics.registry import FAMILIES, MISSING_TEXT, Family, metric
from core.metrics.spec import Format, Good, Metric
from core.metrics.sums import adds_up

__all__ = [
    "DISPLAYS",
    "FAMILIES",
    "MISSING_TEXT",
    "Family",
    "Format",
    "Good",
    "Metric",
    "adds_up",
    "display_table",
    "display_values",
    "explain",
    "file_format",
    "heading",
    "help_text",
    "metric",
    "write_value",
]
