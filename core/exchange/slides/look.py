"""How a deck looks: its fonts and the colours of us and of the rival, its own or a company's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from core.colours import RIVAL, US
from core.exchange.slides.content import Bars, Bridge, Columns, Lines
from core.exchange.slides.text import name_fonts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.exchange.slides.content import Picture, Slide


@dataclass(frozen=True)
class Look:
    """Fonts and colours of a deck.

    Parameters
    ----------
    scripts
        For which letters the font is named on each text; a template with fonts of its own keeps them.
    colours
        Colour of the deck by colour of the product.
    """

    scripts: tuple[str, ...] = ("latin", "ea")
    colours: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_theme(cls, fonts: Mapping[str, str], accents: tuple[str, ...]) -> Look:
        """Return the look of a company's theme.

        Parameters
        ----------
        fonts
            Its font for body texts by script, ``latin`` and ``ea``; absent where it names none.
        accents
            Its accent colours: the first one is ours, the second the rival's.
        """
        scripts = tuple(script for script in ("latin", "ea") if script not in fonts)
        return cls(scripts, dict(zip((US, RIVAL), accents, strict=False)))

    def name_fonts(self, page: Any) -> None:  # noqa: ANN401 - pptx has no public type
        """Name the font on every text of a slide, in its charts and in its notes."""
        name_fonts(page._element, self.scripts)
        name_fonts(page.notes_slide._element)
        for shape in page.shapes:
            if shape.has_chart:
                name_fonts(shape.chart._chartSpace, self.scripts)

    def recoloured(self, slide: Slide) -> Slide:
        """Return a slide in the colours of the deck."""
        if not self.colours or slide.picture is None:
            return slide
        return replace(slide, picture=self._picture(slide.picture))

    def _picture(self, picture: Picture) -> Picture:
        if isinstance(picture, Bridge):
            return replace(picture, colour=self.colours.get(picture.colour, picture.colour))
        if not isinstance(picture, Bars | Lines | Columns):
            return picture
        series = tuple(
            replace(row, colour=self.colours.get(row.colour, row.colour)) for row in picture.series
        )
        if isinstance(picture, Bars):
            colours = tuple(self.colours.get(colour, colour) for colour in picture.colours)
            return replace(picture, series=series, colours=colours)
        return replace(picture, series=series)


OWN_LOOK = Look()
