"""Words, names and numbers: what of either side the other one mentions too, and what it does not."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from aligner.align.coverage import Coverage
from aligner.align.features.evidence import Beads, StretchEvidence, neutral
from aligner.align.grid import LONGEST_WINDOW
from aligner.records import FloatArray, IntArray

Find: TypeAlias = Callable[[IntArray, IntArray, IntArray], IntArray]
"""States by chunk, a sentence of one language and the start of a window of the other."""
_SMOOTHING = 0.3
"""Weight added to a side's total, so that a side with next to nothing to mention says next to nothing."""
_MOST_NUMBERS = 2
"""Numbers that the other side lacks count up to this."""
_HALF_RETAINED = 0.3
"""Explained weight lost without an edge sentence at which half of the coverage counts as retained."""


def measure_lexical(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Explained shares of both sides and the lower one; what weight one more sentence would explain; whether the
    sentences at the edges go with the bead and those just outside with what is outside.
    """
    en, zh = _open_windows(evidence.words, beads)
    en_start, en_size, zh_start, zh_size = beads.en_start, beads.en_size, beads.zh_start, beads.zh_size
    en_explained = en.explained(en_start, en_size, zh_start, zh_size)
    zh_explained = zh.explained(zh_start, zh_size, en_start, en_size)
    en_share, zh_share = en.share(en_explained, en_start, en_size), zh.share(zh_explained, zh_start, zh_size)
    columns = [en_share, zh_share, np.minimum(en_share, zh_share)]
    for shift in (1, 0):  # a sentence before, a sentence after
        columns.append(en.explained(en_start, en_size, zh_start - shift, zh_size + 1) - en_explained)
        columns.append(zh.explained(zh_start, zh_size, en_start - shift, en_size + 1) - zh_explained)
    for en_inner, zh_inner, outwards in (
        (en_start, zh_start, -1),
        (en_start + en_size - 1, zh_start + zh_size - 1, 1),
    ):
        en_outer, zh_outer = en_inner + outwards, zh_inner + outwards
        columns.append(en.of_one(en_inner, zh_start, zh_size) - en.of_one(en_inner, zh_outer, np.ones_like(zh_size)))
        columns.append(zh.of_one(zh_inner, en_start, en_size) - zh.of_one(zh_inner, en_outer, np.ones_like(en_size)))
        columns.append(en.of_one(en_outer, zh_start, zh_size))
        columns.append(zh.of_one(zh_outer, en_start, en_size))
    return [neutral(column) for column in columns]


def measure_numbers(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """How many numbers of either side the other one lacks: in all, and in the first and the last sentence of a side of
    several, which may be one that the other side does not have. All count more where the document keeps its numbers.
    """
    en, zh = _open_windows(evidence.numbers, beads)
    columns = []
    for side, start, size, other, other_size in (
        (en, beads.en_start, beads.en_size, beads.zh_start, beads.zh_size),
        (zh, beads.zh_start, beads.zh_size, beads.en_start, beads.en_size),
    ):
        columns.append(np.minimum(side.left(start, size, other, other_size), _MOST_NUMBERS))
        for edge in (start, start + size - 1):
            left = side.left(edge, np.ones_like(size), other, other_size)
            columns.append(np.where(size > 1, np.minimum(left, 1), 0))
    return [neutral(column) * np.float32(evidence.number_retention) for column in columns]


def measure_retained_coverage(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Lexical coverage of the other side that stays when the first or the last sentence of a side is dropped.

    Near 1 where the words of the other side are explained as well without the sentence, near 0 where the sentence
    explains most of what is explained; 0 where next to nothing is explained, and for the only sentence of its side.

    Of two sentences that were translated as one, each explains a part; a sentence without translation explains nothing.
    Where neither explains anything, their words are unknown and the feature is neutral.
    """
    columns = np.zeros((4, len(beads.place)), np.float32)
    rows = np.flatnonzero(beads.en_size > 1)
    some = beads.take(rows)
    _, zh = _open_windows(evidence.words, some)
    columns[:2, rows] = _retained_coverage(zh, some.zh_start, some.zh_size, some.en_start, some.en_size)
    rows = np.flatnonzero(beads.zh_size > 1)
    some = beads.take(rows)
    en, _ = _open_windows(evidence.words, some)
    columns[2:, rows] = _retained_coverage(en, some.en_start, some.en_size, some.zh_start, some.zh_size)
    return list(columns)


def _retained_coverage(
    windows: "_Windows", start: IntArray, size: IntArray, other: IntArray, other_size: IntArray
) -> FloatArray:
    """`(2, c)` coverage that stays without the first and without the last sentence of the other side's window."""
    whole = windows.explained(start, size, other, other_size)
    rest = [windows.explained(start, size, first, other_size - 1) for first in (other + 1, other)]
    lost = np.maximum(whole - np.stack(rest), 0)
    kept = _HALF_RETAINED / (lost + _HALF_RETAINED) - _HALF_RETAINED / (whole + _HALF_RETAINED)
    return neutral(np.asarray(kept, np.float32))


class _Windows:
    """What windows of one language mention, and what of it windows of the other one explain."""

    def __init__(self, table: FloatArray, before: FloatArray, chunk: IntArray, find: Find) -> None:
        """
        :param table: as in `Coverage`; so is `before`.
        :param chunk: `(c,)` of the beads.
        """
        self._table, self._before, self._chunk, self._find = table, before, chunk, find

    def explained(self, start: IntArray, size: IntArray, other: IntArray, other_size: IntArray) -> FloatArray:
        """`(c,)` weight of the tokens of each window that the other window explains; `nan` where that is not known."""
        total = np.zeros(len(start), np.float32)
        for row in range(int(size.max(initial=0))):
            rows = np.flatnonzero(size > row)
            found = self._look_up(self._chunk[rows], start[rows] + row, other[rows], other_size[rows])
            total[rows] += neutral(found) if row else found
        return total

    def left(self, start: IntArray, size: IntArray, other: IntArray, other_size: IntArray) -> FloatArray:
        """`(c,)` weight of the tokens of each window that the other window does not explain."""
        left = np.asarray(self._before[start + size] - self._before[start], np.float32)
        rows = np.flatnonzero(left)  # few sentences have a number
        explained = self._take(rows).explained(start[rows], size[rows], other[rows], other_size[rows])
        left[rows] = np.maximum(left[rows] - explained, 0)
        return left

    def _take(self, rows: IntArray) -> "_Windows":
        """Those near the chosen beads."""
        return _Windows(self._table, self._before, self._chunk[rows], self._find)

    def share(self, explained: FloatArray, start: IntArray, size: IntArray) -> FloatArray:
        """`(c,)` of what is mentioned, 0..1."""
        return np.asarray(explained / (self._before[start + size] - self._before[start] + _SMOOTHING), np.float32)

    def of_one(self, sentence: IntArray, other: IntArray, other_size: IntArray) -> FloatArray:
        """`(c,)` explained share of single sentences."""
        near = np.clip(sentence, 0, len(self._before) - 2)
        return self.share(self._look_up(self._chunk, sentence, other, other_size), near, np.ones_like(near))

    def _look_up(self, chunk: IntArray, sentence: IntArray, other: IntArray, other_size: IntArray) -> FloatArray:
        size = np.clip(other_size, 1, LONGEST_WINDOW)
        found = self._table[size - 1, self._find(chunk, sentence, other)]
        return np.where(other_size <= LONGEST_WINDOW, found, np.nan)


def _open_windows(coverage: Coverage, beads: Beads) -> tuple[_Windows, _Windows]:
    """The English and the Chinese windows near these beads."""
    chunk, find = beads.grid.chunk[beads.place], beads.grid.find
    return (
        _Windows(coverage.en, coverage.en_before, chunk, find),
        _Windows(coverage.zh, coverage.zh_before, chunk, lambda chunk, zh, en: find(chunk, en, zh)),
    )
