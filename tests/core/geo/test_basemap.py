"""Where an online basemap comes from."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.geo.basemap import Basemap

URL = "https://tiles.example.com/{z}/{x}/{y}.png"


def test_the_style_names_the_source() -> None:
    """A map loads one raster layer from the address, with the owner's name."""
    style = Basemap(URL, "© Example").style()
    assert style["version"] == 8
    assert style["sources"]["basemap"]["tiles"] == [URL]
    assert style["sources"]["basemap"]["attribution"] == "© Example"
    assert style["layers"][-1]["source"] == "basemap"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tiles.example.com/{z}/{x}/{y}.png",  # no scheme
        "javascript:alert(1)//{z}/{x}/{y}",  # no web address
        "https:///{z}/{x}/{y}.png",  # no host
        "https://tiles.example.com/{z}/{x}.png",  # no row
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """What cannot be a source of tiles is refused with what it should look like."""
    with pytest.raises(InputError) as refused:
        Basemap(url)
    assert refused.value.hint


def test_only_systems_with_common_tiles_are_taken() -> None:
    """BD-09 tiles fit on no other map."""
    with pytest.raises(InputError):
        Basemap(URL, "", "BD-09")
