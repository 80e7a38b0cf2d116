"""Digits as both languages write them: groups, dates, times, fractions, and what looks like a number but is a code."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from aligner.text.numbers.quantity import Quantity, QuantityKind

FULL_WIDTH = {ord(full): half for full, half in zip("０１２３４５６７８９．％：", "0123456789.%:", strict=True)}
ANY_FULL_WIDTH = re.compile(f"[{''.join(map(chr, FULL_WIDTH))}]")
SMALLEST_YEAR, LARGEST_YEAR = 1800, 2099

# Groups of three: by commas, by no-break or thin spaces, or by at least two plain spaces (one would join `26 200`);
# or as in India, `2,06,737`.
DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3}){2,}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
)
_LONGEST_NUMBER = 24
"""Characters beyond which digits are no number but a key, a code or rubbish."""

NUMERIC = re.compile(
    r"(?P<year>(?:19|20)[0-9][0-9])[-/.](?P<month>[01]?[0-9])[-/.](?P<day>[0-3]?[0-9])(?![0-9])"
    r"|(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?![0-9])"
    r"|(?P<attacks>9/?11(?![0-9.,/万亿])(?=\s?(?:attacks?|terror|[事恐袭襲”』」]|[.,;!?]?\s|[.,;!?]?$)))"
    r"|(?P<upper>[0-9]{1,2})/(?P<lower>[0-9]{1,3})(?![0-9/])"
    rf"|(?P<digits>{DIGITS})"
)
ANY_DIGIT = re.compile("[0-9]")
_CODE_BEFORE = re.compile(r"(?:(?P<letters>[A-Za-z]+)[-‑]?|[0-9]\.|[0-9]/)\Z")
_CODE_AFTER = re.compile(r"[A-Z](?![A-Za-z])|\.[0-9]|/[0-9]")
_NO_CODE = re.compile("RMB|CNY|HKD|USD|EUR|GBP|MOP|HK|US|NT|Rs|mid|pre|post|top|under|over|early|late|since")
"""Currencies and prefixes that may stand directly before digits, with a hyphen or without, that are a number."""
_LIST_MARK = re.compile(
    r"\s*(?:[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．](?![0-9])|、)|[一二三四五六七八九十]{1,3}(?=[是要]))"
)
"""The number of an item at the start of a text: `1.`, `(2)`, 三、, 一是."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest that fits."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def matches(anchor: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Disjoint matches of `pattern`, tried only where the cheap `anchor` matches: several times faster than `finditer`
    of a pattern with many alternatives.
    """
    found = anchor.search(text)
    while found:
        match = pattern.match(text, found.start())
        if match:
            yield match
        found = anchor.search(text, match.end() if match else found.end())


def keep_disjoint(found: Iterable[Quantity]) -> list[Quantity]:
    """The quantities ascending, of overlapping ones the first and longest."""
    disjoint: list[Quantity] = []
    for quantity in sorted(found, key=lambda quantity: (quantity.start, -quantity.end)):
        if not disjoint or quantity.start >= disjoint[-1].end:
            disjoint.append(quantity)
    return disjoint


def find_list_mark(text: str) -> int:
    """Where the number of a list item that `text` begins with ends; 0 without one."""
    mark = _LIST_MARK.match(text)
    return mark.end() if mark else 0


def read_digits(digits: str) -> Decimal:
    """The value of digits as matched by `DIGITS`."""
    return Decimal("".join(digits.replace(",", "").split()))


def is_code(text: str, start: int, end: int, priced: bool) -> bool:
    """Whether the digits are part of a name or version: `COVID-19`, `A320`, `5G`, `3.2.1`."""
    if end - start > _LONGEST_NUMBER:
        return True
    before = _CODE_BEFORE.search(text, max(0, start - 12), start)
    if before and not (before["letters"] and _NO_CODE.fullmatch(before["letters"])):
        return True
    return not priced and _CODE_AFTER.match(text, end) is not None


def read_hour(value: Decimal, start: int, end: int) -> Quantity:
    """A time of day, with its reading on the other half of the clock."""
    other = value - 12 if value >= 12 else value + 12
    return Quantity(value, QuantityKind.HOUR, start, end, other=other, soft=True)


def read_compound(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantities of a date, a time with minutes, or a fraction; none for 9/11, which is a name."""
    start, end = match.span()
    if match["year"]:
        yield Quantity(Decimal(match["year"]), QuantityKind.YEAR, *match.span("year"), soft=True)
        yield Quantity(Decimal(match["month"]), QuantityKind.MONTH, *match.span("month"), soft=True)
        yield Quantity(Decimal(match["day"]), QuantityKind.DAY, *match.span("day"))
    elif match["hour"]:
        yield read_hour(Decimal(match["hour"]), *match.span("hour"))
        if int(match["minute"]):
            yield Quantity(Decimal(match["minute"]), QuantityKind.MINUTE, *match.span("minute"), soft=True)
    elif match["upper"] and int(match["upper"]) < int(match["lower"]):
        yield Quantity(Decimal(match["upper"]) / Decimal(match["lower"]), QuantityKind.NUMBER, start, end)


def read_percent(value: Decimal, start: int, end: int) -> Quantity:
    """A percentage, which also reads as a share of one."""
    return Quantity(value, QuantityKind.PERCENT, start, end, other=value / 100)
