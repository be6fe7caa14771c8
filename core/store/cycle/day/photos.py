"""Photos of shelves: in a folder beside the store, named by what they hold, never more than fits.

The store keeps which visit a photo belongs to and its fingerprint. Copies of the store don't hold the photos;
the folder is copied like any other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from core.errors import InputError
from core.i18n import _
from core.store.database import Unchanged

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

TYPES = ("JPEG", "PNG", "WEBP")
"""What is read; everything is kept as JPEG, written anew, so that nothing but the picture stays."""
MAX_SIDE = 1_600
MAX_PIXELS = 50_000_000
MAX_UPLOAD = 8 * 1024 * 1024
MAX_PER_VISIT = 4
MAX_FOLDER = 4 * 1024**3
"""Bytes of all photos of a store, about 20,000 of them."""
MAX_FILES = 50_000
_QUALITY = 80
_SUMS = (
    "SELECT COUNT(*) AS files, COALESCE(SUM(p.bytes), 0) AS bytes,"
    " COUNT(CASE WHEN p.visit_id = $visit THEN 1 END) AS here,"
    " COUNT(CASE WHEN p.visit_id = $visit AND p.sha256 = $sha256 THEN 1 END) AS same FROM visit_photo AS p"
)


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept: a JPEG without its place and camera, its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Its fingerprint and the name of its file."""
        return hashlib.sha256(self.content).hexdigest()


def folder(store: Store) -> Path:
    """Return where the photos of a store lie."""
    return store.path.with_name(f"{store.path.stem}-photos")


def read_photo(content: bytes) -> Photo:
    """Return an uploaded picture written anew: at most 1,600 pixels wide or high, turned upright.

    Raises
    ------
    InputError
        It is no picture of the kinds read, or too large.
    """
    if len(content) > MAX_UPLOAD:
        raise InputError(
            _("The photo has {found} MB.", found=f"{len(content) / 2**20:.1f}"),
            _("At most {most} MB are read.", most=MAX_UPLOAD // 2**20),
        )
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=TYPES) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MAX_PIXELS:
                raise InputError(
                    _("The photo has {width} × {height} pixels.", width=image.width, height=image.height),
                    _("At most {most} million pixels are read.", most=MAX_PIXELS // 1_000_000),
                )
            return _written_anew(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            _("The file is no photo that can be read."), _("Expected JPEG, PNG or WebP.")
        ) from error


def _written_anew(image: Image.Image) -> Photo:
    from PIL import ImageOps

    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    plain = upright.convert("RGB")
    buffer = io.BytesIO()
    plain.save(buffer, "JPEG", quality=_QUALITY)
    return Photo(buffer.getvalue(), plain.width, plain.height)


def add_photo(store: Store, visit_id: str, photo: Photo, *, actor: str) -> None:
    """Keep a photo with a visit; the same one again changes nothing.

    Raises
    ------
    InputError
        The visit isn't there, has its photos already, or the folder is full.
    """
    row = {"visit": visit_id, "sha256": photo.sha256}

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        if not cursor.execute(
            "SELECT COUNT(*) FROM visit AS v WHERE v.visit_id = $visit", {"visit": visit_id}
        ).fetchall()[0][0]:
            raise InputError(_("The visit of this photo isn't saved yet."), _("Save the visit first."))
        # The folder is everybody's.
        sums = store.whole.fetch(_SUMS, row).to_pylist()[0]
        if sums["same"]:
            raise Unchanged(None)
        if sums["here"] >= MAX_PER_VISIT:
            raise InputError(
                _("The visit has {count} photos already.", count=sums["here"]), _("Keep those that say most.")
            )
        if sums["files"] >= MAX_FILES or sums["bytes"] + len(photo.content) > MAX_FOLDER:
            raise InputError(
                _("The folder of photos is full: {path}.", path=folder(store)),
                _("Take old ones away; the visit itself is saved."),
            )
        cursor.execute(
            "INSERT INTO visit_photo VALUES ($visit, $sha256, $bytes, $width, $height, $now, $actor)",
            {
                **row,
                "bytes": len(photo.content),
                "width": photo.width,
                "height": photo.height,
                "now": dt.datetime.now(),
                "actor": actor,
            },
        )

    store.write(
        "visit_photo",
        change,
        actor=actor,
        details={"entity": "visit_photo", "entity_key": visit_id},
        finish=lambda _cursor, _version: _write_file(folder(store), photo),
    )


def photo_file(store: Store, sha256: str, employee_id: str) -> Path | None:
    """Return the file of a photo of a rep's visit; None where it is gone or never was."""
    rows = store.fetch(
        "SELECT p.sha256 FROM visit_photo AS p INNER JOIN visit AS v ON v.visit_id = p.visit_id"
        " WHERE p.sha256 = $sha256 AND v.employee_id = $employee LIMIT 1",
        {"sha256": sha256, "employee": employee_id},
    ).to_pylist()
    path = folder(store) / f"{sha256}.jpg"
    return path if rows and path.is_file() else None


def clear_orphans(store: Store) -> int:
    """Remove the files of photos that no visit has any more; return how many.

    Files of the last hour stay: their visit may be just being saved.
    """
    known = set(store.fetch("SELECT DISTINCT p.sha256 FROM visit_photo AS p")["sha256"].to_pylist())
    gone = 0
    before = dt.datetime.now().timestamp() - 3_600
    for file in folder(store).glob("*.jpg"):
        with suppress(OSError):
            if file.stem not in known and file.stat().st_mtime < before:
                file.unlink()
                gone += 1
    return gone


def _write_file(place: Path, photo: Photo) -> None:
    """Write a photo's file; it appears under its name when it is complete."""
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"{photo.sha256}.jpg"
    if not target.exists():
        unfinished = place / f".{photo.sha256}.{os.getpid()}"
        unfinished.write_bytes(photo.content)
        unfinished.replace(target)
