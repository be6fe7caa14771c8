"""A rep's weeks, the standard sheets and the daily report as one page to print [S3 p118, p120].

The page stands alone: no script, no font, no picture from elsewhere, so that it prints the same anywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from core.i18n import _, current_language, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.exchange.tables import Sheet

STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 10pt "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
body { color: #1f2328; margin: 1.5em; }
h1 { font-size: 15pt; margin: 0 0 2pt; } h2 { font-size: 12pt; margin: 12pt 0 3pt; }
p { margin: 0 0 6pt; color: #57606a; }
section { break-after: page; } section:last-child { break-after: auto; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 0.5pt solid #8c959f; padding: 2.5pt 4pt; text-align: left; vertical-align: top; }
th { background: #e8eef4; } td.number { text-align: right; white-space: nowrap; }
.report td { height: 22pt; } .signed { display: flex; gap: 4em; margin-top: 10pt; }
.signed span { border-bottom: 0.5pt solid #1f2328; min-width: 12em; padding-right: 6em; }
@media print { body { margin: 0; } }
"""


@dataclass(frozen=True)
class Heading:
    """What stands over every section."""

    rep: str
    first_day: dt.date
    last_day: dt.date

    @property
    def line(self) -> str:
        """The rep and the period."""
        return f"{self.rep} · {self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}"


def printable(heading: Heading, rows: pd.DataFrame, sheets: Sequence[Sheet], report: pd.DataFrame) -> bytes:
    """Return the page: the weeks, the sheets, and a daily report for every day.

    Parameters
    ----------
    rows
        The visits: :func:`core.reports.visits.plan.visit_rows`; may be empty.
    report
        The table of the daily report: see :func:`core.exchange.printing.visit_workbook.daily_report`;
        its first column is the day.
    """
    parts = [
        *_weeks(heading, rows),
        *(_sheet(heading, sheet) for sheet in sheets),
        *_reports(heading, report),
    ]
    title = escape(_("Visit plan") + " · " + heading.line)
    language = current_language().replace("_", "-")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{''.join(parts)}</body>\n</html>\n"
    ).encode()


def _weeks(heading: Heading, rows: pd.DataFrame) -> Iterable[str]:
    """Yield one section per week: its days in order, the visits of each with hours and ways."""
    if not len(rows):
        return
    week = [(day - heading.first_day).days // 7 for day in rows["day"]]
    for number, visits in rows.groupby(pd.Series(week, index=rows.index)):
        title = _("Week {number}", number=int(str(number)) + 1)
        days = "".join(_day(day, stops) for day, stops in visits.groupby("day"))
        yield _section(title, heading.line, days)


def _day(day: dt.date, stops: pd.DataFrame) -> str:
    table = pd.DataFrame(
        {
            _("No."): stops["position"],
            _("From"): stops["begins"],
            _("To"): stops["ends"],
            _("Customer"): stops["name"],
            _("Grade"): stops["grade"],
            _("Address"): stops["address"],
            _("Way (min)"): stops["travel_minutes"].round().astype(int),
            _("Way (km)"): stops["km"],
            _("Done"): "",
        }
    )
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"<h2>{escape(names[day.weekday()])} {day:%Y-%m-%d}</h2>{_table(table)}"


def _sheet(heading: Heading, sheet: Sheet) -> str:
    return _section(sheet.title, heading.line, _table(sheet.table))


def _reports(heading: Heading, report: pd.DataFrame) -> Iterable[str]:
    """Yield one form per day, with room for the next day's plan and the signatures."""
    if not len(report):
        return
    first = report.columns[0]
    for day, rows in report.groupby(first):
        signed = "".join(f"<span>{escape(who)}</span>" for who in (_("Rep"), _("Manager"), _("Remarks")))
        body = _table(rows.drop(columns=first)) + f'<div class="signed">{signed}</div>'
        yield _section(_("Daily report"), f"{heading.rep} · {day}", body, "report")


def _section(title: str, line: str, body: str, kind: str = "") -> str:
    return f'<section class="{kind}">\n<h1>{escape(title)}</h1>\n<p>{escape(line)}</p>\n{body}\n</section>\n'


def _table(table: pd.DataFrame) -> str:
    head = "".join(f"<th>{escape(str(name))}</th>" for name in table.columns)
    body = "".join(
        f"<tr>{''.join(map(_cell, row))}</tr>\n"
        for row in table.astype(object).itertuples(index=False, name=None)
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _cell(value: object) -> str:
    if pd.isna(value):
        return "<td></td>"
    if isinstance(value, int | float):
        digits = 0 if float(value).is_integer() or abs(value) >= 100 else 1
        return f'<td class="number">{format_number(value, digits)}</td>'
    return f"<td>{escape(str(value))}</td>"
