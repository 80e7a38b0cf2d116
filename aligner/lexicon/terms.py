"""What a sentence mentions, as keys that its translation shares: words, names, numbers."""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from aligner.lexicon.keys import BloomFilter, KeyArray, extend_keys, key_of
from aligner.lexicon.lexicon import LONGEST_WORD, PINYIN_SALT, Lexicon
from aligner.records import BoolArray, FloatArray, IntArray, Language
from aligner.text.english import Stemmer, is_grammar_word, split_words, strip_ending
from aligner.text.numbers import Quantity, find_quantities

_UNKNOWN_WEIGHT = 0.7
"""Of words that the dictionary does not have, mostly names."""
_SMALL = 12
"""Numbers up to this one are often put in words, or left out."""
_SOFT_WEIGHT, _SMALL_WEIGHT = 0.5, 0.8
"""Of numbers that a translation may leave out, and of small ones."""
_BLOCK = 2_048
"""Sentences that are described at once: looking for words takes a kilobyte for each character."""
_NEARBY = 10
"""Sentences to either side in which a token should be alone of its kind to tell them apart."""
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u)"
)
_PINYIN_NAME = re.compile(f"(?:{_SYLLABLE}){{2,3}}")


@dataclass(frozen=True, slots=True)
class Terms:
    """The tokens of some sentences of one language in order; each token may have several keys.

    An English and a Chinese token may translate each other if they share a key.
    """

    sentences: int
    """Number of sentences, those without tokens included."""
    sentence: IntArray
    """`(t,)` the sentence of each token, ascending."""
    weight: FloatArray
    """`(t,)` how much the token tells, 0..1: the rarer in general language and among its neighbours, the more."""
    offsets: IntArray
    """`(t + 1,)` where the keys of each token start."""
    keys: KeyArray
    """`(k,)`"""
    figure: BoolArray
    """`(t,)` whether the token is a number that a translation keeps: above twelve, and no year, month or time."""

    def part(self, first: int, last: int) -> "Terms":
        """The terms of sentences first..last - 1, counted from 0."""
        begin, end = np.searchsorted(self.sentence, [first, last])
        offsets = self.offsets[begin : end + 1]
        keys = self.keys[offsets[0] : offsets[-1]]
        here = slice(begin, end)
        sentence, weight, figure = self.sentence[here] - first, self.weight[here], self.figure[here]
        return Terms(last - first, sentence, weight, offsets - offsets[0], keys, figure)

    def figures(self) -> "Terms":
        """The figures alone, each of weight 1."""
        tokens = np.flatnonzero(self.figure)
        counts = np.diff(self.offsets)[tokens]
        return Terms(
            self.sentences,
            self.sentence[tokens],
            np.ones(len(tokens), np.float32),
            np.concatenate([[0], np.cumsum(counts)]),
            self.keys[repeat_ranges(self.offsets[tokens], counts)],
            self.figure[tokens],
        )


def describe_terms(sentences: Sequence[str], language: Language, lexicon: Lexicon | None) -> Terms:
    """The tokens of `sentences`; without `lexicon` only numbers and words in Latin script."""
    blocks = range(0, max(len(sentences), 1), _BLOCK)
    stemmer = lexicon.stemmer if lexicon else Stemmer()
    parts = [_describe_block(sentences[first : first + _BLOCK], language, lexicon, stemmer) for first in blocks]
    return _discount_repeated(_join(parts))


def _describe_block(sentences: Sequence[str], language: Language, lexicon: Lexicon | None, stemmer: Stemmer) -> Terms:
    quantities = [find_quantities(text, language) for text in sentences]
    rest = [_blank(text, found) for text, found in zip(sentences, quantities, strict=True)]
    numbers = _number_terms(quantities)
    if language is Language.EN:
        return _merge([numbers, _english_words(rest, lexicon, stemmer)])
    quoted = _latin_words(rest, partial(_keys_of_name, stemmer))
    return _merge([numbers, quoted, _chinese_words(rest, lexicon)] if lexicon else [numbers, quoted])


def _blank(text: str, quantities: Sequence[Quantity]) -> str:
    """The text with spaces in the place of its numbers, which are ascending and disjoint."""
    parts, end = [], 0
    for quantity in quantities:
        parts += [text[end : quantity.start], " " * (quantity.end - quantity.start)]
        end = quantity.end
    return "".join([*parts, text[end:]])


def _join(parts: Sequence[Terms]) -> Terms:
    """The terms of consecutive parts of a text."""
    before = np.cumsum([0, *(part.sentences for part in parts)])
    keys_before = np.cumsum([0, *(len(part.keys) for part in parts)])
    offsets = [part.offsets[:-1] + first for part, first in zip(parts, keys_before, strict=False)]
    return Terms(
        int(before[-1]),
        np.concatenate([part.sentence + first for part, first in zip(parts, before, strict=False)]),
        np.concatenate([part.weight for part in parts]),
        np.concatenate([*offsets, keys_before[-1:]]),
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.figure for part in parts]),
    )


