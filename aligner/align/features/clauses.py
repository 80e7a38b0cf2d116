"""Clauses at the edges of a bead: whether its first one belongs inside, and the one before it outside."""

import re

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.evidence import Evidence
from aligner.records import FloatArray, IntArray, Language

_MARK = {
    Language.EN: re.compile(r"[,;:—]['\"’”]?\s+|—|\s[-–]\s"),
    Language.ZH: re.compile(r"[，；：,;:]|——"),
}
_LEAST = {Language.EN: 18, Language.ZH: 5}
"""Characters of the shortest clause; shorter pieces stay with their neighbour."""


def split_clauses(text: str, language: Language) -> list[str]:
    """The text cut after commas, semicolons, colons and dashes; never empty."""
    clauses: list[str] = []
    start, least = 0, _LEAST[language]
    for mark in _MARK[language].finditer(text):
        if mark.end() - start >= least and len(text) - mark.end() >= least:
            clauses.append(text[start : mark.end()].strip())
            start = mark.end()
    return [*clauses, text[start:].strip()]


def measure_clauses(evidence: Evidence, beads: Candidates) -> FloatArray:
    """Ten contrasts, each positive when the bead's edge is where the clauses say.

    Four for the first and last clause of either side: cosine with the other side (or its sentence at that edge) above
    that with the sentence just outside. Four for the clauses just outside, the other way round. Two that compare
    clauses with clauses, at the start and at the end.
    """
    en, zh = _Edges.of_en(evidence, beads), _Edges.of_zh(evidence, beads)
    columns = []
    for own, other in ((en, zh), (zh, en)):
        for edge in (0, 1):
            inside = np.maximum(_dot(own.clause[edge], other.window), _dot(own.clause[edge], other.sentence[edge]))
            beyond = _dot(own.clause[edge], other.outer[edge])
            columns.append(np.where(other.has_outer[edge], inside - beyond, 0))
            inside = np.maximum(
                _dot(own.outer_clause[edge], other.window), _dot(own.outer_clause[edge], other.sentence[edge])
            )
            beyond = _dot(own.outer_clause[edge], other.outer[edge])
            columns.append(np.where(own.has_outer[edge] & other.has_outer[edge], beyond - inside, 0))
    for edge in (0, 1):
        inside = _dot(en.clause[edge], zh.clause[edge])
        across = np.maximum(_dot(en.clause[edge], zh.outer_clause[edge]), _dot(en.outer_clause[edge], zh.clause[edge]))
        columns.append(np.where(en.has_outer[edge] & zh.has_outer[edge], inside - across, 0))
    return np.stack(columns, 1).astype(np.float32)


class _Edges:
    """Vectors at the start (0) and end (1) of one side of each bead, `(c, d)` each; zero where there is nothing."""

    def __init__(self, windows: FloatArray, clauses: FloatArray, start: IntArray, size: IntArray) -> None:
        """:param windows: `(n, depth, d)`, `clauses`: `(n, 2, d)`."""
        count = len(windows)
        last, before, after = start + size - 1, start - 1, start + size
        self.has_outer = before >= 0, after < count
        near = np.maximum(before, 0), np.minimum(after, count - 1)
        self.window = windows[start, size - 1]
        self.sentence = windows[start, 0], windows[last, 0]
        self.clause = clauses[start, 0], clauses[last, 1]
        self.outer = windows[near[0], 0], windows[near[1], 0]
        self.outer_clause = clauses[near[0], 1], clauses[near[1], 0]

    @classmethod
    def of_en(cls, evidence: Evidence, beads: Candidates) -> "_Edges":
        return cls(evidence.cube.en_vectors, evidence.en.clauses, beads.en_start, beads.en_size)

    @classmethod
    def of_zh(cls, evidence: Evidence, beads: Candidates) -> "_Edges":
        return cls(evidence.cube.zh_vectors, evidence.zh.clauses, beads.zh_start, beads.zh_size)


def _dot(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("cd,cd->c", left, right), np.float32)
