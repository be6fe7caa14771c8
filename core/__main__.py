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
from core.store.writing.origin import command_line, from_origin


def command_modules() -> dict[str, str]:
    """Return the module of every command by the command's name."""
    names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    return {name.strip("_").replace("_", "-"): name for name in names}


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Collect the parsers of the commands.

    Parameters
    ----------
    only
        The one command that is needed; the others' libraries then needn't load. None for all.
    """
    parser = argparse.ArgumentParser(
        prog="python -m core", description=_("Plan how to become No.1, region by region.")
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    modules = command_modules()
    for name in [modules[only]] if only in modules else modules.values():
        importlib.import_module(f"core.commands.{name}").register(subparsers)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 when it worked, 1 when the input was refused (the reason is on standard error), 2 for a
        wrong call.
    """
    given = sys.argv[1:] if arguments is None else arguments
    try:
        use_language(Settings.from_environment().language)
        options = build_parser(given[0] if given else None).parse_args(given)
        with from_origin(command_line()):
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
