"""How much of what a window of sentences mentions is found in a window of the other language."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.lexicon.terms import Terms, repeat_ranges
from aligner.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Coverage:
    """Weights of explained tokens for all pairs of windows inside a band; n English and m Chinese sentences.

    `[i, s, z, k]` is the window of `s + 1` English sentences from `i` on beside that of `k + 1` Chinese sentences from
    `base[i // tile] + z` on. A token is explained if the other window has a token with one of its keys. Windows that
    reach beyond the text are those cut at its end.
    """

    en: FloatArray
    """`(n, depth, width, depth)` summed weight of the English window's tokens that the Chinese window explains."""
    zh: FloatArray
    """`(n, depth, width, depth)` the reverse."""
    en_before: FloatArray
    """`(n + 1,)` weight of all tokens before each English sentence, and in all."""
    zh_before: FloatArray
    """`(m + 1,)`"""
    base: IntArray
    """`(ceil(n / tile),)` the first Chinese sentence of each tile of English ones."""
    tile: int

    def explained(
        self, en_start: IntArray, en_size: IntArray, zh_start: IntArray, zh_size: IntArray
    ) -> tuple[FloatArray, FloatArray]:
        """Explained weight of `(c,)` pairs of windows: `(c,)` of the English side and `(c,)` of the Chinese one.

        `nan` where a window is empty, too long, begins outside the text or the band, or ends beyond the text.
        """
        count, depth, width, _ = self.en.shape
        row = np.clip(en_start, 0, max(count - 1, 0))
        place = zh_start - self.base[row // self.tile] if count else zh_start
        known = (en_start >= 0) & (en_start + en_size <= count) & (place >= 0) & (place < width)
        known &= (zh_start >= 0) & (zh_start + zh_size < len(self.zh_before))
        known &= (en_size >= 1) & (en_size <= depth) & (zh_size >= 1) & (zh_size <= depth)
        cell = row[known], en_size[known] - 1, place[known], zh_size[known] - 1
        en, zh = np.full((2, len(row)), np.nan, np.float32)
        en[known], zh[known] = self.en[cell], self.zh[cell]
        return en, zh

    def en_total(self, start: IntArray, size: IntArray) -> FloatArray:
        """Weight of all tokens of `(c,)` English windows inside the text."""
        return np.asarray(self.en_before[start + size] - self.en_before[start], np.float32)

    def zh_total(self, start: IntArray, size: IntArray) -> FloatArray:
        """Weight of all tokens of `(c,)` Chinese windows inside the text."""
        return np.asarray(self.zh_before[start + size] - self.zh_before[start], np.float32)


def cover(en: Terms, zh: Terms, base: IntArray, width: int, tile: int, depth: int = 8) -> Coverage:
    """Coverage of both sides by each other.

    Tokens that many sentences of the other side inside the band could explain weigh less; see `_discount_ambiguous`.

    :param base: `(ceil(n / tile),)` the first Chinese sentence, 0..m, beside each tile of English sentences.
    :param width: Chinese sentences from `base` on at which windows start.
    :param tile: English sentences that share a base.
    :param depth: sentences of the longest window.
    """
    shape = (en.sentences, depth, width, depth)
    en_explained, zh_explained = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    index = _KeyIndex(zh)
    en, zh = _discount_ambiguous(en, zh, index, base, width, tile)
    for first, start in zip(range(0, en.sentences, tile), base.tolist(), strict=True):
        last = min(first + tile, en.sentences)
        en_tokens, zh_tokens = index.find_links(en, first, last + depth - 1, start, start + width + depth - 1)
        by_en = _first_meetings(
            en_tokens, en.sentence[en_tokens] - first, zh.sentence[zh_tokens] - start, en.weight[en_tokens],
            (last - first + depth - 1, width, depth),
        )  # fmt: skip
        by_zh = _first_meetings(
            zh_tokens, zh.sentence[zh_tokens] - start, en.sentence[en_tokens] - first, zh.weight[zh_tokens],
            (width + depth - 1, last - first, depth),
        )  # fmt: skip
        for size in range(depth):
            en_explained[first:last, size:] += by_en[size : size + last - first, None]
            zh_explained[first:last, :, :, size:] += by_zh[size : size + width].transpose(1, 2, 0)[..., None]
    return Coverage(en_explained, zh_explained, _cumulate(en), _cumulate(zh), base, tile)


class _KeyIndex:
    """The tokens of one side by key, and within a key by sentence."""

    def __init__(self, terms: Terms) -> None:
        self._span = terms.sentences + 1
        self._keys, rank = np.unique(terms.keys, return_inverse=True)
        token = np.repeat(np.arange(len(terms.sentence)), np.diff(terms.offsets))
        place = rank * self._span + terms.sentence[token]
        order = np.argsort(place, kind="stable")
        self._places, self._tokens = place[order], token[order]

    def find_links(self, terms: Terms, first: int, last: int, low: int, high: int) -> tuple[IntArray, IntArray]:
        """Pairs of tokens that share a key: of `terms` in sentences first..last - 1, and of this side in low..high - 1.

        A pair comes once for each key that it shares.
        """
        begin, end = np.searchsorted(terms.sentence, [first, last])
        counts = np.diff(terms.offsets[begin : end + 1])
        keys = terms.keys[terms.offsets[begin] : terms.offsets[end]]
        owner = np.repeat(np.arange(begin, end), counts)
        rank = np.searchsorted(self._keys, keys)
        shared = np.flatnonzero(np.append(self._keys, np.uint64(0))[rank] == keys)
        shared = shared[rank[shared] < len(self._keys)]
        rank, owner = rank[shared], owner[shared]
        lower = np.searchsorted(self._places, rank * self._span + min(low, self._span - 1))
        upper = np.searchsorted(self._places, rank * self._span + min(high, self._span - 1))
        return np.repeat(owner, upper - lower), self._tokens[repeat_ranges(lower, upper - lower)]


def _discount_ambiguous(
    en: Terms, zh: Terms, index: _KeyIndex, base: IntArray, width: int, tile: int
) -> tuple[Terms, Terms]:
    """Both sides with weights divided by the square root of how many sentences inside the band explain each token.

    With the like in `describe_terms`, this raises the area under the curve of true pairs against neighbours from 0.975
    to 0.985 in news and from 0.901 to 0.911 in novels.
    """
    en_counts, zh_counts = np.zeros(len(en.weight), np.int64), np.zeros(len(zh.weight), np.int64)
    for first, start in zip(range(0, en.sentences, tile), base.tolist(), strict=True):
        en_tokens, zh_tokens = index.find_links(en, first, first + tile, start, start + width)
        en_counts += _count_distinct(en_tokens, zh.sentence[zh_tokens], len(en_counts))
        zh_counts += _count_distinct(zh_tokens, en.sentence[en_tokens], len(zh_counts))
    return _discount(en, en_counts), _discount(zh, zh_counts)


def _count_distinct(tokens: IntArray, sentences: IntArray, count: int) -> IntArray:
    """For each of `count` tokens, how many different sentences it is linked to."""
    span = int(sentences.max(initial=0)) + 1
    return np.asarray(np.bincount(np.unique(tokens * span + sentences) // span, minlength=count), np.int64)


def _discount(terms: Terms, counts: IntArray) -> Terms:
    return replace(terms, weight=np.asarray(terms.weight / np.sqrt(np.maximum(counts, 1)), np.float32))


def _first_meetings(
    tokens: IntArray, rows: IntArray, columns: IntArray, weights: FloatArray, shape: tuple[int, int, int]
) -> NDArray[np.float64]:
    """`shape` `(rows, starts, depth)`: `[r, c, k]` is the weight of the tokens of row r with a link to one of the
    columns c..c + k.

    Each token counts once for a window: by its first link at or after the window's start.

    :param tokens: `(l,)` token of each link; `rows`, `columns`, `weights` its row, the column linked to, its weight.
    """
    _, starts, depth = shape
    span = starts + depth
    links = np.unique(tokens * span + columns, return_index=True)[1]
    token, row, column, weight = tokens[links], rows[links], columns[links], weights[links]
    previous = np.full(len(links), -1)
    previous[1:] = np.where(token[1:] == token[:-1], column[:-1], -1)
    distance = np.arange(depth)
    start = column[:, None] - distance
    first = (start > previous[:, None]) & (start >= 0) & (start < starts)
    cell = (row[:, None] * starts + start) * depth + distance
    spread = np.broadcast_to(weight[:, None], cell.shape)
    met = np.bincount(cell[first], spread[first], minlength=int(np.prod(shape))).reshape(shape)
    return np.asarray(met.cumsum(axis=2), np.float64)


def _cumulate(terms: Terms) -> FloatArray:
    """Weight of the tokens before each sentence, and in all."""
    weights = np.bincount(terms.sentence, terms.weight, minlength=terms.sentences)
    return np.concatenate([[0], np.cumsum(weights)]).astype(np.float32)
