"""Evidence that a sentence is unaligned: arrays over the sentences of either side, not over beads."""

import numpy as np

from aligner.align.arrays import segment_maximum
from aligner.align.features.evidence import SideEvidence, StretchEvidence
from aligner.align.features.quotes import CLOSED, OPEN_BEFORE, OPENED
from aligner.records import FloatArray

NULL_FEATURES = (
    *("hubness", "best", "above_anchor_cosine", "with_previous", "with_next"),
    *("length", "edge", "explained", "speech"),
)
OMISSION_FEATURES = ("null_share", "merged_share")
_NEAR = 1
"""Index of the windows, of two sentences, among which a sentence's best explanation is looked for."""
_SMOOTHING = 0.3
_LEAST_NULL, _LEAST_MERGED = 0.005, 0.05
"""Added to shares, so that the log of one next to nothing says no more."""


def measure_isolation(evidence: StretchEvidence) -> tuple[FloatArray, FloatArray]:
    """For each sentence: its cosine with anything near, how much it adds to the highest cosine of its neighbours, its
    length in Chinese characters, whether it stands at the edge of the document, how much of it the best window near
    explains by words, and whether someone is quoted in it.

    :return: `(n, 9)` of the English sentences and `(m, 9)` of the Chinese ones.
    """
    grid, words, cosines = evidence.grid, evidence.words, evidence.cosines
    en_explained = segment_maximum(words.en[_NEAR : _NEAR + 1, :-1], grid.row, grid.en_count)[0]
    zh_explained = segment_maximum(words.zh[_NEAR : _NEAR + 1, :-1], grid.column, grid.zh_count)[0]
    en_share = en_explained / (np.diff(words.en_before) + _SMOOTHING)
    zh_share = zh_explained / (np.diff(words.zh_before) + _SMOOTHING)
    return (
        _describe_side(evidence.anchor_cosine, evidence.en, cosines.best_of_en(), en_share, evidence.chars_ratio),
        _describe_side(evidence.anchor_cosine, evidence.zh, cosines.best_of_zh(), zh_share, 1.0),
    )


def measure_omissions(evidence: StretchEvidence) -> tuple[FloatArray, FloatArray]:
    """For each sentence, the log shares of the sentences that the coarse scorer expects to be unaligned and to be in
    beads of more than two sentences, `(n, 2)`.

    A translation that omits or adds much is likely to omit or add more; a faithful one leaves nothing unaligned. A
    free translation merges and divides sentences, so that one that seems unaligned may belong to its neighbour's bead.
    """
    shares = np.log([evidence.null_share + _LEAST_NULL, evidence.merged_share + _LEAST_MERGED]).astype(np.float32)
    return np.tile(shares, (evidence.grid.en_count, 1)), np.tile(shares, (evidence.grid.zh_count, 1))


def _describe_side(
    anchor_cosine: float, side: SideEvidence, best: FloatArray, explained: FloatArray, ratio: float
) -> FloatArray:
    """`(n, 9)` features of each sentence of one side.

    :param best: `(2, n)` highest cosine of the sentence, and of it with the next one, with any window near.
    """
    single, double = best
    with_next, with_previous = np.zeros_like(single), np.zeros_like(single)
    if len(single) > 1:
        with_next[:-1] = double[:-1] - single[1:]
        with_previous[1:] = double[:-1] - single[:-1]
    length = np.log(np.diff(side.chars) * ratio + 2)
    speech = side.quotes[:, [OPENED, CLOSED, OPEN_BEFORE]].any(axis=1)
    columns = (
        side.hubness,
        single,
        single - anchor_cosine,
        with_previous,
        with_next,
        length,
        side.edge,
        explained,
        speech,
    )
    return np.stack(columns, 1).astype(np.float32)
