"""Drawing on a page of paper: texts that break into lines, lines and boxes, measured from the upper left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor

from core.exchange.slides.fit import LINE
from core.exchange.slides.text import INK, pieces, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.report.paper.letters import Letters


@dataclass(frozen=True)
class Place:
    """A box on paper, in points from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height


class Pen:
    """Draws on the pages of a PDF.

    Parameters
    ----------
    canvas
        Of the PDF library.
    height
        Of a page, points.
    """

    def __init__(self, canvas: Any, height: float, letters: Letters) -> None:  # noqa: ANN401 - untyped library
        self.canvas, self.height, self.letters = canvas, height, letters

    def text(
        self, at: tuple[float, float], text: str, size: float, *,
        colour: str = INK, bold: bool = False, align: str = "left",
    ) -> None:  # fmt: skip
        """Write one line; ``at`` is its base line's beginning, middle or end, as ``align`` says."""
        self.canvas.setFont(self.letters.bold if bold else self.letters.regular, size)
        self.canvas.setFillColor(HexColor(colour))
        draw = {
            "left": self.canvas.drawString,
            "middle": self.canvas.drawCentredString,
            "right": self.canvas.drawRightString,
        }[align]
        draw(at[0], self.height - at[1], plain(text))

    def paragraph(
        self, place: Place, text: str, size: float, *,
        colour: str = INK, bold: bool = False, align: str = "left",
    ) -> float:  # fmt: skip
        """Write a text on as many lines as it needs from the top of a place; return where it ends."""
        x = {"left": place.left, "middle": place.left + place.width / 2, "right": place.right}[align]
        top = place.top
        for line in self.lines(text, size, place.width, bold=bold):
            self.text((x, top + size * 0.98), line, size, colour=colour, bold=bold, align=align)
            top += size * LINE
        return top

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """Return a text's lines: a Chinese one breaks anywhere, a Latin one between words."""
        lines, line = [], ""
        for piece in pieces(plain(text)):
            if line and self.letters.width((line + piece).rstrip(), size, bold=bold) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line.rstrip()]

    def box(self, place: Place, *, fill: str | None = None, line: str | None = None) -> None:
        """Draw a box."""
        if fill is not None:
            self.canvas.setFillColor(HexColor(fill))
        if line is not None:
            self.canvas.setStrokeColor(HexColor(line))
            self.canvas.setLineWidth(0.75)
        y = self.height - place.bottom
        self.canvas.rect(
            place.left, y, place.width, place.height, stroke=int(line is not None), fill=int(fill is not None)
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, *, thick: float = 0.75, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(thick)
        self.canvas.setDash([3, 3] if dashed else [])
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        self.canvas.drawPath(path)
        self.canvas.setDash([])

    def circle(self, at: tuple[float, float], radius: float, fill: str) -> None:
        """Draw a disc that others can be seen through."""
        self.canvas.setFillColor(HexColor(fill))
        self.canvas.setStrokeColor(HexColor("#FFFFFF"))
        self.canvas.setLineWidth(0.5)
        self.canvas.setFillAlpha(0.8)
        self.canvas.circle(at[0], self.height - at[1], radius, stroke=1, fill=1)
        self.canvas.setFillAlpha(1)
