"""A first, cheap path through two texts: sentence pairs that are sure enough to steer by.

Pairs that are each other's nearest neighbour by the ratio of cosines (Artetxe and Schwenk 2019, "Margin-based Parallel
Corpus Mining with Multilingual Sentence Embeddings", ACL, equation 4, "ratio") are joined to the heaviest chain that
rises on both sides. Long texts are first compared in blocks of sentences, so that time grows with length and not with
its square.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.records import FloatArray, IntArray
from aligner.runtime.neighbours import find_neighbours
from aligner.runtime.threads import run_all

_NEIGHBOURS = 4
"""Nearest neighbours of each sentence that are looked up."""
_LEAST_RATIO = 1.08
"""Cosine over the mean cosine of the neighbours; lower ones mislead more often than they help."""
_DIRECT_LIMIT = 2_500
"""Sentences a side up to which all pairs are compared at once."""
_BLOCK = 16
"""Sentences whose mean vector stands for them in long texts."""
_BLOCKS_AT_ONCE = 256
"""Blocks whose means are taken at once: NumPy makes single precision of all that it sums, which a long text is kept
from for its size."""
_STRIP = 128
"""English sentences of a long text that are compared with their part of the Chinese at once."""
_SLACK = 64
"""Chinese sentences added to either end of that part, for errors of the path through the blocks."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Sentence pairs of a rising chain, in order."""

    en: IntArray
    """`(k,)` strictly ascending English sentence indices."""
    zh: IntArray
    """`(k,)` strictly ascending Chinese sentence indices."""
    weight: FloatArray
    """`(k,)` ratio of cosines above the least accepted one; higher is surer."""


Vectors: TypeAlias = NDArray[np.floating]
"""Unit rows, in single or half precision; what is compared at a time is made single."""


def find_anchors(en: Vectors, zh: Vectors) -> Anchors:
    """The heaviest rising chain of mutual nearest neighbours.

    :param en: `(n, d)` unit rows of the English sentences.
    :param zh: `(m, d)` unit rows of the Chinese ones.
    """
    if max(len(en), len(zh)) <= _DIRECT_LIMIT:
        return chain(*_mutual_neighbours(en, zh))
    pairs = run_all(lambda strip: _strip_neighbours(en, zh, *strip), _strips(en, zh))
    return chain(*(np.concatenate(parts) for parts in zip(*pairs, strict=True)))


def chain(en: IntArray, zh: IntArray, weight: FloatArray) -> Anchors:
    """The subset of pairs that rises strictly on both sides and has the largest total weight.

    :param en: `(k,)` indices, in any order; likewise `zh`, and `weight` > 0.

    A Fenwick tree over Chinese positions keeps the best chain that ends at or before each: O(k log m).
    """
    order = np.lexsort((-zh, en))  # among pairs of one English sentence, none can follow another
    size = int(zh.max()) + 2 if len(zh) else 1
    best_weight, best_pair = [0.0] * size, [-1] * size
    previous = [-1] * len(order)
    for pair in order.tolist():
        total, place = 0.0, int(zh[pair])
        while place > 0:
            if best_weight[place] > total:
                total, previous[pair] = best_weight[place], best_pair[place]
            place -= place & -place
        total += float(weight[pair])
        place = int(zh[pair]) + 1
        while place < size:
            if total > best_weight[place]:
                best_weight[place], best_pair[place] = total, pair
            place += place & -place
    kept, place, total = [], size - 1, 0.0
    last = -1
    while place > 0:
        if best_weight[place] > total:
            total, last = best_weight[place], best_pair[place]
        place -= place & -place
    while last >= 0:
        kept.append(last)
        last = previous[last]
    rows = np.array(kept[::-1], np.int64)
    return Anchors(en[rows], zh[rows], weight[rows])


