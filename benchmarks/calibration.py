"""An experiment: similarities of any encoder made like those that the scorer's weights were fitted to.

An encoder trained with a low temperature, like e5, has all its cosines between 0.7 and 1: every threshold and every
weight of the scorer would then read a random pair as a sure one. Two remedies, both estimated once from a few pairs
of sentences that are translations of each other:

- *centring*: what all sentences of a language have in common is subtracted and rows are made unit again (Mu and
  Viswanath 2018, "All-but-the-Top: Simple and Effective Postprocessing for Word Representations", ICLR, their first
  step), for each language by itself, since where the languages lie apart says nothing of meaning;
- *an affine map* of the cosines, so that random pairs and translations have the same means as with the default
  encoder. Done to the vectors: a scale, and one more number whose product is the offset.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.encoders.windows import Windows, embed_windows, encode_clauses
from aligner.records import Encoder, FloatArray, Language
from aligner.text import HAN

PairTexts = tuple[Sequence[str], Sequence[str]]
"""English sentences and their Chinese translations, as many of either."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Cosines of the sample, as an encoder has them."""

    random_mean: float
    random_std: float
    true_mean: float
    true_std: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is done to the vectors of an encoder of dimension d; the result has dimension d + 1."""

    centres: dict[Language, FloatArray]
    """`(d,)` each, subtracted; zero for none."""
    scale: float
    """Of cosines after centring."""
    offset: float
    """Added to scaled cosines of one language with the other."""

    def apply(self, vectors: FloatArray, language: Language) -> FloatArray:
        """`(n, d + 1)` float32 from `(n, d)` unit rows; zero rows stay zero."""
        out = np.zeros((len(vectors), vectors.shape[1] + 1), np.float32)
        filled = np.einsum("nd,nd->n", vectors, vectors) > 0
        centred = _unit(vectors[filled] - self.centres[language])
        out[filled, :-1] = centred * self.scale**0.5
        sign = -1.0 if self.offset < 0 and language is Language.ZH else 1.0
        out[filled, -1] = sign * abs(self.offset) ** 0.5
        return out


def describe_spread(en: FloatArray, zh: FloatArray) -> Spread:
    """Cosines of `(n, d)` English rows with Chinese ones: row i with row i are translations, all others random."""
    cosines = en @ zh.T
    true = np.diagonal(cosines)
    random = cosines[~np.eye(len(en), dtype=bool)]
    return Spread(float(random.mean()), float(random.std()), float(true.mean()), float(true.std()))


def fit_calibration(encoder: Encoder, sample: PairTexts, target: Spread | None, centred: bool) -> Calibration:
    """What makes the cosines of `encoder` on `sample` like `target`; None leaves them as they are."""
    vectors = {language: encoder.encode(texts) for language, texts in zip(Language, sample, strict=True)}
    centres = {
        language: rows.mean(axis=0) if centred else np.zeros(rows.shape[1], np.float32)
        for language, rows in vectors.items()
    }
    plain = Calibration(centres, 1.0, 0.0)
    if target is None:
        return plain
    en, zh = (plain.apply(vectors[language], language) for language in Language)
    found = describe_spread(en, zh)
    scale = (target.true_mean - target.random_mean) / max(found.true_mean - found.random_mean, 1e-6)
    return Calibration(centres, scale, target.random_mean - scale * found.random_mean)


class CalibratedEncoder:
    """An encoder with calibrated vectors; its windows are joined text, or means of their sentences' vectors."""

    def __init__(self, encoder: Encoder, calibration: Calibration, mean_windows: bool) -> None:
        self._encoder, self._calibration, self._mean_windows = encoder, calibration, mean_windows
        self.name = f"{encoder.name}, calibrated"
        self.dimension = encoder.dimension + 1

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(len(texts), dimension)` float32; texts with a Chinese character count as Chinese."""
        vectors = self._encoder.encode(texts)
        chinese = np.array([HAN.search(text) is not None for text in texts], bool)
        out = np.zeros((len(texts), self.dimension), np.float32)
        for language, rows in ((Language.ZH, chinese), (Language.EN, ~chinese)):
            out[rows] = self._calibration.apply(vectors[rows], language)
        return out

    def sum_sentences(self, sentences: Sequence[str], language: Language) -> Windows:
        """Windows over `sentences`, calibrated."""
        plain = (
            MeanWindows(self._encoder, sentences, language)
            if self._mean_windows
            else embed_windows(self._encoder, sentences, language)
        )
        return _CalibratedWindows(plain, self._calibration, language)


class MeanWindows:
    """Windows as means of their sentences' vectors, weighted by characters; made unit.

    For an encoder that averages over tokens this is the window without what its sentences learn from each other.
    """

    def __init__(self, encoder: Encoder, sentences: Sequence[str], language: Language) -> None:
        self._encoder, self._sentences, self._language = encoder, sentences, language
        chars = np.array([len(text) for text in sentences], np.float32)
        weighted = encoder.encode(sentences) * chars[:, None]
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
                out[: end - first, size - 1] = _unit(self._sums[first + size : end + size] - self._sums[first:end])
        return out

    def clauses(self, first: int, last: int) -> FloatArray:
        """See `aligner.encoders.windows.Windows.clauses`."""
        own = self.vectors(first, last, 1)[:, 0]
        return encode_clauses(self._encoder, self._sentences[first:last], self._language, own)


@dataclass(frozen=True, slots=True)
class _CalibratedWindows:
    plain: Windows
    calibration: Calibration
    language: Language

    def __len__(self) -> int:
        return len(self.plain)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        return self._calibrate(self.plain.vectors(first, last, depth))

    def clauses(self, first: int, last: int) -> FloatArray:
        return self._calibrate(self.plain.clauses(first, last))

    def _calibrate(self, vectors: FloatArray) -> FloatArray:
        rows = self.calibration.apply(vectors.reshape(-1, vectors.shape[2]), self.language)
        return rows.reshape(*vectors.shape[:2], -1)


def _unit(vectors: FloatArray) -> FloatArray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)
