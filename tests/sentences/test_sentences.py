"""Sentence boundaries: the table of press-release cases, properties of the spans, and the shared news lines."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.records import Language, Passage, Section
from aligner.sentences import split_sentences, split_text
from aligner.sentences.chinese import LONG_CLAUSE
from aligner.sentences.protected import LONGEST_BRACKET
from aligner.text.characters import SPACE, normalise_space
from aligner.text.lookalikes import INVISIBLE
from benchmarks.sentence_splitters import boundary_f1, joined_segments

CASES = json.loads((Path(__file__).parent / "data" / "sentence_cases.json").read_text("utf-8"))


def sentences_of(text: str, language: Language) -> list[str]:
    return [normalise_space(text[start:end]) for start, end in split_text(text, language)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['reason']}")
def test_press_release_cases(case: dict) -> None:
    assert sentences_of(case["text"], Language(case["language"])) == case["sentences"]


def test_table_covers_both_languages() -> None:
    counts = {language: sum(case["language"] == language for case in CASES) for language in Language}
    assert counts[Language.EN] >= 60
    assert counts[Language.ZH] >= 40


# Characters that the rules look at, so that random texts reach them.
MARKS = st.lists(
    st.sampled_from([*"aB1市说的 \u00a0\u3000\u200b.!?…。！？；;“”\"'’「」（）()《》[],，", "Mr", "U.S", "said"])
).map("".join)


def _shown(text: str) -> str:
    return SPACE.sub("", INVISIBLE.sub("", text))


@given(MARKS, st.sampled_from(list(Language)))
def test_spans_cover_everything_but_white_space(text: str, language: Language) -> None:
    spans = split_text(text, language)
    assert _shown("".join(text[start:end] for start, end in spans)) == _shown(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for start, end in spans:
        assert start < end
        assert _shown(text[start])
        assert _shown(text[end - 1])


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u3000\u200b", "\n\n"], ids=["empty", "space", "exotic", "lines"])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_gives_nothing(text: str, language: Language) -> None:
    assert split_text(text, language) == []


@pytest.mark.parametrize(("length", "sentences"), [(LONG_CLAUSE - 1, 1), (LONG_CLAUSE, 2)], ids=["short", "long"])
def test_semicolon_splits_only_between_long_clauses(length: int, sentences: int) -> None:
    clause = "港" * length
    assert len(split_text(f"{clause}；{'口' * LONG_CLAUSE}。", Language.ZH)) == sentences
    assert len(split_text(f"{'口' * LONG_CLAUSE}；{clause}。", Language.ZH)) == sentences


@pytest.mark.parametrize(("extra", "sentences"), [(0, 2), (1, 3)], ids=["within the limit", "beyond it"])
def test_a_bracket_protects_only_so_much(extra: int, sentences: int) -> None:
    inside = "见图。" + "口" * (LONGEST_BRACKET + extra - len("（见图。）"))
    assert len(split_text(f"现场整洁（{inside}）已完工。市长很满意。", Language.ZH)) == sentences


def test_section_offsets_point_into_the_page() -> None:
    page = "标题行\n\u3000工程已经完工。\u00a0现场\u00a0整洁。\n市长很满意"
    passages = tuple(
        Passage(text=text, start=page.index(text), end=page.index(text) + len(text), block=number, is_title=not number)
        for number, text in enumerate(page.split("\n"))
    )
    sentences = split_sentences(Section(Language.ZH, "zh-CN", passages))
    assert [sentence.text for sentence in sentences] == ["标题行", "工程已经完工。", "现场 整洁。", "市长很满意"]
    assert [sentence.paragraph for sentence in sentences] == [0, 1, 1, 2]
    assert [sentence.is_title for sentence in sentences] == [True, False, False, False]
    assert all(normalise_space(page[sentence.start : sentence.end]) == sentence.text for sentence in sentences)


def test_empty_section() -> None:
    assert split_sentences(Section(Language.EN, "en", ())) == ()


@pytest.mark.parametrize(
    ("language", "skip_after"),
    [(Language.EN, ""), (Language.ZH, "；;")],  # there a semicolon always ends a line, here only between long clauses
)
def test_news_lines_come_back(shared: Path, language: Language, skip_after: str) -> None:
    def split(text: str, _language: Language) -> list[str]:
        return sentences_of(text, _language)

    folder = shared / "eval" / "news-dev"
    assert sum(1 for _ in joined_segments(folder, language)) > 2000
    assert boundary_f1(split, folder, language, skip_after) >= 0.96
