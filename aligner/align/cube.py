"""Similarities of all pairs of windows inside the band, by matrix products over tiles of sentences."""

import numpy as np

from aligner.align.band import Chunk
from aligner.align.candidates import MOST_SENTENCES
from aligner.encoders.windows import Windows
from aligner.records import FloatArray, IntArray

TILE = 16
"""English sentences whose windows are compared at once with the Chinese ones near them."""
_SMALL = 4
"""Sentences in the windows that a sentence's best counterpart is looked for among."""
_MARGIN = 2
"""Chinese sentences beyond the band whose windows are needed for comparison with what lies outside a bead."""


class SimilarityCube:
    """Cosines of English windows with Chinese windows of up to `MOST_SENTENCES` sentences.

    `cosine(...)` looks up any combination; those outside the band or the text are `nan`, so that a feature that
    compares with them knows it cannot.
    """

    def __init__(self, chunk: Chunk, en: Windows, zh: Windows) -> None:
        en_vectors = en.vectors(chunk.en_first, chunk.en_last, MOST_SENTENCES)
        zh_vectors = zh.vectors(chunk.zh_first, chunk.zh_last, MOST_SENTENCES)
        self.en_count, self.zh_count = len(en_vectors), len(zh_vectors)
        firsts = np.arange(0, self.en_count, TILE)
        lasts = np.minimum(firsts + TILE, self.en_count)
        self.base: IntArray = np.maximum(chunk.low[firsts] - _MARGIN, 0)
        ends = np.minimum(chunk.high[lasts] + _MARGIN, self.zh_count)
        self.width = int((ends - self.base).max(initial=0))
        shape = (self.en_count, MOST_SENTENCES, self.width, MOST_SENTENCES)
        self._cosines = np.full(shape, np.nan, np.float32)
        for first, last, base, end in zip(firsts, lasts, self.base, ends, strict=True):
            tile = np.tensordot(en_vectors[first:last], zh_vectors[base:end], axes=(2, 2))
            self._cosines[first:last, :, : end - base] = tile
        self._forget_windows_beyond_end()
        self.en_vectors, self.zh_vectors = en_vectors, zh_vectors

    def cosine(self, en_start: IntArray, en_size: IntArray, zh_start: IntArray, zh_size: IntArray) -> FloatArray:
        """Cosines of `(c,)` pairs of windows, starts counted from the chunk's first sentences.

        :return: `(c,)` float32; `nan` where a window is empty, too long, or beyond the text or the band.
        """
        row = np.clip(en_start, 0, max(self.en_count - 1, 0))
        place = zh_start - self.base[row // TILE]
        known = (en_start >= 0) & (en_start < self.en_count) & (place >= 0) & (place < self.width) & (zh_start >= 0)
        known &= (en_size >= 1) & (en_size <= MOST_SENTENCES) & (zh_size >= 1) & (zh_size <= MOST_SENTENCES)
        out = np.full(len(row), np.nan, np.float32)
        out[known] = self._cosines[row[known], en_size[known] - 1, place[known], zh_size[known] - 1]
        return out

    def best_of_sentences(self) -> tuple[FloatArray, FloatArray]:
        """For each sentence of either side, the mean of its three highest cosines with single sentences of the band.

        :return: `(en_count,)` and `(zh_count,)`: how readily the sentence resembles anything near ("hubness").
        """
        single = np.nan_to_num(self._cosines[:, 0, :, 0], nan=-1.0)
        columns = np.repeat(self.base, TILE)[: self.en_count, None] + np.arange(self.width)
        dense_rows = _mean_of_highest(single)
        by_zh = np.full((self.zh_count + self.width, self.en_count), -1.0, np.float32)
        by_zh[columns, np.arange(self.en_count)[:, None]] = single
        return dense_rows, _mean_of_highest(by_zh[: self.zh_count])

    def best_of_en_windows(self) -> FloatArray:
        """`(en_count, 2)`: highest cosine of each English sentence, and of it with the next, with any window near."""
        near = self._cosines[:, :2, :, :_SMALL]
        return np.asarray(np.nan_to_num(np.fmax.reduce(near, axis=(2, 3))), np.float32)

    def best_of_zh_windows(self) -> FloatArray:
        """`(zh_count, 2)`: the same for Chinese sentences."""
        best = np.full((self.zh_count + self.width, 2), -1.0, np.float32)
        near = np.fmax.reduce(self._cosines[:, :_SMALL, :, :2], axis=1)
        columns = np.repeat(self.base, TILE)[: self.en_count, None] + np.arange(self.width)
        np.maximum.at(best, columns, np.nan_to_num(near, nan=-1.0))
        best = best[: self.zh_count]
        return np.where(best > -1, best, 0)

    def _forget_windows_beyond_end(self) -> None:
        """Windows that reach beyond the last sentence have zero vectors: their cosines mean nothing."""
        for size in range(2, MOST_SENTENCES + 1):
            self._cosines[max(0, self.en_count - size + 1) :, size - 1] = np.nan
        places = np.repeat(self.base, TILE)[: self.en_count, None] + np.arange(self.width)
        for size in range(1, MOST_SENTENCES + 1):
            beyond = places + size > self.zh_count
            self._cosines[..., size - 1].transpose(0, 2, 1)[beyond] = np.nan


def _mean_of_highest(rows: FloatArray, count: int = 3) -> FloatArray:
    """Mean of the `count` highest of each row of cosines (-1 where unknown); 0 for a row without any."""
    if rows.shape[1] < count:
        rows = np.pad(rows, ((0, 0), (0, count - rows.shape[1])), constant_values=-1.0)
    top = np.partition(rows, -count, axis=1)[:, -count:]
    return np.asarray(np.where(top > -1, top, 0).mean(axis=1), np.float32)
