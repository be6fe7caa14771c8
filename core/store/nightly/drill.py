"""The restore drill: the newest nightly copy restored into a scratch folder, checked and counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from core.errors import StoreError
from core.i18n import _
from core.settings import Settings
from core.store.backup import restore
from core.store.database import Store
from core.store.integrity import check
from core.store.nightly.copies import PHOTOS, kept_photos, nightly_copies
from core.store.preferences import table_sizes

if TYPE_CHECKING:
    from core.store.integrity import Defect


@dataclass(frozen=True)
class Drill:
    """What a restore drill found.

    Parameters
    ----------
    copy
        The copy that was restored.
    data_version
        Of the restored store.
    rows
        By table.
    defects
        What the integrity check found; empty for a store in order.
    missing_photos
        Photos that belong to the copy and are not there.
    """

    copy: Path
    data_version: int
    rows: dict[str, int]
    defects: list[Defect]
    missing_photos: int

    @property
    def is_sound(self) -> bool:
        """The copy can take the place of the store."""
        return not self.defects and not self.missing_photos


def restore_drill(into: Path, stem: str, settings: Settings | None = None) -> Drill:
    """Restore the newest nightly copy of a folder beside nothing that is in use, and check it.

    Parameters
    ----------
    stem
        Name of the store's file without its ending.

    Raises
    ------
    StoreError
        There is no copy, or it can't be restored.
    """
    copies = nightly_copies(into, stem)
    if not copies:
        raise StoreError(
            _("There is no nightly copy of {stem} in {path}.", stem=stem, path=into),
            _("Make one with “python -m core backup --keep 14 --into {path}”.", path=into),
        )
    settings = settings or Settings.from_environment()
    newest = copies[0]
    with TemporaryDirectory(dir=_scratch(settings), prefix="drill-") as folder:
        target = Path(folder) / f"{stem}.duckdb"
        restore(newest, target, settings)
        with Store.open(target, create=False, settings=settings) as store:
            sizes = table_sizes(store)
            return Drill(
                newest,
                store.data_version,
                dict(zip(sizes["name"], map(int, sizes["rows"]), strict=True)),
                check(store),
                _missing_photos(newest, kept_photos(into, stem)),
            )


def _scratch(settings: Settings) -> Path:
    settings.temp.mkdir(parents=True, exist_ok=True)
    return settings.temp


def _missing_photos(copy: Path, folder: Path) -> int:
    names = copy.with_suffix(f".{PHOTOS}")
    listed = names.read_text("utf-8").splitlines() if names.exists() else []
    return sum(not (folder / name).is_file() for name in listed)
