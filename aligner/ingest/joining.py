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

_SENTENCE_END = re.compile("[.!?。…:;！？：；][\"'”’」』)\\]）】]*$")
_SHORTEST_LINE = 9
"""Characters below which a line is an entry of a list, not a part of a sentence."""
_OPEN_END = re.compile("(?:[,，、]|\\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|that|is|are|was|were))$")
_MARK_INSIDE = re.compile("[.!?] [A-Z]|[，。；！？]")
_ITEM_START = re.compile(r"[-*+•·◆■●○▪►–—]|[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[.)]\s|[、）])")


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


def goes_on(left: str, right: str) -> bool:
    """Whether the sentence of `left` goes on in `right`, the next line within one paragraph.

    It does where `left` has no end and `right` begins in lower case, where `left` ends with a comma or a word that
    needs another (`of`, `the`), and where `left` is running text, with a mark inside, and breaks off without one.
    A headline above its text has no mark inside and stays apart.
    """
    if len(left) < _SHORTEST_LINE or not right or _SENTENCE_END.search(left[-8:]):
        return False
    languages = {language_of(left), language_of(right)} - {None}
    if len(languages) > 1 or _ITEM_START.match(right):
        return False
    if right[0].islower() or _OPEN_END.search(left[-12:]):
        return True
    return bool(_MARK_INSIDE.search(left)) and bool(_MARK_INSIDE.search(right) or _SENTENCE_END.search(right[-8:]))


def join_soft_lines(lines: list[str]) -> list[str]:
    """`lines` of one paragraph, stripped, those that break a sentence joined again."""
    runs: list[list[str]] = []
    for line in lines:
        if runs and goes_on(runs[-1][-1], line):
            runs[-1].append(line)
        elif line:
            runs.append([line])
    return [join_lines(run) for run in runs]


def is_wide(character: str) -> bool:
    """Whether `character` takes no space beside it: an ideograph, kana, CJK punctuation or a full-width form."""
    return bool(_WIDE.match(character))


def _is_latin_junction(left: str, right: str) -> bool:
    # Within Chinese, only two Latin words (or numbers) need a space; typographic quotes and dashes do not.
    return left[-1:].isascii() and right[:1].isascii()


def columns(text: str) -> int:
    """Width of `text` on a terminal: 2 for full-width characters, 1 for others."""
    return len(text) + sum(1 for character in text if unicodedata.east_asian_width(character) in "WF")
