"""Finding a font with Chinese letters on this computer."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Names of files, best first: regular and bold.
FILES = (
    ("msyh.ttc", "msyhbd.ttc"),
    ("msyh.ttf", "msyhbd.ttf"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    ("SourceHanSans-Regular.ttc", "SourceHanSans-Bold.ttc"),
    ("NotoSansSC-VF.ttf", ""),
    ("NotoSansCJK-VF.ttc", ""),
    ("wqy-microhei.ttc", ""),
    ("wqy-zenhei.ttc", ""),
    ("Deng.ttf", "Dengb.ttf"),
    ("simhei.ttf", ""),
    ("Hiragino Sans GB.ttc", ""),
    ("STHeiti Light.ttc", "STHeiti Medium.ttc"),
    ("simsun.ttc", ""),
    ("DroidSansFallbackFull.ttf", ""),
    ("DroidSansFallback.ttf", ""),
)
DEEPEST = 4
"""Folders below a font folder that are looked into."""


@dataclass(frozen=True)
class FontFiles:
    """A font of this computer.

    Parameters
    ----------
    bold
        The same as ``regular`` where there is no bold one.
    """

    regular: Path
    bold: Path


@lru_cache(maxsize=1)
def find_font() -> FontFiles | None:
    """Return the best font with Chinese letters; None where this computer has none."""
    there = {file.name.lower(): file for folder in font_folders() for file in _files(folder)}
    for regular, bold in FILES:
        found = there.get(regular.lower())
        if found is not None:
            return FontFiles(found, there.get(bold.lower(), found))
    return None


def font_folders() -> list[Path]:
    """Return where fonts lie on this system, the user's own first."""
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        return [own, Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    return [
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    ]


def _files(folder: Path, depth: int = 0) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    files = [each for each in entries if each.suffix.lower() in {".ttf", ".ttc", ".otf"}]
    if depth < DEEPEST:
        files += [file for each in entries if each.is_dir() for file in _files(each, depth + 1)]
    return files
