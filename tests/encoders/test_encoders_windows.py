"""Windows and clauses of encoders that read them as text, and where a sentence is cut into clauses."""

from collections.abc import Callable

import numpy as np
import pytest
from alignment_grids import NumberEncoder, write_en, write_zh

from aligner.encoders.base import SummingEncoder
from aligner.encoders.windows import EncodedWindows, embed_windows, split_clauses
from aligner.records import Language
from aligner.text.characters import join_sentences

EN, ZH = Language.EN, Language.ZH
NUMBERS = [[1, 2], [3], [4, 5, 6], [7, 8]]


# --- where a sentence is cut -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "clauses"),
    [
        ("The bridge opened on Monday.", EN, ["The bridge opened on Monday."]),  # no mark
        (
            "When the rain stopped at last, the crews went back to work.",
            EN,
            ["When the rain stopped at last,", "the crews went back to work."],
        ),
        ("On Monday, the Greenbank bridge opened.", EN, ["On Monday, the Greenbank bridge opened."]),  # a short piece
        (
            "The plant cost 12,345,678 yuan in the first year.",
            EN,
            ["The plant cost 12,345,678 yuan in the first year."],
        ),
        (
            "The port — the largest on this coast — will close for a week.",
            EN,
            [
                "The port — the largest on this coast —",
                "will close for a week.",
            ],  # the first dash is too near the start
        ),
        ('"We are ready to go home," the captain told us.', EN, ['"We are ready to go home,"', "the captain told us."]),
        ("雨停以后，工人们回到工地继续施工。", ZH, ["雨停以后，", "工人们回到工地继续施工。"]),
        ("周一，大桥正式通车。", ZH, ["周一，大桥正式通车。"]),  # a short piece
        ("大桥全长三千米；引桥长八百米；双向六车道。", ZH, ["大桥全长三千米；", "引桥长八百米；", "双向六车道。"]),
        ("我们反复讨论过——最后决定推迟。", ZH, ["我们反复讨论过——", "最后决定推迟。"]),
        ("苹果、梨子、葡萄都已售罄。", ZH, ["苹果、梨子、葡萄都已售罄。"]),  # a list is no row of clauses
        ("，，，，，，，，", ZH, None),
        ("", EN, [""]),
        ("", ZH, [""]),
    ],
)
def test_clauses(text: str, language: Language, clauses: list[str] | None) -> None:
    found = split_clauses(text, language)
    assert found, "never empty"
    assert "".join("".join(found).split()) == "".join(text.split()), "nothing is lost"
    if clauses is not None:
        assert found == clauses


# --- windows ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "write"), [(EN, write_en), (ZH, write_zh)])
def test_windows_are_the_joined_sentences_encoded(language: Language, write: Callable[[list[int]], str]) -> None:
    encoder, sentences = NumberEncoder(), [write(numbers) for numbers in NUMBERS]
    windows = EncodedWindows(encoder, sentences, language)
    assert len(windows) == 4
    vectors = windows.vectors(1, 4, 3)
    assert vectors.shape == (3, 3, encoder.dimension)
    for start in range(1, 4):
        for size in range(1, 4):
            expected = np.zeros(encoder.dimension)
            if start + size <= 4:
                (expected,) = encoder.encode([join_sentences(sentences[start : start + size], language)])
            np.testing.assert_allclose(vectors[start - 1, size - 1], expected, atol=1e-6)


CLAUSES = [
    ("When w1 and w2 stopped at last, the crews of w3 went back.", EN, ([1, 2], [3]), "two clauses"),
    (
        "Of the number w1 we know: it is most surely not w2; nor is it w3 or even w4.",
        EN,
        ([1], [3, 4]),
        "the middle one is neither",
    ),
    ("On Monday, w1 and w2.", EN, ([1, 2], [1, 2]), "one clause, whatever the comma"),
    ("雨停以后的词1，工人们回到了词2。", ZH, ([1], [2]), "two clauses"),
    ("大桥词1全长；引桥词2长八百；车道词3词4。", ZH, ([1], [3, 4]), "the middle one is neither"),
    ("词7。", ZH, ([7], [7]), "one clause"),
]


@pytest.mark.parametrize("language", Language)
def test_clauses_are_the_first_and_the_last_encoded(language: Language) -> None:
    encoder = NumberEncoder()
    rows = [row for row in CLAUSES if row[1] is language]
    windows = EncodedWindows(encoder, [text for text, *_ in rows], language)
    found = windows.clauses(0, len(rows))
    assert found.shape == (len(rows), 2, encoder.dimension)
    for vectors, (_, _, numbers, reason) in zip(found, rows, strict=True):
        np.testing.assert_allclose(
            vectors, encoder.encode([write_en(each) for each in numbers]), atol=1e-6, err_msg=reason
        )
    np.testing.assert_array_equal(windows.clauses(1, len(rows)), found[1:])
    assert windows.clauses(1, 1).shape == (0, 2, encoder.dimension)


def test_an_encoder_without_sums_reads_windows_as_text() -> None:
    assert not isinstance(NumberEncoder(), SummingEncoder)
    assert isinstance(embed_windows(NumberEncoder(), ["W1."], EN), EncodedWindows)


def test_windows_of_no_sentences() -> None:
    windows = EncodedWindows(NumberEncoder(), [], EN)
    assert windows.vectors(0, 0, 3).shape == (0, 3, NumberEncoder.dimension)
    assert windows.clauses(0, 0).shape == (0, 2, NumberEncoder.dimension)
