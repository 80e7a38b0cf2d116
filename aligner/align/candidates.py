"""All beads that a path inside the band may use, as flat arrays, and the lattice they form."""

from dataclasses import dataclass

import numpy as np

from aligner.align.band import Chunk
from aligner.records import FloatArray, IntArray

MOST_SENTENCES = 8
"""Sentences of both sides in one bead, at most."""
MOST_SMALLER_SIDE = 3
"""Sentences on the smaller side of one bead, at most."""
SHAPES: tuple[tuple[int, int], ...] = (
    (0, 1),
    (1, 0),
    *(
        (en, zh)
        for en in range(1, MOST_SENTENCES)
        for zh in range(1, MOST_SENTENCES)
        if en + zh <= MOST_SENTENCES and min(en, zh) <= MOST_SMALLER_SIDE
    ),
)
"""English and Chinese sentences of every kind of bead; the two one-sided ones first."""
_UNREACHABLE = -1e300
"""Stands for the log of zero where a difference with it must stay defined."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """c beads of one chunk; sentences are counted from the chunk's start."""

    en_start: IntArray
    zh_start: IntArray
    en_size: IntArray
    zh_size: IntArray
    shape: IntArray
    """Index into `SHAPES`."""
    start: IntArray
    """State that the bead leaves: a number for each boundary of the band, row by row."""
    end: IntArray
    """State that it reaches."""

    def __len__(self) -> int:
        """Number of candidates."""
        return len(self.shape)

    def take(self, chosen: IntArray) -> "Candidates":
        """The chosen candidates, their states unchanged."""
        return Candidates(
            self.en_start[chosen],
            self.zh_start[chosen],
            self.en_size[chosen],
            self.zh_size[chosen],
            self.shape[chosen],
            self.start[chosen],
            self.end[chosen],
        )

    @property
    def level(self) -> IntArray:
        """`(c,)` sentences of both sides behind the bead's end: a topological order of the states."""
        return self.en_start + self.en_size + self.zh_start + self.zh_size


def list_candidates(chunk: Chunk) -> Candidates:
    """Every bead of `SHAPES` whose two ends lie in the band."""
    widths = chunk.high - chunk.low + 1
    first_state = np.cumsum(widths) - widths
    rows = np.repeat(np.arange(len(widths)), widths)
    columns = np.arange(widths.sum()) - first_state[rows] + chunk.low[rows]
    parts = []
    for shape, (en_size, zh_size) in enumerate(SHAPES):
        from_row, from_column = rows - en_size, columns - zh_size
        row = np.maximum(from_row, 0)
        inside = (from_row >= 0) & (from_column >= chunk.low[row]) & (from_column <= chunk.high[row])
        end = np.flatnonzero(inside)
        row, column = from_row[end], from_column[end]
        start = first_state[row] + column - chunk.low[row]
        size = np.ones(len(end), np.int64)
        parts.append((row, column, size * en_size, size * zh_size, size * shape, start, end))
    return Candidates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class Lattice:
    """Paths through the candidates, from the first state of a text to its last, for any scores.

    Work goes level by level over the states in topological order, for several texts at once where training asks for it.
    """

    def __init__(self, candidates: Candidates, texts: IntArray | None = None) -> None:
        """
        :param texts: `(c,)` which text each candidate belongs to; states of different texts have different numbers,
            and those of one text are consecutive.
        """
        self._texts = np.zeros(len(candidates), np.int64) if texts is None else texts
        states, numbered = np.unique(np.concatenate([candidates.start, candidates.end]), return_inverse=True)
        self._start, self._end = numbered[: len(candidates)], numbered[len(candidates) :]
        text_count = int(self._texts.max()) + 1
        self._first = np.full(text_count, len(states))
        np.minimum.at(self._first, self._texts, self._start)
        self._last = np.zeros(text_count, np.int64)
        np.maximum.at(self._last, self._texts, self._end)
        self._count = len(states)
        level = candidates.level
        self._forward = _Sweep(level, self._end)
        self._backward = _Sweep(candidates.en_size + candidates.zh_size - level, self._start)

    def posteriors(self, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
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

    def _sum_paths(self, sweep: "_Sweep", origin: IntArray, scores: FloatArray, first: IntArray) -> FloatArray:
        """Log of the summed weights of all paths between the states `first` and each state, `(states,)`."""
        reached = np.full(self._count, -np.inf)
        reached[first] = 0
        for rows, bounds, targets in sweep.levels:
            weights = reached[origin[rows]] + scores[rows]
            highest = np.maximum(np.maximum.reduceat(weights, bounds), _UNREACHABLE)
            spread = np.repeat(highest, np.diff(bounds, append=len(rows)))
            with np.errstate(divide="ignore"):
                reached[targets] = highest + np.log(np.add.reduceat(np.exp(weights - spread), bounds))
        return reached

    def best_path(self, scores: FloatArray) -> list[int]:
        """Indices of the candidates on the path of largest total score, in order: Viterbi for a lattice of one text."""
        scores = np.asarray(scores, np.float64)
        reached = np.full(self._count, -np.inf)
        reached[self._first] = 0
        chosen = np.full(self._count, -1)
        for rows, bounds, targets in self._forward.levels:
            weights = reached[self._start[rows]] + scores[rows]
            highest = np.maximum.reduceat(weights, bounds)
            reached[targets] = highest
            best = np.flatnonzero(weights == np.repeat(highest, np.diff(bounds, append=len(rows))))
            chosen[targets] = rows[best[np.searchsorted(best, bounds)]]  # ties go to the first
        path, state = [], int(self._last[0])
        while state != self._first[0]:
            path.append(int(chosen[state]))
            state = int(self._start[path[-1]])
        return path[::-1]


class _Sweep:
    """Candidates grouped by level, and within a level by the state they lead to."""

    def __init__(self, level: IntArray, target: IntArray) -> None:
        order = np.lexsort((target, level))
        cuts = np.flatnonzero(np.diff(level[order])) + 1
        self.levels: list[tuple[IntArray, IntArray, IntArray]] = []
        """Of each level: its candidates, where each target's candidates start among them, and the targets."""
        for rows in np.split(order, cuts):
            targets = target[rows]
            bounds = np.flatnonzero(np.diff(targets, prepend=-1))
            self.levels.append((rows, bounds, targets[bounds]))
