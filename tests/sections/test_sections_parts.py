"""The parts that sections are read with: watermarks, dates, letterheads, runs of one language, scripts."""

import pytest

from aligner.records import Passage
from aligner.sections.boilerplate import is_letterhead
from aligner.sections.passages import split_languages
from aligner.sections.scripts import is_japanese, split_scripts
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
        ("新闻 | News", ["新闻", "News"]),
        ("通告 Notice", ["通告", "Notice"]),
        ("開放時間 Opening Hours", ["開放時間", "Opening Hours"]),
        ("费用｜Fees", ["费用", "Fees"]),
        ("Returning Books（归还图书）", ["Returning Books", "归还图书"]),
        ("海洋历史 // 海洋歷史 Maritime history", ["海洋历史", "海洋歷史", "Maritime history"]),
        ("2025年年报 Annual Report 2025", ["2025年年报", "Annual Report 2025"]),
        ("华为 Mate 60", ["华为 Mate 60"]),  # a name: its number is not in the Chinese
        ("新船采用 Marlow Drive 技术", ["新船采用 Marlow Drive 技术"]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新しいフェリーターミナルは月曜日に開業しました。", True),
        ("她最喜欢的电影是《となりのトトロ》，小时候看过许多遍，至今仍能背出其中大部分台词。", False),
        ("优の良品", False),
    ],
)
def test_japanese(text: str, expected: bool) -> None:
    assert is_japanese(text) is expected


def test_two_scripts_are_two_versions() -> None:
    lines = ["港务局启用新码头。", "港務局啟用新碼頭。", "票价", "票價", "中心"]
    versions = split_scripts([Passage(line, 0, len(line), number) for number, line in enumerate(lines)])
    assert [[passage.text for passage in version] for version in versions] == [
        ["港务局启用新码头。", "票价"],
        ["港務局啟用新碼頭。", "票價", "中心"],
    ]


def test_one_script_with_a_name_in_the_other_is_one_version() -> None:
    lines = ["港务局周一启用了新的渡轮码头，市长与来宾一同剪彩，随后乘坐首班渡轮前往对岸的新城区参观。", "臺灣大學"]
    assert len(split_scripts([Passage(line, 0, len(line), 0) for line in lines])) == 1


def test_mark_before_paragraphs_of_both_languages_is_cut() -> None:
    mark = "海港资讯网讯·"
    cuts = find_watermarks([mark + sentence for sentence in SENTENCES])
    assert [(mark + SENTENCES[index])[cuts[index].start :] for index in range(5)] == SENTENCES
