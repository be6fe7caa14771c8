"""docs/methods/kpis.md, written from the registry."""

from __future__ import annotations

from core.i18n import language
from core.metrics.registry import FAMILIES
from core.metrics.spec import Good, Metric

_HEAD = """\
# KPIs

Written by `python -m core kpis docs/methods/kpis.md` from `core/metrics/`; a test holds it current. Pages,
tables, exports and slides read the same declarations.

*Good* is the direction that is good news. *Over* is the denominator or population where the formula
doesn't say it. Marks of sources as in [methods.md](../methods.md).
"""
_COLUMNS = ("column", "KPI", "unit", "formula", "meaning", "over", "good", "source")


def kpi_document() -> str:
    """Return the whole file as Markdown, in English."""
    with language("en"):
        return _HEAD + "".join(
            f"\n## {family.label}\n\n{_table(list(family.values()))}" for family in FAMILIES.values()
        )


def _table(metrics: list[Metric]) -> str:
    rows = [_COLUMNS, ("---",) * len(_COLUMNS), *(_row(each) for each in metrics)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(declared: Metric) -> tuple[str, ...]:
    good = "" if declared.good is Good.NEITHER else declared.good.value
    return (
        f"`{declared.key}`",
        declared.label,
        declared.unit,
        declared.formula,
        declared.explanation,
        declared.basis,
        good,
        f"[{declared.source}]" if declared.source else "",
    )
