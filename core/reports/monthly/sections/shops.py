"""The shops: how many and how good ones we are in, and which customers nobody visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.colours import US
from core.exchange.slides.cells import count_cell, metric_cell, percent_cell, table_of, text_cell
from core.exchange.slides.content import Bars, Series, Slide
from core.i18n import _, format_date, ngettext
from core.metrics import heading, metric
from core.reports.market.display.slides import values_of
from core.reports.market.display.tables import metric_rows
from core.reports.market.note import list_text
from core.reports.monthly.gap import Gap
from core.reports.monthly.sections.principles import region_points
from core.reports.visits.response import SOURCES

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.slides.cells import Cell
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

MEASURES = ("nd", "wd", "sih", "share", "change", "distribution_effect", "in_store_effect")
COLUMNS = ("nd", "wd", "sih", "blank")
# What moved is said by the note.
REGION_MEASURES = ("outlets", "known", "blank", "nd", "wd", "sih", "share")
MOST_BARS, MOST_ROWS = 10, 10
MORE_VISITS = 1.5


def distribution(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return 铺货 of all shops, and of the regions with the largest market."""
    report = basis.distribution()
    if not report.shops["category"].notna().any():
        return Gap(_("No shop has recorded sales in these months: distribution is not known."))
    total = report.total.iloc[0]
    regions = report.groups["region"]
    regions = regions[regions["category"].gt(0) & regions["wd"].notna() & (regions.index != "")]
    picture = None
    if len(regions):
        first = regions[:MOST_BARS]
        series = Series(_(metric("wd", "terminals").label), values_of(first["wd"]), US, labelled=True)
        picture = Bars(tuple(first["name"].astype(str)), (series,), number_format="0.0%")
    caption = basis.caption(_("Distribution"), _("Terminals"))
    table = (
        metric_rows(regions[:MOST_ROWS], COLUMNS, texts=1, family="terminals")
        if len(regions)
        else table_of((_("Figure"), _("All shops")), _total_rows(total))
    )
    counted = _(
        "Shares are counted over the {known} of {outlets} shops with recorded sales.",
        known=numbers.count(total["known"]),
        outlets=numbers.count(total["outlets"]),
    )
    return Slide(
        distribution_answer(total), caption.title, picture, table, caption.source,
        notes=(*filter(None, [share_note(total)]), counted),
    )  # fmt: skip


def distribution_answer(total: pd.Series) -> str:
    """Say in how many and how good shops we are, and how strong there."""
    return _(
        "We are in {nd} of the shops with figures, in {wd} by their size; where we are, {sih} is ours.",
        nd=numbers.percent(total["nd"]),
        wd=numbers.percent(total["wd"]),
        sih=numbers.percent(total["sih"]),
    )


def share_note(total: pd.Series) -> str:
    """Say how our share in the shops moved, and whether at the door or on the shelf; nothing if unknown."""
    if numbers.is_missing(total["change"]):
        return ""
    return _(
        "Our share in the shops: {change} on the year before, {door} at the door, {shelf} on the shelf.",
        change=numbers.points(total["change"]),
        door=numbers.points(total["distribution_effect"]),
        shelf=numbers.points(total["in_store_effect"]),
    )


def _total_rows(total: pd.Series) -> list[list[Cell]]:
    declared = [metric(key, "terminals") for key in MEASURES]
    return [[text_cell(_(each.label)), metric_cell(each, total[each.key])] for each in declared]


