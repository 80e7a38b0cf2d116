"""Numbers of a sentence by value, and whether two sentences of different languages have the same ones.

`3217万` is `32.17 million`, `百分之六点三` is `6.3 percent`, `11月25日` is `Nov. 25`, `二〇二四年` is `2024`.
The rules, all by regular expressions:

- Precision first: a lone 一 or `one` is not reported, a lone 百/千/万/亿 neither (百姓, 千万别, 万科). A number of one
  Chinese character is reported only before a measure word (三个, 五大, 两国), so 三亚, 四川, 十分 are not.
- Vague amounts are not reported: 数十, 几百, 上万, 十余, 三五个, `tens of thousands`, `dozens`; 三百余
  and `over 300` are 300.
- Codes are not numbers: `COVID-19`, `A320`, `5G`, `3.2.1`.
- Multiples are left out on the Chinese side (增长两倍 is `tripled`, and often mistranslated as `doubled`).
- Some expressions have a second reading (`other`): `5m` five million or five metres, 50% and 0.5, 3 p.m. 15 and 3,
  90年代 90 and 1990, the 1 of `1-2 million` a million and one.

What this does not catch: amounts converted to other units (acres and hectares, yuan and dollars), numbers hidden in
words (`twice`, `weekend`, 双, 首), idioms before a measure word (三番五次 gives 5), and Indian grouping (`2,06,737`).

Measured on the 2,791 one-to-one beads of WMT21 news (true translations): numbers differ in 79, which is 2.8 % of all
beads and 6.6 % of those with a number, most of them because the translator did change or drop one. With the translation
of a neighbouring sentence instead, both having a number, they differ in 94 %.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from aligner.records import Language


class QuantityKind(StrEnum):
    """What the words around a number say it is."""

    NUMBER = "number"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


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
    """Whether a translation may well leave it out: a month, a year, a time, or a number up to ten in words."""

    @property
    def readings(self) -> frozenset[Decimal]:
        """All values the expression may have."""
        return frozenset((self.value,) if self.other is None else (self.value, self.other))


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """Counts of distinct values."""

    matched: int
    """Values found on both sides."""
    en_only: int
    zh_only: int

    @property
    def differ(self) -> bool:
        """Whether a reviewer should compare the numbers."""
        return bool(self.en_only or self.zh_only)


_FULL_WIDTH = {ord(full): half for full, half in zip("０１２３４５６７８９．％：", "0123456789.%:", strict=True)}
_ANY_FULL_WIDTH = re.compile(f"[{''.join(map(chr, _FULL_WIDTH))}]")
_LARGEST_YEAR, _SMALLEST_YEAR = 2099, 1800


def _any(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest that fits."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


# --- digits of either language -------------------------------------------------------------------------------------

# Groups of three: by commas, by no-break or thin spaces, or by at least two plain spaces (one would join `26 200`).
_DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3}){2,}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
)
_LONGEST_NUMBER = 24
"""Characters beyond which digits or numerals are no number but a key, a code or rubbish."""

_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)[0-9][0-9])[-/.](?P<month>[01]?[0-9])[-/.](?P<day>[0-3]?[0-9])(?![0-9])"
    r"|(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?![0-9])"
    r"|(?P<upper>[0-9]{1,2})/(?P<lower>[0-9]{1,3})(?![0-9/])"
    rf"|(?P<digits>{_DIGITS})"
)
_ANY_DIGIT = re.compile("[0-9]")
_CODE_BEFORE = re.compile(r"(?:(?P<letters>[A-Za-z]+)[-‑]?|[0-9]\.|[0-9]/)\Z")
_CODE_AFTER = re.compile(r"[A-Z](?![A-Za-z])|\.[0-9]|/[0-9]")
_NO_CODE = re.compile("RMB|CNY|HKD|USD|EUR|GBP|MOP|Rs|mid|pre|post|top|under|over|early|late|since")
"""Currencies and prefixes that may stand directly before digits, with a hyphen or without, that are a number."""

_RANGE = re.compile(r"\s?(?:[-–—~～至到]|to|and|or)\s?(?:[A-Z]{0,3}[$€£¥])?")


def _matches(anchor: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Disjoint matches of `pattern`, tried only where the cheap `anchor` matches: several times faster than `finditer`
    of a pattern with many alternatives.
    """
    found = anchor.search(text)
    while found:
        match = pattern.match(text, found.start())
        if match:
            yield match
        found = anchor.search(text, match.end() if match else found.end())


