"""What the user may choose about the market table."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.errors import InputError, nearest
from core.i18n import _

WIDE_AREA = 1.7
LOCAL_BATTLE = 3.0

GROWTH_CUTS = ("weighted_average", "zero", "ten_percent", "median")
SHARE_CUTS = ("lower_limit", "own_average", "median", "relative")


@dataclass(frozen=True)
class MarketOptions:
    """Whose market it is and where the lines are drawn.

    Parameters
    ----------
    own_company
        ``company_id`` of the own company.
    k
        The No.1 multiple: first means at least ``k`` times the second. 1.7 is the founding document's
        [S0]; sqrt(3) is the exact shooting range of a wide area and 3 that of a local battle [W:7].
    growth_cut
        A name of ``GROWTH_CUTS``, or a growth rate (0.05 for 5 %): from there on growth is high.
    share_cut
        A name of ``SHARE_CUTS``, or a share (0.261 for 26.1 %): from there on the share is high.
    tolerance
        A region this close to a cut is flagged as borderline; 0.01 is one percentage point [I].
    structure_k, structure_tolerance
        Range of the market structure types [W:10] and how far, relatively, a limit may be missed;
        2 % is what makes the published examples fall where they were published [I].
    practice_symbols
        Use the rounded share targets of practice, 75/40/25 % [W:7], instead of the derived ones.
    years, rival_growth
        How far ahead to look, and how much the benchmark rival grows in a year (0.05 for 5 %).
    sole_supplier
        Regions (``region_id``) where somebody confirmed that there is no competitor at all [S3 p100].
    """

    own_company: str
    k: float = WIDE_AREA
    growth_cut: str | float = "weighted_average"
    share_cut: str | float = "lower_limit"
    tolerance: float = 0.01
    structure_k: float = math.sqrt(3)
    structure_tolerance: float = 0.02
    practice_symbols: bool = False
    years: int = 3
    rival_growth: float = 0.0
    sole_supplier: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, low in (("k", 1.0), ("structure_k", 1.0)):
            value = getattr(self, name)
            if not (math.isfinite(value) and value > low):
                raise InputError(
                    _("The multiple {name} is {value}; it must be above 1.", name=name, value=value),
                    _("Usual values are 1.7, 1.732 (√3) and 3."),
                )
        for name in ("tolerance", "structure_tolerance"):
            value = getattr(self, name)
            if not 0 <= value < 1:
                raise InputError(
                    _(
                        "The tolerance {name} is {value}; it must be from 0 to below 1.",
                        name=name,
                        value=value,
                    )
                )
        if self.years < 1 or not self.rival_growth > -1:
            raise InputError(
                _(
                    "Looking {years} years ahead with a rival growth of {growth} is impossible: "
                    "years must be 1 or more and the growth above -1.",
                    years=self.years,
                    growth=self.rival_growth,
                )
            )
        for name, allowed in (("growth_cut", GROWTH_CUTS), ("share_cut", SHARE_CUTS)):
            value = getattr(self, name)
            if isinstance(value, str) or not math.isfinite(value):
                check_choice(name, value, allowed)


def check_choice(name: str, value: str | float, allowed: tuple[str, ...]) -> None:
    """Refuse a value that isn't one of those allowed, with the nearest of them.

    Raises
    ------
    InputError
        Names the option and what it may be.
    """
    if value in allowed:
        return
    suggestion = nearest(value, allowed)
    hint = _("Choose one of: {allowed}.", allowed=", ".join(allowed))
    if suggestion is not None:
        hint = _("Did you mean {suggestion}?", suggestion=suggestion) + " " + hint
    raise InputError(_("Unknown value {value} for {name}.", value=value, name=name), hint)
