"""Numbers of an English text: in digits, in words, months and multiples."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from aligner.text.numbers.digits import (
    ANY_DIGIT,
    LARGEST_YEAR,
    NUMERIC,
    SMALLEST_YEAR,
    any_of,
    is_code,
    keep_disjoint,
    matches,
    read_compound,
    read_digits,
    read_hour,
    read_percent,
)
from aligner.text.numbers.quantity import Quantity, QuantityKind


def _numbered(words: str, first: int) -> dict[str, int]:
    """The words with ascending numbers."""
    return {word: value for value, word in enumerate(words.split(), first)}


_ONES = _numbered("one two three four five six seven eight nine", 1)
_TEENS = _numbered(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    10,
)
_TENS = {word: 10 * ten for word, ten in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()}
CARDINALS = _ONES | _TEENS | _TENS
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_COUNTING = {"dozen": 12, "decade": 10, "decades": 10}
ORDINALS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
) | {
    word: 10 * ten
    for word, ten in _numbered("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 3).items()
}
_DENOMINATORS = {"half": 2, "quarter": 4, "third": 3, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
MONTHS = (
    _numbered("January February March April May June July August September October November December", 1)
    | _numbered("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", 1)
    | {"Sept": 9}
)
_AMBIGUOUS_MONTHS = frozenset(("May", "March", "Mar", "Jan", "Jun", "Dec"))

_DIGIT_TAIL = re.compile(
    r"(?P<decade>['’]?s\b)|(?P<nth>(?:st|nd|rd|th)\b)|(?P<multiple>\s(?:times|x)\b|-?fold\b)|\s?(?P<half_day>[ap])\.?\s?m\b"
    rf"|(?:(?:\s|-)?(?P<scale>{any_of(SCALES)}(?:\s(?:million|billion|trillion))?|bn|mn|tn)\b"
    rf"|(?P<short>{any_of(SHORT_SCALES)})\b|\s(?P<counting>{any_of(_COUNTING)})\b)?"
    r"(?P<percent>\s?(?:%|(?:percent|per\s?cent|pct|percentage\spoints?)\b))?",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|RMB|CNY|HKD|USD|EUR|GBP|MOP)\s?\Z")
_BELOW_HUNDRED = rf"(?:{any_of(_TENS)}(?:[\s-]{any_of(_ONES)})?|{any_of(_TEENS)}|{any_of(_ONES)})"
_SCALED = rf"(?:[\s-]{any_of(SCALES)}\b)"
_WORDS = re.compile(
    rf"\b(?:(?P<upper>an?|{any_of(_ONES)})[\s-](?P<lower>{any_of(_DENOMINATORS)})s?"
    rf"|(?P<tens>{any_of(_TENS)})-(?P<nth>{any_of(ORDINALS)})"
    rf"|(?P<cardinal>(?:half\s)?(?:{_BELOW_HUNDRED}|an?){_SCALED}+(?:\s(?:and\s)?{_BELOW_HUNDRED}\b{_SCALED}*)*"
    rf"|{_BELOW_HUNDRED})(?:\s(?P<counting>{any_of(_COUNTING)}))?(?P<percent>\s(?:percent|per\s?cent))?"
    rf"|(?P<ordinal>{any_of(ORDINALS)})|(?P<half>half)|(?P<alone>dozen|decade))\b",
    re.IGNORECASE,
)
_TOKEN = re.compile("[A-Za-z]+")
_OPENERS = frozenset({*CARDINALS, *ORDINALS, *_COUNTING, "a", "an", "half"})
_TELLING = frozenset(word.lower() for word in {*_OPENERS, *SCALES, *_DENOMINATORS, *MONTHS} if word not in {"a", "an"})
"""Words one of which every number or month in words has."""
_MONTH_BEFORE = re.compile(
    r"(?:[0-9](?:st|nd|rd|th)?|\b(?:in|of|since|by|until|from|to|last|this|next|early|mid|late))[\s-]\Z"
)
_MONTH_AFTER = re.compile(r"\.?,?\s[0-9]")
_DAY_GAP = re.compile(r"\.?\s(?:the\s)?|\sof\s|-")
"""What may stand between the name of a month and a day."""

_NEXT_DAY = re.compile(r"\s(?:and|to)\s|[-–]|,\s")
_BEHIND_DAY = re.compile(r"[,.;)]|$")
"""`July 17 and 22,` are two days, `July 17 and 22 people` are not."""


def find_english(text: str) -> list[Quantity]:
    """The quantities of an English text, ascending and disjoint."""
    return _mark_days(text, keep_disjoint([*_find_digits(text), *_find_words(text)]))


def _mark_days(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, those beside the name of a month as its day."""
    for position, month in enumerate(found):
        if month.kind is not QuantityKind.MONTH:
            continue
        after, before = position + 1, position - 1
        if after < len(found) and _DAY_GAP.fullmatch(text, month.end, found[after].start) and _is_day(found[after]):
            found[after] = replace(found[after], kind=QuantityKind.DAY)
        elif before >= 0 and _DAY_GAP.fullmatch(text, found[before].end, month.start) and _is_day(found[before]):
            found[before] = replace(found[before], kind=QuantityKind.DAY)
    for position in range(len(found) - 1):
        first, second = found[position], found[position + 1]
        joined = first.kind is QuantityKind.DAY and _NEXT_DAY.fullmatch(text, first.end, second.start)
        if joined and _is_day(second) and _BEHIND_DAY.match(text, second.end):
            found[position + 1] = replace(second, kind=QuantityKind.DAY)
    return found


