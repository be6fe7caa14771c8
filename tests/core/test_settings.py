"""Settings of an installation are read once, and refused in words."""

from __future__ import annotations

import pytest

from core.__main__ import main
from core.errors import InputError
from core.settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHENGENG_THREADS", "many"),
        ("SHENGENG_THREADS", "0"),
        ("SHENGENG_MEMORY", "lots"),
        ("SHENGENG_MEMORY", ""),
        ("SHENGENG_BACKUP_AT", "25:00"),
        ("SHENGENG_BACKUP_KEEP", "0"),
    ],
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys, name: str, value: str) -> None:
    """The refusal names the variable; the command line ends with 1 and no trace."""
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=name):
        Settings.from_environment()
    assert main(["check"]) == 1
    assert name in capsys.readouterr().err
