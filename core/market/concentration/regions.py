"""The regions of a concentration plan as arrays, and what each could do with strength."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.market.arrays import Flags, Floats, listed_names
from core.market.concentration.square_rule import campaign_quarters, campaign_visits, visit_multiple

if TYPE_CHECKING:
    import pandas as pd

    from core.market.concentration.options import ConcentrationOptions

# What may not be given up, and what isn't judged because somebody has to say first how it stands.
HELD = ("secured", "leading_in_range", "sole_supplier")
UNKNOWN = ("own_unknown", "no_rival_data")
IN_RANGE = ("leading_in_range", "tied", "chasing_in_range")
NUMBERS = (
    "own", "rival_sales", "others", "ratio", "gap", "zone_rank", "attack_order",
    "visits", "reps", "shops", "margin_rate", "spending_rate", "attractiveness",
)  # fmt: skip
INPUTS = ("own", "rivals", "visits", "margin", "spending")


@dataclass(frozen=True)
class Regions:
    """The regions as arrays, read once from a table.

    Parameters
    ----------
    table
        One row per region: region_id, state, target_basis, the columns of ``NUMBERS``. Sales are yuan a year;
        ``others`` what all other companies together sell; ``visits`` those of a quarter today; ``reps`` how
        many full-time reps they take; ``shops`` to be visited; rates are parts of sales; ``attractiveness``
        is 0 to 100. NaN is unknown. Without any spending_rate, spending isn't counted.
    options
        Strength and assumptions.
    """

    table: pd.DataFrame
    options: ConcentrationOptions

    def __post_init__(self) -> None:
        lacking = sorted({"region_id", "state", "target_basis", *NUMBERS} - set(self.table.columns))
        if lacking:
            raise InputError(_("The table of regions lacks the column {column}.", column=lacking[0]))
        if not self.table["region_id"].is_unique:
            raise InputError(_("A region occurs twice in the table of regions."))
        if self.options.budget is not None and not self.counts_spending:
            raise InputError(
                _("A budget can't be kept: no expenses are recorded in the period."),
                _("Import expenses, or plan without a budget."),
            )

    def number(self, name: str) -> Floats:
        """Return a column as floats, NaN = unknown."""
        return np.asarray(self.table[name].to_numpy(np.float64, na_value=np.nan))

    def is_state(self, states: tuple[str, ...]) -> Flags:
        """Tell which regions are in one of some states."""
        return np.asarray(self.table["state"].isin(states), dtype=bool)

    @property
    def counts_spending(self) -> bool:
        """Whether advertising and promotion are known at all and so taken off the margin."""
        return bool(np.isfinite(self.number("spending_rate")).any())

    @cached_property
    def rate(self) -> Floats:
        """What one more yuan of sales leaves: the margin less advertising and promotion."""
        margin = self.number("margin_rate")
        return margin - self.number("spending_rate") if self.counts_spending else margin

    @cached_property
    def factor(self) -> Floats:
        """What attractiveness makes of a yuan; 1 where it has no weight or no score."""
        score = np.nan_to_num(self.number("attractiveness"), nan=50.0)
        return np.asarray(1 + self.options.attractiveness_weight * (score - 50) / 50)

    @cached_property
    def known(self) -> Flags:
        """Which of ``INPUTS`` each region has, shape (n, 5)."""
        own = self.number("own")
        # Where nothing is sold, nothing has a margin or a spending to know.
        nothing = own <= 0
        return np.stack(
            [
                np.isfinite(own),
                np.isfinite(self.number("rival_sales")),
                (self.number("visits") > 0) & (self.number("reps") > 0),
                np.isfinite(self.number("margin_rate")) | nothing,
                np.isfinite(self.number("spending_rate")) | nothing | (not self.counts_spending),
            ],
            axis=1,
        )

    @property
    def missing(self) -> pd.api.extensions.ExtensionArray:
        """The inputs each region lacks, joined by commas."""
        return listed_names(~self.known, INPUTS)

    @cached_property
    def multiple(self) -> Floats:
        """Visits that make us No.1 as a multiple of today's; see :func:`visit_multiple`."""
        return visit_multiple(self.number("ratio"), self.options)

    @cached_property
    def campaign_quarters(self) -> Floats:
        """Quarters an attack takes."""
        return campaign_quarters(self.multiple, self.options)

    @cached_property
    def campaign_visits(self) -> Floats:
        """Visits an attack takes; a region visited less than once a shop and quarter counts as if it were.

        未访问客户为零 [S0]: scaled from almost no visits at all, a win would look as good as free.
        """
        return campaign_visits(self.multiple, np.fmax(self.number("visits"), self.number("shops")))

    @cached_property
    def effort(self) -> Floats:
        """Rep-quarters an attack takes: its visits at the visits a rep makes there today."""
        return self.campaign_visits * self.number("reps") / self.number("visits")

    @property
    def attackable(self) -> Flags:
        """Where an attack can be won in the period."""
        in_time = self.campaign_quarters <= self.options.quarters
        return self.is_state(IN_RANGE) & self.known.all(axis=1) & in_time & (self.number("gap") > 0)

    @property
    def thinnable(self) -> Flags:
        """Where strength may be taken away: neither held nor unknown, and visited at all."""
        return ~self.is_state((*HELD, *UNKNOWN)) & self.known.all(axis=1) & (self.options.thin_to < 1)

    @cached_property
    def defence(self) -> Floats:
        """Rep-quarters beyond today's that keep secured regions secured while the rival grows."""
        exposed = self.is_state(("secured",)) & (self.multiple > 1)
        return np.where(exposed, np.nan_to_num(self.effort), 0.0)

    @cached_property
    def held(self) -> Floats:
        """Reps bound in each quarter by today's visits and by the defence, shape (n,)."""
        return np.nan_to_num(self.number("reps")) + self.defence / self.options.quarters
