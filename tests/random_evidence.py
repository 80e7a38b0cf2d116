"""StretchEvidence that has nothing to do with any text, so that a look-up at the wrong place shows."""

from dataclasses import dataclass

import numpy as np

from aligner.align.cosines import CosineTable
from aligner.align.coverage import cover
from aligner.align.features import SideEvidence, StretchEvidence
from aligner.align.grid import LONGEST_WINDOW, Grid
from aligner.lexicon import Terms
from aligner.records import FloatArray, IntArray

KEYS = np.array([number | high << 40 for number in range(6) for high in (0, 1)], np.uint64)
"""Of random tokens; two each have the same low bits, by which keys are first told apart."""


class RandomWindows:
    """Windows and clauses of one text whose vectors have nothing to do with each other."""

    def __init__(self, count: int, seed: int) -> None:
        self.all = np.random.default_rng(seed).standard_normal((count, LONGEST_WINDOW + 2, 24)).astype(np.float32)
        """`(count, LONGEST_WINDOW + 2, d)`: windows by length, first clause, last clause; unit rows."""
        self.all /= np.linalg.norm(self.all, axis=2, keepdims=True)
        for size in range(1, LONGEST_WINDOW + 1):
            self.all[max(0, count - size + 1) :, size - 1] = 0

    def __len__(self) -> int:
        return len(self.all)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        assert depth <= LONGEST_WINDOW
        return self.all[first:last, :depth]

    def clauses(self, first: int, last: int) -> FloatArray:
        return self.all[first:last, LONGEST_WINDOW:]


def random_terms(random: np.random.Generator, sentences: int) -> Terms:
    """Tokens of one or two keys."""
    tokens = int(random.integers(0, 4 * sentences + 1))
    counts = random.integers(1, 3, tokens)
    return Terms(
        sentences,
        np.sort(random.integers(0, max(sentences, 1), tokens)),
        random.random(tokens).astype(np.float32),
        np.concatenate([[0], np.cumsum(counts)]),
        random.choice(KEYS, int(counts.sum())),
        random.random(tokens) < 0.4,
    )


@dataclass(frozen=True)
class Material:
    """What evidence on a grid is made of, so that it can also be put together otherwise."""

    grid: Grid
    en: SideEvidence
    zh: SideEvidence
    en_windows: RandomWindows
    zh_windows: RandomWindows
    en_terms: Terms
    zh_terms: Terms

    def evidence(self) -> StretchEvidence:
        cosines = CosineTable(self.grid, self.en_windows, self.zh_windows)
        words = cover(self.en_terms, self.zh_terms, self.grid)
        figures = cover(self.en_terms.figures(), self.zh_terms.figures(), self.grid)
        return StretchEvidence(self.grid, self.en, self.zh, cosines, 0.4, words, figures, 1.5, 0.55, 0.1, 0.3)

    def swapped(self, grid: Grid) -> "Material":
        """The same with the languages exchanged, on a grid with the sides exchanged."""
        return Material(grid, self.zh, self.en, self.zh_windows, self.en_windows, self.zh_terms, self.en_terms)


def random_side(random: np.random.Generator, count: int) -> SideEvidence:
    quotes: IntArray = random.integers(0, 2, (count, 6))
    return SideEvidence(
        random.random(count).astype(np.float32),
        np.concatenate([[0], np.cumsum(random.integers(0, 90, count))]).astype(np.float32),
        np.cumsum(random.random(count) < 0.4),
        random.random(count).astype(np.float32),
        quotes,
    )


def random_material(grid: Grid, seed: int) -> Material:
    """Of a text that begins and ends where the stretch does."""
    random = np.random.default_rng(seed)
    counts = grid.en_count, grid.zh_count
    sides = [random_side(random, count) for count in counts]
    windows = [
        RandomWindows(first + count, seed + place)
        for place, (first, count) in enumerate(zip((grid.en_first, grid.zh_first), counts, strict=True))
    ]
    terms = [random_terms(random, count) for count in counts]
    return Material(grid, *sides, *windows, *terms)
