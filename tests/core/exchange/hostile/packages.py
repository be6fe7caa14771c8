"""Archives that are hostile or odd: bombs, names that lead out, archives in archives, links, passwords."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from tests.core.exchange.hostile.books import book, cut, hole

if TYPE_CHECKING:
    from collections.abc import Callable

CSV = "产品编号,产品名称,箱规\nQ1,甲,1\nQ2,乙,2\n".encode()


def archive(*members: tuple[str, bytes]) -> bytes:
    """Return a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members:
            new.writestr(name, data)
    return buffer.getvalue()


def flagged(bit: int) -> bytes:
    """Return a zip file whose directory says something about its file that isn't so."""
    data = bytearray(archive(("a.csv", CSV)))
    directory = data.index(b"PK\x01\x02")
    for at in (6, directory + 8):
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | bit)
    return bytes(data)


def linked(target: str) -> bytes:
    """Return a zip file with a symbolic link in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        member = zipfile.ZipInfo("a.csv")
        member.external_attr = 0o120777 << 16
        new.writestr(member, target)
    return buffer.getvalue()


def declared(size: int) -> bytes:
    """Return a zip file whose directory declares a size of its file that isn't so."""
    data = bytearray(archive(("a.csv", CSV)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, size)
    return bytes(data)


def nested(depth: int) -> bytes:
    """Return an archive in an archive in an archive."""
    data = archive(("a.csv", CSV))
    for _level in range(depth):
        data = archive(("inner.zip", data))
    return data


def packages() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name."""
    files: dict[str, Callable[[], bytes]] = {
        "plain.zip": lambda: archive(("a.csv", CSV)),
        "bomb.zip": lambda: archive(("a.csv", b"0" * (64 << 20))),
        "bombs.zip": lambda: archive(*((f"{n}.csv", b"0" * (18 << 20)) for n in range(6))),
        "bomb_beside.zip": lambda: archive(("a.csv", CSV), ("b.csv", b"0" * (64 << 20))),
        "declared_small.zip": lambda: declared(3),
        "declared_huge.zip": lambda: declared(0xFFFFFFF0),
        "climbing.zip": lambda: archive(("../../evil.csv", CSV)),
        "climbing_windows.zip": lambda: archive(("..\\..\\evil.csv", CSV)),
        "absolute.zip": lambda: archive(("/tmp/evil.csv", CSV)),
        "drive.zip": lambda: archive(("C:\\evil.csv", CSV)),
        "link.zip": lambda: linked("/etc/passwd"),
        "link_up.zip": lambda: linked("../a.csv"),
        "locked.zip": lambda: flagged(1),
        "strong_locked.zip": lambda: flagged(0x41),
        "many_members.zip": lambda: archive(*((f"{n}.csv", b"a,b\n1,2\n") for n in range(5_000))),
        "many_tables.zip": lambda: archive(*((f"{n}.csv", CSV) for n in range(100))),
        "same_names.zip": lambda: archive(("a.csv", CSV), ("a.CSV", CSV), ("A.csv", CSV)),
        "long_name.zip": lambda: archive(("x" * 5_000 + ".csv", CSV)),
        "deep_folders.zip": lambda: archive(("d/" * 5_000 + "a.csv", CSV)),
        "name_of_signs.zip": lambda: archive(("\u202evsc.a\n\x1b[2J.csv", CSV)),
        "name_of_dots.zip": lambda: archive(("....csv", CSV), (". .csv", CSV)),
        "no_members.zip": archive,
        "folders_only.zip": lambda: archive(("a/", b""), ("b/c/", b"")),
        "pictures_only.zip": lambda: archive(("a.png", b"\x89PNG" + bytes(1_000))),
        "empty_files.zip": lambda: archive(("a.csv", b""), ("b.xlsx", b"")),
        "book_and_junk.zip": lambda: archive(("a.xlsx", book()), ("b.exe", b"MZ" + bytes(1_000))),
        "zip_called.csv": lambda: archive(("a.csv", CSV)),
        "zip_called.xlsx": lambda: archive(("a.csv", CSV)),
        "behind_junk.zip": lambda: b"junk" * 100 + archive(("a.csv", CSV)),
        "before_junk.zip": lambda: archive(("a.csv", CSV)) + b"junk" * 100,
        "end_only.zip": lambda: b"PK\x05\x06" + bytes(18),
        "word.docx.zip": lambda: archive(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")),
    }
    for depth in (1, 2, 5):
        files[f"nested_{depth}.zip"] = partial(nested, depth)
    for share in (0.1, 0.5, 0.9):
        files[f"cut_{share}.zip"] = partial(cut, files["many_tables.zip"], share)
        files[f"hole_{share}.zip"] = partial(hole, files["many_tables.zip"], share)
    return files