def visits(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return which customers nobody visited in the last cycle, by region."""
    found = basis.overview
    if found.customers is None or found.cycle is None:
        return Gap(_("No visits are recorded in the month: nobody can be called unvisited."))
    number = next(each for each in found.numbers if each.key == "unvisited_customers")
    names = basis.rows().regions.set_index("region_id")["name"]
    rows = found.customers[found.customers["region_id"].isin(names.index)]
    rows = rows.assign(name=rows["region_id"].map(names), part=rows["unvisited"] / rows["customers"])
    ordered = rows.sort_values(["unvisited", "region_id"], ascending=[False, True])
    first = ordered[ordered["unvisited"] > 0][:MOST_ROWS]
    count = int(number.value or 0)
    answer = ngettext(
        "{n} of {customers} customers had no visit from {first} to {last}; most of them in {region}.",
        "{n} of {customers} customers had no visit from {first} to {last}; most of them in {region}.",
        count,
        customers=numbers.count(number.out_of),
        first=format_date(found.cycle[0]),
        last=format_date(found.cycle[1]),
        region=first["name"].iloc[0] if len(first) else numbers.MISSING,
    )
    if first.empty:
        answer = _(
            "All {customers} customers were visited from {first} to {last}.",
            customers=numbers.count(number.out_of),
            first=format_date(found.cycle[0]),
            last=format_date(found.cycle[1]),
        )
        first = ordered[:MOST_ROWS]
    caption = basis.caption(_("Visits"), _("Overview"), month_only=True)
    series = Series(_("Customers without a visit"), values_of(first["unvisited"]), US, labelled=True)
    cells = [
        [
            text_cell(row["name"]),
            count_cell(row["customers"]),
            count_cell(row["unvisited"]),
            percent_cell(row["part"]),
        ]
        for _index, row in first.iterrows()
    ]
    headings = (_("Region"), _("Customers"), _("Unvisited"), _("Part unvisited"))
    picture = Bars(tuple(first["name"].astype(str)), (series,), number_format="#,##0")
    return Slide(
        answer, caption.title, picture, table_of(headings, cells), caption.source, points=_responses(basis)
    )


def _responses(basis: Basis) -> tuple[str, ...]:
    """Return what more visits sell by grade, where the data or somebody's judgement tell."""
    parts = [
        _(
            "{grade} {more} ({source})",
            grade=each.grade,
            more=numbers.percent(each.sales(MORE_VISITS) - 1, sign=True),
            source=_(SOURCES[each.source]),
        )
        for each in basis.responses
        if each.curve is not None
    ]
    head = _("Half as many visits again sell, by grade of the shop")
    return head, list_text(parts) if parts else _("Not known: neither the data nor a judgement tell.")


def shops(basis: Basis, subject: Subject) -> Slide | Gap:
    """Return distribution and visits of one region."""
    report = basis.distribution(subject.level)
    groups = report.groups["region"]
    found = groups.loc[subject.region_id] if subject.region_id in groups.index else None
    customers = basis.visited(subject)
    rows: list[list[Cell]] = []
    if found is not None and not numbers.is_missing(found["nd"]):
        rows += [
            [text_cell(_(each.label)), metric_cell(each, found[each.key])]
            for each in (metric(key, "terminals") for key in REGION_MEASURES)
        ]
    if customers is not None:
        rows.append([text_cell(_("Customers")), count_cell(customers["customers"])])
        rows.append([text_cell(_("Customers without a visit")), count_cell(customers["unvisited"])])
    if not rows:
        return Gap(_("{region}: neither sales of shops nor visits are recorded.", region=subject.name))
    caption = basis.caption(_("Shops and visits · {region}", region=subject.name), _("Terminals"))
    known = found is not None and not numbers.is_missing(found["nd"])
    answer = distribution_answer(found) if known else _no_distribution(subject, customers)
    picture = _region_bars(found) if known else None
    notes = tuple(filter(None, [share_note(found) if known else ""]))
    return Slide(
        answer, caption.title, picture, table_of((_("Figure"), _("Value")), rows), caption.source,
        notes=notes, points=region_points(basis, subject),
    )  # fmt: skip


def _no_distribution(subject: Subject, customers: pd.Series) -> str:
    return _(
        "{region}: {unvisited} of {customers} customers had no visit in four weeks; sales of its shops "
        "aren't recorded.",
        region=subject.name,
        unvisited=numbers.count(customers["unvisited"]),
        customers=numbers.count(customers["customers"]),
    )


def _region_bars(found: pd.Series) -> Bars:
    declared = [metric(key, "terminals") for key in ("nd", "wd", "sih", "share")]
    values = tuple(None if numbers.is_missing(found[m.key]) else float(found[m.key]) for m in declared)
    series = Series(_("This region"), values, US, labelled=True)
    return Bars(tuple(heading(each) for each in declared), (series,), number_format="0.0%")
