"""Places on a slide: boxes, and the frame that says where title, picture, table and foot stand."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.util import Emu, Inches


@dataclass(frozen=True)
class Box:
    """A place on the slide, in the file's units (914,400 to the inch)."""

    left: int
    top: int
    width: int
    height: int

    def part(self, left: float, top: float, width: float, height: float) -> Box:
        """Return a part of the box, its sides given as fractions."""
        return Box(
            round(self.left + left * self.width),
            round(self.top + top * self.height),
            round(width * self.width),
            round(height * self.height),
        )

    @property
    def sides(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height, as the library takes them."""
        return Emu(self.left), Emu(self.top), Emu(self.width), Emu(self.height)


def inches(left: float, top: float, width: float, height: float) -> Box:
    """Return the box of some inches."""
    return Box(Inches(left), Inches(top), Inches(width), Inches(height))


@dataclass(frozen=True)
class Frame:
    """Where the parts of a slide stand.

    Parameters
    ----------
    area
        Room of picture, table and points.
    places_title
        False where the layout of a template says how its title stands.
    """

    title: Box
    subject: Box
    area: Box
    foot: Box
    places_title: bool = True

    @property
    def picture(self) -> Box:
        """The left part of the area, where something stands beside it."""
        return self.area.part(0, 0, PICTURE_PART, 1)

    @property
    def aside(self) -> Box:
        """The right part of the area."""
        return self.area.part(ASIDE_PART, 0, 1 - ASIDE_PART, 1)


WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
PICTURE_PART, ASIDE_PART = 7.6 / 12.43, 7.85 / 12.43
FRAME = Frame(
    inches(0.45, 0.28, 12.43, 0.92),
    inches(0.45, 1.26, 12.43, 0.3),
    inches(0.45, 1.65, 12.43, 4.95),
    inches(0.45, 6.68, 12.43, 0.62),
)
