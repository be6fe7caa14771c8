"""Names and explanations of the codes in the market table, in the language in use.

A code is an English identifier that files and programs rely on; people read its label. The method's own
Chinese term is kept beside it word for word, whatever the language of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import InputError, nearest
from core.i18n import N_, _
from core.market.terms import TERMS


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
        warning, missing, principle or status.
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


def listed(kind: str, codes: str) -> str:
    """Return the labels of codes joined by commas as one list of words."""
    return _(", ").join(label(kind, code) for code in codes.split(",") if code)
