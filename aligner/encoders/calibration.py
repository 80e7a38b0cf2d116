"""Similarities of any encoder, spread like those of the default one, which the scorer's weights were fitted to.

An encoder that was trained with a low temperature, like e5, has all its cosines between 0.7 and 1: every threshold and
weight would take a random pair for a sure one. So what all sentences of a language have in common is subtracted (Mu and
Viswanath 2018, "All-but-the-Top: Simple and Effective Postprocessing for Word Representations", ICLR, their first
step), for each language by itself, since where the languages lie apart says nothing of meaning; and cosines are scaled
so that translations are as similar as they are for the default encoder. Both are measured on a few pairs of sentences
that come with the package. `python -m benchmarks encoders` tells what this gains.
"""

import json
from collections.abc import Sequence

import numpy as np

from aligner.encoders.base import Encoder
from aligner.records import FloatArray, Language
from aligner.runtime.resources import read_resource
from aligner.text.characters import language_of

_LEAST_SIMILARITY = 0.1
"""Of translations, so that an encoder that knows nothing of one language is not blown up."""


class CalibratedEncoder:
    """An encoder with calibrated vectors: of equal length, though not of length one."""

    def __init__(self, encoder: Encoder) -> None:
        """:param encoder: gives unit rows; it is asked to encode some 120 sentences here."""
        self._encoder = encoder
        self.name, self.dimension = encoder.name, encoder.dimension
        sample = json.loads(read_resource("calibration.json"))
        vectors = {language: encoder.encode(sample[language]) for language in Language}
        self._centres = {language: rows.mean(axis=0) for language, rows in vectors.items()}
        en, zh = (_unit(vectors[language] - self._centres[language]) for language in Language)
        similarity = float(np.einsum("nd,nd->n", en, zh).mean())
        self._length = (sample["similarity"] / max(similarity, _LEAST_SIMILARITY)) ** 0.5

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(len(texts), dimension)` float32; an empty text gives a zero row."""
        vectors = self._encoder.encode(texts)
        centres = np.array([self._centres[language_of(text) or Language.EN] for text in texts], np.float32)
        calibrated = _unit(vectors - centres.reshape(vectors.shape)) * self._length
        calibrated[~vectors.any(axis=1)] = 0
        return np.asarray(calibrated, np.float32)


def _unit(vectors: FloatArray) -> FloatArray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)
