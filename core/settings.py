"""Settings of one installation, read once from the environment.

========================  =======================  ====================================================
Variable                  Default                  Meaning
========================  =======================  ====================================================
SHENGENG_STORE            data/market.duckdb       The store that the app opens.
SHENGENG_TEMP             data/tmp                 Where DuckDB and imports put what doesn't fit memory.
SHENGENG_MEMORY           4GB                      Memory DuckDB may use.
SHENGENG_THREADS          number of cores          Threads DuckDB may use.
SHENGENG_LANGUAGE         zh_CN                    Language of a new visitor and of the command line.
========================  =======================  ====================================================
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from core.i18n import DEFAULT_LANGUAGE

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where things live and how much of the machine they may use."""

    store: Path = ROOT / "data" / "market.duckdb"
    temp: Path = ROOT / "data" / "tmp"
    memory: str = "4GB"
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    language: str = DEFAULT_LANGUAGE

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the settings from environment variables, with the documented defaults."""
        defaults = cls()
        get = os.environ.get
        return cls(
            store=Path(get("SHENGENG_STORE", str(defaults.store))),
            temp=Path(get("SHENGENG_TEMP", str(defaults.temp))),
            memory=get("SHENGENG_MEMORY", defaults.memory),
            threads=int(get("SHENGENG_THREADS", str(defaults.threads))),
            language=get("SHENGENG_LANGUAGE", defaults.language),
        )
