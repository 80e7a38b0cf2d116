"""Words, names and numbers: what of either side the other one mentions too."""

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.evidence import Evidence
from aligner.lexicon import Coverage
from aligner.records import FloatArray, IntArray

_SMOOTHING = 0.3
"""Weight added to a side's total, so that a side with next to nothing to mention says next to nothing."""


def measure_lexical(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Explained shares of both sides and the lower one; what weight one more sentence would explain; whether the
    sentences at the edges go with the bead and those just outside with what is outside.
    """
    words = evidence.coverage
    en, en_n, zh, zh_n = beads.en_start, beads.en_size, beads.zh_start, beads.zh_size
    one = np.ones_like(en)
    en_share, zh_share = _shares(words, en, en_n, zh, zh_n)
    explained = words.explained(en, en_n, zh, zh_n)
    columns = [en_share, zh_share, np.minimum(en_share, zh_share)]
    for shift in (1, 0):  # a sentence before, a sentence after
        columns.append(words.explained(en, en_n, zh - shift, zh_n + 1)[0] - explained[0])
        columns.append(words.explained(en - shift, en_n + 1, zh, zh_n)[1] - explained[1])
    for en_inner, zh_inner, en_outer, zh_outer in (
        (en, zh, en - 1, zh - 1),
        (en + en_n - 1, zh + zh_n - 1, en + en_n, zh + zh_n),
    ):
        columns.append(_shares(words, en_inner, one, zh, zh_n)[0] - _shares(words, en_inner, one, zh_outer, one)[0])
        columns.append(_shares(words, en, en_n, zh_inner, one)[1] - _shares(words, en_outer, one, zh_inner, one)[1])
        columns.append(_shares(words, en_outer, one, zh, zh_n)[0])
        columns.append(_shares(words, en, en_n, zh_outer, one)[1])
    return np.stack([np.nan_to_num(column) for column in columns], 1).astype(np.float32)


def _shares(
    words: Coverage, en_start: IntArray, en_size: IntArray, zh_start: IntArray, zh_size: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Explained share of the English window and of the Chinese one, 0..1; `nan` where a window is not known."""
    en, zh = words.explained(en_start, en_size, zh_start, zh_size)
    known = np.flatnonzero(~np.isnan(en))
    en[known] /= words.en_total(en_start[known], en_size[known]) + _SMOOTHING
    zh[known] /= words.zh_total(zh_start[known], zh_size[known]) + _SMOOTHING
    return en, zh
