"""What is known of a bead, as numbers: one function for each kind of evidence.

Every function returns `(c, k)` float32 for c candidates and k named features. Values are near 0 when the evidence
says nothing, so that a missing comparison (at the edge of a text) is neutral.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.cube import SimilarityCube
from aligner.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the features of one chunk are computed from; n English and m Chinese sentences."""

    cube: SimilarityCube
    en_hubness: FloatArray
    """`(n,)`; see `SimilarityCube.best_of_sentences`."""
    zh_hubness: FloatArray
    """`(m,)`"""
    en_chars: FloatArray
    """`(n + 1,)` characters before each sentence and in all."""
    zh_chars: FloatArray
    """`(m + 1,)`"""
    chars_ratio: float
    """Chinese characters for each English one in the whole document."""
    en_paragraphs: IntArray
    """`(n,)` paragraph numbers; all zero where the input has none."""
    zh_paragraphs: IntArray
    """`(m,)`"""


Measure = Callable[[Evidence, Candidates], FloatArray]


def measure_similarity(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Cosine of the two windows, plain and above what their sentences reach with anything near (margin)."""
    cosine = _cosine(evidence, beads)
    hubness = _window_mean(evidence.en_hubness, beads.en_start, beads.en_size)
    hubness += _window_mean(evidence.zh_hubness, beads.zh_start, beads.zh_size)
    margin = cosine - hubness / 2
    return np.stack(
        [cosine, margin, np.maximum(0, 0.5 - cosine), (beads.en_size + beads.zh_size).astype(np.float32)], 1
    )


def measure_extensions(evidence: Evidence, beads: Candidates) -> FloatArray:
    """What the cosine would gain from one more sentence: English before and after, Chinese before and after.

    A positive value says that a neighbour belongs to the bead.
    """
    return _differences(evidence, beads, ((-1, 1, 0, 0), (0, 1, 0, 0), (0, 0, -1, 1), (0, 0, 0, 1)))


def measure_removals(evidence: Evidence, beads: Candidates) -> FloatArray:
    """What the cosine would gain without one sentence: English first or last, Chinese first or last.

    A positive value says that the sentence does not belong to the bead; 0 where the side has one sentence.
    """
    return _differences(evidence, beads, ((1, -1, 0, 0), (0, -1, 0, 0), (0, 0, 1, -1), (0, 0, 0, -1)))


def measure_splits(evidence: Evidence, beads: Candidates) -> FloatArray:
    """How much better the bead would be as two: best mean cosine of two parts above the bead's own, and that mean.

    Both 0 where a side has one sentence.
    """
    cosine = _cosine(evidence, beads)
    best = np.full(len(beads), np.nan, np.float32)
    divisible = np.flatnonzero((beads.en_size > 1) & (beads.zh_size > 1))
    for en in range(1, int(beads.en_size.max(initial=1))):
        for zh in range(1, int(beads.zh_size.max(initial=1))):
            rows = divisible[(beads.en_size[divisible] > en) & (beads.zh_size[divisible] > zh)]
            if len(rows) == 0:
                continue
            part = beads.take(rows)
            e, z = np.full(len(rows), en), np.full(len(rows), zh)
            first = evidence.cube.cosine(part.en_start, e, part.zh_start, z)
            second = evidence.cube.cosine(part.en_start + e, part.en_size - e, part.zh_start + z, part.zh_size - z)
            best[rows] = np.fmax(best[rows], (first + second) / 2)
    return np.stack([_neutral(best - cosine), _neutral(best)], 1)


def measure_length(evidence: Evidence, beads: Candidates) -> FloatArray:
    """How the lengths fit: log ratio to what the document's own ratio predicts, its size, its square, and Gale and
    Church's z (1993, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1)).
    """
    en = evidence.en_chars[beads.en_start + beads.en_size] - evidence.en_chars[beads.en_start]
    zh = evidence.zh_chars[beads.zh_start + beads.zh_size] - evidence.zh_chars[beads.zh_start]
    expected = en * evidence.chars_ratio
    ratio = np.log((zh + 2) / (expected + 2))
    z = (zh - expected) / np.sqrt(expected + zh + 4)
    return np.stack([ratio, np.abs(ratio), ratio**2, np.abs(z)], 1).astype(np.float32)


def measure_paragraphs(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Paragraph boundaries inside the bead: in either side, in both, and whether both sides start or end one."""
    en, en_starts, en_ends = _paragraph_edges(evidence.en_paragraphs, beads.en_start, beads.en_size)
    zh, zh_starts, zh_ends = _paragraph_edges(evidence.zh_paragraphs, beads.zh_start, beads.zh_size)
    apart = (en_starts != zh_starts).astype(np.float32) + (en_ends != zh_ends)
    return np.stack([en + zh, np.minimum(en, zh), apart], 1)


def measure_alone(evidence: Evidence, beads: Candidates) -> FloatArray:
    """For beads of one sentence without counterpart: how much it resembles anything near, and its log length."""
    english = beads.en_size == 1
    en, zh = np.where(english, beads.en_start, 0), np.where(english, 0, beads.zh_start)
    hubness = np.where(english, _at(evidence.en_hubness, en), _at(evidence.zh_hubness, zh))
    en_chars, zh_chars = np.diff(evidence.en_chars), np.diff(evidence.zh_chars)
    chars = np.where(english, _at(en_chars, en) * evidence.chars_ratio, _at(zh_chars, zh))
    return np.stack([hubness, np.log(chars + 2)], 1).astype(np.float32)


PAIRED: tuple[tuple[str, tuple[str, ...], Measure], ...] = (
    ("similarity", ("cosine", "margin", "dissimilar", "size"), measure_similarity),
    ("extensions", ("en_before", "en_after", "zh_before", "zh_after"), measure_extensions),
    ("removals", ("en_first", "en_last", "zh_first", "zh_last"), measure_removals),
    ("splits", ("gain", "mean"), measure_splits),
    ("length", ("ratio", "ratio_size", "ratio_squared", "gale_church"), measure_length),
    ("paragraphs", ("crossed", "crossed_both", "edges_apart"), measure_paragraphs),
)
"""Groups of features of two-sided beads: name, names of the features, function."""
ALONE: tuple[tuple[str, tuple[str, ...], Measure], ...] = (("alone", ("hubness", "length"), measure_alone),)
"""Groups of features of one-sided beads."""


def _cosine(evidence: Evidence, beads: Candidates) -> FloatArray:
    return np.nan_to_num(evidence.cube.cosine(beads.en_start, beads.en_size, beads.zh_start, beads.zh_size))


def _differences(evidence: Evidence, beads: Candidates, changes: tuple[tuple[int, int, int, int], ...]) -> FloatArray:
    """Cosine of the bead with changed starts and sizes, less its own; 0 where there is no such window."""
    own = _cosine(evidence, beads)
    columns = []
    for en_start, en_size, zh_start, zh_size in changes:
        other = evidence.cube.cosine(
            beads.en_start + en_start, beads.en_size + en_size, beads.zh_start + zh_start, beads.zh_size + zh_size
        )
        columns.append(_neutral(other - own))
    return np.stack(columns, 1)


def _neutral(values: FloatArray) -> FloatArray:
    return np.nan_to_num(values, nan=0.0)


def _window_mean(values: FloatArray, start: IntArray, size: IntArray) -> FloatArray:
    sums = np.concatenate([[0], np.cumsum(values, dtype=np.float64)])
    return np.asarray((sums[start + size] - sums[start]) / np.maximum(size, 1), np.float32)


def _at(values: FloatArray, index: IntArray) -> FloatArray:
    return values[index] if len(values) else np.zeros(len(index), np.float32)


def _paragraph_edges(
    paragraphs: IntArray, start: IntArray, size: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Boundaries inside each window, and whether it starts and ends a paragraph, as 0 or 1."""
    starts = np.diff(paragraphs, prepend=-1, append=-1) != 0
    if len(np.unique(paragraphs)) < 2:
        starts[:] = False  # no paragraphs known
    before = np.concatenate([[0], np.cumsum(starts)])
    inside = before[start + size] - before[start + 1]
    return inside.astype(np.float32), starts[start].astype(np.float32), starts[start + size].astype(np.float32)
