"""Where the names of marks stand so that they don't run into each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LINE = 15.0
Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in pixels."""
# A name across a name can't be read; one across a mark can.
WRITING_WEIGHT = 8.0


@dataclass(frozen=True)
class Mark:
    """A mark that wants a name.

    Parameters
    ----------
    x, y
        Its centre, in pixels from the lower left corner.
    radius
        Its radius, in pixels; a place without a mark has none, and its name may stand on it.
    text
        Its name, in lines.
    """

    x: float
    y: float
    radius: float
    text: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of its name, in pixels."""
        lines = self.text.split("\n")
        return max(map(text_width, lines)), LINE * len(lines)


def text_width(text: str, size: float = 12) -> float:
    """Estimate the width of a text, in pixels; a Chinese character is square, a Latin one half as wide.

    Parameters
    ----------
    size
        Font size, in pixels.
    """
    return sum(size * 1.04 if ord(letter) > 0x2E80 else size * 0.57 for letter in text)


def place_labels(
    marks: Sequence[Mark],
    width: float,
    height: float,
    *,
    around: Sequence[Mark] = (),
    writing: Sequence[Box] = (),
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
    writing
        What is written already.

    Returns
    -------
    list of (float, float)
        Shift of each name's centre from its mark, in pixels.
    """
    hidden = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in (*marks, *around)]
    written = list(writing)
    shifts = []
    for mark in marks:
        options = _options(mark)
        boxes = [_box(mark, shift) for shift in options]
        costs = [
            sum(_overlap(box, other) for other in hidden)
            + WRITING_WEIGHT * (sum(_overlap(box, other) for other in written) + _outside(box, width, height))
            for box in boxes
        ]
        best = costs.index(min(costs))
        shifts.append(options[best])
        written.append(boxes[best])
    return shifts


def _options(mark: Mark) -> list[tuple[float, float]]:
    """Return the places of a name, the best first: beside its mark, and a line further off."""
    wide, high = (length / 2 for length in mark.size)
    across, upwards = mark.radius + wide, mark.radius + high + 1
    beside = [
        (0.0, upwards),
        (0.0, -upwards),
        (across + 3, 0.0),
        (-across - 3, 0.0),
        (across, mark.radius),
        (-across, mark.radius),
        (across, -mark.radius),
        (-across, -mark.radius),
    ]
    further = [
        (x + (LINE if x > 0 else -LINE if x < 0 else 0), y + (LINE if y > 0 else -LINE if y < 0 else 0))
        for x, y in beside
    ]
    return [*([] if mark.radius else [(0.0, 0.0)]), *beside, *further]


def _box(mark: Mark, shift: tuple[float, float]) -> Box:
    wide, high = (length / 2 for length in mark.size)
    x, y = mark.x + shift[0], mark.y + shift[1]
    return x - wide, y - high, x + wide, y + high


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
