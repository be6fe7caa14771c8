"""Every KPI, declared once: its name, formula, unit, format, good direction, source and explanation.

Pages, tables, exports and the documentation all read it here; ``METRICS[column]`` describes the column of
that name.
"""

from __future__ import annotations

from core.metrics.market import MARKET_METRICS
from core.metrics.overview import OVERVIEW_METRICS
from core.metrics.spec import Format, Good, Metric
from core.metrics.wording import MISSING_TEXT, explain, format_value, metric

METRICS: dict[str, Metric] = {m.key: m for m in (*MARKET_METRICS, *OVERVIEW_METRICS)}

__all__ = ["METRICS", "MISSING_TEXT", "Format", "Good", "Metric", "explain", "format_value", "metric"]
