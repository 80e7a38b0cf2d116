"""How the lengths and the paragraphs of the two sides fit."""

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.evidence import Evidence
from aligner.records import FloatArray, IntArray


def measure_length(evidence: Evidence, beads: Candidates) -> FloatArray:
    """How the lengths fit: log ratio to what the document's own ratio predicts, its size, its square, and Gale and
    Church's z (1993, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1)).
    """
    en = evidence.en.chars[beads.en_start + beads.en_size] - evidence.en.chars[beads.en_start]
    zh = evidence.zh.chars[beads.zh_start + beads.zh_size] - evidence.zh.chars[beads.zh_start]
    expected = en * evidence.chars_ratio
    ratio = np.log((zh + 2) / (expected + 2))
    z = (zh - expected) / np.sqrt(expected + zh + 4)
    return np.stack([ratio, np.abs(ratio), ratio**2, np.abs(z)], 1).astype(np.float32)


def measure_paragraphs(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Paragraph boundaries inside the bead: in either side, in both, and whether both sides start or end one."""
    en, en_starts, en_ends = _paragraph_edges(evidence.en.paragraphs, beads.en_start, beads.en_size)
    zh, zh_starts, zh_ends = _paragraph_edges(evidence.zh.paragraphs, beads.zh_start, beads.zh_size)
    apart = (en_starts != zh_starts).astype(np.float32) + (en_ends != zh_ends)
    return np.stack([en + zh, np.minimum(en, zh), apart], 1)


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
