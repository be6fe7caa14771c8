"""Which regions a user may see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """The top regions a user may see, with everything below them.

    Parameters
    ----------
    region_ids
        Ids of those regions; None means the whole market. Every query takes it as ``$scope`` and
        applies it in SQL, so that no page can show what its user may not see.
    """

    region_ids: tuple[str, ...] | None = None

    @property
    def parameter(self) -> list[str] | None:
        """The value of ``$scope``."""
        return None if self.region_ids is None else list(self.region_ids)


EVERYTHING = Scope()
