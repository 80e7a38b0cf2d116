"""What the rules of both languages share: white space, notes after a stop, and spans inside which nothing splits."""

import re
from collections.abc import Iterator

from aligner.records import Language

LONGEST_BRACKET = 300
"""Characters beyond which a bracketed text no longer protects its inside: a closing mark that far off is most likely
not the counterpart of the opening one."""

LONGEST_SLOGAN = {Language.EN: 40, Language.ZH: 10}
"""Characters up to which a quotation with several stops is a slogan, a title or an outcry, and stays whole."""

BLANK = r"\s"
_BRACKET = re.compile("[()（）\\[\\]【】《》〈〉]")
_OPENING = {"(": ")", "（": ")", "[": "]", "【": "】", "《": "》", "〈": "〉"}
_SHORT_QUOTATION = {
    language: re.compile(f"“[^“”]{{1,{limit}}}”|「[^「」]{{1,{limit}}}」") for language, limit in LONGEST_SLOGAN.items()
}
CLOSING = {")": ")", "）": ")", "]": "]", "】": "】", "》": "》", "〉": "〉"}

_EMOJI = "[\u2600-\u2604\u2607-\u26ff\u2728\u2764\u2b50\U0001f000-\U0001faff]"
_NOTES = re.compile(rf"(?:{BLANK}?(?:[\[［【]\d{{1,3}}[\]］】]|[\u00b9\u00b2\u00b3\u2070-\u2079]{{1,3}}|{_EMOJI}))+")
_CIRCLED = "[\u2460-\u2473\u2776-\u277f]"
_NOTES_WITH_CIRCLED = re.compile(rf"(?:{_NOTES.pattern}|{_CIRCLED})+")
_LIST_OF_CIRCLED = re.compile(rf"(?:^|[:：;；,，、]){BLANK}{{0,3}}{_CIRCLED}")


def find_notes(text: str) -> re.Pattern[str]:
    """The pattern of what belongs to the sentence before although it follows its stop: footnote marks and emoji.

    Circled numbers are footnote marks, unless they count the items of a list.
    """
    return _NOTES if _LIST_OF_CIRCLED.search(text) else _NOTES_WITH_CIRCLED


def closed_spans(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Outermost spans inside which nothing splits, ascending: brackets and short quotations."""
    spans = [match.span() for match in _SHORT_QUOTATION[language].finditer(text)]
    reached = 0
    for begin, end in sorted(spans + _bracket_spans(text)):
        if end > reached:
            yield begin, end
            reached = end


def _bracket_spans(text: str) -> list[tuple[int, int]]:
    """Spans of matched brackets up to `LONGEST_BRACKET` long; full and half width pair up."""
    opened: dict[str, list[int]] = {}
    spans = []
    for match in _BRACKET.finditer(text):
        mark = match.group()
        if mark in _OPENING:
            opened.setdefault(_OPENING[mark], []).append(match.start())
        elif positions := opened.get(CLOSING[mark]):
            begin = positions.pop()
            if match.end() - begin <= LONGEST_BRACKET:
                spans.append((begin, match.end()))
    return spans
