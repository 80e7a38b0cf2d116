"""What speaks for a sentence having no counterpart."""

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.evidence import Evidence, SideEvidence
from aligner.records import FloatArray


def measure_alone(evidence: Evidence, beads: Candidates) -> FloatArray:
    """For beads of one sentence: how well it goes with anything near, how much it adds to its neighbours' best
    counterparts, its length in Chinese characters, and whether it stands at the edge of the document.
    """
    en = _describe_side(evidence, evidence.en, evidence.cube.best_of_en_windows(), evidence.chars_ratio)
    zh = _describe_side(evidence, evidence.zh, evidence.cube.best_of_zh_windows(), 1.0)
    out = np.zeros((len(beads), en.shape[1]), np.float32)
    english = beads.en_size == 1
    out[english] = en[beads.en_start[english]]
    out[~english] = zh[beads.zh_start[~english]]
    return out


def _describe_side(evidence: Evidence, side: SideEvidence, best: FloatArray, ratio: float) -> FloatArray:
    """`(n, 7)` features of each sentence of one side.

    :param best: `(n, 2)` highest cosine of the sentence, and of it with the next one, with any window near.
    """
    single, double = best[:, 0], best[:, 1]
    with_next, with_previous = np.zeros_like(single), np.zeros_like(single)
    if len(single) > 1:
        with_next[:-1] = double[:-1] - single[1:]
        with_previous[1:] = double[:-1] - single[:-1]
    length = np.log(np.diff(side.chars) * ratio + 2)
    columns = (side.hubness, single, single - evidence.level, with_previous, with_next, length, side.edge)
    return np.stack(columns, 1).astype(np.float32)
