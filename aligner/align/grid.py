"""The boundaries that a path through a stretch of text may pass, as one flat numbering, and the beads between them.

A *state* is a boundary (i, j) inside the band of a chunk: i English and j Chinese sentences of the stretch lie behind
it. States of all chunks of a stretch are numbered together, layer by layer: first those at the first English boundary
of every chunk, then those at the second, so that work on chunks goes on side by side.
"""

from collections.abc import Sequence

import numpy as np

from aligner.align.band import Chunk
from aligner.records import IntArray

MOST_SENTENCES = 8
"""Sentences of both sides in one bead, at most."""
MOST_SMALLER_SIDE = 3
"""Sentences on the smaller side of one bead, at most."""
LONGEST_WINDOW = MOST_SENTENCES - 1
"""Sentences on one side of a two-sided bead, at most."""
BEAD_TYPES: tuple[tuple[int, int], ...] = (
    (0, 1),
    (1, 0),
    *(
        (en, zh)
        for en in range(1, LONGEST_WINDOW + 1)
        for zh in range(1, LONGEST_WINDOW + 1)
        if en + zh <= MOST_SENTENCES and min(en, zh) <= MOST_SMALLER_SIDE
    ),
)
"""Bead types as numbers of English and Chinese sentences; the two null types, 0-1 and 1-0, come first."""
ZH_NULL, EN_NULL = 0, 1
"""Index of the null bead types: a Chinese and an English sentence left unaligned."""
NULL_TYPES = 2
"""How many of `BEAD_TYPES` are null bead types."""


class Grid:
    """The states of consecutive chunks; rows and columns are counted from the first sentences of the stretch."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = tuple(chunks)
        self.en_first, self.zh_first = chunks[0].en_first, chunks[0].zh_first
        self.en_count = chunks[-1].en_last - self.en_first
        self.zh_count = chunks[-1].zh_last - self.zh_first
        depths = np.array([len(chunk.low) for chunk in chunks])
        layer = np.concatenate([np.arange(depth) for depth in depths])
        chunk = np.repeat(np.arange(len(chunks)), depths)
        low = np.concatenate([chunk.low + chunk.zh_first - self.zh_first for chunk in chunks])
        high = np.concatenate([chunk.high + chunk.zh_first - self.zh_first for chunk in chunks])
        order = np.lexsort((chunk, layer))
        layer, chunk, low, high = layer[order], chunk[order], low[order], high[order]
        widths = high - low + 1
        first = np.cumsum(widths) - widths
        self._low, self._high = np.append(low, 0), np.append(high, -1)
        """`(lines + 1,)` first and last column of each line; the last stands for no line and has no column."""
        self._offset = np.append(first - low, 0)
        """`(lines + 1,)` what a column of the line is away from the number of its state."""
        self._row_of_chunk = np.array([chunk.en_first - self.en_first for chunk in chunks])
        self._line = np.full((len(chunks), int(depths.max()) + 1), -1)
        """`(chunks, layers + 1)` number of the line of states of each chunk at each of its English boundaries."""
        self._line[chunk, layer] = np.arange(len(layer))
        self.lines: IntArray = np.append(first, widths.sum())
        """`(lines + 1,)` where the states of each line start."""
        bounds = np.searchsorted(layer, np.arange(int(depths.max()) + 1))
        self.layers: IntArray = self.lines[bounds]
        """`(layers + 1,)` where the states of each layer start."""
        line = np.repeat(np.arange(len(layer)), widths)
        self.chunk: IntArray = chunk[line]
        """`(s,)` chunk of each state."""
        self.row: IntArray = (layer + self._row_of_chunk[chunk])[line]
        """`(s,)` English sentences of the stretch before each state."""
        self.column: IntArray = np.arange(len(line)) - self._offset[line]
        """`(s,)` Chinese sentences before it."""
        self.starts: IntArray = self.lines[self._line[:, 0]]
        """`(chunks,)` the state that every path through a chunk begins at."""
        self.ends: IntArray = self.lines[self._line[np.arange(len(chunks)), depths - 1] + 1] - 1
        """`(chunks,)` the one that it ends at."""
        self._shifts: dict[tuple[int, int], IntArray] = {}
        self._beyond: dict[int, IntArray] = {}

    def __len__(self) -> int:
        """Number of states; as an index, it stands for "no such state"."""
        return len(self.row)

    def find(self, chunk: IntArray, row: IntArray, column: IntArray) -> IntArray:
        """States at these boundaries of these chunks; `len(self)` where the band has none."""
        return self._number(self._find_line(chunk, row), column)

    def shift(self, rows: int, columns: int) -> IntArray:
        """`(s + 1,)` for each state the one that lies so much further, `len(self)` where there is none."""
        if (rows, columns) not in self._shifts:
            found = self._number(self._lines_beyond(rows), self.column + columns)
            self._shifts[rows, columns] = np.append(found, len(self))
        return self._shifts[rows, columns]

    def _lines_beyond(self, rows: int) -> IntArray:
        """`(s,)` the line so many rows below each state's."""
        if rows not in self._beyond:
            self._beyond[rows] = self._find_line(self.chunk, self.row + rows)
        return self._beyond[rows]

    def _find_line(self, chunk: IntArray, row: IntArray) -> IntArray:
        """Lines of these chunks at these rows, the last where there is none."""
        layer = np.clip(row - self._row_of_chunk[chunk], -1, self._line.shape[1] - 1)
        return np.asarray(self._line[chunk, layer])

    def _number(self, line: IntArray, column: IntArray) -> IntArray:
        """States at these columns of these lines; `len(self)` where the line has none there."""
        inside = (column >= self._low[line]) & (column <= self._high[line])
        return np.where(inside, self._offset[line] + column, len(self))

    def band_of_rows(self, chunk: IntArray, row: IntArray) -> tuple[IntArray, IntArray]:
        """First and last column of the band at these rows, which must be rows of these chunks."""
        line = self._line[chunk, row - self._row_of_chunk[chunk]]
        return self._low[line], self._high[line]

    def chunk_of_rows(self) -> IntArray:
        """`(en_count,)` the chunk of each English sentence."""
        sizes = [chunk.en_last - chunk.en_first for chunk in self.chunks]
        return np.repeat(np.arange(len(self.chunks)), sizes)
