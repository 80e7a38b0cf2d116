"""Alignment of one document: sentences of both languages in, beads with confidence out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.align.anchors import Anchors, find_anchors
from aligner.align.band import Chunk, cut_chunks
from aligner.align.candidates import Candidates, Lattice, list_candidates
from aligner.align.cube import TILE, SimilarityCube
from aligner.align.features import ALONE, CHEAP, DEAR, Evidence, SideEvidence, measure
from aligner.align.features.clauses import split_clauses
from aligner.align.scorer import DRAFT_FEATURES, Scorer, ScorerPair, load_scorers
from aligner.encoders.windows import Windows, embed_windows
from aligner.lexicon import Coverage, Lexicon, Terms, cover, describe_terms
from aligner.records import Alignment, Bead, Encoder, FloatArray, IntArray, Language

_TYPICAL_RATIO = 0.32
"""Chinese characters for each English one, spaces not counted (WMT21 news); what short documents lean to."""
_RATIO_WEIGHT = 400
"""English characters that the typical ratio counts for."""
_TYPICAL_LEVEL = 0.65
"""Cosine of sure pairs of news; what documents with few of them lean to."""
_LEVEL_WEIGHT = 5
"""Pairs that the typical level counts for."""
NEGLIGIBLE = 1e-6
"""Candidates less probable than this by the draft are not looked at again."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a document, ready for comparison; n sentences."""

    language: Language
    texts: Sequence[str]
    windows: Windows
    chars: IntArray
    """`(n,)` characters of each sentence, white space not counted."""
    paragraphs: IntArray
    """`(n,)` paragraph of each sentence; all zero where unknown."""
    terms: Terms
    encoder: Encoder

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.texts)


def prepare_side(
    encoder: Encoder,
    sentences: Sequence[str],
    language: Language,
    paragraphs: Sequence[int] | None = None,
    lexicon: Lexicon | None = None,
) -> Side:
    """Embeds and measures the sentences of one language.

    :param paragraphs: number of the paragraph of each sentence, where it is known.
    :param lexicon: without it, only numbers and words in Latin script count as shared.
    """
    chars = np.array([len("".join(sentence.split())) for sentence in sentences], np.int64)
    numbers = np.zeros(len(sentences), np.int64) if paragraphs is None else np.array(paragraphs, np.int64)
    terms = describe_terms(sentences, language, lexicon)
    return Side(language, sentences, embed_windows(encoder, sentences, language), chars, numbers, terms, encoder)


def align_document(en: Side, zh: Side, scorers: ScorerPair | None = None) -> Alignment:
    """The most probable beads, in order; every sentence is in exactly one."""
    scorers = scorers or load_scorers()
    beads: list[Bead] = []
    if len(en) and len(zh):
        for draft in draft_chunks(en, zh, scorers.draft):
            beads += _decode(draft, scorers.final)
    else:
        beads += [Bead((i,), (), 1.0) for i in range(len(en))] + [Bead((), (j,), 1.0) for j in range(len(zh))]
    return Alignment(tuple(beads), f"{en.encoder.name}|{scorers.signature}")


@dataclass(frozen=True, slots=True)
class Draft:
    """One chunk with the candidates that are worth a closer look."""

    chunk: Chunk
    evidence: Evidence
    candidates: Candidates
    features: FloatArray
    """`(c, len(DRAFT_FEATURES))`"""

    def measure_all(self) -> FloatArray:
        """`(c, len(FINAL_FEATURES))`: the draft's features and those that it could do without."""
        return np.concatenate([self.features, measure(DEAR, self.evidence, self.candidates)], axis=1)


