"""The words of findings and questions about columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.exchange.columns.figure_words import KINDS_OF_FIGURES
from core.exchange.readers.questions import year_label
from core.i18n import N_, _, format_number
from core.tables import BY_NAME

# Code -> what is wrong, and what is allowed.
_FINDINGS: dict[str, tuple[str, str]] = {
    "not_a_number": (
        N_("“{value}” is no number."),
        N_("Numbers look like 1,234.5, (1,234), 3.5万, 三千五百 or 35%; —, / and 无 mean missing."),
    ),
    "range": (N_("“{value}” is a range or an estimate, not a number."), N_("Enter one number.")),
    "lost_digits": (
        N_("“{value}” was shortened by Excel: digits are lost."),
        N_("Format the column as text or number in the original and enter the value again."),
    ),
    "formula_error": (
        N_("“{value}” is a formula that failed; the value counts as missing."),
        N_("Mend the formula in the original, or leave it empty."),
    ),
    "own_unit": (
        N_("“{value}” carries a unit of its own, which counts instead of the unit of the column."),
        N_("Nothing to do if the unit is right."),
    ),
    "unit_conflict": (
        N_("The unit of “{value}” doesn't suit the column."),
        N_("Expected {allowed}."),
    ),
    "rounded": (N_("“{value}” was rounded to two decimals."), N_("Amounts are in yuan and fen.")),
    "not_whole": (N_("“{value}” is no whole number."), N_("Expected digits only, such as 12.")),
    "not_a_date": (
        N_("“{value}” is no day."),
        N_("Days look like 2024-03-05, 2024年3月5日, 2024.3.5 or 20240305."),
    ),
    "no_such_day": (N_("The day “{value}” doesn't exist."), N_("Look at the original.")),
    "not_a_month": (
        N_("“{value}” is no month."),
        N_("Months look like 2024-03, 2024年3月, 2024.3 or 202403."),
    ),
    "whole_period": (
        N_("“{value}” is a period, not a month."),
        N_("Split quarters, half-years and years into months, or leave the row out."),
    ),
    "day_not_month": (
        N_("“{value}” is a day, not a month."),
        N_("Sum the days of a month first, or answer that the day doesn't matter."),
    ),
    "not_a_time": (N_("“{value}” is no time."), N_("Times look like 2024-03-05 09:30 or 2024年3月5日 9:30.")),
    "not_boolean": (N_("“{value}” is neither yes nor no."), N_("Allowed are 是 and 否, √ and ×, 1 and 0.")),
    "unknown_choice": (
        N_("“{value}” is not one of the usual values; it was kept."),
        N_("Usual are {allowed}."),
    ),
    "excel_number": (N_("Excel had made a number of the code “{value}”."), N_("It was turned back.")),
    "excel_quote": (N_("Signs of Excel around “{value}” were left out."), N_("Nothing to do.")),
    "not_a_code": (N_("“{value}” is no code."), N_("A code has no decimals; look at the original.")),
}
# Code -> the question, and the evidence.
_QUESTIONS: dict[str, tuple[str, str]] = {
    "table": (N_("What does this sheet hold?"), N_("Its columns suit several tables: {tables}.")),
    "column": (N_("What does the column “{column}” hold?"), N_("Values: {values}.")),
    "unit": (
        N_("In which unit is “{column}”?"),
        N_("Neither header nor title says so. Values: {values}."),
    ),
    "unit_conflict": (
        N_("In which unit is “{column}”?"),
        N_("The header says {header_unit}, the title {title_unit}. Values: {values}."),
    ),
    "scale": (N_("Does 35 in “{column}” mean 35 %, or 0.35?"), N_("Values: {values}.")),
    "decimal_mark": (N_("Is the comma in “{column}” a decimal point?"), N_("Values: {values}.")),
    "date_order": (N_("In which order are day, month and year in “{column}”?"), N_("Values: {values}.")),
    "month_name": (
        N_("Is the number beside the month in “{column}” a year or a day?"),
        N_("Values: {values}."),
    ),
    "october": (
        N_("Does “.1” in “{column}” mean January or October?"),
        N_("Excel drops the zero of 2024.10. Values: {values}."),
    ),
    "year": (N_("Which year is meant in “{column}”?"), N_("Values without a year: {values}.")),
    "day_to_month": (
        N_("“{column}” holds days where months are wanted. Does the day matter?"),
        N_("Values: {values}."),
    ),
    "leading_zeros": (
        N_("Has “{column}” lost zeros at the beginning?"),
        N_("Codes are shorter than the usual {width} digits: {values}."),
    ),
    "blank_means_no": (N_("Does an empty cell in “{column}” mean no?"), N_("Values: {values}.")),
    "constant": (N_("Is “{column}” {value} in all rows?"), N_("The title says so: {values}.")),
    "missing": (N_("What is “{column}” in all rows?"), N_("No column holds it, and it is needed.")),
    "missing_titled": (
        N_("What is “{column}” in all rows?"),
        N_("No column holds it; a line above the table or a name says: {values}."),
    ),
    "titled": (
        N_("Do all rows belong to “{value}” (“{column}”)?"),
        N_("No column says so; a line above the table or a name does: {values}."),
    ),
    "title_conflict": (
        N_("The title names {value}, the rows say another “{column}”: {values}."),
        N_("The title: {seen}. Which counts?"),
    ),
    "identifier": (
        N_("The rows have no “{column}”. How are they told apart?"),
        N_("It is needed to recognise a row when the file comes again."),
    ),
    "crs": (N_("In which coordinate system are the points?"), "{evidence}"),
    "region_from_address": (
        N_("No column says the region. Shall it be read from “{column}”?"),
        N_("What is found is a proposal to be confirmed under names. Values: {values}."),
    ),
    "region_from_address_lost": (
        N_("No column says the region. Shall it be read from “{column}”?"),
        N_(
            "The store keeps no address in this table: “{column}” is used for the region only, which is a"
            " proposal to be confirmed under names. Values: {values}."
        ),
    ),
    "identifier_tree": (
        N_("Which ID does each region of the path get?"),
        N_("Every province, city and county becomes a region; one that is known by its path keeps its ID."),
    ),
    "shown_number": (
        N_("“{shown}” is shown by the format {format}, which doesn't agree with the unit of “{column}”."),
        N_("Which amount is meant?"),
    ),
    "shown_number_words": (
        N_("“{shown}” in “{column}” is shown by the format {format}, which says more than the figure."),
        N_("Which amount is meant? If it is no such amount, leave the column out."),
    ),
    "shown_number_beside": (
        N_("“{shown}” in “{column}” is shown as it is stored, others are divided by the format {format}."),
        N_("Which amount is meant?"),
    ),
    "shown_number_unread": (
        N_("The file's number formats can't be read: is “{shown}” under “{column}” in {unit}, or in yuan?"),
        N_("Excel can show an amount stored in yuan in another unit. Which amount is meant?"),
    ),
    "exchange_rate": (
        N_("How many yuan is one {value} in “{column}”?"),
        N_("The amounts are in another currency; they are kept in yuan. Values: {values}."),
    ),
    "row_kind": (
        N_("What do rows with “{value}” under “{column}” do?"),
        N_("Rows: {rows}; their figures make {total} in all."),
    ),
    "repeated_keys": (
        N_("{rows} rows have the same place, product and month as another one. Are they added up?"),
        N_("They make {keys} rows; the first: {parts} = {total}. Equal in every cell: {same}."),
    ),
    "returns_beside": (
        N_("“{column}” holds returns. Are they still to be taken off “{value}”?"),
        N_("Values: {values}."),
    ),
    "nested_region": (
        N_("“{value}” holds other regions of the sheet ({below}). Does its figure come on top of theirs?"),
        N_("Its figures make {total}, theirs {parts}; both would be added up."),
    ),
    "measure": (
        N_("“{seen}” speaks of {kinds}. What are the figures in “{column}”?"),
        N_("The table holds {holds}. Values: {values}."),
    ),
    "measure_owned": (
        N_("“{seen}” says whose the figures are, and a capacity is nobody's. What is in “{column}”?"),
        N_("Values: {values}."),
    ),
    "piece": (
        N_("Is a 件 in “{column}” a case or a single piece?"),
        N_("People mean either by it; the quantities are turned into the unit of each product."),
    ),
}
_VARIANTS = {
    "by_title": "missing_titled",
    "lost": "region_from_address_lost",
    "tree": "identifier_tree",
    "owned": "measure_owned",
}
"""What is known more of a question -> its own words."""
_CHOICES = {
    "ymd": N_("year, month, day"),
    "dmy": N_("day, month, year"),
    "mdy": N_("month, day, year"),
    "comma": N_("Yes: 1,5 is one and a half, 1.500 is fifteen hundred"),
    "point": N_("No: 1.5 is one and a half, 1,500 is fifteen hundred"),
    "fraction": N_("0.35 means 35 %"),
    "percent": N_("35 means 35 %"),
    "january": N_("January"),
    "october": N_("October"),
    "both": N_("Both: refuse such rows"),
    "year": N_("a year"),
    "day": N_("a day"),
    "month": N_("Take the month of the day"),
    "refuse": N_("The day matters: refuse such rows"),
    "keep": N_("No, keep them as they are"),
    "pad": N_("Yes, fill up with zeros"),
    "unknown": N_("No, it is unknown"),
    "no": N_("Yes, it means no"),
    "product": N_("The unit of each product"),
    "by_name": N_("By their name: known names keep their ID, new names become one"),
    "by_row": N_("By their content: an ID is made of it"),
    "leave_out": N_("Leave the column out"),
    "own_sales": N_("Sales of our own company"),
    "subtract": N_("Returns: they are subtracted"),
    "difference": N_("Running totals: the month is the difference to the month before"),
    "times_days": N_("Averages per day: times the days of the month"),
    "yes": N_("Yes"),
    "case": N_("A case"),
    "piece": N_("A single piece"),
    "add": N_("They count as they stand"),
    "sum": N_("Yes: their figures are added up"),
    "by_path": N_("By the names of its path, such as 湖北省-武汉市-江岸区"),
}
_OWN_CHOICES = {
    ("identifier", "refuse"): N_("Such rows can't be imported"),
    ("region_from_address", "no"): N_("No, the region stays empty"),
    ("row_kind", "subtract"): N_("They are subtracted"),
    ("row_kind", "leave_out"): N_("They don't count"),
    ("returns_beside", "deduct"): N_("Yes, subtract them"),
    ("returns_beside", "net"): N_("No, they are taken off already"),
    ("nested_region", "leave_out"): N_("No, it is their total: leave it out"),
    ("nested_region", "add"): N_("Yes, keep both"),
    ("repeated_keys", "refuse"): N_("No: such rows are errors"),
    ("measure", "leave_out"): N_("Something else: leave them out"),
}
"""Choices that mean something else in one question."""
FINDING_CODES = tuple(_FINDINGS)
QUESTION_CODES = tuple(_QUESTIONS)


def finding_words(code: str, value: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Return message and hint of a finding in the current language."""
    message, hint = _FINDINGS[code]
    near = context.get("nearest")
    more = _(" Nearest: {nearest}.", nearest=near) if near else ""
    fields = {"value": value, "allowed": _listed(context.get("allowed") or ())}
    return _(message).format(**fields), _(hint).format(**fields) + more


