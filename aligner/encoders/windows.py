"""Vectors of windows of consecutive sentences, which m-n beads are compared by."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from aligner.records import Encoder, FloatArray, Language
from aligner.text import join_sentences


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


def embed_windows(encoder: Encoder, sentences: Sequence[str], language: Language) -> Windows:
    """Windows over the sentences of one text, by sums where the encoder can, by encoding joined text otherwise."""
    if isinstance(encoder, SummingEncoder):
        return encoder.sum_sentences(sentences, language)
    return EncodedWindows(encoder, sentences, language)
