"""How much of what a sentence mentions is found in a window of the other language."""

from dataclasses import dataclass

import numpy as np

from aligner.align.arrays import cumulate
from aligner.align.grid import LONGEST_WINDOW, Grid
from aligner.lexicon import Terms, repeat_ranges
from aligner.lexicon.keys import BloomFilter, KeyArray
from aligner.records import FloatArray, IntArray

_MOST_RETENTION = 3.0
"""As if one number of twenty were lacked: in a long text nearly every number is found somewhere."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Weights of explained tokens; n English and m Chinese sentences, s states.

    A token is explained by a window that has a token with one of its keys. It weighs less where it repeats, and where
    many sentences of the other side could explain it: its weight is divided by the square root of how many sentences
    inside the band do. With the like in `describe_terms`, this raises the area under the curve of true pairs against
    neighbours from 0.975 to 0.985 in news and from 0.901 to 0.911 in novels.
    """

    en: FloatArray
    """`(LONGEST_WINDOW, s + 1)`: `[k, s]` what the Chinese window of k + 1 sentences from the state's column on
    explains of the English sentence at its row; `nan` in the last place, for what is no state."""
    zh: FloatArray
    """The reverse: what the English window of k + 1 sentences explains of the Chinese sentence."""
    en_before: FloatArray
    """`(n + 1,)` weight of all tokens before each English sentence, and in all."""
    zh_before: FloatArray
    """`(m + 1,)`"""


def cover(en: Terms, zh: Terms, grid: Grid) -> Coverage:
    """What the sentences of a stretch explain of each other, within the band."""
    en_tokens, zh_tokens = _link(en, zh, grid)
    chunk_of_row = grid.chunk_of_rows()
    chunk = chunk_of_row[en.sentence[en_tokens]]
    inside = grid.find(chunk, en.sentence[en_tokens], zh.sentence[zh_tokens]) < len(grid)
    en_weight = _discount(en, en_tokens[inside], zh.sentence[zh_tokens[inside]])
    zh_weight = _discount(zh, zh_tokens[inside], en.sentence[en_tokens[inside]])

    def by_column(place: IntArray, back: int, owner: IntArray) -> IntArray:
        return grid.find(chunk[place], owner, zh.sentence[zh_tokens[place]] - back)

    def by_row(place: IntArray, back: int, owner: IntArray) -> IntArray:
        row = np.maximum(en.sentence[en_tokens[place]] - back, -1)
        return grid.find(chunk_of_row[row], row, owner)

    tables = []
    for tokens, others, terms, weight, find in (
        (en_tokens, zh.sentence[zh_tokens], en, en_weight, by_column),
        (zh_tokens, en.sentence[en_tokens], zh, zh_weight, by_row),
    ):
        table = np.zeros((LONGEST_WINDOW, len(grid) + 1))
        place, gap = _first_links(tokens, others)
        owner = terms.sentence[tokens[place]]
        for back in range(LONGEST_WINDOW):
            near = gap > back  # a window that starts earlier has met the token before
            state = find(place[near], back, owner[near])
            table[back] = np.bincount(state, weight[tokens[place[near]]], minlength=len(grid) + 1)
        table = np.cumsum(table, axis=0)
        table[:, -1] = np.nan
        tables.append(table.astype(np.float32))
    return Coverage(tables[0], tables[1], _cumulate(en, en_weight), _cumulate(zh, zh_weight))


def measure_number_retention(en: Terms, zh: Terms) -> float:
    """How surely the numbers of a document are kept: minus the log of the share that the other side lacks.

    News keeps nearly all, so that one that is missing tells much; literature says many in other words.

    :return: from below 0.7, where few are kept or none are known, to `_MOST_RETENTION`.
    """
    sides = en.figures(), zh.figures()
    kept = sum(_count_shared(side, other) for side, other in (sides, sides[::-1]))
    lacked = 1 - (kept + 1) / (sum(len(side.sentence) for side in sides) + 2)
    return min(-float(np.log(lacked)), _MOST_RETENTION)


