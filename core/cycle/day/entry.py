"""A visit as a representative reports it, and the arrival at the shop before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from core.errors import InputError
from core.i18n import N_, _
from core.visible_text import has_hidden

STOCK: dict[str, str] = {
    "enough": N_("Enough in stock"),
    "low": N_("Running low"),
    "out": N_("Sold out"),
}
"""What lies on the shelf and behind it."""
DISPLAY: dict[str, str] = {
    "good": N_("As agreed"),
    "mended": N_("Put right today"),
    "poor": N_("Not as agreed"),
}
"""How our goods are displayed."""
STANDARD_PURPOSES: tuple[str, ...] = (
    N_("Take an order"),
    N_("Tend the display"),
    N_("Look after the relationship"),
    N_("Introduce a new product"),
    N_("Collect payment"),
)
"""What a visit is for where the log names nothing yet."""
STANDARD_RESULTS: tuple[str, ...] = (
    N_("Order placed"),
    N_("Display put right"),
    N_("Nothing needed"),
    N_("The person in charge was out"),
    N_("Agreed on another time"),
)
MAX_HOURS = 16
"""Hours a visit may last; a longer one was not closed."""
MAX_TEXT = 1_000
"""Characters of a remark."""
_LARGEST_ORDER = Decimal(10) ** 16
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def checked_id(value: str) -> str:
    """Return the id of a visit.

    Raises
    ------
    InputError
        It is no id: 8 to 64 letters, digits and dashes.
    """
    if not _ID.fullmatch(value):
        raise InputError(_("“{value}” is no id of a visit.", value=value[:64]), _("Reload the page."))
    return value


def checked_text(label: str, value: str, most: int = MAX_TEXT) -> str:
    """Return a text without blanks around it.

    Raises
    ------
    InputError
        It is too long, or has characters that can't be kept.
    """
    text = value.replace("\r\n", "\n").strip()
    if any(has_hidden(sign) and sign not in "\n\u200d" for sign in text):
        raise InputError(
            _("{field}: it has characters that can't be kept.", field=label), _("Type it again.")
        )
    if len(text) > most:
        raise InputError(
            _("{field} has {count} characters.", field=label, count=len(text)),
            _("At most {most} are kept; shorten it by {over}.", most=most, over=len(text) - most),
        )
    return text


def read_amount(text: str) -> Decimal | None:
    """Return an order in yuan and fen, None where nothing is said.

    Raises
    ------
    InputError
        It is no amount, below zero, or finer than a fen.
    """
    bare = text.strip().replace(",", "").replace("，", "")
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= _LARGEST_ORDER:
        raise InputError(
            _("The order “{value}” is no amount in yuan.", value=text.strip()[:40]),
            _("Write it like {example}; leave it empty where nothing was ordered.", example="1234.50"),
        )
    if amount != amount.quantize(Decimal("0.01")):
        raise InputError(
            _("The order {value} is finer than a fen.", value=text.strip()[:40]),
            _("The nearest is {nearest}.", nearest=amount.quantize(Decimal("0.01"))),
        )
    return amount.quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Place:
    """Where somebody checked in: WGS-84 degrees as the telephone tells, and its radius of error in metres."""

    lat: float
    lon: float
    accuracy: float

    def __post_init__(self) -> None:
        # A comparison with NaN is false, so this refuses it as well.
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180 and 0 <= self.accuracy < 1e7):
            raise InputError(_("The place of the check-in is no place on earth."), _("Check in without it."))


@dataclass(frozen=True)
class CheckIn:
    """An arrival at a shop.

    Parameters
    ----------
    visit_id
        The id of the visit that it becomes; made where it is typed, so that a second tap is the same visit.
    place
        None where the telephone didn't say.
    """

    visit_id: str
    employee_id: str
    terminal_id: str
    arrived_at: dt.datetime
    place: Place | None = None

    def __post_init__(self) -> None:
        checked_id(self.visit_id)


@dataclass(frozen=True)
class VisitEntry:
    """A visit that was made.

    Parameters
    ----------
    left_at
        None where nobody knows when the visit ended.
    order_amount
        Yuan; None where nothing is said about an order.
    effective
        Whether it reached its purpose; None unknown.
    stock, display
        Keys of :data:`STOCK` and :data:`DISPLAY`, empty where nobody looked.
    facings
        Our facings on the shelf; None where nobody counted.
    review
        The review of the talk as its form keeps it; the next visit's day and content are a must [3-27].
    """

    arrival: CheckIn
    left_at: dt.datetime | None
    purpose: str
    result: str
    review: Mapping[str, object] = field(hash=False)
    order_amount: Decimal | None = None
    effective: bool | None = None
    stock: str = ""
    display: str = ""
    facings: int | None = None
    remark: str = ""

    def __post_init__(self) -> None:
        self._check_times()
        for label, value, most in (
            (_("Purpose"), self.purpose, 100),
            (_("Result"), self.result, 100),
            (_("Remarks"), self.remark, MAX_TEXT),
        ):
            checked_text(label, value, most)
        if not self.purpose.strip() or not self.result.strip():
            raise InputError(
                _("Say what the visit was for and what came out."), _("One tap on each is enough.")
            )
        if (self.stock and self.stock not in STOCK) or (self.display and self.display not in DISPLAY):
            raise InputError(_("Stock or display is none of the choices."), _("Choose it again."))
        if self.facings is not None and not 0 <= self.facings <= 10_000:
            raise InputError(_("{count} facings are out of range.", count=self.facings), "0 – 10,000")

    def _check_times(self) -> None:
        if self.left_at is None:
            return
        if self.left_at < self.arrival.arrived_at:
            raise InputError(
                _("The visit ends before it begins."),
                _("It began at {time}.", time=f"{self.arrival.arrived_at:%H:%M}"),
            )
        if self.left_at - self.arrival.arrived_at > dt.timedelta(hours=MAX_HOURS):
            raise InputError(
                _("The visit lasts more than {hours} hours.", hours=MAX_HOURS),
                _("Set the times of arrival and departure right."),
            )
