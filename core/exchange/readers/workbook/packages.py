"""Looking through a zip package before anything unpacks it: size, locks, and what its XML declares."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from core.errors import ImportRefusedError
from core.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from core.exchange.readers.limits import Limits

_CHUNK, _LONGEST = 1 << 19, 1 << 20
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCKED = 0x1


def open_package(source: Path | IO[bytes], file: str, limits: Limits) -> zipfile.ZipFile:
    """Open a zip file whose directory is whole, unlocked and of sensible length.

    Raises
    ------
    ImportRefusedError
        It is damaged, locked with a password, or has too many files.
    """
    try:
        package = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(file) from error
    members = package.infolist()
    if any(member.flag_bits & _LOCKED for member in members):
        raise locked(file)
    if len(members) > limits.members:
        raise ImportRefusedError(
            _("The file {file} holds {count} files.", file=file, count=len(members)),
            _("At most {most} are read; split it.", most=limits.members),
        )
    return package


def damaged(file: str) -> ImportRefusedError:
    """Return what is said of a file that is cut off or broken."""
    return ImportRefusedError(
        _("The file {file} is damaged or cut off.", file=file),
        _("Get it again; if it opens in Excel, save it under a new name."),
    )


def locked(file: str) -> ImportRefusedError:
    """Return what is said of a file with a password."""
    return ImportRefusedError(
        _("The file {file} is locked with a password.", file=file),
        _("Open it, remove the password, save it, and import it again."),
    )


def too_large(file: str, limits: Limits) -> ImportRefusedError:
    """Return what is said of a file that unpacks to more than it should."""
    return ImportRefusedError(
        _(
            "The file {file} unpacks to more than {most} MB, or to more than {ratio} times its size.",
            file=file,
            most=limits.unpacked >> 20,
            ratio=limits.ratio,
        ),
        _("It was not read: such a file fills the memory. Save the data that is needed as a new file."),
    )


class Unpacker:
    """Inflates the parts of a package and counts while it does; what the directory says isn't believed.

    Parameters
    ----------
    package
        The open zip file.
    file
        Its name, for messages.
    limits
        How much it may unpack to.
    """

    def __init__(self, package: zipfile.ZipFile, file: str, limits: Limits) -> None:
        self._package, self._file, self._limits = package, file, limits
        # A part that is looked at twice counts once.
        self._sizes: dict[int, int] = {}

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a part in pieces.

        Raises
        ------
        ImportRefusedError
            It grows beyond the limits, or is damaged.
        """
        size = 0
        try:
            with self._package.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    before = self._sizes.get(member.header_offset, 0)
                    self._sizes[member.header_offset] = max(before, size)
                    grown = size > self._limits.free and size > self._limits.ratio * member.compress_size
                    if grown or sum(self._sizes.values()) > self._limits.unpacked:
                        raise too_large(self._file, self._limits)
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise damaged(self._file) from error

    def xml(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a part of XML in pieces that begin and end between two tags.

        Raises
        ------
        ImportRefusedError
            It declares entities, which may grow without bound, or one text is longer than any cell.
        """
        rest = b""
        for number, chunk in enumerate(self.chunks(member)):
            if number == 0 and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise damaged(self._file)
            data = rest + chunk
            if b"!" in data and _DECLARED.search(data):
                raise ImportRefusedError(
                    _("The file {file} declares entities in its XML.", file=self._file),
                    _("No program that makes tables does so; it was not read."),
                )
            cut = data.rfind(b"<")
            if cut <= 0 and len(data) > _LONGEST:
                raise ImportRefusedError(
                    _("A cell of {file} holds more than a million characters.", file=self._file),
                    _("Excel allows 32,767. Look for the sheet that is no table, and delete it."),
                )
            rest = data[cut:] if cut > 0 else data
            if cut > 0:
                yield data[:cut]
        yield rest

    def part(self, name: str) -> Iterator[bytes]:
        """Yield a part of XML as :meth:`xml` does, nothing when there is none of that name."""
        if name in self._package.namelist():
            yield from self.xml(self._package.getinfo(name))

    def text(self, name: str) -> str:
        """Return a small part as text, empty when there is none of that name."""
        return b"".join(self.part(name)).decode("utf-8", errors="replace")

    def binary(self, name: str) -> bytes:
        """Return a part as it is, empty when there is none of that name."""
        if name not in self._package.namelist():
            return b""
        return b"".join(self.chunks(self._package.getinfo(name)))
