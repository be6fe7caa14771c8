"""Proposing what a sheet is: the table, and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.exchange.columns.assigning import Assignment, Fit, Sheet, assign
from core.exchange.columns.context import Context, names_other, names_span
from core.exchange.columns.evidence import Sample
from core.exchange.columns.figures_beside import returns_questions, rival, unclaimed
from core.exchange.columns.header import Header
from core.exchange.columns.measuring import asked_in, is_figure, is_untold, measure_questions, telling
from core.exchange.columns.parsing import units
from core.exchange.columns.parsing.cells import samples as shown_samples
from core.exchange.columns.placing import CODED, address_questions, tree_questions
from core.exchange.columns.proposal import POSSIBLE, SURE, ColumnProposal, Proposal, TableScore
from core.exchange.columns.results import Question
from core.exchange.columns.unit_questions import unit_questions
from core.exchange.columns.vocabulary import compare_headers
from core.exchange.measures import Measure, measures_in
from core.i18n import _
from core.tables import TABLES, Column, Kind, Table

if TYPE_CHECKING:
    from core.exchange.columns.parsing.units import Unit

_LIKELY = 0.45
"""A table below this is none [I]."""
_CLOSE = 0.06
"""Tables nearer than this are asked about [I]."""
_SECOND = 0.08
"""Columns nearer than this are asked about [I]."""
_SHOWN = 5
LEFT_OUT = "leave_out"
_MOST_CHOICES = 30
"""So many IDs are offered; of more the user types one."""
_CLEAR = 0.6
"""A table below this is asked about, even if no other is near [I]."""
_TWINS = {
    "terminal": "dealer",
    "dealer": "terminal",
    "terminal_sales": "dealer_sales",
    "dealer_sales": "terminal_sales",
}
"""Tables that a customer may stand in."""
IDENTIFIERS = frozenset(
    table.key[0]
    for table in TABLES
    if table.key[0].endswith("_id") and not table.column(table.key[0]).references
)


def propose_mapping(
    headers: Sequence[str],
    sample_values: Sequence[Sequence[Any]],
    title_lines: Sequence[str] = (),
    tables: Sequence[Table] = TABLES,
    aliases: Mapping[str, str] | None = None,
    *,
    known: Mapping[str, Collection[str]] | None = None,
    notes: Sequence[str] = (),
) -> Proposal:
    """Propose what a sheet is; where it isn't sure the proposal has a question.

    Parameters
    ----------
    headers
        The flattened header.
    sample_values
        Raw cells by column, some hundred are enough.
    title_lines
        Lines above the header, the name of the sheet and of the file.
    tables
        The tables it may be; one, when the user has chosen.
    aliases
        Header -> ``column`` or ``table.column``, learned from earlier mappings.
    known
        Table -> IDs that exist, which tell codes from names.
    notes
        Lines below the table.
    """
    context = Context.of(title_lines, telling(notes))
    sheet = Sheet(
        tuple(Header.of(header) for header in headers),
        tuple(Sample(cells) for cells in sample_values),
        tuple(title_lines),
        ("month",) if context.month else (),
        aliases or {},
        known or {},
    )
    compare_headers(sheet.headers)
    ranked = sorted((assign(sheet, table) for table in tables), key=lambda found: -found.score)
    alternatives = tuple(TableScore(a.table.name, round(a.score, 3)) for a in ranked[1:4] if a.score > 0.2)
    best = ranked[0] if ranked else None
    if best is None or (best.score < _LIKELY and len(tables) > 1):
        asked = Question(
            "table", "", tuple(table.name for table in tables), context={"tables": _labels(ranked[:3])}
        )
        return Proposal(None, best.score if best else 0.0, _unknown(sheet), alternatives, questions=(asked,))
    columns = tuple(_column(sheet, best, position, context) for position in range(len(headers)))
    constants = _constants(sheet, best, context)
    spans = _spans_over_one_month(sheet, columns)
    owners = [c.header for c in columns if c.target is None and sheet.headers[c.position].owner and c.samples]
    measures = measure_questions(best.table.name, columns, (*title_lines, *telling(notes)), spans, owners)
    settled = asked_in(measures)
    questions = (
        *measures,
        *(() if measures and best.table.name == "market_capacity" else _table_question(sheet, ranked)),
        *address_questions(best, columns),
        *tree_questions(best, columns),
        *(q for q in _column_questions(sheet, best, columns) if q.column not in settled),
        *returns_questions(sheet, best, columns),
        *unit_questions(sheet, best, columns, context),
        *_constant_questions(sheet, best, constants, context),
    )
    return Proposal(
        best.table.name,
        round(best.score, 3),
        columns,
        alternatives,
        constants,
        best.missing,
        questions,
        context.year,
    )


def _spans_over_one_month(sheet: Sheet, columns: Sequence[ColumnProposal]) -> tuple[str, ...]:
    """Return the titles that name several months where all rows are of one: a quarter booked in its last."""
    month = next((column for column in columns if column.target == "month"), None)
    if month is None or len(set(sheet.samples[month.position].texts)) != 1:
        return ()
    return tuple(line for line in sheet.lines if names_span(line))


def _labels(ranked: Sequence[Assignment]) -> tuple[str, ...]:
    return tuple(_(found.table.label) for found in ranked if found.score > 0)


def _unknown(sheet: Sheet) -> tuple[ColumnProposal, ...]:
    return tuple(
        ColumnProposal(position, header.text, samples=shown_samples(sheet.samples[position].cells))
        for position, header in enumerate(sheet.headers)
    )


def _column(sheet: Sheet, found: Assignment, position: int, context: Context) -> ColumnProposal:
    header, sample = sheet.headers[position], sheet.samples[position]
    fit = found.chosen.get(position)
    values = shown_samples(sample.cells)
    others = tuple(
        (other.likeness.column, round(other.score, 3))
        for other in found.fits.get(position, ())
        if other is not fit and other.score > 0.3
    )
    if fit is None:
        reason = _left_out(sheet, found, position)
        return ColumnProposal(position, header.text, reason=reason, samples=values, alternatives=others)
    column = found.table.column(fit.likeness.column)
    unit = _unit(header, sample, column, context)
    return ColumnProposal(
        position,
        header.text,
        column.name,
        unit.code if unit else None,
        fit.resolve,
        _within(found, position, column),
        round(min(fit.score, 1.0), 3),
        _reason(fit, column),
        values,
        others,
    )


def _within(found: Assignment, position: int, column: Column) -> tuple[int, ...]:
    """Return the columns of the regions above the one that a column names."""
    leads = column.name == ("name" if found.tree else "region_id") and position in found.path.names
    return found.path.names[:-1] if leads else ()


def _left_out(sheet: Sheet, found: Assignment, position: int) -> str:
    header = sheet.headers[position]
    if position in found.path.above:
        return _("Says where the region lies.")
    if position == found.address:
        return _("The region can be read from it; the store keeps no address in this table.")
    if header.left_out:
        return _("A running number or a column without a title.")
    if header.derived:
        return _("A figure that is computed here, not imported.")
    taken = [fit.likeness.column for fit in found.chosen.values()]
    rival = next((f for f in found.fits.get(position, ()) if f.likeness.column in taken), None)
    if rival is not None and rival.score >= POSSIBLE:
        label = _(found.table.column(rival.likeness.column).label)
        return _("Another column fills “{column}” better.", column=label)
    return _("No column of the table is called so.")


def _reason(fit: Fit, column: Column) -> str:
    label = _(column.label)
    if fit.suits < 0.8:
        return _("Called like “{column}”, but some of its values are of another kind.", column=label)
    if fit.likeness.score >= 0.95:
        return _("Another word for “{column}”; the values suit.", column=label)
    return _("Resembles “{spelling}”, a word for “{column}”.", spelling=fit.likeness.spelling, column=label)


def _unit(header: Header, sample: Sample, column: Column, context: Context) -> Unit | None:
    """Return the unit: of the header, else of the title, else of the cells."""
    stated = context.unit if column.kind is Kind.MONEY or column.name == "quantity" else None
    for unit in (header.unit, stated, sample.unit):
        if unit is not None and units.suits(unit, column):
            return units.UNITS["万元"] if column.kind is Kind.MONEY and unit.code == "万" else unit
    return None


def _constants(sheet: Sheet, found: Assignment, context: Context) -> dict[str, str]:
    filled = {fit.likeness.column for fit in found.chosen.values()}
    names = {column.name for column in found.table.columns}
    if context.month is None or "month" not in names - filled:
        return {}
    if _figures_of_others(sheet, found, context):
        return {}
    return {"month": f"{context.month:%Y-%m}"}


def _figures_of_others(sheet: Sheet, found: Assignment, context: Context) -> list[str]:
    """Return the headers of figures that name another month or year than the title."""
    figures = [sheet.headers[at].text for at, fit in found.chosen.items() if is_figure(fit.likeness.column)]
    return [text for text in figures if context.month is not None and names_other(text, context.month)]


def _table_question(sheet: Sheet, ranked: Sequence[Assignment]) -> tuple[Question, ...]:
    best = ranked[0]
    twin = _TWINS.get(best.table.name) if any(h.customer for h in sheet.headers) else None
    near = [
        found
        for found in ranked
        if found.score > best.score - _CLOSE or (found.table.name == twin and found.score > best.score / 2)
    ]
    lost = any(
        header.measure and not header.derived and position not in best.chosen and not best.fits.get(position)
        for position, header in enumerate(sheet.headers)
    )
    doubtful = _lacks_figures(best) or _lists_measures(sheet, best)
    if len(ranked) < 2 or (len(near) < 2 and best.score >= _CLEAR and not lost and not doubtful):
        return ()
    shown = near if len(near) > 1 else ranked[:3]
    names = tuple(found.table.name for found in shown)
    proposed = None if doubtful else ranked[0].table.name
    return (Question("table", "", names, proposed, context={"tables": _labels(shown)}),)


def _lacks_figures(found: Assignment) -> bool:
    """Tell whether nothing of a sheet would be a figure of a table of figures: of returns, of rebates."""
    figures = {column.name for column in found.table.columns if is_figure(column.name)}
    return bool(figures) and figures.isdisjoint(fit.likeness.column for fit in found.chosen.values())


def _lists_measures(sheet: Sheet, found: Assignment) -> bool:
    """Tell whether what seem to be factors of regions are sales, capacities or plans in rows."""
    column = next((at for at, fit in found.chosen.items() if fit.likeness.column == "factor"), None)
    texts = sheet.samples[column].texts if column is not None else ()
    return any(measures_in(text) & {Measure.SALES, Measure.CAPACITY, Measure.PLAN} for text in set(texts))


def _column_questions(
    sheet: Sheet, found: Assignment, columns: Sequence[ColumnProposal]
) -> tuple[Question, ...]:
    asked = []
    taken = {column.target for column in columns if column.target}
    for column in columns:
        header = sheet.headers[column.position]
        if column.position in found.path.above or header.left_out:
            continue
        if column.position == found.address and column.target is None:
            continue
        free = [name for name, score in column.alternatives if name not in taken and score >= POSSIBLE]
        if column.target is None:
            other = rival(found, column.position)
            if other is not None and not free:
                free = [other]
            proposed = None
            if not free and (free := unclaimed(sheet, found, column)):
                proposed = LEFT_OUT if any(map(taken.__contains__, free)) else None
            if not header.derived and free:
                choices = tuple(f"{found.table.name}.{name}" for name in free)
                asked.append(_which(column, choices, proposed))
            continue
        near = [n for n, s in column.alternatives if s > column.confidence - _SECOND and n not in taken]
        if found.tree and {column.target, *near} <= set(CODED):
            # How the regions get their IDs is asked by itself.
            near = []
        if column.confidence < SURE or near:
            others = tuple(dict.fromkeys((column.target, *near, *free)))
            choices = tuple(f"{found.table.name}.{name}" for name in others)
            # 折扣金额 holds 金额, and a word that may make something else of it.
            odd = is_figure(column.target) and is_untold(column.header)
            asked.append(_which(column, choices, None if odd else choices[0]))
    return tuple(asked)


def _which(column: ColumnProposal, choices: tuple[str, ...], proposed: str | None) -> Question:
    return Question(
        "column",
        column.header,
        (*choices, LEFT_OUT),
        proposed,
        column.samples[:_SHOWN],
        {"label": column.header},
    )


def _constant_questions(
    sheet: Sheet, found: Assignment, constants: Mapping[str, str], context: Context
) -> tuple[Question, ...]:
    asked = []
    for name, value in constants.items():
        label = found.table.column(name).label
        lines = tuple(dict.fromkeys(line for line in context.lines if Context.of((line,)).month))
        asked.append(
            Question("constant", name, (value,), value, lines[:_SHOWN], {"label": label, "value": value})
        )
    named = any(fit.likeness.column == "name" for fit in found.chosen.values())
    others = _figures_of_others(sheet, found, context)
    missing = (*found.missing, *(("month",) if others and "month" not in found.missing else ()))
    for name in missing:
        context_of: dict[str, object] = {"label": found.table.column(name).label}
        if name in IDENTIFIERS and name == found.table.key[0]:
            if found.tree:
                continue
            way = "by_name" if named else "by_row"
            asked.append(Question("identifier", name, (way, "refuse"), way, (), context_of))
        else:
            ids = sorted(sheet.known.get(found.table.column(name).references or "", ()))
            choices = tuple(ids) if len(ids) <= _MOST_CHOICES else ()
            lines = (*context.periods, *others)[:_SHOWN] if name == "month" else ()
            context_of |= {"example": found.table.column(name).example}
            # Periods that contradict each other are shown.
            context_of |= {"by_title": "yes"} if lines else {}
            asked.append(Question("missing", name, choices, None, lines, context_of))
    return tuple(asked)
