"""Whether a text and its translation have the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aligner.records import Language
from aligner.text.numbers.digits import find_list_mark
from aligner.text.numbers.find import find_quantities
from aligner.text.numbers.mentions import list_mentions
from aligner.text.numbers.quantity import Quantity, QuantityKind
from aligner.text.numbers.units import is_converted

_ROUNDING = Decimal("0.005")
"""Relative difference between a fraction such as two thirds and its decimals."""
_AMOUNTS = frozenset((QuantityKind.NUMBER, QuantityKind.PERCENT, QuantityKind.MULTIPLE, QuantityKind.ORDINAL))

_NOONS = frozenset(map(Decimal, (0, 12, 24)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The numbers of a text and of its translation, each in the order of its text.

    A number that is left out contradicts nothing: translators drop a year, repeat a figure, or say `the former`.
    """

    matched: tuple[tuple[Quantity, Quantity], ...]
    """English and Chinese numbers of the same value, or of one amount in two units."""
    en_only: tuple[Quantity, ...]
    zh_only: tuple[Quantity, ...]
    contradictions: tuple[tuple[Quantity, Quantity], ...]
    """English and Chinese numbers of one kind, left on both sides, that cannot be the same."""


def compare_quantities(en_text: str, zh_text: str) -> Comparison:
    """Matches the numbers of two texts one to one, and tells which of those left over contradict each other.

    Numbers match when they share a reading, whatever their kinds (`25th` and 25日, 50% and 一半), or when they may be
    one amount in two units. The mark of a list item (`1.`, 一、) is no number. One left over is explained by a word of
    the other side that hints at its value (`both`, 双).
    """
    en, zh = _list_numbers(en_text, Language.EN), _list_numbers(zh_text, Language.ZH)
    pairs = _match(en, zh, lambda one, other: one.value == other.value and one.kind is other.kind)
    pairs += _match(en, zh, lambda one, other: bool(one.readings & other.readings))
    pairs += _match(en, zh, _is_rounded)
    if en and zh:
        pairs += _match(en, zh, lambda one, other: is_converted(en_text, one, zh_text, other))
    contradictions: list[tuple[Quantity, Quantity]] = []
    if en and zh:
        zh_known = [*zh, *(other for _, other in pairs)]
        en_known = [*en, *(one for one, _ in pairs)]
        en_open = _drop_mentioned(en, list_mentions(zh_text, Language.ZH, zh_known))
        zh_open = _drop_mentioned(zh, list_mentions(en_text, Language.EN, en_known))
        contradictions = _match(en_open, zh_open, _contradict)
    pairs.sort(key=lambda pair: pair[0].start)
    return Comparison(tuple(pairs), tuple(en), tuple(zh), tuple(contradictions))


def _list_numbers(text: str, language: Language) -> list[Quantity]:
    """The quantities of the text behind its list mark."""
    begin = find_list_mark(text)
    return [quantity for quantity in find_quantities(text, language) if quantity.start >= begin]


def _match(
    en: list[Quantity], zh: list[Quantity], fits: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Pairs that fit, each quantity in one of them at most; they are taken out of the lists."""
    pairs = []
    for one in tuple(en):
        other = next((candidate for candidate in zh if fits(one, candidate)), None)
        if other is not None:
            pairs.append((one, other))
            en.remove(one)
            zh.remove(other)
    return pairs


def _is_rounded(one: Quantity, other: Quantity) -> bool:
    """Whether one value is a fraction without end (two thirds) and the other its decimals (67 percent)."""
    return any(
        abs(first - second) <= _ROUNDING * max(first, second) * 2
        for first in one.readings
        for second in other.readings
        if _is_endless(first) != _is_endless(second)
    )


def _is_endless(value: Decimal) -> bool:
    return len(value.as_tuple().digits) > 20


def _drop_mentioned(left: Sequence[Quantity], mentions: list[tuple[int, Decimal]]) -> list[Quantity]:
    """The quantities that no word hints at; a word explains one of them."""
    kept = []
    for quantity in left:
        values = _hinted_values(quantity)
        place = next((place for place, value in mentions if value in values), None)
        if place is None:
            kept.append(quantity)
        else:
            mentions = [mention for mention in mentions if mention[0] != place]
    return kept


def _hinted_values(quantity: Quantity) -> frozenset[Decimal]:
    """The values under which a word may hint at the quantity: at amounts and months by any, at noon and midnight."""
    if quantity.kind in _AMOUNTS or quantity.kind is QuantityKind.MONTH:
        return quantity.readings
    return quantity.readings & _NOONS if quantity.kind is QuantityKind.HOUR else frozenset()


def _contradict(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers without a match are of kinds that ought to agree."""
    kinds = {one.kind, other.kind}
    if kinds <= _AMOUNTS:
        return not (one.soft and other.soft)
    if kinds == {QuantityKind.YEAR, QuantityKind.NUMBER}:  # a year that cannot be one, or a number like a year
        return all(1000 <= each.value <= 9999 for each in (one, other))
    return len(kinds) == 1 or kinds in (
        {QuantityKind.DAY, QuantityKind.ORDINAL},
        {QuantityKind.HOUR, QuantityKind.NUMBER},
    )
