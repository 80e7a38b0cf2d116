"""Cosines of all pairs of windows inside the band, by matrix products over tiles of sentences."""

import numpy as np

from aligner.align.arrays import segment_maximum
from aligner.align.grid import LONGEST_WINDOW, Grid
from aligner.encoders.base import Windows
from aligner.records import FloatArray, IntArray

FIRST_CLAUSE, LAST_CLAUSE = LONGEST_WINDOW, LONGEST_WINDOW + 1
"""Where the clauses of a sentence stand in the table, behind the windows of 1 to `LONGEST_WINDOW` sentences."""
_TEXTS = LONGEST_WINDOW + 2
_TILE = 16
"""English sentences that are compared at once with the Chinese ones near them."""
_HIGHEST = 3
"""Cosines whose mean tells how readily a sentence resembles anything near."""
_SMALL = 4
"""Sentences in the windows that a sentence's best counterpart is looked for among."""


class CosineTable:
    """Cosines of the windows and clauses that start at each state."""

    def __init__(self, grid: Grid, en: Windows, zh: Windows) -> None:
        self.grid = grid
        self.values: FloatArray = np.full((_TEXTS, _TEXTS, len(grid) + 1), np.nan, np.float32)
        """`[a, b, s]`: the English window of a + 1 sentences from the state's row on beside the Chinese one of b + 1
        from its column on, or `FIRST_CLAUSE` or `LAST_CLAUSE` of the sentence there. `nan` where a window reaches
        beyond the stretch, so that a feature that compares with it knows it cannot; the last s is no state."""
        for number in range(len(grid.chunks)):
            self._compare(number, en, zh)
        for size in range(2, LONGEST_WINDOW + 1):
            self.values[size - 1, :, :-1][:, grid.row + size > grid.en_count] = np.nan
            self.values[:, size - 1, :-1][:, grid.column + size > grid.zh_count] = np.nan

    def _compare(self, number: int, en: Windows, zh: Windows) -> None:
        """Fill in the states of one chunk."""
        grid, chunk = self.grid, self.grid.chunks[number]
        en_vectors, zh_vectors = (_stack(en, chunk.en_first, chunk.en_last), _stack(zh, chunk.zh_first, chunk.zh_last))
        for first in range(0, len(en_vectors), _TILE):
            last = min(first + _TILE, len(en_vectors))
            columns = np.arange(chunk.low[first], min(chunk.high[last - 1] + 1, len(zh_vectors)))
            products = np.tensordot(en_vectors[first:last], zh_vectors[columns], axes=(2, 2))
            rows = np.arange(first, last) + chunk.en_first - grid.en_first
            states = grid.find(np.array(number), rows[:, None], columns + chunk.zh_first - grid.zh_first)
            inside = states < len(grid)
            self.values[:, :, states[inside]] = products.transpose(1, 3, 0, 2)[:, :, inside]

    def hubness(self) -> tuple[FloatArray, FloatArray]:
        """For each sentence of either side, the mean of its three highest cosines with sentences in the band.

        :return: `(en_count,)` and `(zh_count,)`
        """
        single = np.nan_to_num(self.values[0, 0, :-1], nan=-1.0)
        return (
            _mean_of_highest(single, self.grid.row, self.grid.en_count),
            _mean_of_highest(single, self.grid.column, self.grid.zh_count),
        )

    def best_of_en(self) -> FloatArray:
        """`(2, en_count)`: highest cosine of each English sentence, and of it with the next, with any window near."""
        near = np.fmax.reduce(self.values[:2, :_SMALL, :-1], axis=1)
        return segment_maximum(near, self.grid.row, self.grid.en_count)

    def best_of_zh(self) -> FloatArray:
        """`(2, zh_count)`: the same for Chinese sentences."""
        near = np.fmax.reduce(self.values[:_SMALL, :2, :-1], axis=0)
        return segment_maximum(near, self.grid.column, self.grid.zh_count)


def _stack(windows: Windows, first: int, last: int) -> FloatArray:
    """`(last - first, LONGEST_WINDOW + 2, d)`: the windows from each sentence on, and its clauses."""
    return np.concatenate([windows.vectors(first, last, LONGEST_WINDOW), windows.clauses(first, last)], axis=1)


def _mean_of_highest(values: FloatArray, owner: IntArray, count: int) -> FloatArray:
    """`(count,)`: mean of the highest values `(s,)` of each owner; those that are missing or -1 count as 0."""
    order = np.argsort(owner, kind="stable")
    counts = np.bincount(owner, minlength=count + 1)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = np.full((len(counts), max(int(counts.max(initial=0)), _HIGHEST)), -1.0, np.float32)
    rows[owner[order], place] = values[order]
    top = np.partition(rows[:count], -_HIGHEST, axis=1)[:, -_HIGHEST:]
    return np.asarray(np.where(top > -1, top, 0).mean(axis=1), np.float32)