def _decimal(digits: str) -> Decimal:
    """The value of digits as matched by `_DIGITS`."""
    return Decimal("".join(digits.replace(",", "").split()))


def _is_code(text: str, start: int, end: int, priced: bool) -> bool:
    """Whether the digits are part of a name or version: `COVID-19`, `A320`, `5G`, `3.2.1`."""
    if end - start > _LONGEST_NUMBER:
        return True
    before = _CODE_BEFORE.search(text, max(0, start - 12), start)
    if before and not (before["letters"] and _NO_CODE.fullmatch(before["letters"])):
        return True
    return not priced and _CODE_AFTER.match(text, end) is not None


def _hour(value: Decimal, start: int, end: int) -> Quantity:
    """A time of day, with its reading on the other half of the clock."""
    other = value - 12 if value >= 12 else value + 12
    return Quantity(value, QuantityKind.HOUR, start, end, other=other, soft=True)


def _compound(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantities of a date, a time with minutes, or a fraction."""
    start, end = match.span()
    if match["year"]:
        yield Quantity(Decimal(match["year"]), QuantityKind.YEAR, *match.span("year"), soft=True)
        yield Quantity(Decimal(match["month"]), QuantityKind.MONTH, *match.span("month"), soft=True)
        yield Quantity(Decimal(match["day"]), QuantityKind.DAY, *match.span("day"))
    elif match["hour"]:
        yield _hour(Decimal(match["hour"]), *match.span("hour"))
        if int(match["minute"]):
            yield Quantity(Decimal(match["minute"]), QuantityKind.NUMBER, *match.span("minute"), soft=True)
    elif int(match["upper"]) < int(match["lower"]):
        yield Quantity(Decimal(match["upper"]) / Decimal(match["lower"]), QuantityKind.NUMBER, start, end)


def _percent(value: Decimal, start: int, end: int) -> Quantity:
    """A percentage, which also reads as a share of one."""
    return Quantity(value, QuantityKind.PERCENT, start, end, other=value / 100)


def _distribute_scales(text: str, found: list[Quantity]) -> list[Quantity]:
    """Gives the first number of a range such as `1-2 million` its second reading, a million."""
    for position in range(len(found) - 1):
        first, second = found[position], found[position + 1]
        if first.other is None and second.kind is QuantityKind.NUMBER and first.value < 10**4 <= second.value:
            joint = _RANGE.fullmatch(text, first.end, second.start)
            scale = _scale_of(text[second.start : second.end]) if joint else None
            if scale:
                found[position] = replace(first, other=first.value * scale)
    return found


def _scale_of(expression: str) -> int | None:
    """The scale word an expression ends in, as a factor; None without one."""
    for word, scale in (_EN_SCALE | _EN_SCALE_SHORT).items():
        if expression.lower().endswith(word):
            return scale
    ending = re.search("[十百千万萬亿億]+$", expression)
    return int(_scale_product(ending.group())) if ending else None


# --- English -------------------------------------------------------------------------------------------------------


def _numbered(words: str, first: int) -> dict[str, int]:
    """The words with ascending numbers."""
    return {word: value for value, word in enumerate(words.split(), first)}


_EN_ONES = _numbered("one two three four five six seven eight nine", 1)
_EN_TEENS = _numbered(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    10,
)
_EN_TENS = {
    word: 10 * ten for word, ten in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
_EN_CARDINAL = _EN_ONES | _EN_TEENS | _EN_TENS
_EN_SCALE = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_EN_SCALE_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_EN_COUNTING = {"dozen": 12, "decade": 10, "decades": 10}
_EN_ORDINAL = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
) | {
    word: 10 * ten
    for word, ten in _numbered("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 3).items()
}
_EN_DENOMINATOR = {"half": 2, "quarter": 4, "third": 3, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_EN_MONTH = (
    _numbered("January February March April May June July August September October November December", 1)
    | _numbered("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", 1)
    | {"Sept": 9}
)
_EN_AMBIGUOUS_MONTHS = frozenset(("May", "March", "Mar", "Jan", "Jun", "Dec"))

_EN_DIGIT_TAIL = re.compile(
    r"(?P<decade>['’]?s\b)|(?P<nth>(?:st|nd|rd|th)\b)|\s?(?P<half_day>[ap])\.?\s?m\b"
    rf"|(?:(?:\s|-)?(?P<scale>{_any(_EN_SCALE)}(?:\s(?:million|billion|trillion))?|bn|mn|tn)\b"
    rf"|(?P<short>{_any(_EN_SCALE_SHORT)})\b|\s(?P<counting>{_any(_EN_COUNTING)})\b)?"
    r"(?P<percent>\s?(?:%|(?:percent|per\s?cent|pct|percentage\spoints?)\b))?",
    re.IGNORECASE,
)
_EN_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|RMB|CNY|HKD|USD|EUR|GBP|MOP)\s?\Z")
_BELOW_HUNDRED = rf"(?:{_any(_EN_TENS)}(?:[\s-]{_any(_EN_ONES)})?|{_any(_EN_TEENS)}|{_any(_EN_ONES)})"
_SCALED = rf"(?:[\s-]{_any(_EN_SCALE)}\b)"
_EN_WORDS = re.compile(
    rf"\b(?:(?P<upper>an?|{_any(_EN_ONES)})[\s-](?P<lower>{_any(_EN_DENOMINATOR)})s?"
    rf"|(?P<tens>{_any(_EN_TENS)})-(?P<nth>{_any(_EN_ORDINAL)})"
    rf"|(?P<cardinal>(?:half\s)?(?:{_BELOW_HUNDRED}|an?){_SCALED}+(?:\s(?:and\s)?{_BELOW_HUNDRED}\b{_SCALED}*)*"
    rf"|{_BELOW_HUNDRED})(?:\s(?P<counting>{_any(_EN_COUNTING)}))?(?P<percent>\s(?:percent|per\s?cent))?"
    rf"|(?P<ordinal>{_any(_EN_ORDINAL)})|(?P<half>half)|(?P<alone>dozen|decade))\b",
    re.IGNORECASE,
)
_EN_TOKEN = re.compile("[A-Za-z]+")
_EN_OPENERS = frozenset({*_EN_CARDINAL, *_EN_ORDINAL, *_EN_COUNTING, "a", "an", "half"})
_EN_TELLING = frozenset(
    word.lower() for word in {*_EN_OPENERS, *_EN_SCALE, *_EN_DENOMINATOR, *_EN_MONTH} if word not in {"a", "an"}
)
"""Words one of which every number or month in words has."""
_EN_MONTH_BEFORE = re.compile(
    r"(?:[0-9](?:st|nd|rd|th)?|\b(?:in|of|since|by|until|from|to|last|this|next|early|mid|late))[\s-]\Z"
)
_EN_MONTH_AFTER = re.compile(r"\.?,?\s[0-9]")


def _english_digits(text: str) -> Iterator[Quantity]:
    """Quantities written in digits in an English text."""
    for match in _matches(_ANY_DIGIT, _NUMERIC, text):
        start, end = match.span()
        priced = _EN_MONEY_BEFORE.search(text, max(0, start - 4), start) is not None
        if _is_code(text, start, end, priced):
            continue
        if not match["digits"]:
            yield from _compound(match)
            continue
        tail = _EN_DIGIT_TAIL.match(text, end)
        yield _english_number(_decimal(match["digits"]), start, end, tail, priced)


def _english_number(value: Decimal, start: int, end: int, tail: re.Match[str] | None, priced: bool) -> Quantity:
    """The quantity of digits worth `value` and of what follows them."""
    if tail is None or tail.end() == end:
        is_year = not priced and _SMALLEST_YEAR <= value <= _LARGEST_YEAR and end - start == 4
        return Quantity(value, QuantityKind.YEAR if is_year else QuantityKind.NUMBER, start, end, soft=is_year)
    stop = tail.end()
    if tail["decade"]:
        return Quantity(value, QuantityKind.YEAR, start, stop, other=value % 100, soft=True)
    if tail["nth"]:
        return Quantity(value, QuantityKind.ORDINAL, start, stop)
    if tail["half_day"]:
        afternoon = tail["half_day"] in "pP" and value < 12
        return _hour(value + 12 if afternoon else value, start, stop)
    if tail["percent"]:
        return _percent(value, start, stop)
    factor, other = _english_factor(tail)
    return Quantity(value * factor, QuantityKind.NUMBER, start, stop, other=value if other and not priced else None)


def _english_factor(tail: re.Match[str]) -> tuple[int, bool]:
    """The factor of the scale words behind digits, and whether they may mean something else (`5m` may be metres)."""
    if tail["short"]:
        return _EN_SCALE_SHORT[tail["short"].lower()], True
    if tail["counting"]:
        return _EN_COUNTING[tail["counting"].lower()], True
    factor = 1
    for word in (tail["scale"] or "").lower().split():
        factor *= _EN_SCALE.get(word) or _EN_SCALE_SHORT[word]
    return factor, False


def _english_words(text: str) -> Iterator[Quantity]:
    """Quantities and months written in words in an English text."""
    if _EN_TELLING.isdisjoint(_EN_TOKEN.findall(text.lower())):
        return  # most sentences: half the time of looking at every word's place
    reached = 0
    for token in _EN_TOKEN.finditer(text):
        start = token.start()
        if start < reached:
            continue
        if token.group() in _EN_MONTH:
            if _is_month(text, token):
                yield Quantity(Decimal(_EN_MONTH[token.group()]), QuantityKind.MONTH, *token.span(), soft=True)
        elif token.group().lower() in _EN_OPENERS and (match := _EN_WORDS.match(text, start)):
            reached = match.end()
            yield from _english_number_words(match)


def _is_month(text: str, token: re.Match[str]) -> bool:
    """Whether a month's name is one: those that are also words or names only beside a number or a preposition."""
    return (
        token.group() not in _EN_AMBIGUOUS_MONTHS
        or _EN_MONTH_AFTER.match(text, token.end()) is not None
        or _EN_MONTH_BEFORE.search(text, max(0, token.start() - 6), token.start()) is not None
    )


def _english_number_words(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantity of one match of `_EN_WORDS`."""
    start, end = match.span()
    if match["lower"]:
        upper, lower = Decimal(_EN_ONES.get(match["upper"].lower(), 1)), _EN_DENOMINATOR[match["lower"].lower()]
        # `a third` may be an ordinal.
        yield Quantity(upper / lower, QuantityKind.NUMBER, start, end, other=Decimal(lower), soft=True)
    elif match["nth"]:
        value = _EN_TENS[match["tens"].lower()] + _EN_ORDINAL[match["nth"].lower()]
        yield Quantity(Decimal(value), QuantityKind.ORDINAL, start, end)
    elif match["ordinal"]:
        value = _EN_ORDINAL[match["ordinal"].lower()]
        yield Quantity(Decimal(value), QuantityKind.ORDINAL, start, end, soft=value <= 10)
    elif match["half"]:
        yield Quantity(Decimal("0.5"), QuantityKind.NUMBER, start, end, other=Decimal(50), soft=True)
    elif match["alone"]:
        yield Quantity(Decimal(_EN_COUNTING[match["alone"].lower()]), QuantityKind.NUMBER, start, end, soft=True)
    else:
        yield from _english_cardinal(match)


def _english_cardinal(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantity of a number in words, with what it counts; none for a lone `one`."""
    start, end = match.span()
    value = _english_value(match["cardinal"])
    if match["percent"]:
        yield _percent(value, start, end)
    elif match["counting"]:
        yield Quantity(value * _EN_COUNTING[match["counting"].lower()], QuantityKind.NUMBER, start, end, other=value)
    elif value != 1:
        yield Quantity(value, QuantityKind.NUMBER, start, end, soft=value <= 10)


def _english_value(words: str) -> Decimal:
    """The value of a number in words, such as `one hundred and five thousand` or `half a million`."""
    total = current = Decimal(0)
    share = Decimal(1)
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "half":
            share = Decimal("0.5")
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
        elif word in _EN_SCALE:
            if current or not total:
                total += (current or 1) * _EN_SCALE[word]
            else:  # `a thousand million`
                total *= _EN_SCALE[word]
            current = Decimal(0)
        else:
            current += _EN_CARDINAL.get(word, 0)
    return (total + current) * share


# --- Chinese -------------------------------------------------------------------------------------------------------

_ZH_DIGIT = dict(zip("零〇○一二三四五六七八九两兩", (0, 0, 0, *range(1, 10), 2, 2), strict=True))
_ZH_SMALL_SCALE = {"十": 10, "百": 100, "千": 1000}
_ZH_LARGE_SCALE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ZH_SCALE = _ZH_SMALL_SCALE | _ZH_LARGE_SCALE
_HAN_NUMERALS = "[零〇○一二三四五六七八九两兩十百千万萬亿億]"

_ZH_ANY = re.compile("[第半零〇○一二三四五六七八九两兩十百千万萬亿億]")
_ZH_WORDS = re.compile(
    r"(?P<half>一半|半[数數])"
    rf"|(?P<lower>{_HAN_NUMERALS}+)分之(?:(?P<upper>{_HAN_NUMERALS}+(?:[点點][零〇一二三四五六七八九]+)?)|(?P<digits>{_DIGITS}))"
    rf"|(?P<nth>第)?(?P<number>{_HAN_NUMERALS}+)"
    rf"(?P<decimals>[点點][零〇一二三四五六七八九]+(?![十刻分零〇一二三四五六七八九]))?(?:[余餘多](?P<more>[万萬亿億]+))?"
)
_ZH_SCALED_DIGITS = re.compile(
    rf"(?P<digits>{_DIGITS})(?:\s?(?:[余餘多来來]?(?P<scale>[十百千]?[万萬亿億]+|[百千](?![米克瓦伏卡]))|[个個](?P<counted>[万萬亿億]+)))?"
)
_ZH_UNIT = re.compile(
    r"\s?(?:(?P<percent>%|[个個]百分[点點])|(?P<tenth>成(?![为為功果员員立本就长長人熟绩績效交型分不]))(?P<half_tenth>五)?"
    r"|(?P<decade>年代)|(?P<century>世[纪紀])|(?P<year>年)|(?P<month>月)|(?P<day>[日号號])|(?P<hour>[时時]|[点點](?![0-9]))|(?P<multiple>倍))"
)
_ZH_AFTERNOON = re.compile("(?:下午|晚上|傍晚|晚间|晚間|当晚|當晚|晚)\\s?\\Z")
_ZH_MEASURE = re.compile(
    "[个個位名家项項次年月日号號天人条條种種类類批部座只艘台臺辆輛架件份套场場届屆期代米元块塊亩畝户戶点點岁歲季级級层層所间間起例笔"
    "筆支队隊枚张張国國省市县縣村校馆館艘宗吨噸周週轮輪站区區颗顆幅首本组組段步方大成]|公[里斤顷頃]|小时|小時|分钟|分鐘|平方|余|餘|多|分之"
)
_ZH_PLAN = re.compile("十[一二三四五]五")
_ZH_SOME = frozenset("数數几幾")
_ZH_MORE = frozenset("余餘多来來")
_ZH_AFTER_ONE = frozenset("成月")  # 一成 is ten percent, 一月 January


def _scale_product(scales: str) -> Decimal:
    """The factor of scale characters in a row, such as 千万 or 万亿."""
    product = Decimal(1)
    for character in scales:
        product *= _ZH_SCALE[character]
    return product


def chinese_integer(numerals: str) -> int | None:
    """The value of a Chinese numeral; None for a vague or ill-formed one (二三十, 百, 千万).

    Reads numbers with scale characters (三千零五, and 三千五 for 3,500) and rows of at least three digits (二〇二四).
    """
    if len(numerals) > _LONGEST_NUMBER:
        return None
    if all(character in _ZH_DIGIT for character in numerals):
        digits = [_ZH_DIGIT[character] for character in numerals]
        return int("".join(map(str, digits))) if len(digits) != 2 else None
    total = section = 0
    digit: int | None = None
    for position, character in enumerate(numerals):
        if character in _ZH_DIGIT:
            if digit:
                return None
            digit = _ZH_DIGIT[character]
        elif character in _ZH_SMALL_SCALE:
            if not digit and character != "十":
                return None
            section += (digit or 1) * _ZH_SMALL_SCALE[character]
            digit = None
        else:
            section += digit or 0
            if not section and not (total and numerals[position - 1] in _ZH_LARGE_SCALE):
                return None
            scale = _ZH_LARGE_SCALE[character]
            total = (total + section) * scale if scale > 10**4 else total + section * scale
            section, digit = 0, None
    if digit and numerals[-2] in "百千万萬亿億":
        digit *= _ZH_SCALE[numerals[-2]] // 10
    return total + section + (digit or 0)


def _chinese_digits(text: str) -> Iterator[Quantity]:
    """Quantities written in digits in a Chinese text."""
    reached = 0
    for match in _matches(_ANY_DIGIT, _NUMERIC, text):
        start, end = match.span()
        if start < reached or _is_code(text, start, end, priced=False):
            continue
        if not match["digits"]:
            yield from _compound(match)
            continue
        value, end = _mixed_value(text, match)
        reached = end
        found = _chinese_quantity(text, value, start, end)
        if found:
            yield found


def _mixed_value(text: str, match: re.Match[str]) -> tuple[Decimal, int]:
    """The value of digits with scale characters, such as 1亿6000万, and the offset of its end."""
    value, end = Decimal(0), match.start()
    smallest: Decimal | None = None
    while part := _ZH_SCALED_DIGITS.match(text, end):
        scale = _scale_product(part["scale"] or part["counted"] or "")
        if smallest is not None and scale >= smallest:
            break
        value, end, smallest = value + _decimal(part["digits"]) * scale, part.end(), scale
        if scale == 1:
            break
    return value, end


def _chinese_words(text: str) -> Iterator[Quantity]:
    """Quantities written in Chinese numerals."""
    for match in _matches(_ZH_ANY, _ZH_WORDS, text):
        if match["half"]:
            yield Quantity(Decimal("0.5"), QuantityKind.NUMBER, *match.span(), other=Decimal(50), soft=True)
        elif match["lower"]:
            yield from _chinese_fraction(match)
        elif found := _chinese_numeral(text, match):
            yield found


def _chinese_numeral(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity of a numeral with or without 第; None where it is vague, idiomatic or a multiple."""
    numerals, (start, end) = match["number"], match.span()
    if _ZH_PLAN.fullmatch(numerals):  # 十四五: the 14th five-year plan
        numerals = numerals[:2]
        return Quantity(Decimal(chinese_integer(numerals) or 0), QuantityKind.ORDINAL, start, end, soft=True)
    value = None if _is_vague(text, match) or _is_idiom(text, match) else _numeral_value(match)
    if value is None:
        return None
    if match["nth"]:
        return Quantity(value, QuantityKind.ORDINAL, start, end, soft=value <= 10)
    found = _chinese_quantity(text, value, start, end)
    if found and value <= 10 and found.kind is not QuantityKind.PERCENT:
        return replace(found, soft=True)
    return found


def _is_vague(text: str, match: re.Match[str]) -> bool:
    """Whether the numeral is one of 数十, 几百, 十几, 十余."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    some_tens = match["number"] == "十" and (bool(match["more"]) or after in _ZH_MORE)
    return before in _ZH_SOME or after in _ZH_SOME or some_tens


def _is_idiom(text: str, match: re.Match[str]) -> bool:
    """Whether the numeral may be part of a word: one character without a measure word, a lone 一, or 十一."""
    numerals, end = match["number"], match.end()
    if match["nth"] or match["decimals"] or (len(numerals) > 1 and numerals != "十一"):
        return False
    if numerals == "一" and text[end : end + 1] not in _ZH_AFTER_ONE:
        return True
    return _ZH_MEASURE.match(text, end) is None


def _numeral_value(match: re.Match[str]) -> Decimal | None:
    """The value of a numeral with its decimals and the scale behind 余 (三百余万); None for an ill-formed one."""
    integer = chinese_integer(match["number"])
    if integer is None:
        return None
    value = Decimal(integer)
    if match["decimals"]:
        value += Decimal("0." + "".join(str(_ZH_DIGIT[character]) for character in match["decimals"][1:]))
    return value * _scale_product(match["more"] or "")


def _chinese_fraction(match: re.Match[str]) -> Iterator[Quantity]:
    """百分之六点三 as a percentage, other fractions (三分之一) as a number."""
    lower = _ZH_SCALE.get(match["lower"]) or chinese_integer(match["lower"])
    upper = _decimal(match["digits"]) if match["digits"] else _plain_value(match["upper"])
    if not lower or upper is None:
        return
    if lower == 100:
        yield _percent(upper, *match.span())
    else:
        yield Quantity(upper / lower, QuantityKind.NUMBER, *match.span())


def _plain_value(numerals: str) -> Decimal | None:
    """The value of Chinese numerals with or without decimals."""
    whole, _, decimals = numerals.replace("點", "点").partition("点")
    integer = 100 if whole == "百" else chinese_integer(whole)
    if integer is None:
        return None
    return Decimal(f"{integer}.{''.join(str(_ZH_DIGIT[character]) for character in decimals) or 0}")


def _chinese_quantity(text: str, value: Decimal, start: int, end: int) -> Quantity | None:
    """The quantity of a number worth `value` at `[start, end)` and of the unit behind it; None for a multiple."""
    unit = _ZH_UNIT.match(text, end)
    number = Quantity(value, QuantityKind.NUMBER, start, end)
    if unit is None:
        return number
    if unit["multiple"]:
        return None
    if unit["percent"]:
        return _percent(value, start, unit.end())
    if unit["tenth"]:
        return _percent(value * 10 + (5 if unit["half_tenth"] else 0), start, unit.end()) if value <= 10 else number
    if unit["hour"] and value <= 24:
        afternoon = value < 12 and _ZH_AFTERNOON.search(text, max(0, start - 4), start)
        return _hour(value + 12 if afternoon else value, start, unit.end())
    return _chinese_date_part(number, unit) or number


def _chinese_date_part(number: Quantity, unit: re.Match[str]) -> Quantity | None:
    """The number as a year, decade, month or day, where its unit is one and its value fits."""
    value = number.value
    dated = replace(number, end=unit.end(), soft=True)
    if unit["decade"]:
        return replace(dated, kind=QuantityKind.YEAR, other=value + 1900 if value < 100 else None)
    if unit["century"]:
        return replace(dated, kind=QuantityKind.ORDINAL)
    if unit["year"] and _SMALLEST_YEAR <= value <= _LARGEST_YEAR:
        return replace(dated, kind=QuantityKind.YEAR)
    if unit["month"] and 1 <= value <= 12:
        return replace(dated, kind=QuantityKind.MONTH)
    if unit["day"] and 1 <= value <= 31:
        return replace(dated, kind=QuantityKind.DAY, soft=False)
    return None


# --- both ----------------------------------------------------------------------------------------------------------


def find_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """The quantities of `text`, ascending and disjoint; see the module's rules for what is left out."""
    if _ANY_FULL_WIDTH.search(text):
        text = text.translate(_FULL_WIDTH)
    if language is Language.ZH:
        found = [*_chinese_digits(text), *_chinese_words(text)]
    else:
        found = [*_english_digits(text), *_english_words(text)]
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    disjoint: list[Quantity] = []
    for quantity in found:
        if not disjoint or quantity.start >= disjoint[-1].end:
            disjoint.append(quantity)
    return tuple(_distribute_scales(text, disjoint))


def compare_quantities(en: Iterable[Quantity], zh: Iterable[Quantity]) -> QuantityMatch:
    """Counts the values that both sides have and those that one lacks.

    Two quantities match when they share a reading, whatever their kinds (`25th` and 25日, 50% and 一半). A value
    that is repeated counts once. Soft ones that one side lacks count only where the other has an unmatched one too:
    leaving out a month is no error, replacing it by another is.
    """
    en_sides, zh_sides = set(en), set(zh)
    en_readings = frozenset(reading for quantity in en_sides for reading in quantity.readings)
    zh_readings = frozenset(reading for quantity in zh_sides for reading in quantity.readings)
    en_left = {quantity for quantity in en_sides if not quantity.readings & zh_readings}
    zh_left = {quantity for quantity in zh_sides if not quantity.readings & en_readings}
    matched = len({quantity.value for quantity in en_sides - en_left})
    return QuantityMatch(
        matched=matched,
        en_only=_count(en_left, count_soft=bool(zh_left)),
        zh_only=_count(zh_left, count_soft=bool(en_left)),
    )


def _count(left: set[Quantity], *, count_soft: bool) -> int:
    """Distinct values of unmatched quantities."""
    return len({quantity.value for quantity in left if count_soft or not quantity.soft})
