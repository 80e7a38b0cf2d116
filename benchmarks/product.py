"""What the product does with the lines of a document, in the steps that benchmarks time; a test compares the two."""

import time
from collections.abc import Sequence

from aligner.align.grid import LONGEST_WINDOW
from aligner.align.prepare import texts_as_compared
from aligner.encoders.base import SummingEncoder, Windows
from aligner.records import FloatArray, Language


def read_lines_as_product(en: Sequence[str], zh: Sequence[str]) -> tuple[list[str], list[str]]:
    """The texts that `aligner.align.prepare` compares, for other aligners to read the same."""
    return texts_as_compared(en, Language.EN), texts_as_compared(zh, Language.ZH)


class ClockedEncoder:
    """An encoder that knows how long it has worked.

    With `ready`, all windows and clauses of a text are computed when it is encoded, as other aligners need theirs, so
    that what the clock does not count is alignment alone. Otherwise windows are computed while aligning, a chunk at a
    time, as the product does it to save memory, and count there.
    """

    def __init__(self, encoder: SummingEncoder, ready: bool = False) -> None:
        self._encoder, self._ready = encoder, ready
        self.seconds = 0.0
        self.name, self.dimension = encoder.name, encoder.dimension

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder.encode`."""
        begun = time.perf_counter()
        vectors = self._encoder.encode(texts)
        self.seconds += time.perf_counter() - begun
        return vectors

    def sum_sentences(self, sentences: Sequence[str], language: Language) -> Windows:
        """See `SummingEncoder.sum_sentences`."""
        begun = time.perf_counter()
        windows = self._encoder.sum_sentences(sentences, language)
        if self._ready:
            windows = _ReadyWindows(windows)
        self.seconds += time.perf_counter() - begun
        return windows


class _ReadyWindows:
    def __init__(self, windows: Windows) -> None:
        count = len(windows)
        self._vectors = windows.vectors(0, count, LONGEST_WINDOW)
        self._clauses = windows.clauses(0, count)

    def __len__(self) -> int:
        return len(self._vectors)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        return self._vectors[first:last, :depth]

    def clauses(self, first: int, last: int) -> FloatArray:
        return self._clauses[first:last]
