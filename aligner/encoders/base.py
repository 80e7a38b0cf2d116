"""What the program asks of an encoder, and of the windows of sentences that it makes."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from aligner.records import FloatArray, Language


class Encoder(Protocol):
    """Turns sentences into vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """Identifies model and version; part of the signature of every result."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(len(texts), dimension)` float32, unit rows; an empty text gives a zero row."""
        ...


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
