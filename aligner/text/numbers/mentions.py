"""Values that words hint at: `twice`, `centenary`, `one in eight`, roman numerals; 双, 首, 翻番, 三峡.

The grammars leave them out, since most are no numbers. Where a number of one side has no match on the other, they tell
that the translator put it in such a word.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from aligner.records import Language
from aligner.text.numbers.digits import any_of
from aligner.text.numbers.english import CARDINALS, MONTHS, ORDINALS, SCALES
from aligner.text.numbers.quantity import Quantity
from aligner.text.numerals import DIGITS, read_numeral
from aligner.text.numerals import SCALES as CHINESE_SCALES

_ENGLISH_HINTS = {
    "a an once per each every single sole solo same another mono annual annually yearly": "1",
    "twice double doubles doubled doubling twofold pair pairs couple both dual twin twins": "2",
    "duo bilateral other either": "2",
    "thrice triple triples tripled tripling threefold treble trio trilateral": "3",
    "quadruple quadrupled fourfold quartet": "4",
    "quintuple fivefold quintet": "5",
    "tenfold": "10",
    "dozen dozens": "12",
    "score scores": "20",
    "fortnight": "14 2 15",
    "week weekly weeks": "7 1",
    "half halves halved halving mid midway": "0.5 50 2",
    "quarter quarters": "0.25 25 4 3",
    "three-quarters": "0.75 75",
    "decade decades": "10",
    "century centuries centenary centennial centenarian centurion": "100",
    "hundred hundreds": "100",
    "bicentenary bicentennial": "200",
    "tercentenary tricentennial": "300",
    "sesquicentennial sesquicentenary": "150",
    "millennium millennia millennial thousand thousands": "1000",
    "million millions millionaire": "1000000",
    "billion billions billionaire": "1000000000",
    "noon midday": "12 0",
    "midnight": "0 12 24",
    "zero nil none no without": "0",
}
_CHINESE_HINTS = {
    "首初元单單独獨每同另": "1",
    "双雙对對俩倆两兩二次再贰": "2",
    "半": "0.5 50 2 30",
    "仨": "3",
    "季": "3 0.25 4",
    "周週": "7 1",
    "旬": "10",
    "倍番": "2 100",
    "廿": "20",
    "午": "12 0",
    "打": "12",
    "腊臘": "12",
    "百": "100",
    "千": "1000",
    "万萬": "10000",
    "亿億": "100000000",
}
_HINTED = {word: values.split() for words, values in _ENGLISH_HINTS.items() for word in words.split()}
_HINTED_CHARACTERS = {word: values.split() for words, values in _CHINESE_HINTS.items() for word in words}
_MONTHS_OF = {name.lower(): month for name, month in MONTHS.items()}
_WORD = re.compile("[A-Za-z]+")
_DIGITS = re.compile("[0-9]+")
_NUMERALS = re.compile("[零〇○一二三四五六七八九两兩十百千万萬亿億]+")
_ROMAN = re.compile(r"\b(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_SMALL = f"(?:{any_of(CARDINALS)}|a|an|[0-9]+)"
_RATIO = re.compile(
    rf"\b(?P<upper>{_SMALL})(?:-|\s)(?:in|out\sof)(?:-|\s)(?:(?:every|each)\s)?(?P<lower>{_SMALL}|hundred|thousand)\b",
    re.IGNORECASE,
)


def list_mentions(text: str, language: Language, known: Sequence[Quantity]) -> list[tuple[int, Decimal]]:
    """Values that the text hints at outside its `known` quantities, each with the offset of the word.

    A word may give several values.
    """
    words = _english_mentions(text) if language is Language.EN else _chinese_mentions(text)
    mentions = [*words, *((match.start(), Decimal(match[0])) for match in _DIGITS.finditer(text) if len(match[0]) < 10)]
    inside = {place for quantity in known for place in range(quantity.start, quantity.end)}
    return [(place, value) for place, value in mentions if place not in inside or value != int(value)]


def _english_mentions(text: str) -> Iterator[tuple[int, Decimal]]:
    for match in _WORD.finditer(text):
        word = match[0].lower()
        for value in _HINTED.get(word, ()):
            yield match.start(), Decimal(value)
        for table in (CARDINALS, ORDINALS, SCALES, _MONTHS_OF):
            if word in table:
                yield match.start(), Decimal(table[word])
    for match in _ROMAN.finditer(text):
        if match[0]:
            yield match.start(), Decimal(_read_roman(match[0]))
    for match in _RATIO.finditer(text):
        lower = _small_value(match["lower"])
        if lower:
            share = _small_value(match["upper"]) / lower
            yield from ((match.start(), share), (match.start(), 100 * share))


def _small_value(word: str) -> Decimal:
    word = word.lower()
    return Decimal(word) if word.isdigit() else Decimal(CARDINALS.get(word) or SCALES.get(word) or 1)


def _read_roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def _chinese_mentions(text: str) -> Iterator[tuple[int, Decimal]]:
    for match in _NUMERALS.finditer(text):
        value = read_numeral(match[0])
        if value is not None:
            yield match.start(), Decimal(value)
        for place, character in enumerate(match[0], match.start()):
            yield place, Decimal(DIGITS[character] if character in DIGITS else CHINESE_SCALES[character])
    for place, character in enumerate(text):
        for hinted in _HINTED_CHARACTERS.get(character, ()):
            yield place, Decimal(hinted)