def _is_day(quantity: Quantity) -> bool:
    """Whether a number beside a month may be a day."""
    plain = quantity.kind in {QuantityKind.NUMBER, QuantityKind.ORDINAL}
    return plain and 1 <= quantity.value <= 31 and quantity.value == int(quantity.value)


def _find_digits(text: str) -> Iterator[Quantity]:
    """Quantities written in digits in an English text."""
    for match in matches(ANY_DIGIT, NUMERIC, text):
        start, end = match.span()
        priced = _MONEY_BEFORE.search(text, max(0, start - 4), start) is not None
        if is_code(text, start, end, priced):
            continue
        if not match["digits"]:
            yield from read_compound(match)
            continue
        tail = _DIGIT_TAIL.match(text, end)
        yield _read_number(read_digits(match["digits"]), start, end, tail, priced)


def _read_number(value: Decimal, start: int, end: int, tail: re.Match[str] | None, priced: bool) -> Quantity:
    """The quantity of digits worth `value` and of what follows them."""
    if tail is None or tail.end() == end:
        is_year = not priced and SMALLEST_YEAR <= value <= LARGEST_YEAR and end - start == 4
        return Quantity(value, QuantityKind.YEAR if is_year else QuantityKind.NUMBER, start, end, soft=is_year)
    stop = tail.end()
    if tail["decade"]:
        kind = QuantityKind.NUMBER if value < 100 else QuantityKind.YEAR  # `in her 40s`
        return Quantity(value, kind, start, stop, other=value % 100, soft=True)
    if tail["nth"] or tail["multiple"]:
        return Quantity(value, QuantityKind.ORDINAL if tail["nth"] else QuantityKind.MULTIPLE, start, stop)
    if tail["half_day"]:
        afternoon = tail["half_day"] in "pP" and value < 12
        return read_hour(value + 12 if afternoon else value, start, stop)
    if tail["percent"]:
        return read_percent(value, start, stop)
    factor, other = _read_factor(tail)
    return Quantity(value * factor, QuantityKind.NUMBER, start, stop, other=value if other and not priced else None)


def _read_factor(tail: re.Match[str]) -> tuple[int, bool]:
    """The factor of the scale words behind digits, and whether they may mean something else (`5m` may be metres)."""
    if tail["short"]:
        return SHORT_SCALES[tail["short"].lower()], True
    if tail["counting"]:
        return _COUNTING[tail["counting"].lower()], True
    factor = 1
    for word in (tail["scale"] or "").lower().split():
        factor *= SCALES.get(word) or SHORT_SCALES[word]
    return factor, False


def _find_words(text: str) -> Iterator[Quantity]:
    """Quantities and months written in words in an English text."""
    if _TELLING.isdisjoint(_TOKEN.findall(text.lower())):
        return  # most sentences: half the time of looking at every word's place
    reached = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < reached:
            continue
        if token.group() in MONTHS:
            if _is_month(text, token):
                yield Quantity(Decimal(MONTHS[token.group()]), QuantityKind.MONTH, *token.span(), soft=True)
        elif token.group().lower() in _OPENERS and (match := _WORDS.match(text, start)):
            reached = match.end()
            yield from _read_number_words(match)


def _is_month(text: str, token: re.Match[str]) -> bool:
    """Whether a month's name is one: those that are also words or names only beside a number or a preposition."""
    return (
        token.group() not in _AMBIGUOUS_MONTHS
        or _MONTH_AFTER.match(text, token.end()) is not None
        or _MONTH_BEFORE.search(text, max(0, token.start() - 6), token.start()) is not None
    )


def _read_number_words(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantity of one match of `_WORDS`."""
    start, end = match.span()
    if match["lower"]:
        upper, lower = Decimal(_ONES.get(match["upper"].lower(), 1)), _DENOMINATORS[match["lower"].lower()]
        # `a third` may be an ordinal.
        yield Quantity(upper / lower, QuantityKind.NUMBER, start, end, other=Decimal(lower), soft=True)
    elif match["nth"]:
        value = _TENS[match["tens"].lower()] + ORDINALS[match["nth"].lower()]
        yield Quantity(Decimal(value), QuantityKind.ORDINAL, start, end)
    elif match["ordinal"]:
        value = ORDINALS[match["ordinal"].lower()]
        yield Quantity(Decimal(value), QuantityKind.ORDINAL, start, end, soft=value <= 10)
    elif match["half"]:
        yield Quantity(Decimal("0.5"), QuantityKind.NUMBER, start, end, other=Decimal(50), soft=True)
    elif match["alone"]:
        yield Quantity(Decimal(_COUNTING[match["alone"].lower()]), QuantityKind.NUMBER, start, end, soft=True)
    else:
        yield from _read_cardinal(match)


def _read_cardinal(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantity of a number in words, with what it counts; none for a lone `one`."""
    start, end = match.span()
    value = _read_value(match["cardinal"])
    if match["percent"]:
        yield read_percent(value, start, end)
    elif match["counting"]:
        yield Quantity(value * _COUNTING[match["counting"].lower()], QuantityKind.NUMBER, start, end, other=value)
    elif value != 1:
        yield Quantity(value, QuantityKind.NUMBER, start, end, soft=value <= 10)


def _read_value(words: str) -> Decimal:
    """The value of a number in words, such as `one hundred and five thousand` or `half a million`."""
    total = current = Decimal(0)
    share = Decimal(1)
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "half":
            share = Decimal("0.5")
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
        elif word in SCALES:
            if current or not total:
                total += (current or 1) * SCALES[word]
            else:  # `a thousand million`
                total *= SCALES[word]
            current = Decimal(0)
        else:
            current += CARDINALS.get(word, 0)
    return (total + current) * share
