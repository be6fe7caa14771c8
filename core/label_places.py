"""Where the names of marks stand so that they don't run into each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LINE = 15.0


@dataclass(frozen=True)
class Mark:
    """A mark that wants a name.

    Parameters
    ----------
    x, y
        Its centre, in pixels from the lower left corner.
    radius
        Its radius, in pixels.
    """

    x: float
    y: float
    radius: float
    text: str


def text_width(text: str, size: float = 12) -> float:
    """Estimate the width of a text, in pixels; a Chinese character is square, a Latin one half as wide.

    Parameters
    ----------
    size
        Font size, in pixels.
    """
    return sum(size * 1.04 if ord(letter) > 0x2E80 else size * 0.57 for letter in text)


def place_labels(
    marks: Sequence[Mark], width: float, height: float, *, around: Sequence[Mark] = ()
) -> list[tuple[float, float]]:
    """Choose for each mark, in order, the side where its name hides the least.

    Parameters
    ----------
    marks
        The most important first: it gets the first choice.
    width, height
        Size of the plot, in pixels.
    around
        Marks without a name, which no name should hide.

    Returns
    -------
    list of (float, float)
        Shift of each name's centre from its mark, in pixels.
    """
    boxes_around = [
        (m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in (*marks, *around)
    ]
    shifts = []
    for mark in marks:
        half = text_width(mark.text) / 2
        options = [
            (0.0, mark.radius + LINE / 2 + 1),
            (0.0, -mark.radius - LINE / 2 - 1),
            (mark.radius + half + 3, 0.0),
            (-mark.radius - half - 3, 0.0),
            (mark.radius + half, mark.radius),
            (-mark.radius - half, mark.radius),
            (mark.radius + half, -mark.radius),
            (-mark.radius - half, -mark.radius),
        ]
        boxes = [
            (mark.x + dx - half, mark.y + dy - LINE / 2, mark.x + dx + half, mark.y + dy + LINE / 2)
            for dx, dy in options
        ]
        costs = [
            sum(_overlap(box, other) for other in boxes_around) + _outside(box, width, height)
            for box in boxes
        ]
        best = costs.index(min(costs))
        shifts.append(options[best])
        boxes_around.append(boxes[best])
    return shifts


def spread(positions: Sequence[float], least: float) -> list[float]:
    """Push rising or falling positions apart until neighbours are ``least`` away, moving each a little.

    Parameters
    ----------
    positions
        Wanted places of labels along a line, in any order.
    least
        Smallest distance between two.

    Returns
    -------
    list of float
        The places, in the order of ``positions``.
    """
    order = sorted(range(len(positions)), key=positions.__getitem__)
    groups: list[tuple[float, list[int]]] = []
    for index in order:
        members, centre = [index], positions[index]
        # Merge with the group below while the two would touch; a group is centred on its own mean.
        while groups and centre - least * (len(members) - 1) / 2 < _top(groups[-1], least) + least:
            below = groups.pop()
            members = below[1] + members
            centre = sum(positions[i] for i in members) / len(members)
        groups.append((centre, members))
    result = [0.0] * len(positions)
    for centre, members in groups:
        for rank, index in enumerate(members):
            result[index] = centre + (rank - (len(members) - 1) / 2) * least
    return result


def _top(group: tuple[float, list[int]], least: float) -> float:
    return group[0] + least * (len(group[1]) - 1) / 2


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    upwards = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(upwards, 0.0)


def _outside(box: tuple[float, ...], width: float, height: float) -> float:
    beyond = max(-box[0], 0) + max(box[2] - width, 0) + max(-box[1], 0) + max(box[3] - height, 0)
    return 20 * beyond
