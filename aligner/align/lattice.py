"""The beads that are worth a closer look, as flat arrays, and the lattice that they form."""

import itertools
from dataclasses import dataclass

import numpy as np

from aligner.align.grid import BEAD_TYPES, Grid
from aligner.records import BoolArray, DoubleArray, FloatArray, IntArray

_UNREACHABLE = -1e300
"""Stands for the log of zero where a difference with it must stay defined."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """c beads of one stretch; sentences are counted from the stretch's start."""

    en_start: IntArray
    zh_start: IntArray
    en_size: IntArray
    zh_size: IntArray
    type_index: IntArray
    """Index into `BEAD_TYPES`."""
    start: IntArray
    """State of the grid that the bead leaves."""
    end: IntArray
    """State that it reaches."""
    chunk: IntArray

    def __len__(self) -> int:
        """Number of candidates."""
        return len(self.type_index)

    def take(self, chosen: IntArray) -> "Candidates":
        """The chosen candidates, their states unchanged."""
        return Candidates(
            self.en_start[chosen],
            self.zh_start[chosen],
            self.en_size[chosen],
            self.zh_size[chosen],
            self.type_index[chosen],
            self.start[chosen],
            self.end[chosen],
            self.chunk[chosen],
        )

    @property
    def level(self) -> IntArray:
        """`(c,)` sentences of both sides behind the bead's end: a topological order of the states."""
        return self.en_start + self.en_size + self.zh_start + self.zh_size


def list_candidates(grid: Grid, chosen: BoolArray | None = None) -> Candidates:
    """The beads of `BEAD_TYPES` whose two ends lie in the band of one chunk, type by type.

    :param chosen: `(len(BEAD_TYPES), s)` the bead types at each state to list; all where None.
    """
    parts = []
    for type_index, (en_size, zh_size) in enumerate(BEAD_TYPES):
        end = grid.shift(en_size, zh_size)[:-1]
        inside = end < len(grid)
        start = np.flatnonzero(inside if chosen is None else inside & chosen[type_index])
        size = np.ones(len(start), np.int64)
        place = grid.row[start], grid.column[start]
        bead_type = size * en_size, size * zh_size, size * type_index
        parts.append((*place, *bead_type, start, end[start], grid.chunk[start]))
    return Candidates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class Lattice:
    """Paths through the candidates, from the first state of each text to its last, for any scores.

    Work goes level by level over the states in topological order, for several texts at once: the chunks of a stretch,
    or in training the chunks of many documents.
    """

    def __init__(self, candidates: Candidates, texts: IntArray | None = None) -> None:
        """
        :param texts: `(c,)` which text each candidate belongs to, its chunk where None. States of different texts have
            different numbers; the lowest of a text is its first, the highest its last.
        """
        self._texts = candidates.chunk if texts is None else texts
        states, numbered = np.unique(np.concatenate([candidates.start, candidates.end]), return_inverse=True)
        self._start, self._end = numbered[: len(candidates)], numbered[len(candidates) :]
        text_count = int(self._texts.max()) + 1
        self._first = np.full(text_count, len(states))
        np.minimum.at(self._first, self._texts, self._start)
        self._last = np.zeros(text_count, np.int64)
        np.maximum.at(self._last, self._texts, self._end)
        self._count = len(states)
        lowest = np.full(text_count, np.iinfo(np.int64).max)
        np.minimum.at(lowest, self._texts, candidates.level)
        level = candidates.level - lowest[self._texts]  # so that the levels of all texts are walked side by side
        self._forward = _Sweep(level, self._end)
        self._backward = _Sweep(candidates.en_size + candidates.zh_size - level, self._start)

    def posteriors(self, scores: FloatArray | DoubleArray) -> tuple[DoubleArray, DoubleArray]:
        """Probability of each candidate under all paths, `(c,)`, and the log of the sum over all paths, `(texts,)`.

        :param scores: `(c,)` log weights; `-inf` forbids a candidate. Accumulated in float64. Forward-backward over
            segments: Sarawagi and Cohen 2004, "Semi-Markov Conditional Random Fields for Information Extraction",
            NIPS, section 3.
        """
        scores = np.asarray(scores, np.float64)
        forward = self._sum_paths(self._forward, self._start, scores, self._first)
        backward = self._sum_paths(self._backward, self._end, scores, self._last)
        totals = forward[self._last]
        through = forward[self._start] + scores + backward[self._end]
        return np.exp(through - np.maximum(totals, _UNREACHABLE)[self._texts]), totals

    def _sum_paths(self, sweep: "_Sweep", origin: IntArray, scores: DoubleArray, first: IntArray) -> DoubleArray:
        """Log of the summed weights of all paths between the states `first` and each state, `(states,)`."""
        reached = np.full(self._count, -np.inf)
        reached[first] = 0
        with np.errstate(divide="ignore"):
            for rows, bounds, groups, targets in sweep.levels:
                weights = reached[origin[rows]] + scores[rows]
                highest = np.maximum(np.maximum.reduceat(weights, bounds), _UNREACHABLE)
                weights -= highest[groups]
                reached[targets] = highest + np.log(np.add.reduceat(np.exp(weights, out=weights), bounds))
        return reached

    def best_paths(self, scores: FloatArray | DoubleArray) -> list[int]:
        """Indices of the candidates on each text's path of largest total score (Viterbi), text by text, in order."""
        scores = np.asarray(scores, np.float64)
        reached = np.full(self._count, -np.inf)
        reached[self._first] = 0
        chosen = np.full(self._count, -1)
        for rows, bounds, groups, targets in self._forward.levels:
            weights = reached[self._start[rows]] + scores[rows]
            highest = np.maximum.reduceat(weights, bounds)
            reached[targets] = highest
            best = np.flatnonzero(weights == highest[groups])
            chosen[targets] = rows[best[np.searchsorted(best, bounds)]]  # ties go to the first
        return [index for text in range(len(self._first)) for index in self._trace_back(chosen, text)]

    def _trace_back(self, chosen: IntArray, text: int) -> list[int]:
        """The chosen candidates from the last state of a text back to its first, in reading order."""
        path, state = [], int(self._last[text])
        while state != self._first[text]:
            path.append(int(chosen[state]))
            state = int(self._start[path[-1]])
        return path[::-1]


class _Sweep:
    """Candidates grouped by level, and within a level by the state they lead to."""

    def __init__(self, level: IntArray, target: IntArray) -> None:
        order = np.lexsort((target, level))
        target, level = target[order], level[order]
        new = np.append(True, (target[1:] != target[:-1]) | (level[1:] != level[:-1]))
        group = np.cumsum(new) - 1
        cuts = [0, *(np.flatnonzero(np.diff(level)) + 1).tolist(), len(order)]
        self.levels: list[tuple[IntArray, IntArray, IntArray, IntArray]] = []
        """Of each level: its candidates, where each target's candidates start among them, which target each of them
        leads to, and the targets."""
        for first, last in itertools.pairwise(cuts):
            bounds = np.flatnonzero(new[first:last])
            self.levels.append((order[first:last], bounds, group[first:last] - group[first], target[first + bounds]))
