"""The day of the lunar new year (春节), which moves sales between January and February."""

from __future__ import annotations

import datetime as dt

from core.errors import InputError
from core.i18n import _

FIRST_YEAR = 1950
# One character per year: days after 20 January as a digit of base 36. The dates are those of the
# official calendar GB/T 33661; the new year always lies from 21 January to 20 February.
_DAYS = (
    "sh7pe4nbtj8qg5od1kash7qe3mbti8rg5odvk9sh7qf3lbui8r"
    "g4nc2k9ti6pe3lbuj8rg5nc2l9sh6oe3mbuj8qf4nc2lash6pd"
    "3mcuj8qf4nd1k9sg6pe3mbui7qg4nd2k9sh6pe4lati7qg5nc1"
)
LAST_YEAR = FIRST_YEAR + len(_DAYS) - 1


def lunar_new_year(year: int) -> dt.date:
    """Return the first day of the lunar year that begins in a calendar year.

    Parameters
    ----------
    year
        Calendar year, 1950 to 2099.

    Returns
    -------
    date
        Between 21 January and 20 February.

    Raises
    ------
    InputError
        The year is outside the table.

    Examples
    --------
    >>> lunar_new_year(2024)
    datetime.date(2024, 2, 10)
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            _("The lunar new year is known for {first} to {last}; {year} was asked for.", first=FIRST_YEAR,
              last=LAST_YEAR, year=year)
        )  # fmt: skip
    return dt.date(year, 1, 20) + dt.timedelta(days=int(_DAYS[year - FIRST_YEAR], 36))
