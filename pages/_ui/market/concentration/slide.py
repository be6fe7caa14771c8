"""The slide of the section: the answer, the bars, the attacks with their quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.exchange.slides.content import Bars, Series, Slide, SlideTable
from core.i18n import _
from core.metrics import heading, metric, write_value
from pages._ui.charts.palette import AGGREGATE, US
from pages._ui.market.concentration import plan_view

if TYPE_CHECKING:
    from core.reports.market.concentration import ConcentrationReport
    from pages._ui.charts.layout import Caption

BARS, ROWS = 10, 12
KEYS = ("decision", "start", "effort", "value")


def concentration_slide(plan: ConcentrationReport, caption: Caption) -> Slide:
    """Lay the section out; at least one region can be attacked."""
    rows = plan_view.bars(plan)[:BARS]
    picture = Bars(
        tuple(rows["name"]),
        (Series(_("Value a rep-quarter"), tuple(rows["each"].astype(float)), US, labelled=True),),
        title=_("Value a rep-quarter ({unit})", unit=numbers.money_unit()),
        number_format="#,##0",
        colours=tuple(US if attacked else AGGREGATE for attacked in rows["attacked"]),
    )
    columns = [metric(key, "concentration") for key in KEYS]
    table = SlideTable(
        (_("Region"), *(heading(each) for each in columns)),
        tuple(
            (str(row["name"]), *(write_value(each, row[each.key], unit=False) for each in columns))
            for row in plan_view.attackable(plan)[:ROWS].to_dict("records")
        ),
        texts=2,
    )
    return Slide(
        plan.sentence,
        caption.title,
        picture,
        table,
        caption.source,
        notes=tuple(note.sentence for note in plan.effort.notes),
        points=(
            _("What it turns on"),
            _("One more rep is worth {value}.", value=numbers.money(plan.rep_price)),
            _(
                "{firm} of {regions} decisions hold when visits work half or twice as strongly.",
                firm=int(plan.regions["firm"].sum()),
                regions=len(plan.regions),
            ),
        ),
    )
