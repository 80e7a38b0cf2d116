"""Lines that a typesetter or an editor broke, made one paragraph again."""

import re
import unicodedata
from itertools import pairwise

from aligner.records import Language
from aligner.text.characters import HAN, language_of

# CJK punctuation, kana and full-width forms: with ideographs, the characters that take no space beside them.
_WIDE = re.compile(f"{HAN.pattern}|[\u3000-\u303f\u3040-\u30ff\uff00-\uffef]")
_HYPHEN_END = re.compile("[A-Za-z\u00c0-\u024f][-\u00ad]$")
_LATIN_START = re.compile("[A-Za-z\u00c0-\u024f]")


def join_lines(lines: list[str]) -> str:
    """`lines`, already stripped, as one: Chinese without a space between, Latin with one, `well-` `known` with none."""
    language = language_of(" ".join(lines))
    joined = lines[:1]
    for left, right in pairwise(lines):
        joined += [separator(left, right, language), right]
    return "".join(joined)


def separator(left: str, right: str, language: Language | None) -> str:
    """What stands between two lines of a paragraph in `language`: a space or nothing."""
    wide = is_wide(left[-1:]) + is_wide(right[:1])
    if wide == 2 or (language is Language.ZH and (wide or not _is_latin_junction(left, right))):
        return ""
    return "" if _HYPHEN_END.search(left) and _LATIN_START.match(right) else " "


def is_wide(character: str) -> bool:
    """Whether `character` takes no space beside it: an ideograph, kana, CJK punctuation or a full-width form."""
    return bool(_WIDE.match(character))


def _is_latin_junction(left: str, right: str) -> bool:
    # Within Chinese, only two Latin words (or numbers) need a space; typographic quotes and dashes do not.
    return left[-1:].isascii() and right[:1].isascii()


def columns(text: str) -> int:
    """Width of `text` on a terminal: 2 for full-width characters, 1 for others."""
    return len(text) + sum(1 for character in text if unicodedata.east_asian_width(character) in "WF")
