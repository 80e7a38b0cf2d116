"""Small grids for the tests of the aligner, all paths by enumeration, and an encoder without a model."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from aligner.align.band import Chunk
from aligner.align.grid import Grid
from aligner.align.lattice import Candidates
from aligner.records import Bead, FloatArray

_WORD = re.compile(r"\d+")


def whole_chunk(en_count: int, zh_count: int, en_first: int = 0, zh_first: int = 0) -> Chunk:
    """A chunk whose band is the whole grid."""
    rows = en_count + 1
    band = np.zeros(rows, np.int64), np.full(rows, zh_count)
    return Chunk(en_first, en_first + en_count, zh_first, zh_first + zh_count, *band)


def narrow_chunk(en_count: int, zh_count: int, pad: int, en_first: int = 0, zh_first: int = 0) -> Chunk:
    """A chunk whose band follows the diagonal, `pad` boundaries to either side."""
    diagonal = np.linspace(0, zh_count, en_count + 1).astype(np.int64)
    low, high = np.maximum(diagonal - pad, 0), np.minimum(diagonal + pad, zh_count)
    low[0], high[-1] = 0, zh_count
    high[:-1] = np.maximum(high[:-1], low[1:])
    return Chunk(en_first, en_first + en_count, zh_first, zh_first + zh_count, low, high)


def whole_grid(*sizes: tuple[int, int], en_first: int = 0, zh_first: int = 0, pad: int | None = None) -> Grid:
    """A stretch of chunks of these sizes, one after the other; `pad` narrows their bands."""
    chunks = []
    for en_count, zh_count in sizes:
        if pad is None:
            chunks.append(whole_chunk(en_count, zh_count, en_first, zh_first))
        else:
            chunks.append(narrow_chunk(en_count, zh_count, pad, en_first, zh_first))
        en_first, zh_first = en_first + en_count, zh_first + zh_count
    return Grid(chunks)


def walk_paths(candidates: Candidates) -> Iterator[tuple[int, ...]]:
    """Every path from the first state to the last of one chunk, as indices of candidates, by plain recursion."""
    leaving: dict[int, list[int]] = {}
    for index, start in enumerate(candidates.start.tolist()):
        leaving.setdefault(start, []).append(index)
    last = int(candidates.end.max())

    def walk(state: int, path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if state == last:
            yield path
        for index in leaving.get(state, ()):
            yield from walk(int(candidates.end[index]), (*path, index))

    yield from walk(int(candidates.start.min()), ())


class NumberEncoder:
    """Texts with the same numbers have the same vector, whatever else they say; text without numbers has none.

    Stands in for a real encoder where a test needs thousands of sentences: `w12 w5.` and `词12词5。` are translations.
    """

    name = "numbers"
    dimension = 32

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(n, 32)` float32 unit rows, zero for texts without a number."""
        out = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for number in _WORD.findall(text):
                out[row] += _vector_of(int(number) % 100_000)
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        return np.asarray(out / np.maximum(norms, 1e-9), np.float32)


@lru_cache(maxsize=100_000)
def _vector_of(number: int) -> FloatArray:
    return np.random.default_rng(number).standard_normal(NumberEncoder.dimension).astype(np.float32)


def write_en(numbers: Sequence[int]) -> str:
    """An English sentence that says these numbers."""
    return " ".join(f"w{number}" for number in numbers).capitalize() + "."


def write_zh(numbers: Sequence[int]) -> str:
    """Its translation."""
    return "".join(f"词{number}" for number in numbers) + "。"


def list_lines(beads: Sequence[Bead]) -> tuple[list[int], list[int]]:
    """All English and all Chinese lines of the beads, sorted, as often as they are used."""
    en = sorted(line for bead in beads for line in bead.en)
    return en, sorted(line for bead in beads for line in bead.zh)
