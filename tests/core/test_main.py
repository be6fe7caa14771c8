"""The command line as a whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core.__main__ import build_parser, command_modules, main


def test_every_module_is_a_command_with_help() -> None:
    """Each module of core.commands registers the command it is named after."""
    for name in command_modules():
        assert f"core {name}" in build_parser(name).format_usage() or name in build_parser(name).format_help()


def test_a_command_loads_only_what_it_needs() -> None:
    """An import doesn't wait for the compiler of the route planner."""
    code = (
        "import sys; from core import __main__ as m; m.build_parser('import'); print('numba' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_an_unknown_command_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error is answered with the list of commands and exit code 2."""
    with pytest.raises(SystemExit) as exit_:
        main(["imprt"])
    assert exit_.value.code == 2
    assert "import" in capsys.readouterr().err


def test_refused_input_is_a_sentence_and_exit_code_1(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the user can mend is said on standard error without a trace."""
    assert main(["check", "--store", str(tmp_path / "none.duckdb")]) == 1
    message = capsys.readouterr().err
    assert "none.duckdb" in message
    assert "Traceback" not in message
