"""Measures of a whole document, and its chunks put together to stretches that fit into memory."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from aligner.align.anchors import Anchors, Vectors, find_anchors
from aligner.align.band import Chunk, cut_chunks
from aligner.align.coverage import measure_number_retention
from aligner.align.prepare import Side
from aligner.text.lengths import chars_ratio

_TYPICAL_ANCHOR_COSINE = 0.65
"""Mean cosine of the anchors of news, towards which that of a document with few anchors is drawn."""
_TYPICAL_ANCHORS = 5
"""Anchors that the typical cosine counts for."""
_PAIRS_AT_ONCE = 4_096
"""Anchors that are compared at once: long texts have enough of them to fill hundreds of megabytes."""
_MOST_STATES = 16_000
"""States of a stretch, about: each takes a kilobyte while the coarse scorer works."""


@dataclass(frozen=True, slots=True)
class Document:
    """Both sides of a document, the band cut into chunks, and measures of the whole document."""

    en: Side
    zh: Side
    chunks: tuple[Chunk, ...]
    chars_ratio: float
    """Chinese characters for each English one."""
    number_retention: float
    """How reliably the document keeps its numbers; see `coverage.measure_number_retention`."""
    anchor_cosine: float
    """Mean cosine of the anchors."""


def describe_document(en: Side, zh: Side) -> Document:
    """Finds the anchors of a document and cuts it into chunks; neither side may be empty."""
    en_vectors, zh_vectors = en.vectors(), zh.vectors()
    anchors = find_anchors(en_vectors, zh_vectors)
    ratio = chars_ratio(int(en.chars.sum()), int(zh.chars.sum()))
    chunks = tuple(cut_chunks(anchors, len(en), len(zh)))
    anchor_cosine = _mean_anchor_cosine(anchors, en_vectors, zh_vectors)
    return Document(en, zh, chunks, ratio, measure_number_retention(en.terms, zh.terms), anchor_cosine)


def _mean_anchor_cosine(anchors: Anchors, en: Vectors, zh: Vectors) -> float:
    """Mean cosine of the anchors, drawn towards the typical one where there are few."""
    total = 0.0
    for first in range(0, len(anchors.en), _PAIRS_AT_ONCE):
        here = slice(first, first + _PAIRS_AT_ONCE)
        pairs = en[anchors.en[here]].astype(np.float32), zh[anchors.zh[here]].astype(np.float32)
        total += float(np.einsum("kd,kd->k", *pairs).sum())
    return (total + _TYPICAL_ANCHOR_COSINE * _TYPICAL_ANCHORS) / (len(anchors.en) + _TYPICAL_ANCHORS)


Stretch: TypeAlias = Sequence[Chunk]
"""Consecutive chunks, which are aligned side by side."""


def cut_stretches(document: Document) -> list[Stretch]:
    """All chunks, as many at a time as memory should hold: one stretch, or an even number of about the same size."""
    states = np.array([(chunk.high - chunk.low + 1).sum() for chunk in document.chunks])
    count = -(-int(states.sum()) // _MOST_STATES)
    count += count % 2 if count > 1 else 0
    stretch = (np.cumsum(states) - states / 2) * count // states.sum()
    cuts = np.searchsorted(stretch, np.arange(count + 1)).tolist()
    return [document.chunks[first:last] for first, last in itertools.pairwise(cuts) if first < last]
