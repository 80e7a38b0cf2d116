"""Windows that are encoded as text: right vectors, and no text encoded more often than need be."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from aligner.align.document import align_document, prepare_side
from aligner.encoders import windows as windows_module
from aligner.encoders.windows import EncodedWindows
from aligner.records import FloatArray, Language
from aligner.text.characters import join_sentences
from tests.alignment_grids import NumberEncoder, write_en, write_zh


class CountingEncoder(NumberEncoder):
    """Remembers how often it was given each text, and how many at a time."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.calls: list[int] = []

    def encode(self, texts: Sequence[str]) -> FloatArray:
        self.seen.update(texts)
        self.calls.append(len(texts))
        return super().encode(texts)


SENTENCES = [write_en([number, 2 * number]) for number in range(12)]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("first", "last", "depth"), [(0, 12, 1), (0, 12, 8), (3, 7, 4), (9, 12, 8), (5, 5, 3)])
def test_vectors_are_those_of_the_joined_text(language: Language, first: int, last: int, depth: int) -> None:
    made = EncodedWindows(CountingEncoder(), SENTENCES, language).vectors(first, last, depth)
    expected = np.zeros((last - first, depth, NumberEncoder.dimension), np.float32)
    for start in range(first, last):
        for size in range(1, depth + 1):
            if start + size <= len(SENTENCES):
                text = join_sentences(SENTENCES[start : start + size], language)
                expected[start - first, size - 1] = NumberEncoder().encode([text])[0]
    np.testing.assert_array_equal(made, expected)
    assert made.dtype == np.float32


@pytest.mark.parametrize("count", [0, 1])
def test_few_sentences(count: int) -> None:
    windows = EncodedWindows(CountingEncoder(), SENTENCES[:count], Language.EN)
    assert windows.vectors(0, count, 3).shape == (count, 3, NumberEncoder.dimension)


def test_nothing_is_encoded_before_it_is_asked_for() -> None:
    encoder = CountingEncoder()
    EncodedWindows(encoder, SENTENCES, Language.EN)
    assert not encoder.seen


def test_single_sentences_are_encoded_once() -> None:
    """Regression: they were encoded anew at each of the several calls that the alignment of a document makes."""
    encoder = CountingEncoder()
    windows = EncodedWindows(encoder, SENTENCES, Language.EN)
    for _ in range(3):
        windows.vectors(0, 12, 1)
        windows.vectors(2, 9, 1)
    assert encoder.seen == Counter(SENTENCES)


def test_longer_windows_only_when_asked() -> None:
    encoder = CountingEncoder()
    windows = EncodedWindows(encoder, SENTENCES, Language.EN)
    windows.vectors(0, 12, 1)
    windows.vectors(4, 6, 3)
    longer = set(encoder.seen) - set(SENTENCES)
    assert longer == {" ".join(SENTENCES[start : start + size]) for start in (4, 5) for size in (2, 3)}


def test_no_text_is_encoded_twice_in_one_call() -> None:
    """Repeated sentences make repeated windows, and one sentence may read like two others joined."""
    repeated = ["A 1.", "B 2.", "A 1.", "B 2.", "A 1. B 2.", "A 1."]
    encoder = CountingEncoder()
    made = EncodedWindows(encoder, repeated, Language.EN).vectors(0, len(repeated), 4)
    assert set(encoder.seen.values()) == {1}
    np.testing.assert_array_equal(made[0, 1], made[4, 0])
    np.testing.assert_array_equal(made[0, 1], made[2, 1])


def test_texts_are_encoded_a_bounded_number_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_module, "_TEXTS_AT_ONCE", 10)
    encoder = CountingEncoder()
    EncodedWindows(encoder, SENTENCES, Language.EN).vectors(0, 12, 8)
    assert max(encoder.calls) <= 10
    assert sum(encoder.calls) == sum(12 - size + 1 for size in range(1, 9))


def test_aligning_a_document_encodes_its_sentences_once() -> None:
    encoder = CountingEncoder()
    numbers = [[number, number + 7] for number in range(0, 400, 13)]
    en, zh = [write_en(each) for each in numbers], [write_zh(each) for each in numbers]
    align_document(prepare_side(encoder, en, Language.EN), prepare_side(encoder, zh, Language.ZH))
    assert {encoder.seen[text] for text in en + zh} == {1}
