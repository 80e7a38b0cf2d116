"""How similar the two sides of a bead are, and how similar they would be with a sentence more or less."""

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.evidence import Evidence, look_up_cosine
from aligner.records import FloatArray, IntArray


def measure_similarity(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Cosine of the two windows: plain, above what their sentences reach with anything near (margin), what it lacks
    to one half, and above the document's level; and the number of sentences.
    """
    cosine = look_up_cosine(evidence, beads)
    hubness = _window_mean(evidence.en.hubness, beads.en_start, beads.en_size)
    hubness += _window_mean(evidence.zh.hubness, beads.zh_start, beads.zh_size)
    margin = cosine - hubness / 2
    size = (beads.en_size + beads.zh_size).astype(np.float32)
    return np.stack([cosine, margin, np.maximum(0, 0.5 - cosine), cosine - evidence.level, size], 1)


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
    cosine = look_up_cosine(evidence, beads)
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


def _differences(evidence: Evidence, beads: Candidates, changes: tuple[tuple[int, int, int, int], ...]) -> FloatArray:
    """Cosine of the bead with changed starts and sizes, less its own; 0 where there is no such window."""
    own = look_up_cosine(evidence, beads)
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
