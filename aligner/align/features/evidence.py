"""What the features of one stretch are computed from, and the beads that they are computed for."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.align.cosines import CosineTable
from aligner.align.coverage import Coverage
from aligner.align.grid import BEAD_TYPES, LONGEST_WINDOW, NULL_TYPES, Grid
from aligner.align.lattice import Candidates
from aligner.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class SideEvidence:
    """One language of a stretch; n sentences."""

    hubness: FloatArray
    """`(n,)`; see `CosineTable.hubness`."""
    chars: FloatArray
    """`(n + 1,)` characters before each sentence and in all."""
    paragraphs: IntArray
    """`(n,)` paragraph numbers; all zero where the input has none."""
    edge: FloatArray
    """`(n,)` 1 for the first and last sentence of the document, 1/2 for those next to them, and so on."""
    quotes: IntArray
    """`(n, 6)`; see `quotes.describe_quotes`."""


@dataclass(frozen=True, slots=True)
class StretchEvidence:
    """All that the features of one stretch are computed from."""

    grid: Grid
    en: SideEvidence
    zh: SideEvidence
    cosines: CosineTable
    chars_ratio: float
    """Chinese characters for each English one in the whole document."""
    words: Coverage
    """What the sentences mention that the other side mentions too."""
    numbers: Coverage
    """The same of the numbers alone, which a translation keeps, each of weight 1."""
    number_retention: float
    """How reliably the document keeps its numbers; see `coverage.measure_number_retention`."""
    anchor_cosine: float
    """Mean cosine of the anchors of the document: literature has a lower one than news."""
    null_share: float = 0.0
    """Share of the sentences that the coarse scorer expects to be unaligned, 0..1."""
    merged_share: float = 0.0
    """Share of those that it expects in beads of more than two."""


class Beads(ABC):
    """Two-sided beads to measure: `SparseBeads` lists some, `DenseBeads` stands for all in the band.

    What is computed from sizes and places broadcasts to one value a bead: `(c,)` of c sparse beads, and of dense ones
    `(t, s)` for t bead types at s states.
    """

    def __init__(self, grid: Grid, place: IntArray, en_size: IntArray, zh_size: IntArray) -> None:
        self.grid = grid
        self.place = place
        """State that each bead leaves: `(c,)`, or `(s,)` of dense beads."""
        self.en_size, self.zh_size = en_size, zh_size
        """Sentences of each side: `(c,)`, or `(t, 1)` of dense beads."""
        self.en_start, self.zh_start = grid.row[place], grid.column[place]
        """First sentence of each side, shaped as `place`."""

    @abstractmethod
    def take(self, chosen: IntArray) -> Self:
        """The chosen beads; of dense ones, the chosen bead types."""

    @abstractmethod
    def shift(self, rows: int, columns: int) -> IntArray:
        """States so much further than those that the beads leave; one past the last where there is none."""

    @abstractmethod
    def look_up(self, table: FloatArray, en: IntArray, zh: IntArray, place: IntArray) -> FloatArray:
        """Values of windows of `en` and `zh` sentences (shaped as the beads' sizes) at the states `place`.

        :param table: `(≥ LONGEST_WINDOW, ≥ LONGEST_WINDOW, s + 1)`, `nan` for what is no state.
        :return: `nan` where a window is empty or too long.
        """

    @abstractmethod
    def _sum(self, before: NDArray[np.floating], start: IntArray, size: IntArray) -> FloatArray:
        """Sums over the windows of `size` sentences from `start` on."""

    def find(self, row: IntArray, column: IntArray) -> IntArray:
        """States of the same chunks at these boundaries; one past the last where there is none."""
        return self.grid.find(self.grid.chunk[self.place], row, column)

    def mirrored(self) -> Self:
        """The same beads with the sizes of their sides exchanged, for tables that have Chinese first."""
        return type(self)(self.grid, self.place, self.zh_size, self.en_size)

    def sum_en(self, before: NDArray[np.floating]) -> FloatArray:
        """Sums over the English side.

        :param before: `(n + 1,)` sums before each sentence, and in all.
        """
        return self._sum(before, self.en_start, self.en_size)

    def sum_zh(self, before: NDArray[np.floating]) -> FloatArray:
        """Sums over the Chinese side; see `sum_en`."""
        return self._sum(before, self.zh_start, self.zh_size)


class SparseBeads(Beads):
    """Some beads, as flat arrays."""

    @classmethod
    def of(cls, grid: Grid, candidates: Candidates) -> Self:
        """These candidates, all two-sided."""
        return cls(grid, candidates.start, candidates.en_size, candidates.zh_size)

    def take(self, chosen: IntArray) -> Self:
        """The chosen beads."""
        return type(self)(self.grid, self.place[chosen], self.en_size[chosen], self.zh_size[chosen])

    def shift(self, rows: int, columns: int) -> IntArray:
        """`(c,)` states so much further."""
        return self.grid.shift(rows, columns)[self.place]

    def look_up(self, table: FloatArray, en: IntArray, zh: IntArray, place: IntArray) -> FloatArray:
        """`(c,)` values of the windows."""
        known = (en >= 1) & (en <= LONGEST_WINDOW) & (zh >= 1) & (zh <= LONGEST_WINDOW)
        places = np.where(known, place, -1)
        return np.asarray(table[np.where(known, en, 1) - 1, np.where(known, zh, 1) - 1, places], np.float32)

    def _sum(self, before: NDArray[np.floating], start: IntArray, size: IntArray) -> FloatArray:
        last = len(before) - 1
        return np.asarray(before[np.minimum(start + size, last)] - before[start], np.float32)


class DenseBeads(Beads):
    """Every two-sided bead type at every state.

    Beads that lead out of the band are among them: what is computed for those means nothing.
    """

    @classmethod
    def of(cls, grid: Grid) -> Self:
        """All beads of a grid."""
        sizes = np.array(BEAD_TYPES[NULL_TYPES:])[:, :, None]
        return cls(grid, np.arange(len(grid)), sizes[:, 0], sizes[:, 1])

    def take(self, chosen: IntArray) -> Self:
        """The chosen bead types, at every state."""
        return type(self)(self.grid, self.place, self.en_size[chosen], self.zh_size[chosen])

    def shift(self, rows: int, columns: int) -> IntArray:
        """`(s,)` states so much further."""
        return self.grid.shift(rows, columns)[:-1]

    def look_up(self, table: FloatArray, en: IntArray, zh: IntArray, place: IntArray) -> FloatArray:
        """`(t, s)` values of the windows."""
        out = np.full((len(en), len(place)), np.nan, np.float32)
        for row, (en_size, zh_size) in enumerate(zip(en[:, 0].tolist(), zh[:, 0].tolist(), strict=True)):
            if 1 <= en_size <= LONGEST_WINDOW and 1 <= zh_size <= LONGEST_WINDOW:
                values = table[en_size - 1, zh_size - 1]
                out[row] = values[:-1] if place is self.place else values.take(place)
        return out

    def _sum(self, before: NDArray[np.floating], start: IntArray, size: IntArray) -> FloatArray:
        last = len(before) - 1
        by_size = {
            one: np.asarray(before[np.minimum(start + one, last)] - before[start], np.float32)
            for one in set(size[:, 0].tolist())
        }
        return np.stack([by_size[one] for one in size[:, 0].tolist()])


Measure: TypeAlias = Callable[[StretchEvidence, Beads], list[FloatArray]]
"""An array for each named feature, with a value for each bead. Values are near 0 when the evidence says nothing, so
that a comparison that cannot be made, such as one at the edge of a text, is neutral."""


def neutral(values: FloatArray) -> FloatArray:
    """The values, 0 for `nan`; `numpy.nan_to_num` looks for infinities too, which shows on short texts."""
    return np.where(np.isnan(values), np.float32(0), values)


def look_up_cosine(
    evidence: StretchEvidence, beads: Beads, en: tuple[int, int] = (0, 0), zh: tuple[int, int] = (0, 0)
) -> FloatArray:
    """Cosine of each bead's two windows, `nan` where it is unknown.

    :param en: sentences that the English window starts later, and those that it is longer, than the bead's; so `zh`.
    """
    place = beads.shift(en[0], zh[0]) if (en[0], zh[0]) != (0, 0) else beads.place
    return beads.look_up(evidence.cosines.values, beads.en_size + en[1], beads.zh_size + zh[1], place)
