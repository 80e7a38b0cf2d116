"""One language of a document, embedded and measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align.arrays import cumulate
from aligner.align.features import SideEvidence
from aligner.align.features.quotes import describe_quotes
from aligner.encoders.base import Encoder, Windows
from aligner.encoders.windows import embed_windows
from aligner.lexicon import Lexicon, Terms, describe_terms
from aligner.records import FloatArray, IntArray, Language
from aligner.text.characters import normalise_space
from aligner.text.chinese import is_traditional, to_simplified
from aligner.text.lengths import count_chars

_BLOCK = 1_024
"""Sentences whose vectors are computed at once: what lies between sums and vectors is several times as large."""
_LONG = 10_000
"""Sentences beyond which the vectors of a text are kept in half precision."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a document, ready for comparison; n sentences."""

    language: Language
    texts: Sequence[str]
    windows: Windows
    chars: IntArray
    """`(n,)` characters of each sentence, white space not counted."""
    paragraphs: IntArray
    """`(n,)` paragraph of each sentence; all zero where unknown."""
    quotes: IntArray
    """`(n, 6)`; see `quotes.describe_quotes`."""
    terms: Terms
    encoder: Encoder

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.texts)

    def vectors(self) -> NDArray[np.floating]:
        """`(n, d)` unit rows of the single sentences; half precision, and half the memory, for long texts."""
        out = np.zeros((len(self), self.encoder.dimension), np.float16 if len(self) > _LONG else np.float32)
        for first in range(0, len(self), _BLOCK):
            last = min(first + _BLOCK, len(self))
            out[first:last] = self.windows.vectors(first, last, 1)[:, 0]
        return out

    def take(self, first: int, last: int, hubness: FloatArray) -> SideEvidence:
        """What the features of sentences `first` to `last - 1` are computed from.

        :param hubness: `(last - first,)`
        """
        places = np.arange(first, last)
        edge = 1 / (1 + np.minimum(places, len(self) - 1 - places))
        return SideEvidence(
            hubness,
            cumulate(self.chars[first:last]).astype(np.float32),
            self.paragraphs[first:last],
            edge.astype(np.float32),
            self.quotes[first:last],
        )


def prepare_side(
    encoder: Encoder,
    sentences: Sequence[str],
    language: Language,
    paragraphs: Sequence[int] | None = None,
    lexicon: Lexicon | None = None,
) -> Side:
    """Embeds and measures the sentences of one language.

    Sentences are compared with plain spaces, and traditional Chinese in simplified characters.

    :param paragraphs: number of the paragraph of each sentence, where it is known.
    :param lexicon: without it, only numbers and words in Latin script count as shared.
    """
    sentences = texts_as_compared(sentences, language)
    chars = np.array([count_chars(sentence) for sentence in sentences], np.int64)
    numbers = np.zeros(len(sentences), np.int64) if paragraphs is None else np.array(paragraphs, np.int64)
    terms = describe_terms(sentences, language, lexicon)
    quotes, windows = describe_quotes(sentences), embed_windows(encoder, sentences, language)
    return Side(language, sentences, windows, chars, numbers, quotes, terms, encoder)


def prepare_sides(  # two languages, each with its paragraphs
    encoder: Encoder,
    lexicon: Lexicon | None,
    en: Sequence[str],
    zh: Sequence[str],
    en_paragraphs: Sequence[int] | None = None,
    zh_paragraphs: Sequence[int] | None = None,
) -> tuple[Side, Side]:
    """Both languages of a document; see `prepare_side`."""
    return (
        prepare_side(encoder, en, Language.EN, en_paragraphs, lexicon),
        prepare_side(encoder, zh, Language.ZH, zh_paragraphs, lexicon),
    )


def texts_as_compared(sentences: Sequence[str], language: Language) -> list[str]:
    """What sentences are compared by: plain spaces, and traditional Chinese in simplified characters."""
    """The sentences with plain spaces; Chinese in simplified characters."""
    texts = [normalise_space(sentence) for sentence in sentences]
    if language is Language.ZH and is_traditional("".join(texts)):
        return to_simplified("\n".join(texts)).split("\n")
    return texts
