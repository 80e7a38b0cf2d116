"""What the scorer learns from: the candidates of a document, and which of them its gold alignment allows.

Where the gold is known for whole segments only (`.seg`), all ways to divide a segment count as right, but for beads
with several sentences on both sides: nearly always they can be divided, and a memory wants small units. Lines of
crossing beads, which one monotone path cannot all use, may be aligned or left alone.
"""

from dataclasses import dataclass

import numpy as np

from aligner.align.decode import gather_evidence, prune
from aligner.align.features import measure_candidates, measure_coarse
from aligner.align.grid import BEAD_TYPES, Grid
from aligner.align.lattice import Candidates, Lattice, list_candidates
from aligner.align.prepare import prepare_sides
from aligner.align.scorer import Scorer
from aligner.align.stretches import cut_stretches, describe_document
from aligner.encoders.base import Encoder
from aligner.evaluation import GoldDocument
from aligner.lexicon import load_lexicon
from aligner.records import FloatArray, IntArray
from aligner.training.augment import Lesson


@dataclass(frozen=True, slots=True)
class Problem:
    """One stretch of one document: its candidates, their features, and which of them the gold allows."""

    document: str
    candidates: Candidates
    features: FloatArray
    """`(c, f)`, as `features.measure_candidates` has them, or `features.measure_coarse`."""
    allowed: IntArray
    """`(c,)` bool: on some path that agrees with the gold."""
    en_first: int
    """Sentences of the document before the stretch."""
    zh_first: int
    weight: float = 1.0


def build_problems(lesson: Lesson, encoder: Encoder, coarse: Scorer | None, weight: float = 1.0) -> list[Problem]:
    """The stretches of a document that can be learned from.

    :param coarse: prunes candidates, but for those that the gold allows; without it all are kept, and its features
        alone are measured.
    """
    lexicon, document = load_lexicon(), lesson.document
    described = describe_document(
        *prepare_sides(encoder, lexicon, document.en, document.zh, lesson.en_paragraphs, lesson.zh_paragraphs)
    )
    problems = []
    for stretch in cut_stretches(described):
        grid = Grid(stretch)
        evidence = gather_evidence(described, grid)
        everything = list_candidates(grid)
        allowed = _allow(document, everything, grid.en_first, grid.zh_first)
        _, totals = Lattice(everything).posteriors(np.where(allowed, 0.0, -np.inf))
        learnable = np.isfinite(totals)[everything.chunk]
        rows = np.flatnonzero(learnable)
        if coarse:
            needed = np.zeros((len(BEAD_TYPES), len(grid)), bool)
            needed[everything.type_index[allowed], everything.start[allowed]] = True
            evidence, kept = prune(evidence, coarse, needed)
            left = np.zeros_like(needed)
            left[kept.type_index, kept.start] = True
            rows = np.flatnonzero(learnable & left[everything.type_index, everything.start])
        if len(rows):
            candidates = everything.take(rows)
            features = measure_candidates(evidence, candidates) if coarse else measure_coarse(evidence, candidates)
            place = grid.en_first, grid.zh_first
            problems.append(Problem(document.name, candidates, features, allowed[rows], *place, weight))
    return problems


def _allow(document: GoldDocument, candidates: Candidates, en_first: int, zh_first: int) -> IntArray:
    """Which candidates agree with the gold."""
    gold = document.gold or ()
    loose = _find_loose(document)
    en_bead = np.full(len(document.en) + 1, -1)
    zh_bead = np.full(len(document.zh) + 1, -1)
    for index, bead in enumerate(gold):
        en_bead[list(bead.en)] = index
        zh_bead[list(bead.zh)] = index
    exact = {(bead.en, bead.zh) for bead in gold}
    out = np.zeros(len(candidates), bool)
    rows = zip(
        (candidates.en_start + en_first).tolist(),
        candidates.en_size.tolist(),
        (candidates.zh_start + zh_first).tolist(),
        candidates.zh_size.tolist(),
        strict=True,
    )
    for place, (en_start, en_size, zh_start, zh_size) in enumerate(rows):
        en, zh = tuple(range(en_start, en_start + en_size)), tuple(range(zh_start, zh_start + zh_size))
        owners = {*en_bead[list(en)].tolist(), *zh_bead[list(zh)].tolist()}
        kind = loose.get(owners.pop()) if len(owners) == 1 else None
        if kind == "divided" and min(en_size, zh_size) > 1:
            continue
        if (en, zh) in exact:
            out[place] = True
        elif kind:
            out[place] = kind == "alone" if not (en and zh) else kind in {"inside", "divided"}
    return out


def _find_loose(document: GoldDocument) -> dict[int, str]:
    """Gold beads that need not be matched exactly: `inside` may be split, `divided` must be, and lines of
    `alone` may stay unaligned.
    """
    gold = document.gold or ()
    loose: dict[int, str] = {}
    for index, bead in enumerate(gold):
        if not (bead.en and bead.zh):
            continue
        shape = (len(bead.en), len(bead.zh))
        contiguous = bead.en[-1] - bead.en[0] + 1 == shape[0] and bead.zh[-1] - bead.zh[0] + 1 == shape[1]
        one_segment = document.en_segments is not None and len({document.en_segments[i] for i in bead.en}) == 1
        if not contiguous:
            loose[index] = "alone"
        elif one_segment and min(shape) > 1:
            loose[index] = "divided"
        elif shape not in BEAD_TYPES:
            loose[index] = "inside"
    for index in _find_crossing(document):
        loose[index] = "alone"
    return loose


def _find_crossing(document: GoldDocument) -> list[int]:
    two_sided = [
        (bead.en[0], bead.zh[0], index) for index, bead in enumerate(document.gold or ()) if bead.en and bead.zh
    ]
    two_sided.sort()
    zh = np.array([place for _, place, _ in two_sided])
    if len(zh) == 0:
        return []
    highest_before = np.maximum.accumulate(np.concatenate([[-1], zh[:-1]]))
    lowest_after = np.minimum.accumulate(np.concatenate([zh[1:], [zh.max() + 1]])[::-1])[::-1]
    return [two_sided[k][2] for k in np.flatnonzero((zh < highest_before) | (zh > lowest_after))]
