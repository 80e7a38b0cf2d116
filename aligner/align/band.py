"""Where the path may run: a band around the anchors, cut into chunks so that memory does not grow with length.

Moore 2002, "Fast and Accurate Sentence Alignment of Bilingual Corpora", AMTA, and Thompson and Koehn 2019, "Vecalign:
Improved Sentence Alignment in Linear Time and Space", EMNLP, narrow the search in the same way.

A path runs over *boundaries*: at boundary (i, j), i English and j Chinese sentences are behind. The band gives each
English boundary the range of Chinese boundaries that may go with it.
"""

import itertools
from dataclasses import dataclass

import numpy as np

from aligner.align.anchors import Anchors
from aligner.records import IntArray

_PAD = 8
"""Sentences the band reaches beyond the anchors on either side."""
_WIDEST = 160
"""Chinese boundaries of one English boundary, at most, where no anchor tells more."""
_CHUNK = 64
"""English sentences of a chunk, about. Chunks are worked on side by side: shorter ones are faster, and from 48 to 192
sentences as good.
"""
_LONGEST, _FORCED = 960, 192
"""Sentences of either side that a chunk never exceeds, and that one has where no anchor tells where to cut, about."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of both texts that is aligned on its own, with its part of the band."""

    en_first: int
    en_last: int
    zh_first: int
    zh_last: int
    low: IntArray
    """`(en_last - en_first + 1,)` first Chinese boundary of each English one, counted from `zh_first`; rising."""
    high: IntArray
    """The last one, included; rising, `low[0] == 0`, `high[-1] == zh_last - zh_first`."""


def cut_chunks(anchors: Anchors, en_count: int, zh_count: int) -> list[Chunk]:
    """Chunks that together cover both texts, in order.

    Cut between two anchors that follow each other on both sides, the surest near every `_CHUNK` sentences; and where
    there are none for long, along the line between the anchors there are.
    """
    sure = [(0, 0), *_cutting_points(anchors), (en_count, zh_count)]
    cuts = [sure[0]]
    for first, last in itertools.pairwise(sure):
        cuts += [*_forced_cuts(anchors, first, last), last]
    return [_make_chunk(anchors, *first, *last) for first, last in itertools.pairwise(cuts)]


def _forced_cuts(anchors: Anchors, first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """Cuts that keep a stretch without sure anchors, such as two unrelated texts, from filling the memory."""
    longest = max(last[0] - first[0], last[1] - first[1])
    if longest <= _LONGEST:
        return []
    inside = (anchors.en > first[0]) & (anchors.en < last[0])
    en_known = np.concatenate([[first[0]], anchors.en[inside], [last[0]]])
    zh_known = np.concatenate([[first[1]], anchors.zh[inside], [last[1]]])
    along = np.linspace(0, 1, -(-longest // _FORCED) + 1)[1:-1]  # along both texts, so that either may be the long one
    walked = (en_known - first[0]) + (zh_known - first[1])
    en = np.interp(along * walked[-1], walked, en_known).astype(np.int64)
    zh = np.interp(along * walked[-1], walked, zh_known).astype(np.int64)
    return list(zip(en.tolist(), zh.tolist(), strict=True))


def _cutting_points(anchors: Anchors) -> list[tuple[int, int]]:
    """Boundaries between two consecutive anchors, the surest near every `_CHUNK` sentences."""
    follows = (np.diff(anchors.en) == 1) & (np.diff(anchors.zh) == 1)
    places = np.flatnonzero(follows) + 1  # the cut lies before this anchor
    sureness = np.minimum(anchors.weight[:-1], anchors.weight[1:])[follows]
    points: list[tuple[int, int]] = []
    last_en = last_zh = 0
    while True:
        en, zh = anchors.en[places], anchors.zh[places]
        near = np.flatnonzero((en >= last_en + _CHUNK) | (zh >= last_zh + _CHUNK))
        if len(near) == 0:
            return points
        near = near[en[near] < en[near[0]] + _CHUNK // 2]
        best = near[int(sureness[near].argmax())]
        last_en, last_zh = int(en[best]), int(zh[best])
        points.append((last_en, last_zh))


def _make_chunk(anchors: Anchors, en_first: int, zh_first: int, en_last: int, zh_last: int) -> Chunk:
    """The chunk between two cuts, with a band that reaches `_PAD` sentences beyond the anchors inside it."""
    inside = (anchors.en >= en_first) & (anchors.en < en_last) & (anchors.zh >= zh_first) & (anchors.zh < zh_last)
    en, zh = anchors.en[inside] - en_first, anchors.zh[inside] - zh_first
    rows, columns = en_last - en_first, zh_last - zh_first
    boundaries = np.arange(rows + 1)
    # Corners the path is thought to pass: before and after each anchor.
    en_corners = np.concatenate([[0], np.stack([en, en + 1], axis=1).ravel(), [rows]])
    zh_corners = np.concatenate([[0], np.stack([zh, zh + 1], axis=1).ravel(), [columns]])
    # The first and last corner at a boundary; between corners, the one before and the one after.
    at_or_after = np.searchsorted(en_corners, boundaries, side="left")
    at_or_before = np.searchsorted(en_corners, boundaries, side="right") - 1
    low = zh_corners[np.minimum(at_or_after, at_or_before)]
    high = zh_corners[np.maximum(at_or_after, at_or_before)]
    middle = np.interp(boundaries, en_corners, zh_corners).astype(np.int64)
    wide = high - low > _WIDEST
    low = np.where(wide, middle - _WIDEST // 2, low - _PAD)
    high = np.where(wide, middle + _WIDEST // 2, high + _PAD)
    return Chunk(en_first, en_last, zh_first, zh_last, *_connect(low, high, columns))


def _connect(low: IntArray, high: IntArray, columns: int) -> tuple[IntArray, IntArray]:
    """The band clipped to the text, rising, with both corners in it and each row touching the next."""
    low = np.clip(np.minimum.accumulate(low[::-1])[::-1], 0, columns)
    high = np.clip(np.maximum.accumulate(high), 0, columns)
    low[0], high[-1] = 0, columns
    high[:-1] = np.maximum(high[:-1], low[1:])
    return low, np.maximum.accumulate(high)
