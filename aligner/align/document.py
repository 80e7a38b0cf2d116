"""Alignment of one document: sentences of both languages in, beads with confidence out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.align.anchors import find_anchors
from aligner.align.band import Chunk, cut_chunks
from aligner.align.candidates import Candidates, Lattice, list_candidates
from aligner.align.cube import SimilarityCube
from aligner.align.features import Evidence
from aligner.align.scorer import PAIRED_NAMES, Scorer, load_scorer, measure
from aligner.encoders.windows import Windows, embed_windows
from aligner.records import Alignment, Bead, Encoder, FloatArray, IntArray, Language

_TYPICAL_RATIO = 0.32
"""Chinese characters for each English one, spaces not counted (WMT21 news); what short documents lean to."""
_RATIO_WEIGHT = 400
"""English characters that the typical ratio counts for."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a document, ready for comparison."""

    windows: Windows
    chars: IntArray
    """`(n,)` characters of each sentence, white space not counted."""
    paragraphs: IntArray
    """`(n,)` paragraph of each sentence; all zero where unknown."""

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.chars)


def prepare_side(
    encoder: Encoder, sentences: Sequence[str], language: Language, paragraphs: Sequence[int] | None = None
) -> Side:
    """Embeds and measures the sentences of one language."""
    chars = np.array([len("".join(sentence.split())) for sentence in sentences], np.int64)
    numbers = np.zeros(len(sentences), np.int64) if paragraphs is None else np.array(paragraphs, np.int64)
    return Side(embed_windows(encoder, sentences, language), chars, numbers)


def list_chunks(en: Side, zh: Side) -> Iterator[tuple[Chunk, Evidence, Candidates]]:
    """The document's chunks in order, each with its candidate beads and what their features are computed from."""
    if not (len(en) and len(zh)):
        return
    anchors = find_anchors(_sentence_vectors(en.windows), _sentence_vectors(zh.windows))
    ratio = (zh.chars.sum() + _TYPICAL_RATIO * _RATIO_WEIGHT) / (en.chars.sum() + _RATIO_WEIGHT)
    for chunk in cut_chunks(anchors, len(en), len(zh)):
        cube = SimilarityCube(chunk, en.windows, zh.windows)
        en_hubness, zh_hubness = cube.best_of_sentences()
        evidence = Evidence(
            cube,
            en_hubness,
            zh_hubness,
            _cumulate(en.chars[chunk.en_first : chunk.en_last]),
            _cumulate(zh.chars[chunk.zh_first : chunk.zh_last]),
            float(ratio),
            en.paragraphs[chunk.en_first : chunk.en_last],
            zh.paragraphs[chunk.zh_first : chunk.zh_last],
        )
        yield chunk, evidence, list_candidates(chunk)


def align_document(en: Side, zh: Side, encoder_name: str, scorer: Scorer | None = None) -> Alignment:
    """The most probable beads, in order; every sentence is in exactly one.

    :param encoder_name: becomes part of the signature.
    """
    scorer = scorer or load_scorer()
    signature = f"{encoder_name}|{scorer.signature}"
    if not (len(en) and len(zh)):
        alone = [Bead((i,), (), 1.0) for i in range(len(en))] + [Bead((), (j,), 1.0) for j in range(len(zh))]
        return Alignment(tuple(alone), signature)
    beads: list[Bead] = []
    for chunk, evidence, candidates in list_chunks(en, zh):
        beads += _align_chunk(chunk, evidence, candidates, scorer)
    return Alignment(tuple(beads), signature)


def _align_chunk(chunk: Chunk, evidence: Evidence, candidates: Candidates, scorer: Scorer) -> list[Bead]:
    features = measure(evidence, candidates)
    scores = scorer.score(features, candidates.shape)
    lattice = Lattice(candidates)
    posteriors, _ = lattice.posteriors(scores)
    path = lattice.best_path(scores)
    cosine, margin = (PAIRED_NAMES.index(f"similarity.{name}") for name in ("cosine", "margin"))
    return [
        Bead(
            _span(chunk.en_first + int(candidates.en_start[index]), int(candidates.en_size[index])),
            _span(chunk.zh_first + int(candidates.zh_start[index]), int(candidates.zh_size[index])),
            float(min(1.0, posteriors[index])),
            float(features[index, cosine]),
            float(features[index, margin]),
        )
        for index in path
    ]


def _span(start: int, size: int) -> tuple[int, ...]:
    return tuple(range(start, start + size))


def _sentence_vectors(windows: Windows) -> FloatArray:
    return windows.vectors(0, len(windows), 1)[:, 0]


def _cumulate(values: IntArray) -> FloatArray:
    return np.concatenate([[0], np.cumsum(values)]).astype(np.float32)
