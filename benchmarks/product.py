"""What the product does with the lines of a document, in the steps that benchmarks time; a test compares the two."""

import time
from collections.abc import Sequence

from aligner.align.document import Side, prepare_side
from aligner.encoders.windows import SummingEncoder, Windows
from aligner.lexicon import Lexicon
from aligner.records import Encoder, FloatArray, Language
from aligner.sections.variants import tag_of
from aligner.text import normalise_space, to_simplified


def read_lines_as_product(en: Sequence[str], zh: Sequence[str]) -> tuple[list[str], list[str]]:
    """The texts that `aligner.pipeline.align_lists` compares: plain spaces, Chinese in simplified characters."""
    en_texts, zh_texts = ([normalise_space(line) for line in lines] for lines in (en, zh))
    if zh_texts and tag_of(Language.ZH, zh) != "zh-CN":
        zh_texts = to_simplified("\n".join(zh_texts)).split("\n")
    return en_texts, zh_texts


def prepare_sides(encoder: Encoder, lexicon: Lexicon | None, en: Sequence[str], zh: Sequence[str]) -> tuple[Side, Side]:
    """English and Chinese side as `aligner.pipeline` prepares them; `en` and `zh` are from `read_lines_as_product`."""
    return (
        prepare_side(encoder, en, Language.EN, [0] * len(en), lexicon),
        prepare_side(encoder, zh, Language.ZH, [0] * len(zh), lexicon),
    )


class ClockedEncoder:
    """An encoder that knows how long it has worked: encoding happens at many places of the alignment."""

    def __init__(self, encoder: SummingEncoder) -> None:
        self._encoder = encoder
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
        self.seconds += time.perf_counter() - begun
        return _ClockedWindows(windows, self)


class _ClockedWindows:
    def __init__(self, windows: Windows, encoder: ClockedEncoder) -> None:
        self._windows, self._encoder = windows, encoder

    def __len__(self) -> int:
        return len(self._windows)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        begun = time.perf_counter()
        vectors = self._windows.vectors(first, last, depth)
        self._encoder.seconds += time.perf_counter() - begun
        return vectors

    def clauses(self, first: int, last: int) -> FloatArray:
        begun = time.perf_counter()
        vectors = self._windows.clauses(first, last)
        self._encoder.seconds += time.perf_counter() - begun
        return vectors
