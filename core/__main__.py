"""The command line: ``python -m core COMMAND``; each command is a module of ``core.commands``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

from core import commands
from core.errors import AppError
from core.i18n import _, use_language
from core.settings import Settings


def build_parser() -> argparse.ArgumentParser:
    """Collect the parsers of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m core", description=_("Plan how to become No.1, region by region.")
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"core.commands.{module.name}").register(subparsers)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 when it worked, 1 when the input was refused (the reason is on standard error), 2 for a
        wrong call.
    """
    use_language(Settings.from_environment().language)
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except AppError as error:
        print(error.message, file=sys.stderr)
        if error.hint:
            print(error.hint, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(_("Stopped; nothing was changed."), file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