def draft_chunks(en: Side, zh: Side, scorer: Scorer | None) -> Iterator[Draft]:
    """The document's chunks in order, their candidates pruned by the draft scorer (None: not pruned)."""
    vectors = en.windows.vectors(0, len(en), 1)[:, 0], zh.windows.vectors(0, len(zh), 1)[:, 0]
    anchors = find_anchors(*vectors)
    ratio = (zh.chars.sum() + _TYPICAL_RATIO * _RATIO_WEIGHT) / (en.chars.sum() + _RATIO_WEIGHT)
    level = _find_level(anchors, *vectors)
    for chunk in cut_chunks(anchors, len(en), len(zh)):
        if chunk.en_first == chunk.en_last and chunk.zh_first == chunk.zh_last:
            continue
        cube = SimilarityCube(chunk, en.windows, zh.windows)
        en_hubness, zh_hubness = cube.best_of_sentences()
        evidence = Evidence(
            _take_side(en, chunk.en_first, chunk.en_last, en_hubness),
            _take_side(zh, chunk.zh_first, chunk.zh_last, zh_hubness),
            cube,
            float(ratio),
            _cover(en, zh, chunk, cube),
            level,
        )
        candidates = list_candidates(chunk)
        features = measure(CHEAP + ALONE, evidence, candidates)
        if scorer is not None:
            posteriors, _ = Lattice(candidates).posteriors(scorer.score(features, candidates.shape))
            kept = np.flatnonzero(posteriors > NEGLIGIBLE)
            candidates, features = candidates.take(kept), features[kept]
        yield Draft(chunk, evidence, candidates, features)


def _find_level(anchors: Anchors, en: FloatArray, zh: FloatArray) -> float:
    cosines = np.einsum("kd,kd->k", en[anchors.en], zh[anchors.zh])
    return float((cosines.sum() + _TYPICAL_LEVEL * _LEVEL_WEIGHT) / (len(cosines) + _LEVEL_WEIGHT))


def _cover(en: Side, zh: Side, chunk: Chunk, cube: SimilarityCube) -> Coverage:
    en_terms = en.terms.part(chunk.en_first, chunk.en_last)
    zh_terms = zh.terms.part(chunk.zh_first, chunk.zh_last)
    return cover(en_terms, zh_terms, cube.base, cube.width, TILE)


def _take_side(side: Side, first: int, last: int, hubness: FloatArray) -> SideEvidence:
    texts = side.texts[first:last]
    chars = np.concatenate([[0], np.cumsum(side.chars[first:last])]).astype(np.float32)
    places = np.arange(first, last)
    edge = 1 / (1 + np.minimum(places, len(side) - 1 - places))
    clauses = _encode_edge_clauses(side, first, last)
    return SideEvidence(texts, hubness, chars, side.paragraphs[first:last], edge.astype(np.float32), clauses)


def _encode_edge_clauses(side: Side, first: int, last: int) -> FloatArray:
    """`(last - first, 2, d)` vectors of the first and last clause; the sentence's own where it has only one."""
    vectors = np.repeat(side.windows.vectors(first, last, 1), 2, axis=1)
    clauses = [split_clauses(text, side.language) for text in side.texts[first:last]]
    divided = [index for index, parts in enumerate(clauses) if len(parts) > 1]
    if divided:
        encoded = side.encoder.encode([clauses[index][edge] for index in divided for edge in (0, -1)])
        vectors[divided] = encoded.reshape(len(divided), 2, -1)
    return vectors


def _decode(draft: Draft, scorer: Scorer) -> list[Bead]:
    chunk, candidates = draft.chunk, draft.candidates
    scores = scorer.score(draft.measure_all(), candidates.shape)
    lattice = Lattice(candidates)
    posteriors, _ = lattice.posteriors(scores)
    cosine, margin = (DRAFT_FEATURES.index(f"similarity.{name}") for name in ("cosine", "margin"))
    return [
        Bead(
            _span(chunk.en_first + int(candidates.en_start[index]), int(candidates.en_size[index])),
            _span(chunk.zh_first + int(candidates.zh_start[index]), int(candidates.zh_size[index])),
            float(min(1.0, posteriors[index])),
            float(draft.features[index, cosine]),
            float(draft.features[index, margin]),
        )
        for index in lattice.best_path(scores)
    ]


def _span(start: int, size: int) -> tuple[int, ...]:
    return tuple(range(start, start + size))
