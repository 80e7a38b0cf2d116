"""The quantities of a text of either language."""

import re
from dataclasses import replace

from aligner.records import Language
from aligner.text.numbers.chinese import find_chinese
from aligner.text.numbers.digits import ANY_FULL_WIDTH, FULL_WIDTH
from aligner.text.numbers.english import SCALES as ENGLISH_SCALES
from aligner.text.numbers.english import SHORT_SCALES, find_english
from aligner.text.numbers.quantity import Quantity, QuantityKind
from aligner.text.numerals import SCALES as CHINESE_SCALES

_RANGE = re.compile(r"\s?(?:[-–—~～至到]|to|and|or)\s?(?:[A-Z]{0,3}[$€£¥])?")
_SCALE_CHARACTERS = re.compile("[十百千万萬亿億]+$")


def find_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """The quantities of `text`, ascending and disjoint; see the package for what is left out."""
    if ANY_FULL_WIDTH.search(text):
        text = text.translate(FULL_WIDTH)
    return tuple(_share_scales(text, find_chinese(text) if language is Language.ZH else find_english(text)))


def _share_scales(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, the first of a range such as `1-2 million` or `5 to 6 percent` with the scale of the second."""
    for position in range(len(found) - 1):
        first, second = found[position], found[position + 1]
        if first.other is not None or first.kind is not QuantityKind.NUMBER:
            continue
        if not _RANGE.fullmatch(text, first.end, second.start):
            continue
        if second.kind is QuantityKind.PERCENT:
            found[position] = replace(first, kind=QuantityKind.PERCENT, other=first.value / 100)
        elif second.kind is QuantityKind.NUMBER and first.value < 10**4 <= second.value:
            scale = _scale_of(text[second.start : second.end])
            found[position] = replace(first, other=first.value * scale if scale else None)
    return found


def _scale_of(expression: str) -> int | None:
    """The scale word an expression ends in, as a factor; None without one."""
    for word, scale in (ENGLISH_SCALES | SHORT_SCALES).items():
        if expression.lower().endswith(word):
            return scale
    ending = _SCALE_CHARACTERS.search(expression)
    product = 1
    for character in ending.group() if ending else "":
        product *= CHINESE_SCALES[character]
    return product if ending else None
