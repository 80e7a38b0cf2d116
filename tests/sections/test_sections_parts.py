"""The parts that sections are found with: watermarks, dates, letterheads, and the evidence for translations."""

from pathlib import Path

import numpy as np
import pytest
from section_pages import page_of_lines

from aligner.records import Language
from aligner.sections import find_difference, section_of_one_file
from aligner.sections.furniture import is_letterhead
from aligner.sections.pairing import NEEDED_LIKENESS, likeness, weigh_evidence
from aligner.sections.passages import split_languages
from aligner.sections.watermark import find_watermarks
from aligner.text.dates import find_date

SENTENCES = [
    "The harbour opened a new pier on Monday.",
    "Fares stay as they are.",
    "码头将于周一启用。",
    "“票价不变。”",
    "More boats follow?",
]


@pytest.mark.parametrize(
    "mark",
    [
        "x7K海港资讯——每天一分钟HAIGANG.EXAMPLE",  # letters, words and address
        "haigang.example",  # an address alone
        "[详细]",  # too short to be found: six characters are needed
        "【点击查看全文】",
        "(本文来自海港网)",
    ],
)
def test_what_is_glued_to_sentences_is_cut(mark: str) -> None:
    cuts = find_watermarks([sentence + mark for sentence in SENTENCES])
    if len(mark) < 6:
        assert cuts == {}
        return
    assert [SENTENCES[index][: cuts[index].end] for index in range(5)] == SENTENCES


@pytest.mark.parametrize(
    "texts",
    [
        [f"{who} is pleased, the company said in a statement." for who in ("Marlow", "Tessaro", "Haldane", "Quayside")],
        [f"Boats are {how}, Yeung said." for how in ("quiet", "clean", "quick", "cheap")],
        [f"{who}表示，公司对此充满信心。" for who in ("马洛", "泰萨罗", "霍尔丹", "码头区")],
        [f"{who} Shipping Company Limited" for who in ("Marlow", "Tessaro", "Haldane", "Quayside")],  # a list of names
        [f"Harbour Courier: {question}?" for question in ("Why now", "Who pays", "What next", "How long")],  # speakers
        ["The company will open a pier.", "The company will hire staff.", "The company will plant trees."],
        ["One.HAIGANG.EXAMPLE", "Two.HAIGANG.EXAMPLE"],  # twice is no repetition
        [],
    ],
)
def test_natural_repetition_is_no_watermark(texts: list[str]) -> None:
    assert find_watermarks(texts) == {}


def test_one_block_without_the_whole_mark_does_not_shorten_it() -> None:
    mark = "x7K海港资讯——每天一分钟HAIGANG.EXAMPLE"
    texts = [f"{SENTENCES[0]} {number} boats sail{'.!?'[number % 3]}{mark}" for number in range(12)]
    cuts = find_watermarks([*texts, "Address of the site: HAIGANG.EXAMPLE"])
    assert [texts[index][cuts[index].end :] for index in range(12)] == [mark] * 12


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-03-05 10:57:52", "2025-03-05T10:57"),
        ("2025-03-05T10:57:52+08:00", "2025-03-05T10:57"),
        ("2025年3月5日10时57分", "2025-03-05T10:57"),
        ("Wednesday, March 5, 2025", "2025-03-05"),
        ("5th of March 2025, 12:05 a.m.", "2025-03-05T00:05"),
        ("22:45, Sept. 5, 2025", "2025-09-05T22:45"),
        ("2025/2/30", None),  # no such day
        ("1025-03-05", None),
        ("二〇二五年三月十五日", "2025-03-15"),
        ("in March 2025", None),  # no day
    ],
)
def test_date(text: str, iso: str | None) -> None:
    found = find_date(text)
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MARLOW BAY FERRIES LIMITED", True),
        ("Marlow Bay Ferries Co., Ltd. 马洛湾轮渡有限公司", True),
        ("马洛湾轮渡（香港）有限公司", True),
        ("Marlow Bay Ferries buys Haldane Shipyard Ltd.", False),  # a headline has a verb
        ("马洛湾轮渡有限公司订购四艘电动渡船", False),
        ("Marlow Bay", False),
    ],
)
def test_letterhead(text: str, expected: bool) -> None:
    assert is_letterhead(text) is expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("新闻 | News", ["新闻 | News"]),  # too short to stand alone
        ("Harbour opens new pier | 港口启用新码头", ["Harbour opens new pier", "港口启用新码头"]),
        ("港口启用新码头 — Harbour opens new pier", ["港口启用新码头", "Harbour opens new pier"]),
        ("3 boats sail on Monday. 3艘船周一启航。", ["3 boats sail on Monday.", "3艘船周一启航。"]),
        ("船周一启航。 Dr. Marsh was glad. 她很高兴。", ["船周一启航。", "Dr. Marsh was glad.", "她很高兴。"]),
        ("The pier (码头，启用于1994年) was closed.", ["The pier (码头，启用于1994年) was closed."]),
        ("12345", []),
    ],
)
def test_runs_of_one_language(text: str, parts: list[str]) -> None:
    assert [text[run.start : run.end] for run in split_languages(text)] == parts


class TopicEncoder:
    """Turns a text into the direction of the number in it, so that equal numbers are alike and others are not."""

    name = "topics"
    dimension = 64

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            number = int("".join(character for character in text if character.isdigit()) or 0)
            rows[row, number % self.dimension] = 1.0
        return rows


def numbered(first: int) -> tuple[list[str], list[str]]:
    numbers = range(first, first + 10)
    return [f"Boat {n} sails from the old pier." for n in numbers], [f"第{n}艘船从旧码头启航。" for n in numbers]


def test_likeness_needs_the_same_content() -> None:
    en, zh = numbered(0)
    assert weigh_evidence(en, zh, TopicEncoder()).enough
    assert not weigh_evidence(en, numbered(30)[1], TopicEncoder()).enough
    assert not weigh_evidence(en * 20, zh[:1], None).enough, "without an encoder, length decides"


def test_likeness_of_nothing() -> None:
    assert likeness(np.zeros((0, 4), np.float32), np.ones((3, 4), np.float32)) == 0.0


def test_different_files_say_why() -> None:
    en = section_of_one_file(page_of_lines(numbered(0)[0]), Language.EN)[0]
    other = section_of_one_file(page_of_lines(numbered(30)[1]), Language.ZH)[0]
    empty = section_of_one_file(page_of_lines(numbered(0)[0]), Language.ZH)[0]
    assert "do not look like translations" in find_difference(en, other, TopicEncoder())
    assert find_difference(en, empty) == "the Chinese file has no Chinese article text"


def test_likeness_tells_translations_from_neighbours(shared: Path) -> None:
    from aligner.encoders import load_encoder

    encoder = load_encoder()
    folder = shared / "eval" / "news-dev"
    read = {
        (number, language): (folder / f"{number}.{language}").read_text(encoding="utf-8").splitlines()
        for number in ("001", "002", "003", "004")
        for language in Language
    }
    for number in ("001", "002", "003", "004"):
        neighbour = f"{int(number) % 4 + 1:03d}"
        same = weigh_evidence(read[number, Language.EN], read[number, Language.ZH], encoder)
        other = weigh_evidence(read[number, Language.EN], read[neighbour, Language.ZH], encoder)
        assert same.likeness is not None
        assert other.likeness is not None
        assert same.likeness > NEEDED_LIKENESS > other.likeness
