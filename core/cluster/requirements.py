"""The libraries that only the cluster needs, imported when they are."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from core.errors import InputError
from core.i18n import _


def needed(module: str) -> ModuleType:
    """Import a library of ``requirements-cluster.txt``.

    Raises
    ------
    InputError
        It is not installed.
    """
    try:
        with warnings.catch_warnings(), _main_file():
            # pyspark warns of pandas 3 whenever it is loaded.
            warnings.simplefilter("ignore", FutureWarning)
            return importlib.import_module(module)
    except ImportError as error:
        raise InputError(
            _(
                "Another engine needs the library {library}, which is not installed.",
                library=module.partition(".")[0],
            ),
            _("Install it: pip install -r requirements-cluster.txt"),
        ) from error


@contextmanager
def _main_file() -> Iterator[None]:
    """Let the main module have a file: where it has none, pyspark takes it for a test and ends the process.

    So it is under ``python -c`` and in the workers of pytest-xdist.
    """
    main = sys.modules["__main__"]
    if main.__spec__ is not None or hasattr(main, "__file__"):
        yield
        return
    main.__file__ = ""
    try:
        yield
    finally:
        del main.__file__