def question_words(
    code: str, column: str, values: Sequence[str], context: Mapping[str, object]
) -> tuple[str, str]:
    """Return a question and its evidence in the current language."""
    variant = next((words for known, words in _VARIANTS.items() if context.get(known)), code)
    question, evidence = _QUESTIONS[variant]
    if code == "table" and not context.get("tables"):
        return _(question), _("None of its columns is called as in a table.")
    label = str(context.get("label", column))
    fields = {
        "column": _(label) if label else "",
        "values": _listed(values) or "–",
        "tables": _listed(context.get("tables") or ()),
        "width": context.get("width", ""),
        "value": context.get("value", ""),
        "header_unit": context.get("header_unit", ""),
        "title_unit": context.get("title_unit", ""),
        "evidence": context.get("evidence", ""),
        **{name: context.get(name, "") for name in ("rows", "keys", "parts", "total", "same", "below")},
        "seen": context.get("seen", ""),
        "shown": context.get("shown", ""),
        "format": context.get("format", ""),
        "kinds": _(", ").join(_(KINDS_OF_FIGURES[kind]) for kind in str(context.get("kinds", "")).split("+")),
        "holds": _(BY_NAME[str(context["table"])].label) if context.get("table") in BY_NAME else "",
    }
    return _(question).format(**fields), _(evidence).format(**fields)


