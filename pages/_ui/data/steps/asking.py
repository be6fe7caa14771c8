"""Questions of a step as radio buttons, answered with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, ngettext
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.flow import Asked
    from pages._ui.data.guide import Guide


_LACKING = "questions_without_answer"
_TYPED = frozenset(("constant", "missing", "year"))
"""Questions whose one choice is what a title says, of many possible answers."""


def ask(current: Guide, questions: Sequence[Asked]) -> None:
    """Show questions with the likeliest answer chosen; nothing holds before it is confirmed.

    Parameters
    ----------
    current
        The file.
    questions
        Of one step.
    """
    if not questions:
        return
    with st.container(border=True):
        lacking = st.session_state.pop(_LACKING, 0)
        if lacking:
            message = ngettext(
                "{n} question has no answer yet: choose one, then confirm.",
                "{n} questions have no answer yet: choose one for each, then confirm.",
                lacking,
            )
            st.warning(message, icon=":material/help:")
        for question in questions:
            _one(current, question)
        st.button(
            _("Confirm"),
            type="primary",
            icon=":material/check:",
            key=f"confirm_{questions[0].step}_{current.generation}",
            on_click=in_language(_confirm),
            args=(current, tuple(questions)),
        )


def _key(current: Guide, question: Asked) -> str:
    return f"asked_{current.generation}_{current.path.name}_{question.key}"


def _one(current: Guide, question: Asked) -> None:
    label = f"**{question.text}**" + (f"  \n:gray[{question.evidence}]" if question.evidence else "")
    key = _key(current, question)
    if not question.choices or (len(question.choices) == 1 and question.code in _TYPED):
        st.text_input(label, question.proposed or "", placeholder=question.example, key=key)
    elif len(question.choices) > 8:
        choices = list(question.choices)
        at = choices.index(question.proposed) if question.proposed in choices else None
        st.selectbox(label, choices, at, format_func=question.label, key=key)
    else:
        choices = list(question.choices)
        at = choices.index(question.proposed) if question.proposed in choices else None
        st.radio(label, choices, at, format_func=question.label, key=key, horizontal=True)


def _confirm(current: Guide, questions: Sequence[Asked]) -> None:
    answers, lacking = current.answers, 0
    for question in questions:
        choice = st.session_state.get(_key(current, question))
        if choice not in {None, ""} or (choice == "" and "" in question.choices):
            answers = question.answered(answers, choice)
        else:
            lacking += 1
    st.session_state[_LACKING] = lacking
    if lacking < len(questions):
        current.answer(answers)
