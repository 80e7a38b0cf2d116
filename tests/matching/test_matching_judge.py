"""Which beads are boilerplate: decided together, on chains whose answer is plain."""

import pytest

from aligner.api import Aligner
from aligner.config import AlignOptions
from aligner.matching.judge import decode
from aligner.records import Block, Fate, Page
from aligner.sections import thresholds as limits

ALIGNER = Aligner()


@pytest.mark.parametrize(
    ("scores", "ties", "expected"),
    [
        ([], [], []),
        ([6.0], [], [True]),
        ([-6.0], [], [False]),
        ([1.0], [], [False]),  # alone, a soft line has to convince
        ([6.0, -1.0, 6.0], [1.0, 1.0], [True, True, True]),
        ([6.0, -1.0, -1.0], [1.0, 1.0], [True, True, True]),  # signatories stay with the text
        ([6.0, -9.0, 6.0], [1.0, 1.0], [True, False, True]),
        ([6.0, -1.0, -9.0], [0.0, 1.0], [True, False, False]),  # a footer goes with the footer
        ([-1.0, 6.0], [0.0], [False, True]),
    ],
)
def test_chain(scores: list[float], ties: list[float], expected: list[bool]) -> None:
    assert decode(scores, ties) == expected


def test_likeliest_states_are_found() -> None:
    """Against all ways to mark a chain."""
    from itertools import product

    scores, ties = [1.5, -0.5, -2.0, 0.7, 2.5, -3.0], [1.0, 0.3, 0.9, 0.0, 0.6]

    def total(states: tuple[bool, ...]) -> float:
        value = sum(score for score, state in zip(scores, states, strict=True) if state)
        value += limits.ISLAND if states[0] else 0.0
        for tie, before, after in zip(ties, states, states[1:], strict=False):
            value -= limits.COUPLING * tie if before != after else 0.0
            value += limits.ISLAND * (1 - tie) if after else 0.0
        return value

    best = max(product((True, False), repeat=len(scores)), key=total)
    assert tuple(decode(scores, ties)) == best


LINES = [
    ("Home", "首页"),
    ("About us", "关于我们"),
    ("The harbour opened a new pier on Monday.", "港口周一启用了新码头。"),
    ("It cost four million pounds and took two years to build.", "码头耗资四百万英镑，历时两年建成。"),
    ("Boats leave every twenty minutes until midnight.", "渡船每二十分钟一班，直到午夜。"),
    ("Copyright 2025 Marlow Bay", "版权所有 2025 马洛湾"),
]


def page_of(pairs: list[tuple[str, str]]) -> Page:
    texts = [text for pair in pairs for text in pair]
    blocks, position = [], 0
    for text in texts:
        blocks.append(Block(text, position, position + len(text)))
        position += len(text) + 1
    return Page("page", "text", "\n".join(texts), tuple(blocks))


def test_menu_and_footer_in_both_languages_are_boilerplate() -> None:
    result = ALIGNER.align_read_page(page_of(LINES))
    assert [unit.en for unit in result.units] == [en for en, _ in LINES[2:5]]
    (pair,) = result.aligned
    assert pair.count(Fate.BOILERPLATE) == 3
    told = {report.block: report.other_language for report in result.readings[0].reports}
    assert "boilerplate" in told[0]
    assert "translation stands" in told[4]


def test_keep_all_keeps_soft_lines_and_not_certain_boilerplate() -> None:
    pairs = [*LINES, ("Harbour lights", "港湾灯火")]
    kept = ALIGNER.with_options(AlignOptions(keep_all=True)).align_read_page(page_of(pairs))
    assert "Harbour lights" in [unit.en for unit in kept.units]
    assert "Home" not in [unit.en for unit in kept.units]


def test_two_scripts_give_units_with_their_own_codes() -> None:
    from aligner.text.chinese import to_traditional

    texts = [text for en, zh in LINES[2:5] for text in (en, zh, to_traditional(zh))]
    blocks, position = [], 0
    for text in texts:
        blocks.append(Block(text, position, position + len(text)))
        position += len(text) + 1
    result = ALIGNER.align_read_page(Page("page", "text", "\n".join(texts), tuple(blocks)))
    assert [unit.zh_lang for unit in result.units] == ["zh-CN"] * 3 + ["zh-TW"] * 3
    assert [unit.zh for unit in result.units] == [zh for _, zh in LINES[2:5]] + [
        to_traditional(zh) for _, zh in LINES[2:5]
    ]


def test_english_and_japanese_give_nothing() -> None:
    japanese = [
        "港は月曜日に新しい桟橋を開いた。",
        "四百万ポンドと二年の工事を要した。",
        "船は深夜まで二十分ごとに出る。",
    ]
    result = ALIGNER.align_read_page(page_of(list(zip([en for en, _ in LINES[2:5]], japanese, strict=True))))
    assert result.units == ()
    assert result.reason == "the page is in English only"
