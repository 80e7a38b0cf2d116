"""What can be seen of a block by itself: its language, how long it is, and whether it looks like sentences."""

import re
from dataclasses import dataclass
from enum import StrEnum

from aligner.records import Block, Language
from aligner.sections import thresholds as limits
from aligner.sections.watermark import Cut
from aligner.text.characters import count_han, count_latin_words

CLOSERS = "\"'”’」』）)】］]》〉*_"
SENTENCE_MARKS = ".!?。！？…;；"
_SENTENCE_END = re.compile(rf"(?P<mark>[{SENTENCE_MARKS}]+)[{re.escape(CLOSERS)}\s]*$")
_BULLET = re.compile(r"^(?:[•●○▪■□◆◇▲△►▶★☆※·・▷❖✓→]\s*|[-–—*+]\s+)+")
_INTRODUCTION = re.compile(r"(?:[:：]|[;；,，]\s*(?:and|or|及|或|以及|和))\s*$")
"""Ends of lines that go on in the next one: "…reports the following:", "…in service; and"."""
_TRUNCATED = re.compile(r"(?:\.\.\.|…+|。。。)[\s\]】)）]*$")
_OUTER_SPACE = " \t\u00a0\u3000\u200b\ufeff\r\n\f\v"


class Shape(StrEnum):
    """What kind of text a line looks like."""

    SENTENCES = "sentences"
    """Ends as a sentence does: the text of an article."""
    LOOSE = "loose"
    """Long, but cut off or without an end: a teaser, a caption, a paragraph that lost its stop."""
    SHORT = "short"
    """A headline, a list item, a name, an entry of a menu."""
    WORDLESS = "wordless"
    """Neither Chinese characters nor Latin words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A block without its watermark, bullet and outer white space, with what can be seen of it alone."""

    index: int
    """0-based index in `Page.blocks`."""
    block: Block
    text: str
    start: int
    """Offset of `text` in the page."""
    language: Language | None
    weight: int
    """Chinese characters plus twice the Latin words."""
    shape: Shape
    watermarked: bool
    bullet: bool

    @property
    def end(self) -> int:
        """Offset after `text` in the page."""
        return self.start + len(self.text)


def look_at_line(index: int, block: Block, cut: Cut | None) -> Line:
    """The line that `block` holds, without the watermark that `cut` says it carries."""
    first, last = (cut.start, cut.end) if cut else (0, len(block.text))
    core = block.text[first:last]
    stripped = core.strip(_OUTER_SPACE)
    first += core.find(stripped) if stripped else 0
    bullet = _BULLET.match(stripped)
    if bullet:
        first += bullet.end()
        stripped = stripped[bullet.end() :]
    sample = stripped[: limits.SAMPLE]
    han, words = count_han(sample), count_latin_words(sample)
    return Line(
        index=index,
        block=block,
        text=stripped,
        start=block.start + first,
        language=_language(han, words),
        weight=han + 2 * words,
        shape=_shape(stripped, han + 2 * words),
        watermarked=cut is not None,
        bullet=bullet is not None,
    )


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a sentence mark, closing quotes and brackets aside, but not cut off by an ellipsis."""
    return bool(_SENTENCE_END.search(text[-40:])) and not _TRUNCATED.search(text[-40:])


def _language(han: int, words: int) -> Language | None:
    if not han and not words:
        return None
    return Language.ZH if han >= 2 * words else Language.EN


def _shape(text: str, weight: int) -> Shape:
    if weight == 0:
        return Shape.WORDLESS
    ending = _SENTENCE_END.search(text[-40:])
    if ending and ends_sentence(text):
        asks = ending["mark"][-1] in "!?！？" and not re.search("[.。;；]", text[:-4])
        if weight >= limits.SENTENCE_WEIGHT and not (asks and weight <= limits.HEADLINE_WEIGHT):
            # A lone Latin word with a stop is an abbreviation or a number, not a sentence.
            return Shape.SENTENCES if weight >= 6 or ending["mark"][-1] in "。！？" else Shape.SHORT
    if weight >= limits.INTRODUCTION_WEIGHT and _INTRODUCTION.search(text[-20:]):
        return Shape.SENTENCES
    return Shape.LOOSE if weight >= limits.LOOSE_WEIGHT else Shape.SHORT
