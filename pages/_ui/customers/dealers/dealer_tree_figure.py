"""The decision tree as a picture, with the way that was walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from core.customers.dealers.decision import DISPOSITIONS, FUNCTIONS
from core.i18n import N_, _
from pages._ui.charts.layout import Caption, View, finish
from pages._ui.charts.palette import MISSING, MISSING_DARK, ink_on
from pages._ui.customers.dealers.dealer_figures import LOOKS

if TYPE_CHECKING:
    from core.customers.dealers.decision import Walk

# Place of each question and result: across, upwards.
_PLACES: dict[str, tuple[float, float]] = {
    "attitude": (0, 4),
    "usable_capability": (1, 3),
    "able": (2, 2),
    "accepts_training": (1, 1),
    "functions": (3, 1),
    "can_transform": (2, 0),
    "eliminate": (0, 0),
    "train": (1, 0),
    "keep": (3.6, 0),
    "redraw": (2.9, -1),
    "transform": (1.3, -1),
}
_LABELS = {
    "attitude": N_("attitude good?"),
    "usable_capability": N_("capability usable?"),
    "able": N_("able untrained?"),
    "accepts_training": N_("accepts training?"),
    "functions": N_("all three functions?"),
    "can_transform": N_("can build them?"),
}
# From, answer, to.
_WAYS = (
    ("attitude", True, "usable_capability"),
    ("attitude", False, "eliminate"),
    ("usable_capability", True, "able"),
    ("usable_capability", False, "eliminate"),
    ("able", True, "functions"),
    ("able", False, "accepts_training"),
    ("accepts_training", True, "train"),
    ("accepts_training", False, "eliminate"),
    ("functions", True, "keep"),
    ("functions", False, "can_transform"),
    ("can_transform", True, "transform"),
    ("can_transform", False, "redraw"),
)
_WALKED = "#D55E00"


def tree_figure(walk: Walk, caption: Caption, view: View) -> go.Figure:
    """Draw the questions and results; the way walked is thick and coloured."""
    answers = _answers(walk)
    reached = _reached(answers)
    figure = go.Figure()
    figure.add_scatter(x=[-0.6, 4.2], y=[-1.4, 4.5], mode="markers", marker={"opacity": 0}, hoverinfo="skip")
    faint = MISSING_DARK if view.dark else MISSING
    for start, answer, end in _WAYS:
        walked = answers.get(start) is answer and start in reached
        _way(
            figure, (start, end), _("yes") if answer else _("no"), _WALKED if walked else faint, walked=walked
        )
    for name, place in _PLACES.items():
        _node(figure, name, place, view, lit=name in reached)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    figure.update_layout(showlegend=False)
    return finish(figure, caption, height=view.height, view=view.place)


def _answers(walk: Walk) -> dict[str, bool | None]:
    """Return the answer at each node; the three functions are one node."""
    answers = {step.question: step.answer for step in walk.steps}
    path = [answers[name] for name in FUNCTIONS if name in answers]
    if path:
        complete = len(path) == len(FUNCTIONS) and None not in path
        answers["functions"] = all(path) if complete else None
    return answers


def _reached(answers: dict[str, bool | None]) -> set[str]:
    reached = {"attitude"}
    # The ways are listed from the root on, so one pass follows them all.
    for start, answer, end in _WAYS:
        if start in reached and answers.get(start) is answer:
            reached.add(end)
    return reached


def _way(figure: go.Figure, ends: tuple[str, str], text: str, colour: str, *, walked: bool) -> None:
    (x0, y0), (x1, y1) = _PLACES[ends[0]], _PLACES[ends[1]]
    figure.add_shape(
        type="line",
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        line={"width": 4 if walked else 1.5, "color": colour},
        layer="below",
    )
    figure.add_annotation(
        x=x0 + (x1 - x0) * 0.45,
        y=y0 + (y1 - y0) * 0.45,
        text=f"<b>{text}</b>" if walked else text,
        showarrow=False,
        font={"size": 11, "color": colour if walked else "#7A828C"},
        xshift=10,
    )


def _node(figure: go.Figure, name: str, place: tuple[float, float], view: View, *, lit: bool) -> None:
    is_result = name in DISPOSITIONS
    fill = LOOKS[name][0] if is_result and lit else ("#3A424C" if view.dark else "#EEF1F5")
    label = _(DISPOSITIONS[name]) if is_result else _(_LABELS[name])
    figure.add_annotation(
        x=place[0],
        y=place[1],
        text=f"<b>{label}</b>" if lit else label,
        showarrow=False,
        bgcolor=fill,
        bordercolor=_WALKED if lit else "rgba(120,128,138,0.6)",
        borderwidth=2 if lit else 1,
        borderpad=5,
        font={"size": 12, "color": ink_on(fill)},
    )
