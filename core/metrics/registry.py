"""The registry: every KPI of the product, by family (the table it is a column of) and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.errors import InputError, nearest
from core.i18n import N_, _
from core.known_words import known_word
from core.market.terms import TERMS
from core.metrics import concentration, customers, dealer_supply, dealers, overview, strategy, terminals
from core.metrics.cycle import expenses, promotions
from core.metrics.market import MARKET_METRICS
from core.metrics.records import records_of
from core.metrics.spec import Metric

MISSING_TEXT = "—"
_MARKET_WORDS = {kind: {code: texts[0] for code, texts in codes.items()} for kind, codes in TERMS.items()}


@dataclass(frozen=True)
class Family(Mapping[str, Metric]):
    """The KPIs of one table, by key, in the order they are declared.

    Parameters
    ----------
    key
        Name of the family.
    label
        Heading of the family, a source string.
    words
        English word by code, by kind of code.
    """

    key: str
    label: str
    metrics: Mapping[str, Metric]
    words: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(
        cls, key: str, label: str, declared: tuple[Metric, ...], words: Mapping[str, Mapping[str, str]]
    ) -> Family:
        """Register declarations under a family; a key may stand there once.

        Raises
        ------
        ValueError
            A key is declared twice.
        """
        metrics = {
            each.key: replace(each, family=key, records=records_of(key, each.key)) for each in declared
        }
        if len(metrics) < len(declared):
            raise ValueError(f"a KPI of the family {key} is declared twice")
        return cls(key, label, MappingProxyType(metrics), words)

    def __getitem__(self, key: str) -> Metric:
        return self.metrics[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.metrics)

    def __len__(self) -> int:
        return len(self.metrics)

    def word(self, kind: str, code: object) -> str:
        """Return the word of a code in the language in use.

        One of the company's own stays as it is, a missing one is an em dash.
        """
        if not isinstance(code, str) or not code:
            return MISSING_TEXT
        return _(self.words[kind][code]) if code in self.words[kind] else known_word(code)


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        family.key: family
        for family in (
            Family.of("market", N_("Market by region"), MARKET_METRICS, _MARKET_WORDS),
            Family.of("concentration", N_("Concentration"), concentration.METRICS, _MARKET_WORDS),
            Family.of("overview", N_("Overview"), overview.METRICS, _MARKET_WORDS),
            Family.of("customers", N_("Analyses of customers"), customers.METRICS, customers.CODES),
            Family.of("dealers", N_("Dealers"), (*dealers.METRICS, *dealer_supply.METRICS), dealers.CODES),
            Family.of("terminals", N_("Terminals and accounts"), terminals.METRICS, terminals.CODES),
            Family.of("strategy", N_("Principles and market value"), strategy.METRICS, strategy.CODES),
            Family.of("expenses", N_("Expenses of regions"), expenses.METRICS, expenses.CODES),
            Family.of("promotions", N_("Promotions and their return"), promotions.METRICS, promotions.CODES),
        )
    }
)


def metric(key: str, family: str = "market") -> Metric:
    """Return the declaration of a KPI; what isn't in the market's family is looked for in the overview's.

    Raises
    ------
    InputError
        There is none of that key.
    """
    for name in (family, "overview") if family == "market" else (family,):
        if key in FAMILIES[name]:
            return FAMILIES[name][key]
    known = FAMILIES[family].metrics
    raise InputError(
        _("Unknown value {value} for {name}.", value=key, name="metric"),
        _("Did you mean {suggestion}?", suggestion=nearest(key, known) or ", ".join(known)),
    )
