"""How similar the two sides of a bead are, and how similar they would be with a sentence more or less."""

import numpy as np

from aligner.align.arrays import cumulate
from aligner.align.features.evidence import Beads, StretchEvidence, look_up_cosine, neutral
from aligner.records import FloatArray

_HALF = 0.5
"""Cosine below which a bead is called dissimilar."""

Change = tuple[tuple[int, int], tuple[int, int]]
"""How the English and the Chinese window differ from the bead's: later start, more sentences."""


def measure_similarity(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Cosine of the two windows; margin, the cosine less the mean cosine of the nearest neighbours of their sentences;
    what the cosine lacks to one half; cosine less the mean anchor cosine; and the number of sentences.

    The margin by difference is equation 3 of Artetxe and Schwenk 2019, "Margin-based Parallel Corpus Mining with
    Multilingual Sentence Embeddings", ACL.
    """
    cosine = neutral(look_up_cosine(evidence, beads))
    hubness = beads.sum_en(cumulate(evidence.en.hubness)) / beads.en_size.astype(np.float32)
    hubness += beads.sum_zh(cumulate(evidence.zh.hubness)) / beads.zh_size.astype(np.float32)
    margin = cosine - hubness / 2
    size = (beads.en_size + beads.zh_size).astype(np.float32)
    return [cosine, margin, np.maximum(0, _HALF - cosine), cosine - np.float32(evidence.anchor_cosine), size]


def measure_extensions(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """What the cosine would gain from one more sentence: English before and after, Chinese before and after.

    A positive value says that a neighbour belongs to the bead.
    """
    changes = (((-1, 1), (0, 0)), ((0, 1), (0, 0)), ((0, 0), (-1, 1)), ((0, 0), (0, 1)))
    return _differences(evidence, beads, changes)


def measure_removals(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """What the cosine would gain without one sentence: English first or last, Chinese first or last.

    A positive value says that the sentence does not belong to the bead; 0 where the side has one sentence.
    """
    changes = (((1, -1), (0, 0)), ((0, -1), (0, 0)), ((0, 0), (1, -1)), ((0, 0), (0, -1)))
    return _differences(evidence, beads, changes)


def measure_splits(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """How much better the bead would be as two: best mean cosine of two parts above the bead's own, and that mean.

    Both 0 where a side has one sentence.
    """
    cosine = look_up_cosine(evidence, beads)
    best = np.full(cosine.shape, np.nan, np.float32)
    en_sizes, zh_sizes = beads.en_size.ravel(), beads.zh_size.ravel()
    for en in range(1, int(en_sizes.max(initial=1))):
        for zh in range(1, int(zh_sizes.max(initial=1))):
            rows = np.flatnonzero((en_sizes > en) & (zh_sizes > zh))
            if len(rows) == 0:
                continue
            part = beads.take(rows)
            first = evidence.cosines.values[en - 1, zh - 1, part.place]
            second = look_up_cosine(evidence, part, (en, -en), (zh, -zh))
            best[rows] = np.fmax(best[rows], (first + second) / 2)
    return [neutral(best - cosine), neutral(best)]


def _differences(evidence: StretchEvidence, beads: Beads, changes: tuple[Change, ...]) -> list[FloatArray]:
    """Cosine of the changed windows, less the bead's own; 0 where there is no such window."""
    own = look_up_cosine(evidence, beads)
    return [neutral(look_up_cosine(evidence, beads, en, zh) - own) for en, zh in changes]
