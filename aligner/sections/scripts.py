"""Which of a page's lines are Chinese at all, and in which of its two scripts."""

import re
from collections.abc import Sequence
from itertools import pairwise

from aligner.records import Language, Passage
from aligner.sections import thresholds as limits
from aligner.sections.lines import Line
from aligner.text.characters import count_han
from aligner.text.chinese import to_simplified, to_traditional

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")


def find_japanese(lines: Sequence[Line]) -> frozenset[int]:
    """Positions of the lines that are Japanese: told by their kana, or by their neighbours if ideographs alone."""
    written = [position for position, line in enumerate(lines) if line.language is Language.ZH or _has_kana(line)]
    sure = {position for position in written if is_japanese(lines[position].text)}
    if not sure:
        return frozenset()
    beside = set()
    for before, after in pairwise(written):
        for one, other in ((before, after), (after, before)):
            if one in sure and other not in sure and not _is_surely_chinese(lines[other].text):
                beside.add(other)
    return frozenset(sure | beside)


def is_japanese(text: str) -> bool:
    """Whether kana make up a fair share of the Chinese characters and kana of `text`."""
    sample = text[: limits.SAMPLE]
    kana = len(_KANA.findall(sample))
    return kana > 1 and kana >= limits.KANA_SHARE * (kana + count_han(sample))


def split_scripts(passages: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """The Chinese passages of a page as one text or, where there are two versions, the simplified and the traditional.

    A passage whose characters are the same in both belongs to the version that its next neighbour is in.
    """
    whole = "".join(passage.text for passage in passages)
    simplified, traditional = _marks(whole)
    if min(simplified, traditional) < limits.SECOND_SCRIPT * max(1, simplified + traditional):
        return [tuple(passages)]
    scripts = _fill([_script(passage.text) for passage in passages])
    versions = [
        tuple(passage for passage, script in zip(passages, scripts, strict=True) if script == wanted)
        for wanted in ("simplified", "traditional")
    ]
    return [version for version in versions if version]


def are_versions(one: str, other: str) -> bool:
    """Whether two texts are the same in simplified and in traditional characters."""
    return one != other and to_simplified(one) == to_simplified(other)


def _has_kana(line: Line) -> bool:
    return bool(_KANA.search(line.text[: limits.SAMPLE]))


def _is_surely_chinese(text: str) -> bool:
    """Whether a line holds a full stop and no kana, or characters that only simplified Chinese has."""
    simplified, _ = _marks(text[: limits.SAMPLE])
    return not _KANA.search(text) and (simplified > 1 or text.rstrip().endswith("。"))


def _script(text: str) -> str:
    simplified, traditional = _marks(text)
    return "" if simplified == traditional else "simplified" if simplified > traditional else "traditional"


def _marks(text: str) -> tuple[int, int]:
    """Characters that only the simplified, and that only the traditional script has."""
    return _count_changes(text, to_traditional(text)), _count_changes(text, to_simplified(text))


def _count_changes(text: str, converted: str) -> int:
    return sum(one != other for one, other in zip(text, converted, strict=False))


def _fill(scripts: list[str]) -> list[str]:
    """The same, each that is not known taken from the nearest one, of two as near from the one below."""
    above, below = _nearest(scripts), _nearest(scripts[::-1])[::-1]
    return [
        after if after_distance <= before_distance else before
        for (before_distance, before), (after_distance, after) in zip(above, below, strict=True)
    ]


def _nearest(scripts: Sequence[str]) -> list[tuple[float, str]]:
    """For each place, how far back the last known script is (infinitely far if there is none), and which it is."""
    found: list[tuple[float, str]] = []
    distance, last = float("inf"), ""
    for script in scripts:
        distance, last = (0.0, script) if script else (distance + 1, last)
        found.append((distance, last))
    return found
