"""How the lengths and the paragraphs of the two sides fit."""

import numpy as np

from aligner.align.arrays import cumulate
from aligner.align.features.evidence import Beads, StretchEvidence
from aligner.align.lattice import Candidates
from aligner.records import BoolArray, FloatArray, IntArray

BREAK_FEATURES = ("start", "end")


def measure_length(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """How the lengths fit: log ratio to what the document's own ratio predicts, its size, its square, and Gale and
    Church's z (1993, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1)).
    """
    expected = beads.sum_en(evidence.en.chars) * np.float32(evidence.chars_ratio)
    zh = beads.sum_zh(evidence.zh.chars)
    ratio = np.log((zh + 2) / (expected + 2))
    z = (zh - expected) / np.sqrt(expected + zh + 4)
    return [ratio, np.abs(ratio), ratio**2, np.abs(z)]


def measure_paragraphs(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Paragraph boundaries inside the bead: in either side, in both, and whether both sides start or end one."""
    en_starts, zh_starts = _find_starts(evidence.en.paragraphs), _find_starts(evidence.zh.paragraphs)
    en, zh = (
        _count_inside(en_starts, beads.en_start, beads.en_size),
        _count_inside(zh_starts, beads.zh_start, beads.zh_size),
    )
    apart = (en_starts[beads.en_start] != zh_starts[beads.zh_start]).astype(np.float32)
    apart = apart + (
        _at_end(en_starts, beads.en_start, beads.en_size) != _at_end(zh_starts, beads.zh_start, beads.zh_size)
    )
    return [en + zh, np.minimum(en, zh), apart]


def measure_breaks(evidence: StretchEvidence, null_beads: Candidates) -> FloatArray:
    """`(c, 2)` of null beads: 1 where they start, and where they end, at a paragraph break of one side only.

    A sentence that only one side has, at the end of its paragraph, puts the boundaries apart before it and together
    after it: without these the two-sided bead before it would look better with that sentence joined to it.
    """
    en_starts, zh_starts = _find_starts(evidence.en.paragraphs), _find_starts(evidence.zh.paragraphs)
    start = en_starts[null_beads.en_start] != zh_starts[null_beads.zh_start]
    end = en_starts[null_beads.en_start + null_beads.en_size] != zh_starts[null_beads.zh_start + null_beads.zh_size]
    return np.stack([start, end], axis=1).astype(np.float32)


def _find_starts(paragraphs: IntArray) -> BoolArray:
    """`(n + 1,)` whether a paragraph starts, or the text ends, at each boundary; none where none are known."""
    starts = np.diff(paragraphs, prepend=-1, append=-1) != 0
    if len(np.unique(paragraphs)) < 2:
        starts[:] = False
    return np.asarray(starts)


def _count_inside(starts: BoolArray, first: IntArray, size: IntArray) -> FloatArray:
    """Paragraph breaks between the sentences of each side, its own edges not counted."""
    before = cumulate(starts).astype(np.float32)
    last = len(before) - 1
    return np.asarray(before[np.minimum(first + size, last)] - before[np.minimum(first + 1, last)])


def _at_end(starts: BoolArray, first: IntArray, size: IntArray) -> BoolArray:
    """Whether each side ends with a paragraph break."""
    return np.asarray(starts[np.minimum(first + size, len(starts) - 1)])
