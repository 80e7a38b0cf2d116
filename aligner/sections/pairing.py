"""Evidence that an English and a Chinese text are translations of each other: length, and the sentence encoder.

Calibrated on 222 pairs of news articles and their translations (WMT21): see `NEEDED_LIKENESS` and `_RATIO`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.records import Encoder, FloatArray, Language
from aligner.text.chinese import to_simplified

NEEDED_LIKENESS = 0.6
"""Likeness from which two texts count as translations, with the embedded encoder.

On 222 news articles, translations have 0.69 to 1.32 (median 1.00); with every other English sentence left out, 0.64 to
1.15; with the noise of `news-noisy-dev`, at least 0.66. Random pairs have at most 0.54 (1,765 pairs, median 0.22); the
most similar other article, often about the same event on the same day, 0.41 at the median, and 3 % of them 0.60 or
more. Two articles on one topic by different papers have about 0.43.
"""
_NEEDED_OF_SHORT = 0.4
"""The same for texts of one or two pieces, which have no competitors to lead over: best match alone."""
_RATIO = (0.8, 14.0)
"""English characters for one Chinese character: measured 1.8 to 5.1 (1st to 99th percentile 2.4 to 5.0); wider, for
omissions on one side."""
_RATIO_ALONE = (1.5, 7.0)
"""The same where no encoder gives further evidence."""
_MOST_PIECES = 200
"""Pieces of a text that are compared, evenly spread over it: bounds the work on long texts."""
_COMPETITORS = 4
_PIECE_LENGTH = {Language.EN: 12, Language.ZH: 4}
"""Characters of the shortest piece: shorter ones say nothing."""
_PIECES = {
    Language.EN: re.compile(r"[^.!?]+(?:[.!?]+(?!\s+[\"“A-Z0-9]|\s*$)[^.!?]*)*[.!?]*[\"”’)]*"),
    Language.ZH: re.compile("[^。！？；!?]+[。！？；!?]*[”’」』）]*"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two texts being translations of each other."""

    ratio: float
    """English characters for a Chinese one."""
    likeness: float | None
    """Mean best match of the pieces of either text in the other, plus its lead over the next best; None where no
    encoder was given. Random texts 0.2, translations 1.0."""
    needed: float = NEEDED_LIKENESS

    @property
    def enough(self) -> bool:
        """Whether the texts count as translations."""
        if self.likeness is None:
            return _RATIO_ALONE[0] <= self.ratio <= _RATIO_ALONE[1]
        return _RATIO[0] <= self.ratio <= _RATIO[1] and self.likeness >= self.needed


def weigh_evidence(en: Sequence[str], zh: Sequence[str], encode: Encoder | None) -> Evidence:
    """Evidence for the passages `en` and `zh`, neither of them empty."""
    en_chars, zh_chars = sum(map(len, en)), sum(map(len, zh))
    ratio = en_chars / max(1, zh_chars)
    if encode is None or not _RATIO[0] <= ratio <= _RATIO[1]:
        return Evidence(ratio, None if encode is None else 0.0)
    en_vectors = encode.encode(split_pieces(en, Language.EN))
    zh_vectors = encode.encode([to_simplified(piece) for piece in split_pieces(zh, Language.ZH)])
    needed = _NEEDED_OF_SHORT if min(len(en_vectors), len(zh_vectors)) < 3 else NEEDED_LIKENESS
    return Evidence(ratio, likeness(en_vectors, zh_vectors), needed)


def split_pieces(texts: Sequence[str], language: Language) -> list[str]:
    """Rough sentences of `texts`, at most 200 of them, evenly spread: enough to tell what a text is about."""
    pieces = [
        piece.strip()
        for text in texts
        for piece in _PIECES[language].findall(text[:20_000])
        if len(piece.strip()) >= _PIECE_LENGTH[language]
    ] or [text for text in texts if text.strip()]
    if len(pieces) <= _MOST_PIECES:
        return pieces
    return [pieces[int(index)] for index in np.linspace(0, len(pieces) - 1, _MOST_PIECES)]


def likeness(en_vectors: FloatArray, zh_vectors: FloatArray) -> float:
    """Mean of best cosine and of its lead over the next best, over the pieces of both sides.

    :param en_vectors: `(pieces, dimension)`, unit rows.
    :param zh_vectors: the same of the Chinese text.
    """
    if len(en_vectors) == 0 or len(zh_vectors) == 0:
        return 0.0
    cosines = en_vectors @ zh_vectors.T
    sides = [_best_and_lead(cosines), _best_and_lead(cosines.T)]
    return float(np.mean(sides, axis=0).sum())


def _best_and_lead(cosines: FloatArray) -> tuple[float, float]:
    """Mean over rows of the best cosine, and of its distance to the mean of up to four runners-up (0 without any)."""
    ordered = np.sort(cosines, axis=1)
    best = ordered[:, -1]
    runners_up = ordered[:, -1 - _COMPETITORS : -1]
    lead = float((best - runners_up.mean(axis=1)).mean()) if runners_up.shape[1] else 0.0
    return float(best.mean()), lead
