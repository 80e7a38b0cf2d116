"""Vectors of windows of consecutive sentences, which m-n beads are compared by."""

import re
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from aligner.records import Encoder, FloatArray, Language
from aligner.text import join_sentences

_CLAUSE_MARK = {
    Language.EN: re.compile(r"[,;:—]['\"’”]?\s+|—|\s[-–]\s"),
    Language.ZH: re.compile(r"[，；：,;:]|——"),
}
_LEAST_CLAUSE = {Language.EN: 18, Language.ZH: 5}
"""Characters of the shortest clause; shorter pieces stay with their neighbour."""


class Windows(Protocol):
    """Windows of consecutive sentences of one text."""

    def __len__(self) -> int:
        """Number of sentences."""
        ...

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        """`(last - first, depth, dimension)` float32, unit rows: `[i, k]` is the window of `k + 1` sentences from
        sentence `first + i` on; zero where it would reach beyond the last sentence.
        """
        ...

    def clauses(self, first: int, last: int) -> FloatArray:
        """`(last - first, 2, dimension)` float32, unit rows: the first and the last clause of each of these sentences,
        the sentence itself where it has only one.
        """
        ...


@runtime_checkable
class SummingEncoder(Encoder, Protocol):
    """An encoder that gets the vectors of windows without encoding them as text."""

    def sum_sentences(self, sentences: Sequence[str], language: Language) -> Windows:
        """Windows over `sentences`."""
        ...


class EncodedWindows:
    """Windows for encoders that must read them as text: each is joined and encoded when it is asked for."""

    def __init__(self, encoder: Encoder, sentences: Sequence[str], language: Language) -> None:
        self._encoder, self._sentences, self._language = encoder, list(sentences), language

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self._sentences)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        """See `Windows.vectors`."""
        places = [
            (start - first, size - 1, join_sentences(self._sentences[start : start + size], self._language))
            for start in range(first, last)
            for size in range(1, depth + 1)
            if start + size <= len(self)
        ]
        out = np.zeros((last - first, depth, self._encoder.dimension), np.float32)
        if places:
            rows, sizes, texts = zip(*places, strict=True)
            out[list(rows), list(sizes)] = self._encoder.encode(texts)
        return out

    def clauses(self, first: int, last: int) -> FloatArray:
        """See `Windows.clauses`."""
        out = np.repeat(self.vectors(first, last, 1), 2, axis=1)
        parts = [split_clauses(sentence, self._language) for sentence in self._sentences[first:last]]
        divided = [index for index, clauses in enumerate(parts) if len(clauses) > 1]
        if divided:
            encoded = self._encoder.encode([parts[index][edge] for index in divided for edge in (0, -1)])
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
