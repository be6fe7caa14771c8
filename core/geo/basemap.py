"""A raster basemap: where its pictures come from, and in which coordinate system they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from core.errors import InputError
from core.i18n import _

SYSTEMS = ("WGS-84", "GCJ-02")
"""BD-09 maps have tiles of their own kind that no other map fits on."""
DEEPEST = 18


@dataclass(frozen=True)
class Basemap:
    """A source of map tiles.

    Parameters
    ----------
    url
        Address of a tile with ``{z}``, ``{x}`` and ``{y}``.
    system
        The coordinate system it is drawn in, one of :data:`SYSTEMS`.
    """

    url: str
    attribution: str = ""
    system: str = SYSTEMS[0]

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        absent = [name for name in ("{z}", "{x}", "{y}") if name not in self.url]
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise InputError(
                _("“{url}” is no web address.", url=self.url), _("It begins with https:// or http://.")
            )
        if absent:
            raise InputError(
                _("The address lacks {names}.", names=", ".join(absent)),
                _("Write it as {example}.", example="https://tiles.example.com/{z}/{x}/{y}.png"),
            )
        if self.system not in SYSTEMS:
            raise InputError(
                _("The coordinate system “{system}” is unknown.", system=self.system), ", ".join(SYSTEMS)
            )

    def style(self) -> dict[str, Any]:
        """Return the style document a map loads; Mapbox style version 8."""
        source = {
            "type": "raster",
            "tiles": [self.url],
            "tileSize": 256,
            "maxzoom": DEEPEST,
            "attribution": self.attribution,
        }
        return {
            "version": 8,
            "name": "basemap",
            "sources": {"basemap": source},
            "layers": [
                {"id": "background", "type": "background", "paint": {"background-color": "#F3F6F9"}},
                {"id": "basemap", "type": "raster", "source": "basemap"},
            ],
        }
