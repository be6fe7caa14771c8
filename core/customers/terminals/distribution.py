"""Distribution: in how many shops we are, in how good ones, and how strong we are there [B.9].

Weighted by the category's sales, market share is weighted distribution x share in handlers. That
identity tells whether a lost point of share was lost at the door or on the shelf.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

MEASURES = (
    "outlets",
    "known",
    "unknown",
    "handlers",
    "blank",
    "nd",
    "wd",
    "sih",
    "share",
    "own",
    "category",
    "handler_category",
    "per_handler",
    "quality",
)


def without_returns(shops: pd.DataFrame) -> pd.DataFrame:
    """Leave out the sales of shops where more was taken back than sold.

    Parameters
    ----------
    shops
        ``own`` and ``category``, and the same with ``_previous``, yuan.

    Returns
    -------
    pandas.DataFrame
        The same, with both missing where the category or our part of it is below zero, or we sold more than
        everybody together, which is what returns of a rival look like: such a shop says nothing about its
        shelf.
    """
    known: dict[str, pd.Series] = {}
    for own, category in (("own", "category"), ("own_previous", "category_previous")):
        ours = shops[own].to_numpy(np.float64)
        says = ~_impossible(ours, shops[category].to_numpy(np.float64)).any(axis=0) & ~(ours < 0)
        known |= {name: shops[name].where(says) for name in (own, category)}
    return shops.assign(**known)


def distribution_table(shops: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Measure the distribution of one company, in all shops or per group of them.

    Parameters
    ----------
    shops
        One row per shop: ``own`` and ``category``, yuan sold in the period by us and by all companies;
        ``category`` is missing where nobody's sales are recorded, and a missing ``own`` beside a known
        ``category`` means that we sold nothing there. Further columns to group by.
    by
        Columns to group by; a missing group is one of its own.

    Returns
    -------
    pandas.DataFrame
        One row per group, or a single one: ``outlets``; ``known`` and ``unknown``, with and without
        recorded sales; ``handlers``, known shops where we sold; ``blank``, known shops where we did not;
        ``nd`` numeric distribution, handlers / known; ``wd`` weighted distribution, category sales of
        handlers / category sales; ``sih`` share in handlers; ``share`` own / category, which is
        wd x sih; ``own``, ``category``, ``handler_category`` and ``per_handler``, yuan; ``quality``,
        wd / nd. What has no denominator is missing. A shop nobody knows is in no ratio.

    Raises
    ------
    InputError
        A shop sold less than nothing of the category, or we more than everybody.
    """
    own, category = (shops[name].to_numpy(np.float64) for name in ("own", "category"))
    _check(shops, own, category)
    known = ~np.isnan(category)
    own = np.where(known, np.nan_to_num(own), 0.0)
    handles = known & (own > 0)
    parts = pd.DataFrame(
        {
            "outlets": 1,
            "known": known.astype(np.int64),
            "handlers": handles.astype(np.int64),
            "own": own,
            "category": np.where(known, category, 0.0),
            "handler_category": np.where(handles, category, 0.0),
        },
        index=shops.index,
    )
    if by:
        sums = parts.groupby([shops[name] for name in by], dropna=False, sort=True).sum()
    else:
        sums = parts.sum().to_frame().T
    return _measures(sums.astype({"outlets": np.int64, "known": np.int64, "handlers": np.int64}))


def _measures(sums: pd.DataFrame) -> pd.DataFrame:
    known, handlers = sums["known"].astype(float), sums["handlers"].astype(float)
    table = sums.assign(
        unknown=sums["outlets"] - sums["known"],
        blank=sums["known"] - sums["handlers"],
        nd=handlers / known.where(known > 0),
        wd=sums["handler_category"] / sums["category"].where(sums["category"] > 0),
        sih=sums["own"] / sums["handler_category"].where(sums["handler_category"] > 0),
        share=sums["own"] / sums["category"].where(sums["category"] > 0),
        per_handler=sums["own"] / handlers.where(handlers > 0),
    )
    table["quality"] = table["wd"] / table["nd"].where(table["nd"] > 0)
    return table[list(MEASURES)]


def _check(shops: pd.DataFrame, own: np.ndarray, category: np.ndarray) -> None:
    messages = (
        _("Less than nothing of the category was sold in “{shop}”.", shop="{shop}"),
        _("We sold more in “{shop}” than all companies together.", shop="{shop}"),
    )
    for wrong, message in zip(_impossible(own, category), messages, strict=True):
        if wrong.any():
            shop = str(shops.index[int(np.argmax(wrong))])
            raise InputError(
                message.replace("{shop}", shop), _("Correct the sales of this shop on the data page.")
            )


def _impossible(own: np.ndarray, category: np.ndarray) -> np.ndarray:
    """Tell where the category is below zero, and where we sold more than everybody; shape (2, shops)."""
    with np.errstate(invalid="ignore"):
        return np.stack([category < 0, own > category + np.abs(category) * 1e-9])