def _count_shared(terms: Terms, others: Terms) -> int:
    """How many of the tokens have a key that the others have too."""
    shared = np.isin(terms.keys, others.keys)
    return int(np.count_nonzero(np.logical_or.reduceat(shared, terms.offsets[:-1]))) if len(shared) else 0


def _link(en: Terms, zh: Terms, grid: Grid) -> tuple[IntArray, IntArray]:
    """`(l,)` each: English and Chinese tokens that share a key and may meet in a window inside the band.

    A pair comes once for each key that it shares.
    """
    en_keys, en_token = _keys_of(en, BloomFilter(zh.keys))
    zh_keys, zh_token = _keys_of(zh, BloomFilter(en.keys))
    order = np.lexsort((zh_token, zh_keys))
    zh_keys, zh_token = zh_keys[order], zh_token[order]
    names, first = np.unique(zh_keys, return_index=True)
    span = zh.sentences + 1
    places = np.repeat(np.arange(len(names)), np.diff(first, append=len(zh_keys))) * span + zh.sentence[zh_token]
    rank = np.minimum(np.searchsorted(names, en_keys), max(len(names) - 1, 0))
    shared = np.flatnonzero(names[rank] == en_keys) if len(names) else np.zeros(0, np.int64)
    rank, en_token = rank[shared], en_token[shared]
    low, high = _reach(grid)
    row = en.sentence[en_token]
    lower = np.searchsorted(places, rank * span + low[row])
    upper = np.searchsorted(places, rank * span + np.minimum(high[row] + 1, span - 1))
    counts = np.maximum(upper - lower, 0)
    return np.repeat(en_token, counts), zh_token[repeat_ranges(lower, counts)]


def _keys_of(terms: Terms, bloom: BloomFilter) -> tuple[KeyArray, IntArray]:
    """The keys that the other side may have, and their tokens."""
    token = np.repeat(np.arange(len(terms.sentence)), np.diff(terms.offsets))
    kept = np.flatnonzero(bloom.may_contain(terms.keys))
    return terms.keys[kept], token[kept]


def _reach(grid: Grid) -> tuple[IntArray, IntArray]:
    """For each English sentence the Chinese ones that a window with both of them can hold."""
    rows, chunk = np.arange(grid.en_count), grid.chunk_of_rows()
    earliest = np.maximum(rows - LONGEST_WINDOW + 1, 0)
    low, _ = grid.band_of_rows(chunk[earliest], earliest)
    _, high = grid.band_of_rows(chunk, rows)
    return low, high + LONGEST_WINDOW - 1


def _discount(terms: Terms, tokens: IntArray, sentences: IntArray) -> FloatArray:
    """Weights of all tokens, less for those that are linked to several sentences."""
    span = int(sentences.max(initial=0)) + 1
    links, _ = np.unique(tokens * span + sentences, return_index=True)  # sorts; alone, it hashes, ten times as long
    counts = np.bincount(links // span, minlength=len(terms.weight))
    return np.asarray(terms.weight / np.sqrt(np.maximum(counts, 1)), np.float32)


def _first_links(tokens: IntArray, others: IntArray) -> tuple[IntArray, IntArray]:
    """Links without repetition, and for each how far it is to the token's link before it.

    :param tokens: `(l,)` token of each link; `others`: sentence that it is linked to.
    :return: `(k,)` indices of links, and `(k,)` gaps of at least 1.
    """
    span = int(others.max(initial=0)) + 1
    _, place = np.unique(tokens * span + others, return_index=True)
    token, other = tokens[place], others[place]
    gap = np.full(len(place), LONGEST_WINDOW)
    gap[1:] = np.where(token[1:] == token[:-1], np.diff(other), LONGEST_WINDOW)
    return place, gap


def _cumulate(terms: Terms, weight: FloatArray) -> FloatArray:
    """Weight of the tokens before each sentence, and in all."""
    return cumulate(np.bincount(terms.sentence, weight, minlength=terms.sentences)).astype(np.float32)
