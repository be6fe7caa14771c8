"""Progress of a part of longer work."""

from __future__ import annotations

import pytest

from core.errors import CancelledError
from core.store.progress import Watch


def test_a_part_moves_within_the_whole() -> None:
    """Half of a part from 20 to 60 % is 40 % of the whole; stopping the whole stops the part."""
    seen: list[float] = []
    whole = Watch(lambda fraction, _text: seen.append(fraction))
    part = whole.part(0.2, 0.6)
    part.step(0.5, "")
    part.part(0.5, 1.0).step(1.0, "")
    assert seen == pytest.approx([0.4, 0.6])
    whole.cancel()
    with pytest.raises(CancelledError):
        part.step(0.6, "")