_FORMS = {
    "swapped": N_("{system}, latitude and longitude exchanged"),
    "metres": N_("{system}, metres of Web Mercator"),
    "micro": N_("{system}, millionths of a degree"),
}
"""What the numbers of points are, behind the name of their system."""


def choice_label(  # noqa: PLR0911 - one return per kind of choice
    code: str, choice: str, context: Mapping[str, object] | None = None
) -> str:
    """Return the words of a choice in the current language; a table, column or unit is its own name.

    Parameters
    ----------
    code
        Of the question.
    choice
        The choice.
    context
        Of the question: what the choice would do to an example.
    """
    if code in {"table", "measure"} and choice in BY_NAME:
        return _(BY_NAME[choice].label)
    if code == "column":
        of, _dot, name = choice.partition(".")
        if of in BY_NAME and name:
            return _(BY_NAME[of].column(name).label)
    if (code, choice) == ("measure", "as_is"):
        return _(
            "Count them as {table}, as they stand", table=_(BY_NAME[str((context or {})["table"])].label)
        )
    if code == "title_conflict":
        context = context or {}
        return _("The title: {value}", value=context.get("value", "")) if choice == "title" else _("The rows")
    if (code, choice) == ("titled", "none"):
        return _("No, leave it open")
    if code.startswith("shown_number"):
        figure = Decimal(str((context or {}).get("figure", (context or {}).get("shown", "0"))))
        return f"{figure:f} → {format_number(figure * Decimal(choice), 2)}"
    if code == "year":
        return year_label(choice)
    if code == "crs" and " " in choice:
        system, form = choice.split(" ", 1)
        return _(_FORMS[form], system=system)
    if code == "piece" and context and context.get(choice):
        return _with_example(choice, context)
    if (code, choice) == ("identifier", "by_code"):
        return _("By the code in “{column}”", column=(context or {}).get("code", ""))
    names = (context or {}).get("names")
    own = _OWN_CHOICES.get((code, choice)) or _CHOICES.get(choice)
    named = names.get(choice) if isinstance(names, Mapping) else None
    return _(own) if own else str(named or choice)


def _with_example(choice: str, context: Mapping[str, object]) -> str:
    """Return what a choice about quantities does to an example."""
    return _(
        "{choice}: {quantity} 件 of {product} are {turned} {uom}",
        choice=_(_CHOICES[choice]),
        turned=_plain(context[choice]),
        quantity=_plain(context["quantity"]),
        product=context["product"],
        uom=context["uom"],
    )


def _plain(number: object) -> str:
    """Return a number with at most two decimals."""
    found = Decimal(str(number))
    return format_number(found, 0 if found == found.to_integral_value() else 2)


def _listed(values: object) -> str:
    if isinstance(values, str) or not isinstance(values, Iterable):
        return str(values)
    return _(", ").join(str(value) for value in values)
