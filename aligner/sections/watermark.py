"""Watermarks: text that a scraping site glues to the end or start of its paragraphs, found by its repetition.

No list of sites is needed. Blocks that end alike are brought together, what they share is measured, and the shared
text is a watermark if it stands where no sentence would go on: after a finished sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.sections import thresholds as limits
from aligner.text.characters import language_of

_EDGE = re.compile(r"^[\s.。!！?？…,，;；:：\"'”’」』）)】\]]+")
_FINISHED = re.compile(r"[.。!！?？…:：][\s\"'”’」』）)】\]]*$")
_SENTENCE_END = re.compile(r"[.。!！?？;；\"'”’」』)）]\s*$")
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]+\.[a-z]{2,8}\b", re.IGNORECASE)
_ORNAMENT = re.compile(r"[【】\[\]|｜—_~●★☆◆■]")


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a block's text without its watermark: `[start, end)`; empty where nothing else was there."""

    start: int
    end: int


def find_watermarks(texts: Sequence[str]) -> dict[int, Cut]:
    """Cuts by index in `texts`, for the texts that carry a watermark.

    Time is linear in the number of characters but for the sorting inside groups; ends are looked at for 300 characters.
    What is not found: a watermark of under six characters, one on fewer than three blocks, one that changes each time.
    """
    sizeable = sum(len(text) >= 4 * limits.WATERMARK_KEY for text in texts)
    suffixes = {index: mark for index, mark in _repeated_ends(texts) if _is_suffix_mark(mark, sizeable)}
    rest = [
        text[: len(text.rstrip()) - len(suffixes[i].text)] if i in suffixes else text for i, text in enumerate(texts)
    ]
    turned = [text.lstrip()[: limits.WATERMARK_LONGEST][::-1] for text in rest]
    prefixes = {
        index: mark for index, mark in _repeated_ends(turned, backwards=True) if _is_prefix_mark(mark, sizeable)
    }
    cuts = {}
    for index in suffixes.keys() | prefixes.keys():
        text = rest[index]
        start = len(text) - len(text.lstrip()) + len(prefixes[index].text) if index in prefixes else 0
        cuts[index] = Cut(min(start, len(text)), len(text))
    return cuts


@dataclass(frozen=True, slots=True)
class _Mark:
    """A shared end: its text, how many blocks carry it, and how many of those are finished sentences without it."""

    text: str
    carriers: int
    finished: int
    alone: int
    """Blocks that hold nothing else."""
    foreign: int
    """Blocks whose text goes on in another language than that of the mark."""


def _repeated_ends(texts: Sequence[str], backwards: bool = False) -> Iterator[tuple[int, _Mark]]:
    """The index of each text that shares its end with others, and what is shared, longest first within its group."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        stripped = text.rstrip()
        if len(stripped) >= limits.WATERMARK_KEY:
            groups[stripped[-limits.WATERMARK_KEY :]].append(index)
    for members in groups.values():
        if len(members) < limits.WATERMARK_FEWEST:
            continue
        tails = {index: texts[index].rstrip()[-limits.WATERMARK_LONGEST :] for index in members}
        shared = _shared_end(list(tails.values()))
        if not backwards:
            shared = _EDGE.sub("", shared)
        carriers = [index for index in members if shared and tails[index].endswith(shared)]
        before = [tails[index][: -len(shared)] for index in carriers]
        mark = _Mark(
            text=shared[::-1] if backwards else shared,
            carriers=len(carriers),
            finished=sum(bool(_FINISHED.search(text)) for text in before),
            alone=sum(not text.strip() for text in before),
            foreign=sum(_is_other(text, shared) for text in before),
        )
        yield from ((index, mark) for index in carriers)


def _is_other(text: str, mark: str) -> bool:
    one, other = language_of(text), language_of(mark)
    return one is not None and other is not None and one is not other


def _shared_end(tails: list[str]) -> str:
    """The longest end that nearly all of `tails` share with their middle one in sorted order."""
    turned = sorted(tail[::-1] for tail in tails)
    middle = turned[len(turned) // 2]
    lengths = sorted((_shared_length(middle, other) for other in turned), reverse=True)
    agreeing = max(limits.WATERMARK_FEWEST, int(limits.WATERMARK_AGREEING * len(lengths)))
    return middle[: lengths[agreeing - 1]][::-1]


def _shared_length(one: str, other: str) -> int:
    """Characters that two texts share at their start."""
    for length, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return length
    return min(len(one), len(other))


def _is_suffix_mark(mark: _Mark, sizeable: int) -> bool:
    """Whether a shared end is a watermark and not the way these sentences happen to end."""
    texts_before = mark.carriers - mark.alone
    if len(mark.text) < limits.WATERMARK_KEY or mark.carriers < limits.WATERMARK_FEWEST or texts_before == 0:
        return False
    if mark.finished < limits.WATERMARK_FINISHED * texts_before:
        return False  # "The company said in a statement.": without its end this is no sentence
    if _DOMAIN.search(mark.text) or not _SENTENCE_END.search(mark.text):
        return True
    # A whole sentence glued on: only if much of the page carries it, as no writer repeats himself like that.
    return mark.carriers >= max(limits.WATERMARK_STRONG_FEWEST, limits.WATERMARK_STRONG_SHARE * sizeable)


def _is_prefix_mark(mark: _Mark, sizeable: int) -> bool:
    """Whether a shared start is a watermark: paragraphs do begin alike ("SFC: …", "The company …"), so ask for more."""
    if len(mark.text) < limits.WATERMARK_KEY or mark.carriers < limits.WATERMARK_FEWEST or mark.carriers == mark.alone:
        return False
    if mark.text.rstrip().endswith((":", "：")):
        return False
    if _DOMAIN.search(mark.text) or mark.foreign >= limits.WATERMARK_FEWEST:
        return True  # no writer begins paragraphs of one language with the same words of the other
    return bool(_ORNAMENT.search(mark.text)) and mark.carriers >= max(
        limits.WATERMARK_STRONG_FEWEST, limits.WATERMARK_STRONG_SHARE * sizeable
    )
