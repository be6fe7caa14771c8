"""总览: how we stand, what changed, what to do next."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.i18n import _, current_language
from core.reports.market.display.sentences import attack_rule
from core.reports.overview.display import overview_slide, summary_sentence
from pages._ui import filters as filter_bar
from pages._ui import reads
from pages._ui.charts.layout import chart_config, show_chart
from pages._ui.components.absence import absence_said
from pages._ui.components.downloads import slide_download
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.components.notes import notes
from pages._ui.market import market_view, summary, table
from pages._ui.report.panel import report_download, report_section
from pages._ui.targets import actual

COLUMNS = ("capacity", "growth", "own", "share", "share_change", "ratio", "state", "zone", "gap")
# The gap of the whole market as one region is not the sum of its regions' gaps.
TOTALS = tuple(name for name in COLUMNS if name != "gap")
HEIGHT = 405

top = reserve_header()
chosen = filter_bar.bar()
choices = reads.choices()
if chosen is None or choices is None:
    with top:
        header(_("Overview"))
    empty(
        _("There are no sales yet. Bring regions, companies and sales, and this page says how you stand."),
        ("region", "company", "market_sales"),
    )
    st.stop()
request = chosen.request()
found = summary.summary(request)
summary.five_numbers(found)
picture, card = st.columns([2, 1], gap="small")
with picture:
    trend = market_view.trend_of_all(request)
    if trend.empty:
        st.info(_("No company's sales are recorded here."))
    else:
        caption = market_view.caption(chosen, _("Market share by month"), market_view.months_of(trend))
        show_chart(
            market_view.trend_picture(request, caption, HEIGHT),
            key="trend",
            config=chart_config(_("market share"), current_language()),
        )
with card.container(height=HEIGHT, key="next_card"):
    summary.actions(found)
    summary.changes(found)
with absence_said():
    actual.progress_line()
summary.completeness_meter(found)
market = market_view.view(request)
regions = market.regions.sort_values("capacity", ascending=False)
table.region_table(regions, COLUMNS, key="overview_table")
table.totals(market, TOTALS)
notes([*(note.sentence for note in found.report.notes), attack_rule()])
answer = summary_sentence(found, choices.companies[chosen.company])
caption = market_view.caption(chosen, _("Overview"))
options = chosen.report_options()
report_section(options, choices)
taken = slide_download(partial(overview_slide, found, trend, answer, caption), _("overview"))
with top:
    header(
        _("Overview"),
        answer,
        [*table.downloads(regions, COLUMNS, _("overview")), taken, report_download(options)],
    )
