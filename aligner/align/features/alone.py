"""What speaks for a sentence having no counterpart."""

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.evidence import Evidence, SideEvidence
from aligner.records import FloatArray

_NEAR = 1
"""Index of the windows, of two sentences, among which a sentence's best explanation is looked for."""
_SMOOTHING = 0.3
_LEAST_SHARE = 0.005


def measure_alone(evidence: Evidence, beads: Candidates) -> FloatArray:
    """For beads of one sentence: how well it goes with anything near, how much it adds to its neighbours' best
    counterparts, its length in Chinese characters, whether it stands at the edge of the document, and how much of
    it the best window near explains by words.
    """
    en_explained, zh_explained = _best_explained(evidence)
    en_best, zh_best = evidence.cube.best_of_en_windows(), evidence.cube.best_of_zh_windows()
    en = _describe_side(evidence, evidence.en, en_best, en_explained, evidence.chars_ratio)
    zh = _describe_side(evidence, evidence.zh, zh_best, zh_explained, 1.0)
    out = np.zeros((len(beads), en.shape[1]), np.float32)
    english = beads.en_size == 1
    out[english] = en[beads.en_start[english]]
    out[~english] = zh[beads.zh_start[~english]]
    return out


def measure_omissions(evidence: Evidence, beads: Candidates) -> FloatArray:
    """For beads of one sentence: log share of the sentences that the draft expects to have no counterpart.

    Where much is left out or put in, more is; a faithful translation leaves nothing alone.
    """
    return np.full((len(beads), 1), np.log(evidence.alone_share + _LEAST_SHARE), np.float32)


def _describe_side(
    evidence: Evidence, side: SideEvidence, best: FloatArray, explained: FloatArray, ratio: float
) -> FloatArray:
    """`(n, 8)` features of each sentence of one side.

    :param best: `(n, 2)` highest cosine of the sentence, and of it with the next one, with any window near.
    """
    single, double = best[:, 0], best[:, 1]
    with_next, with_previous = np.zeros_like(single), np.zeros_like(single)
    if len(single) > 1:
        with_next[:-1] = double[:-1] - single[1:]
        with_previous[1:] = double[:-1] - single[:-1]
    length = np.log(np.diff(side.chars) * ratio + 2)
    columns = (side.hubness, single, single - evidence.level, with_previous, with_next, length, side.edge, explained)
    return np.stack(columns, 1).astype(np.float32)


def _best_explained(evidence: Evidence) -> tuple[FloatArray, FloatArray]:
    """Highest explained share of each English and each Chinese sentence, by any window near."""
    words = evidence.coverage
    en_total, zh_total = np.diff(words.en_before), np.diff(words.zh_before)
    en = words.en[:, 0, :, _NEAR].max(axis=1, initial=0)
    columns = np.repeat(words.base, words.tile)[: len(words.en), None] + np.arange(words.zh.shape[2])
    inside = columns < len(zh_total)
    zh = np.zeros(len(zh_total), np.float32)
    np.maximum.at(zh, columns[inside], words.zh[:, _NEAR, :, 0][inside])
    return en / (en_total + _SMOOTHING), zh / (zh_total + _SMOOTHING)
