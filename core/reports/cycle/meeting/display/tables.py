"""The review of a month as the sheets of a workbook: yuan and counts, headings in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.cycle.tasks.states import STANDINGS
from core.cycle.variance.words import effect_label
from core.i18n import N_, _
from core.numbers import heading
from core.reports.cycle.meeting.display.lines import LABELS, SOURCES
from core.reports.cycle.meeting.display.steps import AGAINST, explained

if TYPE_CHECKING:
    from core.reports.cycle.meeting.review import MonthReview

PART_LABELS = {
    "target": N_("Target"),
    "actual": N_("Own sales"),
    "difference": N_("Difference"),
    "previous": N_("A year before"),
    "change": N_("Change"),
    "share": N_("Share"),
    "share_change": N_("Change of share"),
}
PART_NOTES = {
    "target": N_("The plan's targets of the month for the region and all that lies in it."),
    "actual": N_("Our sales of the month, as on the market map."),
    "difference": N_("Own sales − target."),
    "previous": N_("Our sales in the same month a year before."),
    "change": N_("Own sales − sales a year before."),
    "share": N_("Own sales ÷ market of the month."),
    "share_change": N_("Share − share in the same month a year before, in points."),
}
CONSISTS = N_("What the change over last year consists of")
REST = N_("In none of these regions")


def review_sheets(review: MonthReview) -> dict[str, pd.DataFrame]:
    """Return the sheets by title: plan and do, what explains it, regions, tasks, notes."""
    return {
        _("Plan and do"): _lines(review),
        _("What explains it"): _effects(review),
        _("Regions"): _parts(review),
        _("Tasks"): task_rows(review),
        _("Notes"): pd.DataFrame({_("Note"): [note.sentence for note in review.notes]}),
    }


def part_names(parts: pd.DataFrame) -> pd.Series:
    """Return the names of the regions right below; what lies in none of them is called so."""
    return parts["name"].where(parts["region_id"].notna(), _(REST))


def _lines(review: MonthReview) -> pd.DataFrame:
    table = review.lines.reset_index()
    return pd.DataFrame(
        {
            _("Figure"): [_(LABELS[key]) for key in table["key"]],
            _("Planned"): table["planned"],
            _("Done"): table["actual"],
            _("Difference"): table["difference"],
            _("Reached"): table["reached"],
            _("A year before"): table["previous"],
            _("Change"): table["change"],
            _("How it is counted"): [_(SOURCES[key]) for key in table["key"]],
        }
    )


def _effects(review: MonthReview) -> pd.DataFrame:
    rows = []
    for code, words in {**AGAINST, "consists": CONSISTS}.items():
        for row in review.bridge(code).itertuples():
            above = effect_label(str(row.parent)) if row.parent else ""
            note = explained(review, code, str(row.key), str(row.reason))
            rows.append((_(words), effect_label(str(row.key)), above, row.amount, note))
    amount = heading(_("Amount"), _("yuan"))
    titles = [_("Compared"), _("Part"), _("Part of"), amount, _("How it is computed")]
    return pd.DataFrame(rows, columns=titles)


def _parts(review: MonthReview) -> pd.DataFrame:
    found = review.parts[list(PART_LABELS)].set_axis([_(label) for label in PART_LABELS.values()], axis=1)
    found.insert(0, _("Region"), part_names(review.parts))
    return found


def task_rows(review: MonthReview) -> pd.DataFrame:
    """Return the tasks of the month with their state, the late ones first."""
    tasks = review.act.tasks.sort_values("is_late", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            _("Task"): tasks["title"],
            _("Status"): [_(STANDINGS[standing]) for standing in tasks["standing"]],
            _("Late"): [_("Yes") if late else "" for late in tasks["is_late"]],
            _("Who"): tasks["owner"],
            _("Until"): tasks["due"],
            _("Region"): tasks["region"],
            _("Why"): tasks["finding_sentence"],
        }
    )
