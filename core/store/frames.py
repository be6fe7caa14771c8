"""Tables of the store as frames of pandas, their texts kept in the way that suits their size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Hashable

_ARROW_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
_TEXTS: dict[Hashable, pd.StringDtype] = {pa.string(): _ARROW_TEXT, pa.large_string(): _ARROW_TEXT}


def prefer_small_frames() -> None:
    """Keep texts as Python's own from here on, for all of this process.

    A page handles hundreds of tables with fewer rows than a screen has lines. There each of pandas' calls to
    Arrow costs more than the work: without them a click takes a tenth less.
    """
    pd.set_option("mode.string_storage", "python")


def large_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table with a row per customer, texts kept in Arrow's columns: they are not copied."""
    return table.to_pandas(types_mapper=_TEXTS.get)
