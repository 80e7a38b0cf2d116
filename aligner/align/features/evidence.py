"""What the features of one chunk are computed from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.cube import SimilarityCube
from aligner.lexicon import Coverage
from aligner.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class SideEvidence:
    """One language of a chunk; n sentences."""

    texts: Sequence[str]
    hubness: FloatArray
    """`(n,)`; see `SimilarityCube.best_of_sentences`."""
    chars: FloatArray
    """`(n + 1,)` characters before each sentence and in all."""
    paragraphs: IntArray
    """`(n,)` paragraph numbers; all zero where the input has none."""
    edge: FloatArray
    """`(n,)` 1 for the first and last sentence of the document, 1/2 for those next to them, and so on."""
    clauses: FloatArray
    """`(n, 2, d)` vectors of the first and the last clause of each sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the features of one chunk are computed from."""

    en: SideEvidence
    zh: SideEvidence
    cube: SimilarityCube
    chars_ratio: float
    """Chinese characters for each English one in the whole document."""
    coverage: Coverage
    """What the sentences mention that the other side mentions too, laid out like the cube."""
    level: float
    """Typical cosine of sure pairs in the document: literature has a lower one than news."""
    alone_share: float = 0.0
    """Share of the sentences that the draft expects to have no counterpart, 0..1."""


Measure: TypeAlias = Callable[[Evidence, Candidates], FloatArray]
"""`(c, k)` float32 for c candidates and k named features. Values are near 0 when the evidence says nothing, so that a
comparison that cannot be made, such as one at the edge of a text, is neutral."""


def look_up_cosine(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Cosine of each bead's two windows, 0 where it is unknown."""
    return np.nan_to_num(evidence.cube.cosine(beads.en_start, beads.en_size, beads.zh_start, beads.zh_size))
