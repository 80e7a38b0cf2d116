"""What the number grammars of both languages give: one record a number."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class QuantityKind(StrEnum):
    """What the words around a number say it is."""

    NUMBER = "number"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    """`2.3 times`, `twofold`, 倍."""
    ORDINAL = "ordinal"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    """Of a month."""
    HOUR = "hour"
    MINUTE = "minute"
    """Of a time of day; minutes that something takes are numbers."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as written; `text[start:end]` is its expression, unit or sign included where it was used."""

    value: Decimal
    """Exact, scale words multiplied out; a month is 1..12, a percentage 0..100, an hour 0..24."""
    kind: QuantityKind
    start: int
    end: int
    other: Decimal | None = None
    """A second value the expression may have."""
    soft: bool = False
    """Whether a translation may well leave it out: a month, a year, a time, a multiple, or a number up to ten in
    words."""

    @property
    def readings(self) -> frozenset[Decimal]:
        """All values the expression may have."""
        return frozenset((self.value,) if self.other is None else (self.value, self.other))
