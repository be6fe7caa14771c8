"""Zipped folders: their files unpacked under numbers, so that no name in them is ever a path."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.limits import LIMITS, Limits
from core.exchange.readers.workbook.packages import Unpacker, open_package
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_UTF8 = 0x800
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".tgz")
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@contextmanager
def unpacked(
    source: Path | bytes, file: str, folder: Path | None = None, *, limits: Limits = LIMITS
) -> Iterator[Sequence[tuple[str, Path]]]:
    """Unpack an archive into a temporary folder, which is removed at the end.

    Parameters
    ----------
    source
        Path or bytes of a zip file.
    file
        Its name, for messages.
    folder
        Where the temporary folder is made; None for the usual place.
    limits
        How much it may unpack to.

    Yields
    ------
    list of tuple
        Path inside the archive, and where the file is now.

    Raises
    ------
    ImportRefusedError
        It is damaged, locked, too large, holds another archive, or a path that leads out of it.
    """
    with open_package(source if isinstance(source, Path) else io.BytesIO(source), file, limits) as package:
        named = [(_name(member), member) for member in package.infolist() if not member.is_dir()]
        for name, member in named:
            _check(name, member, file)
        with TemporaryDirectory(dir=folder, prefix="unpacked-") as place:
            unpacker = Unpacker(package, file, limits)
            found = []
            for number, (name, member) in enumerate(named):
                if any(noise in name for noise in _NOISE) or PurePosixPath(name).name.startswith("~$"):
                    continue
                path = Path(place) / f"{number:05d}{PurePosixPath(name).suffix.lower()[:8]}"
                with path.open("wb") as output:
                    for chunk in unpacker.chunks(member):
                        output.write(chunk)
                found.append((name, path))
            yield found


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive; Windows in Chinese writes it in GBK without saying so."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _check(name: str, member: zipfile.ZipInfo, file: str) -> None:
    parts = name.replace("\\", "/").split("/")
    link = stat.S_ISLNK(member.external_attr >> 16)
    if ".." in parts or not parts[0] or parts[0].endswith(":") or link:
        raise ImportRefusedError(
            _("The archive {file} holds “{name}”, which leads out of it.", file=file, name=name),
            _("Nothing was unpacked. Make the archive again from a plain folder."),
        )
    if name.lower().endswith(_ARCHIVES):
        raise ImportRefusedError(
            _("The archive {file} holds another archive, {name}.", file=file, name=name),
            _("Unpack it first, and import the files in it."),
        )
