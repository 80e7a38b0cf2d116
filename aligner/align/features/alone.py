"""What speaks for a sentence having no counterpart: arrays over the sentences of either side, not over beads."""

import numpy as np

from aligner.align.features.evidence import Evidence, SideEvidence
from aligner.align.grid import highest_of_each
from aligner.records import FloatArray

ALONE_FEATURES = (
    *("hubness", "best", "above_level", "with_previous", "with_next"),
    *("length", "edge", "explained", "speech"),
)
OMISSION_FEATURES = ("alone_share", "merged_share")
_NEAR = 1
"""Index of the windows, of two sentences, among which a sentence's best explanation is looked for."""
_SMOOTHING = 0.3
_LEAST_ALONE, _LEAST_MERGED = 0.005, 0.05
"""Added to shares, so that the log of one next to nothing says no more."""


def measure_alone(evidence: Evidence) -> tuple[FloatArray, FloatArray]:
    """For each sentence: how well it goes with anything near, how much it adds to its neighbours' best counterparts,
    its length in Chinese characters, whether it stands at the edge of the document, how much of it the best window
    near explains by words, and whether someone is quoted in it.

    :return: `(n, 9)` of the English sentences and `(m, 9)` of the Chinese ones.
    """
    grid, words, cosines = evidence.grid, evidence.words, evidence.cosines
    en_explained = highest_of_each(words.en[_NEAR : _NEAR + 1, :-1], grid.row, grid.en_count)[0]
    zh_explained = highest_of_each(words.zh[_NEAR : _NEAR + 1, :-1], grid.column, grid.zh_count)[0]
    en_share = en_explained / (np.diff(words.en_before) + _SMOOTHING)
    zh_share = zh_explained / (np.diff(words.zh_before) + _SMOOTHING)
    return (
        _describe_side(evidence.level, evidence.en, cosines.best_of_en(), en_share, evidence.chars_ratio),
        _describe_side(evidence.level, evidence.zh, cosines.best_of_zh(), zh_share, 1.0),
    )


def measure_omissions(evidence: Evidence) -> tuple[FloatArray, FloatArray]:
    """For each sentence, the log shares of the sentences that the draft expects to have no counterpart and to be in
    beads of more than two, `(n, 2)`.

    Where much is left out or put in, more is; a faithful translation leaves nothing alone. A free one merges and
    divides, so that a sentence of it that seems to have no counterpart may well be in its neighbour's.
    """
    shares = np.log([evidence.alone_share + _LEAST_ALONE, evidence.merged_share + _LEAST_MERGED]).astype(np.float32)
    return np.tile(shares, (evidence.grid.en_count, 1)), np.tile(shares, (evidence.grid.zh_count, 1))


def _describe_side(
    level: float, side: SideEvidence, best: FloatArray, explained: FloatArray, ratio: float
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
    speech = side.quotes[:, :3].any(axis=1)
    columns = (side.hubness, single, single - level, with_previous, with_next, length, side.edge, explained, speech)
    return np.stack(columns, 1).astype(np.float32)