def _number_terms(quantities: Sequence[Sequence[Quantity]]) -> Terms:
    """The numbers of each sentence by value."""
    found = [quantity for of_sentence in quantities for quantity in of_sentence]
    keys = [[key_of(f"#{value.normalize():f}") for value in quantity.readings] for quantity in found]
    figure = [not quantity.soft and quantity.value > _SMALL for quantity in found]
    weights = [
        _SOFT_WEIGHT if quantity.soft else _SMALL_WEIGHT if quantity.value <= _SMALL else 1.0 for quantity in found
    ]
    terms = _pack([len(of_sentence) for of_sentence in quantities], range(len(found)), weights, keys)
    return replace(terms, figure=np.array(figure, bool))


def _english_words(sentences: Sequence[str], lexicon: Lexicon | None, stemmer: Stemmer) -> Terms:
    """The words of English sentences that say something; without the dictionary, those that may be names."""
    if lexicon is None:  # a Chinese text quotes names, hardly common words
        return _latin_words(sentences, lambda word: () if word == word.lower() else _keys_of_english(stemmer, word))
    terms = _latin_words(sentences, partial(_keys_of_english, stemmer))
    stems = terms.keys[terms.offsets[:-1]]
    return replace(terms, weight=lexicon.weigh_stems(stems, unknown=_UNKNOWN_WEIGHT))


def _latin_words(sentences: Sequence[str], keys_of: Callable[[str], tuple[int, ...]]) -> Terms:
    """The words in Latin script that say something: those of which `keys_of` gives keys."""
    vocabulary: dict[str, int] = defaultdict(itertools.count().__next__)
    counts: list[int] = []
    words: list[int] = []
    for text in sentences:
        found = split_words(text)
        counts.append(len(found))
        words += map(vocabulary.__getitem__, found)
    keys = [keys_of(strip_ending(word)) for word in vocabulary]
    return _pack(counts, words, [_UNKNOWN_WEIGHT] * len(vocabulary), keys)


def _pack(
    counts: Sequence[int], tokens: Sequence[int], weights: Sequence[float], keys: Sequence[Collection[int]]
) -> Terms:
    """Terms of tokens that come in kinds.

    :param counts: tokens of each sentence; `tokens`: the kind of each of them.
    :param weights: of each kind; `keys`: those of each kind, none for what says nothing.
    """
    sizes = np.array([len(of_kind) for of_kind in keys], np.int64)
    flat = np.array([key for of_kind in keys for key in of_kind], np.uint64)
    kind = np.array(tokens, np.int64)
    said = np.flatnonzero(sizes[kind]) if len(kind) else kind
    kind = kind[said]
    firsts = np.cumsum(sizes) - sizes
    return Terms(
        len(counts),
        np.repeat(np.arange(len(counts)), counts)[said],
        np.array(weights, np.float32)[kind],
        np.concatenate([[0], np.cumsum(sizes[kind])]),
        flat[repeat_ranges(firsts[kind], sizes[kind])],
        np.zeros(len(kind), bool),
    )


def _keys_of_name(stemmer: Stemmer, word: str) -> tuple[int, ...]:
    """The stem's key; none for grammar words and single letters."""
    lower = word.lower()
    return () if len(word) < 2 or is_grammar_word(lower) else (key_of(stemmer.stem(lower)),)


def _keys_of_english(stemmer: Stemmer, word: str) -> tuple[int, ...]:
    """The stem's key, and that of the word as pinyin where it may be a Chinese name."""
    keys = _keys_of_name(stemmer, word)
    is_pinyin = bool(keys) and word[0].isupper() and _PINYIN_NAME.fullmatch(word.lower())
    return (*keys, key_of(word.lower()) ^ PINYIN_SALT) if is_pinyin else keys


def _chinese_words(sentences: Sequence[str], lexicon: Lexicon) -> Terms:
    """The longest words of the dictionary, those that overlap included; without words that no English one explains."""
    codes, owner = _characters(sentences, lexicon)
    starts, sizes, rows = _longest_words(codes, lexicon)
    counts = lexicon.offsets[rows + 1] - lexicon.offsets[rows]
    word_keys = lexicon.terms[repeat_ranges(lexicon.offsets[rows], counts)]
    name_keys, name_owner = _name_keys(codes, starts, sizes, lexicon)
    key_owner = np.concatenate([np.repeat(np.arange(len(starts)), counts), name_owner])
    order = np.argsort(key_owner, kind="stable")
    tokens, counts = np.unique(key_owner, return_counts=True)
    return Terms(
        len(sentences),
        owner[starts[tokens]],
        np.asarray(lexicon.word_weights[rows[tokens]], np.float32),
        np.concatenate([[0], np.cumsum(counts)]),
        np.concatenate([word_keys, name_keys])[order],
        np.zeros(len(tokens), bool),
    )


