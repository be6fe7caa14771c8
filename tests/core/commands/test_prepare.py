"""``python -m core prepare``: what it makes and what it says."""

from __future__ import annotations

from core import territories
from core.__main__ import main
from core.visits import routing


def test_every_calculation_is_compiled_and_named(capsys):
    """After the command the searches' machine code is there, and each calculation has a line."""
    assert main(["prepare"]) == 0
    assert routing.is_compiled()
    assert territories.is_compiled()
    assert len(capsys.readouterr().err.splitlines()) == 3
