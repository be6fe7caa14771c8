"""Names and explanations of the codes in the market table, in the language in use.

A code is an English identifier that files and programs rely on; people read its label. The method's own
Chinese term is kept beside it word for word, whatever the language of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, nearest
from core.i18n import N_, _, format_number
from core.market.terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class CodeText:
    """What people read for one code.

    Parameters
    ----------
    label
        A few words, in the language in use.
    explanation
        One or two sentences, in the language in use.
    term
        The method's exact Chinese term; empty where the method has none.
    """

    label: str
    explanation: str
    term: str


FEASIBILITY_SENTENCES = {
    "secured": N_("Already No.1: own sales of {own} are at least {k} times the second."),
    "fits_in_market": N_(
        "Possible without market growth and without touching the leader: {target_fixed} and the rival's "
        "{rival_sales} fit into recorded sales of {recorded_sales}."
    ),
    "needs_unidentified": N_(
        "Possible only if the unidentified {unidentified} of the market can be won: {target_fixed} and the "
        "rival's {rival_sales} exceed recorded sales of {recorded_sales}."
    ),
    "needs_growth_or_leader": N_(
        "Not possible in today's market with the leader untouched: {target_fixed} and the rival's "
        "{rival_sales} exceed recorded sales of {recorded_sales}. The market must grow to {market_needed}, "
        "or the leader must lose."
    ),
    "no_target": N_("No target of {k} times the second: own or rivals' sales aren't recorded."),
}


def describe(kind: str, code: str) -> CodeText:
    """Return the texts of a code.

    Parameters
    ----------
    kind
        state, structure, share_symbol, zone, difficulty, direction, bcg, feasibility, target_basis, stage,
        warning, missing, principle, status, trend, grade or position.
    code
        A code of that kind, as it is in the tables.

    Returns
    -------
    CodeText
        In the language in use.

    Raises
    ------
    InputError
        There is no such kind or code.
    """
    texts = TERMS.get(kind)
    if texts is None or code not in texts:
        allowed = list(TERMS) if texts is None else list(texts)
        wrong = kind if texts is None else code
        raise InputError(
            _("Unknown value {value} for {name}.", value=wrong, name="kind" if texts is None else kind),
            _("Did you mean {suggestion}?", suggestion=nearest(wrong, allowed) or ", ".join(allowed)),
        )
    text_label, explanation, term = texts[code]
    return CodeText(_(text_label), _(explanation), term)


def label(kind: str, code: object) -> str:
    """Return the label of a code, an em dash where it is missing. See :func:`describe`."""
    return describe(kind, code).label if isinstance(code, str) and code else "—"


def labels(kind: str) -> dict[str, str]:
    """Return the labels of all codes of a kind, in the kind's own order; ``Series.map`` takes it."""
    return {code: _(texts[0]) for code, texts in TERMS[kind].items()}


def explanation(kind: str, code: str) -> str:
    """Return the explanation of a code. See :func:`describe`."""
    return describe(kind, code).explanation


def joined_labels(kind: str, codes: str) -> tuple[str, ...]:
    """Return the explanations of codes joined by commas, as in the columns warnings and missing."""
    return tuple(explanation(kind, code) for code in codes.split(",") if code)


def feasibility_sentence(row: Mapping[str, object], *, k: float) -> str:
    """Say in words whether the fixed-rival target is possible, with this row's numbers.

    Parameters
    ----------
    row
        A row of the market table.
    k
        The No.1 multiple of the table.

    Returns
    -------
    str
        One or two sentences; amounts in yuan.
    """
    names = ("own", "target_fixed", "rival_sales", "recorded_sales", "unidentified", "market_needed")
    amounts = {name: _yuan(row[name]) for name in names}
    return _(FEASIBILITY_SENTENCES[str(row["feasibility"])], k=f"{k:.4g}", **amounts)


def _yuan(value: object) -> str:
    return format_number(float(value), 0) if isinstance(value, (int, float)) and value == value else "—"  # noqa: PLR0124