def _characters(sentences: Sequence[str], lexicon: Lexicon) -> tuple[KeyArray, IntArray]:
    """Folded codes of all characters, 0 for those not Chinese and behind every sentence; and their sentences."""
    joined = "".join(f"{sentence}\n" for sentence in sentences)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    owner = np.repeat(np.arange(len(sentences)), [len(sentence) + 1 for sentence in sentences])
    return lexicon.folded[np.where(codes < 0x10000, codes, 0)].astype(np.uint64), owner


def _longest_words(codes: KeyArray, lexicon: Lexicon) -> tuple[IntArray, IntArray, IntArray]:
    """Start, size and row of every dictionary word that does not lie inside another one, ascending by start."""
    sizes, rows = np.zeros((2, len(codes)), np.int64)
    keys = np.zeros(len(codes), np.uint64)
    bloom = BloomFilter(lexicon.words)
    starts = np.arange(len(codes))  # of runs of `size` Chinese characters
    for size in range(1, LONGEST_WORD + 1):
        starts = starts[starts + size <= len(codes)]
        starts = starts[codes[starts + size - 1] > 0]
        keys[starts] = extend_keys(keys[starts], codes[starts + size - 1])
        likely = starts[bloom.may_contain(keys[starts])]
        place = np.minimum(np.searchsorted(lexicon.words, keys[likely]), len(lexicon.words) - 1)
        found = lexicon.words[place] == keys[likely]
        sizes[likely[found]], rows[likely[found]] = size, place[found]
    ends = np.arange(len(codes)) + sizes
    furthest_before = np.maximum.accumulate(np.concatenate([[0], ends]))[:-1]
    kept = np.flatnonzero((sizes > 0) & (ends > furthest_before))
    return kept, sizes[kept], rows[kept]


def _name_keys(codes: KeyArray, starts: IntArray, sizes: IntArray, lexicon: Lexicon) -> tuple[KeyArray, IntArray]:
    """Keys of the pinyin of two or three characters in a row that are words by themselves: they may be a name.

    :return: `(k,)` keys, and the words they belong to; each key comes once for each character.
    """
    follows = (sizes[:-1] == 1) & (sizes[1:] == 1) & (np.diff(starts) == 1)
    pairs = np.flatnonzero(follows)
    triples = np.flatnonzero(follows[:-1] & follows[1:])
    keys: list[KeyArray] = []
    owners: list[IntArray] = []
    for first, size in ((pairs, 2), (triples, 3)):
        key = np.zeros(len(first), np.uint64)
        for step in range(size):
            code = codes[starts[first + step]].astype(np.int64)
            key = key * lexicon.syllable_powers[code] + lexicon.syllables[code]
        keys += [key ^ np.uint64(PINYIN_SALT)] * size
        owners += [first + step for step in range(size)]
    return np.concatenate(keys), np.concatenate(owners)


def repeat_ranges(firsts: NDArray[np.integer], counts: NDArray[np.integer]) -> IntArray:
    """`firsts[0], firsts[0] + 1, …` `counts[0]` times, then the same of the next."""
    ends = np.cumsum(counts)
    return np.repeat(firsts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)


def _discount_repeated(terms: Terms) -> Terms:
    """The terms with weights divided by the square root of how many sentences nearby have the same token.

    The heroine's name is rare in the language, but tells nothing where every sentence has it.
    """
    kind = np.unique(terms.keys[terms.offsets[:-1]], return_inverse=True)[1]
    span = terms.sentences + 2 * _NEARBY  # so that sentences nearby never reach into those of another kind
    place = kind * span + terms.sentence
    places, rank = np.unique(place, return_inverse=True)
    nearby = np.searchsorted(places, places + _NEARBY, side="right") - np.searchsorted(places, places - _NEARBY)
    return replace(terms, weight=np.asarray(terms.weight / np.sqrt(nearby)[rank], np.float32))


def _merge(parts: Sequence[Terms]) -> Terms:
    """The tokens of the same sentences from several parts, those of the first one first in each sentence."""
    sentence = np.concatenate([part.sentence for part in parts])
    order = np.argsort(sentence, kind="stable")
    before = np.cumsum([0, *(len(part.keys) for part in parts)])
    firsts = np.concatenate([part.offsets[:-1] + first for part, first in zip(parts, before, strict=False)])[order]
    counts = np.concatenate([np.diff(part.offsets) for part in parts])[order]
    keys = np.concatenate([part.keys for part in parts])[repeat_ranges(firsts, counts)]
    weight, figure = (np.concatenate(each)[order] for each in zip(*((p.weight, p.figure) for p in parts), strict=True))
    return Terms(parts[0].sentences, sentence[order], weight, np.concatenate([[0], np.cumsum(counts)]), keys, figure)