def _mutual_neighbours(en: Vectors, zh: Vectors) -> tuple[IntArray, IntArray, FloatArray]:
    """Pairs that are each other's best by ratio of cosines, with the ratio above `_LEAST_RATIO`."""
    empty = np.zeros(0, np.int64)
    if not (len(en) and len(zh)):
        return empty, empty, empty.astype(np.float32)
    en, zh = en.astype(np.float32, copy=False), zh.astype(np.float32, copy=False)
    similarity, index = find_neighbours(en, zh, _NEIGHBOURS)
    back, back_index = find_neighbours(zh, en, _NEIGHBOURS)
    en_mean, zh_mean = similarity.mean(axis=1), back.mean(axis=1)
    ratio = _cosine_ratio(similarity, en_mean[:, None], zh_mean[index])
    back_ratio = _cosine_ratio(back, zh_mean[:, None], en_mean[back_index])
    rows = np.arange(len(en))
    forward = index[rows, ratio.argmax(axis=1)]
    backward = back_index[np.arange(len(zh)), back_ratio.argmax(axis=1)]
    best = ratio.max(axis=1)
    rows = rows[(backward[forward] == rows) & (best > _LEAST_RATIO)]
    return rows, forward[rows], (best[rows] - _LEAST_RATIO).astype(np.float32)


def _strip_neighbours(
    en: Vectors, zh: Vectors, en_first: int, en_last: int, zh_first: int, zh_last: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Mutual neighbours of one strip, with sentences counted from the start of the text."""
    found_en, found_zh, weight = _mutual_neighbours(en[en_first:en_last], zh[zh_first:zh_last])
    return found_en + en_first, found_zh + zh_first, weight


def _cosine_ratio(similarity: FloatArray, mean: FloatArray, other_mean: FloatArray) -> FloatArray:
    """Cosine over the mean cosine of both sentences with their nearest neighbours."""
    least_mean = 0.05  # for vectors at right angles to everything
    return np.asarray(similarity / np.maximum((mean + other_mean) / 2, least_mean), np.float32)


def _strips(en: Vectors, zh: Vectors) -> list[tuple[int, int, int, int]]:
    """Parts of a long text to compare, `(en_first, en_last, zh_first, zh_last)`, from a path through blocks."""
    # What all sentences share says nothing of where a block belongs.
    centre = (en.mean(axis=0, dtype=np.float32) + zh.mean(axis=0, dtype=np.float32)) / 2
    en_blocks, zh_blocks = _block_means(en, centre), _block_means(zh, centre)
    path = chain(*_mutual_neighbours(en_blocks, zh_blocks))
    en_known = np.concatenate([[0], path.en * _BLOCK + _BLOCK // 2, [len(en)]])
    zh_known = np.concatenate([[0], path.zh * _BLOCK + _BLOCK // 2, [len(zh)]])
    strips = []
    for first in range(0, len(en), _STRIP):
        last = min(first + _STRIP, len(en))
        ends = np.interp([first, last], en_known, zh_known).astype(int)
        strips.append((first, last, max(0, int(ends[0]) - _SLACK), min(len(zh), int(ends[1]) + _SLACK)))
    return strips


def _block_means(vectors: Vectors, centre: FloatArray) -> FloatArray:
    """Unit mean vectors of consecutive blocks of `_BLOCK` sentences, centred."""
    firsts = np.arange(0, len(vectors), _BLOCK)
    sizes = np.diff(firsts, append=len(vectors))[:, None]
    means = -sizes * centre
    for first in range(0, len(firsts), _BLOCKS_AT_ONCE):
        part = vectors[first * _BLOCK : (first + _BLOCKS_AT_ONCE) * _BLOCK]
        blocks = np.zeros((-(-len(part) // _BLOCK), _BLOCK, len(centre)), np.float32)
        blocks.reshape(-1, len(centre))[: len(part)] = part
        means[first : first + len(blocks)] += blocks.sum(axis=1)
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(norms, 1e-9), np.float32)
