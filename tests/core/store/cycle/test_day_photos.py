"""Photos of shelves: written anew, bounded, beside the store and not in it."""

from __future__ import annotations

import datetime as dt
import io
import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from core.errors import InputError
from core.store.cycle.day import photos
from core.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VISITS = (
    "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) VALUES ('v1', 'e', 't', '2026-03-02')"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one visit."""
    with Store.open(tmp_path / "market.duckdb") as opened:
        opened.write("fill", lambda cursor: cursor.execute(VISITS))
        yield opened


def picture(
    width: int = 40, height: int = 30, kind: str = "JPEG", colour: int = 90, **options: object
) -> bytes:
    """Return a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (colour, 120, 60)).save(buffer, kind, **options)
    return buffer.getvalue()


def test_a_photo_loses_its_place_and_turns_upright() -> None:
    """What a camera writes beside the picture is gone; a picture lying on its side stands."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET CAMERA"
    found = photos.read_photo(picture(400, 300, exif=exif))
    assert b"SECRET" not in found.content
    assert (found.width, found.height) == (300, 400)


def test_a_large_photo_becomes_small() -> None:
    """The longer side has at most 1,600 pixels."""
    found = photos.read_photo(picture(3_200, 1_600, "PNG"))
    assert (found.width, found.height) == (1_600, 800)
    assert Image.open(io.BytesIO(found.content)).format == "JPEG"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        picture()[:200],
        picture(kind="GIF"),
        b"<svg onload=alert(1)>",
        b"x" * (photos.MAX_UPLOAD + 1),
    ],
    ids=["nothing", "pdf", "half", "gif", "svg", "large"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    """Other kinds of files, half a picture and too many bytes are refused in words."""
    with pytest.raises(InputError):
        photos.read_photo(content)


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    """A small file that would unfold to a hundred million pixels is refused."""
    with pytest.raises(InputError):
        photos.read_photo(picture(10_000, 10_000, "PNG"))


def test_a_photo_is_kept_once_beside_the_store(store: Store) -> None:
    """The same photo again changes nothing; the file lies in the folder named after the store."""
    photo = photos.read_photo(picture())
    photos.add_photo(store, "v1", photo, actor="甲")
    version = store.data_version
    photos.add_photo(store, "v1", photo, actor="甲")
    assert store.data_version == version
    path = photos.photo_file(store, photo.sha256, "e")
    assert path == store.path.with_name("market-photos") / f"{photo.sha256}.jpg"
    assert path.read_bytes() == photo.content
    assert photos.photo_file(store, photo.sha256, "another") is None


def test_photos_are_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit has four photos at most, a store so many bytes; one of an unknown visit is refused."""
    for colour in range(photos.MAX_PER_VISIT):
        photos.add_photo(store, "v1", photos.read_photo(picture(colour=colour * 50)), actor="甲")
    more = photos.read_photo(picture(colour=255))
    with pytest.raises(InputError, match="4 photos"):
        photos.add_photo(store, "v1", more, actor="甲")
    with pytest.raises(InputError, match="saved"):
        photos.add_photo(store, "unknown", more, actor="甲")
    store.write("more", lambda cursor: cursor.execute(VISITS.replace("'v1'", "'v2'")))
    monkeypatch.setattr(photos, "MAX_FOLDER", 10)
    with pytest.raises(InputError, match="full"):
        photos.add_photo(store, "v2", more, actor="甲")
    assert not (photos.folder(store) / f"{more.sha256}.jpg").exists()


def test_files_without_a_visit_are_cleared_after_an_hour(store: Store) -> None:
    """A photo whose visit is gone goes; one that may be just being saved stays."""
    photo = photos.read_photo(picture())
    photos.add_photo(store, "v1", photo, actor="甲")
    old, new = photos.folder(store) / "old.jpg", photos.folder(store) / "new.jpg"
    old.write_bytes(b"x")
    new.write_bytes(b"x")
    long_ago = dt.datetime(2020, 1, 1).timestamp()
    os.utime(old, (long_ago, long_ago))
    assert photos.clear_orphans(store) == 1
    assert (new.exists(), old.exists()) == (True, False)
    assert photos.photo_file(store, photo.sha256, "e") is not None
