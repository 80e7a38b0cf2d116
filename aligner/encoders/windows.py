"""Vectors of windows of consecutive sentences, which m-n beads are compared by."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from aligner.encoders.base import Encoder, SummingEncoder, Windows
from aligner.records import FloatArray, Language
from aligner.text.characters import join_sentences

_TEXTS_AT_ONCE = 1024
"""Enough for an encoder to sort them by length into full batches."""

_CLAUSE_MARK = {
    Language.EN: re.compile(r"[,;:—]['\"’”]?\s+|—|\s[-–]\s"),
    Language.ZH: re.compile(r"[，；：,;:]|——"),
}
_LEAST_CLAUSE = {Language.EN: 18, Language.ZH: 5}
"""Characters of the shortest clause; shorter pieces stay with their neighbour."""


class EncodedWindows:
    """Windows for encoders that must read them as text.

    Single sentences are encoded once, when they are first asked for; longer windows are joined and encoded each time,
    since all of them would take many times the memory of the sentences. No text is encoded twice in one call.
    """

    def __init__(self, encoder: Encoder, sentences: Sequence[str], language: Language) -> None:
        self._encoder, self._sentences, self._language = encoder, list(sentences), language
        self._row_of = {text: row for row, text in enumerate(dict.fromkeys(self._sentences))}
        self._singles: FloatArray | None = None

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self._sentences)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        """See `Windows.vectors`."""
        singles = self._encode_singles()
        out = np.zeros((last - first, depth, self._encoder.dimension), np.float32)
        out[:, 0] = singles[[self._row_of[text] for text in self._sentences[first:last]]]
        places = self._place_longer(first, last, depth)
        for text in places.keys() & self._row_of.keys():  # a sentence that reads like two others
            out[tuple(zip(*places.pop(text), strict=True))] = singles[self._row_of[text]]
        for text, vector in self._encode(list(places)):
            out[tuple(zip(*places[text], strict=True))] = vector
        return out

    def clauses(self, first: int, last: int) -> FloatArray:
        """See `Windows.clauses`."""
        own = self.vectors(first, last, 1)[:, 0]
        return encode_clauses(self._encoder, self._sentences[first:last], self._language, own)

    def _encode_singles(self) -> FloatArray:
        """`(u, dimension)`: vectors of the different sentences."""
        if self._singles is None:
            self._singles = np.zeros((len(self._row_of), self._encoder.dimension), np.float32)
            for text, vector in self._encode(list(self._row_of)):
                self._singles[self._row_of[text]] = vector
        return self._singles

    def _place_longer(self, first: int, last: int, depth: int) -> dict[str, list[tuple[int, int]]]:
        """Text of each window of 2 to `depth` sentences, and its places in the result of `vectors`."""
        places: dict[str, list[tuple[int, int]]] = {}
        for size in range(2, depth + 1):
            for start in range(first, min(last, len(self) - size + 1)):
                text = join_sentences(self._sentences[start : start + size], self._language)
                places.setdefault(text, []).append((start - first, size - 1))
        return places

    def _encode(self, texts: Sequence[str]) -> Iterator[tuple[str, FloatArray]]:
        """Each text with its vector, a bounded number of texts at a time."""
        for begin in range(0, len(texts), _TEXTS_AT_ONCE):
            batch = texts[begin : begin + _TEXTS_AT_ONCE]
            yield from zip(batch, self._encoder.encode(batch), strict=True)


def encode_clauses(encoder: Encoder, sentences: Sequence[str], language: Language, vectors: FloatArray) -> FloatArray:
    """`(n, 2, dimension)`: the first and the last clause of each sentence, encoded as texts of their own.

    :param vectors: `(n, dimension)` of the sentences, for those that have one clause only.
    """
    out = np.repeat(vectors[:, None], 2, axis=1)
    parts = [split_clauses(sentence, language) for sentence in sentences]
    divided = [index for index, clauses in enumerate(parts) if len(clauses) > 1]
    if divided:
        encoded = encoder.encode([parts[index][edge] for index in divided for edge in (0, -1)])
        out[divided] = encoded.reshape(len(divided), 2, -1)
    return out


def split_clauses(text: str, language: Language) -> list[str]:
    """The text cut after commas, semicolons, colons and dashes; never empty."""
    clauses: list[str] = []
    start, least = 0, _LEAST_CLAUSE[language]
    for mark in _CLAUSE_MARK[language].finditer(text):
        if mark.end() - start >= least and len(text) - mark.end() >= least:
            clauses.append(text[start : mark.end()].strip())
            start = mark.end()
    return [*clauses, text[start:].strip()]


def embed_windows(encoder: Encoder, sentences: Sequence[str], language: Language) -> Windows:
    """Windows over the sentences of one text, by sums where the encoder can, by encoding joined text otherwise."""
    if isinstance(encoder, SummingEncoder):
        return encoder.sum_sentences(sentences, language)
    return EncodedWindows(encoder, sentences, language)
