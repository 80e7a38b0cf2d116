"""Clauses at the edges of a bead: whether they belong inside or outside it, and to which of its sentences."""

from dataclasses import dataclass

import numpy as np

from aligner.align.cosines import FIRST_CLAUSE, LAST_CLAUSE
from aligner.align.features.evidence import Beads, StretchEvidence, neutral
from aligner.records import FloatArray, IntArray


def measure_clauses(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Ten contrasts, each positive when the bead's edge is where the clauses say.

    Four for the first and last clause of either side: cosine with the other side (or its sentence at that edge) above
    that with the sentence just outside. Four for the clauses just outside, the other way round. Two that compare
    clauses with clauses, at the start and at the end. 0 where there is nothing to compare with.
    """
    table = evidence.cosines.values
    edges = _find_start(beads), _find_end(beads)
    by_edge = [_contrast(table, beads, edge) for edge in edges]
    mirrored = [_contrast(table.transpose(1, 0, 2), beads.mirrored(), edge.mirrored()) for edge in edges]
    between = [_contrast_clauses(table, edge) for edge in edges]
    return [*by_edge[0], *by_edge[1], *mirrored[0], *mirrored[1], *between]


def measure_edge_clauses(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Contrast of edge clauses: cosine of the first sentence of a side of several with the other side's first clause,
    less that of its second sentence with that clause; and the same of the last sentence and the last clause.

    Where two sentences were translated as one, the clause at the edge renders the sentence at that edge; where that
    sentence is unaligned, the clause renders its neighbour. Four contrasts: English first and last, Chinese first and
    last; 0 for the only sentence of its side.
    """
    table = evidence.cosines.values
    columns = np.zeros((4, len(beads.place)), np.float32)
    rows = np.flatnonzero(beads.en_size > 1)
    columns[:2, rows] = _contrast_sentences(table, beads.take(rows), (1, 0))
    rows = np.flatnonzero(beads.zh_size > 1)
    columns[2:, rows] = _contrast_sentences(table.transpose(1, 0, 2), beads.take(rows), (0, 1))
    return list(columns)


def _contrast_sentences(table: FloatArray, beads: Beads, inwards: tuple[int, int]) -> FloatArray:
    """`(2, c)`: how much better the sentence at the start, and that at the end, goes with the clause at that edge than
    the sentence next to it does.

    :param table: cosines, the language of the clauses second.
    :param inwards: English and Chinese sentences from the first of the side of several to its second.
    """
    last = beads.en_start + beads.en_size - 1, beads.zh_start + beads.zh_size - 1
    contrasts = []
    for clause, (row, column), sign in (
        (FIRST_CLAUSE, (beads.en_start, beads.zh_start), 1),
        (LAST_CLAUSE, last, -1),
    ):
        edge = table[0, clause, beads.find(row, column)]
        inner = table[0, clause, beads.find(row + sign * inwards[0], column + sign * inwards[1])]
        contrasts.append(neutral(edge - inner))
    return np.stack(contrasts)


@dataclass(frozen=True, slots=True)
class _Edge:
    """One end of each bead: states by the sentences that start there, named English first."""

    clause: int
    """Which clause of the sentence inside is at the edge; `outer` is that of the sentence outside."""
    outer: int
    inside: IntArray
    """The sentences at the edge of both sides."""
    outside: IntArray
    """Those just outside."""
    in_out: IntArray
    """The English one inside, the Chinese one outside."""
    out_in: IntArray
    in_window: IntArray
    """The English one inside, the start of the Chinese side."""
    out_window: IntArray
    """The English one outside, the start of the Chinese side."""
    window_in: IntArray
    window_out: IntArray

    def mirrored(self) -> "_Edge":
        """The same with the languages exchanged."""
        return _Edge(
            self.clause,
            self.outer,
            self.inside,
            self.outside,
            self.out_in,
            self.in_out,
            self.window_in,
            self.window_out,
            self.in_window,
            self.out_window,
        )


def _find_start(beads: Beads) -> _Edge:
    return _find_edge(beads, (FIRST_CLAUSE, LAST_CLAUSE), (beads.en_start, beads.zh_start), -1)


def _find_end(beads: Beads) -> _Edge:
    last = beads.en_start + beads.en_size - 1, beads.zh_start + beads.zh_size - 1
    return _find_edge(beads, (LAST_CLAUSE, FIRST_CLAUSE), last, 1)


def _find_edge(beads: Beads, clauses: tuple[int, int], inside: tuple[IntArray, IntArray], outwards: int) -> _Edge:
    (row, column), (out_row, out_column) = inside, (inside[0] + outwards, inside[1] + outwards)
    return _Edge(
        *clauses,
        beads.find(row, column),
        beads.find(out_row, out_column),
        beads.find(row, out_column),
        beads.find(out_row, column),
        beads.find(row, beads.zh_start),
        beads.find(out_row, beads.zh_start),
        beads.find(beads.en_start, column),
        beads.find(beads.en_start, out_column),
    )


def _contrast(table: FloatArray, beads: Beads, edge: _Edge) -> tuple[FloatArray, FloatArray]:
    """For the clause inside and the one outside: how much better each goes where it is than across the edge.

    :param table: cosines, the language of the clauses first.
    """
    window = beads.zh_size - 1
    inside = np.fmax(table[edge.clause, window, edge.in_window], table[edge.clause, 0, edge.inside])
    across = table[edge.clause, 0, edge.in_out]
    outside = table[edge.outer, 0, edge.outside]
    back = np.fmax(table[edge.outer, window, edge.out_window], table[edge.outer, 0, edge.out_in])
    return neutral(inside - across), neutral(outside - back)


def _contrast_clauses(table: FloatArray, edge: _Edge) -> FloatArray:
    """The two clauses inside, above the better of one inside with one outside."""
    across = np.fmax(table[edge.clause, edge.outer, edge.in_out], table[edge.outer, edge.clause, edge.out_in])
    return np.asarray(neutral(table[edge.clause, edge.clause, edge.inside] - across))
