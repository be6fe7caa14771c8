"""Compile the numeric kernels once and keep the machine code where it can be found again.

Numba's own file cache looks only at the file a function stands in, so a kernel would keep the
old machine code of a helper that changed in another file. Here every version of a package's
kernels has a folder of its own, named after a digest of all their sources.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import numba
from numba.core import config
from numba.core.types import CPointer  # type: ignore[attr-defined]
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

# The flat arrays of the kernels (float64, int32) and the state of the random numbers (uint64). Their
# elements are Numba's business: NumPy's scalar types are no int and no float to the type checker.
Numbers: TypeAlias = Any
Indices: TypeAlias = Any
Random: TypeAlias = Any
# What the compiler passes to the code that writes its code.
Internals: TypeAlias = Any

Kernel = TypeVar("Kernel", bound="Callable[..., Any]")

SHARED = Path(__file__).resolve().parent


def _usable(folder: Path) -> bool:
    """Create ``folder`` and write a file into it, or say that this can't be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _candidates(package: Path) -> list[Path]:
    """List the folders for machine code, best first; the package itself may be read-only."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    user = Path(home) if home else Path("~").expanduser() / ".cache"
    return [
        *([Path(chosen)] if chosen else []),
        package / "__pycache__",
        user / "shengeng",
        Path(tempfile.gettempdir()) / f"shengeng-{getattr(os, 'getuid', lambda: 0)()}",
    ]


@cache
def cache_folder(package: Path) -> Path | None:
    """Return the folder of this version's machine code, or None when no folder can be written.

    Parameters
    ----------
    package
        Folder of the package whose kernels are meant.
    """
    digest = hashlib.sha256()
    for source in (*sorted(package.rglob("*.py")), *sorted(SHARED.glob("*.py"))):
        text = source.read_bytes()
        if b"@compiled" in text or b"@entry" in text or source.name == "layout.py":
            digest.update(source.name.encode() + text)
    name = f"{package.name}-{digest.hexdigest()[:12]}"
    return next((folder / name for folder in _candidates(package) if _usable(folder / name)), None)


@intrinsic  # type: ignore[untyped-decorator]
def pointer(_context: Internals, array: Internals) -> Internals:
    """Return the address of an array's first element, or a pointer as it is.

    A call passes a pointer in one register, and neither counts references nor asks of an index whether
    it counts from the end; with arrays the kernels take half as long again.
    """

    def code(context: Internals, builder: Internals, signature: Internals, args: Internals) -> Internals:
        if isinstance(signature.args[0], CPointer):
            return args[0]
        return context.make_array(signature.args[0])(context, builder, args[0]).data

    return CPointer(array.dtype)(array), code


def compiled(function: Kernel) -> Kernel:
    """Compile a function that only other compiled functions call; it becomes part of their code."""
    return cast("Kernel", numba.njit(nogil=True)(function))


def entry(function: Kernel) -> Kernel:
    """Compile a function that Python calls: it releases the GIL, and its machine code is kept on disk."""
    folder = cache_folder(Path(function.__code__.co_filename).resolve().parent)
    if folder is None:
        return compiled(function)
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        return cast("Kernel", numba.njit(nogil=True, cache=True)(function))
    finally:
        config.CACHE_DIR = before
