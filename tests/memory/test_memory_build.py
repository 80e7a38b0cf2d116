"""From beads to units: joining, flags, what is kept, and what counts as a translation at all."""

import pytest

from aligner.matching.evidence import aligned_share
from aligner.matching.gate import Match
from aligner.memory.build import build_units, count_unused, decide_outcomes, pair_key
from aligner.records import (
    AlignedPair,
    Alignment,
    Bead,
    Fate,
    Flag,
    Language,
    Metadata,
    Section,
    SectionPair,
    Sentence,
)

PORT = ("The port opened a second berth.", "港口启用了第二个泊位。")
CRANE = ("It has four cranes.", "泊位有四台起重机。")
SHIP = ("The first ship came at dawn.", "第一艘船黎明时分抵达。")


def sentences(texts: list[str], language: Language) -> tuple[Sentence, ...]:
    made, position = [], 0
    for text in texts:
        made.append(Sentence(text, language, position, position + len(text), 0))
        position += len(text) + 1
    return tuple(made)


SURE = Match(1.0, {})


def aligned(en: list[str], zh: list[str], beads: list[Bead], zh_tag: str = "zh-CN") -> AlignedPair:
    sections = Section(Language.EN, "en", ()), Section(Language.ZH, zh_tag, ())
    pair = SectionPair(*sections, Metadata(date="2024-11-28"), "en-zh")
    return AlignedPair(
        pair, sentences(en, Language.EN), sentences(zh, Language.ZH), Alignment(tuple(beads), "hash|none")
    )


def both(*pairs: tuple[str, str]) -> tuple[list[str], list[str]]:
    return [en for en, _ in pairs], [zh for _, zh in pairs]


def test_chinese_joins_without_a_space_and_english_with_one() -> None:
    en, zh = both(PORT, CRANE)
    ((_, unit),) = build_units(aligned(en, zh, [Bead((0, 1), (0, 1), 0.9, 0.7, 0.2)]), "page.txt", Metadata())
    assert unit.en == "The port opened a second berth. It has four cranes."
    assert unit.zh == "港口启用了第二个泊位。泊位有四台起重机。"
    assert unit.en_spans == ((0, 31), (32, 51))
    assert (unit.bead_type, unit.confidence, unit.similarity, unit.margin) == ("2-2", 0.9, 0.7, 0.2)


def test_unit_carries_page_tags_and_metadata() -> None:
    pair = aligned(*both(PORT), [Bead((0,), (0,), 0.9)], zh_tag="zh-HK")
    ((_, unit),) = build_units(pair, "a.docx + b.docx", pair.pair.metadata)
    assert (unit.origin, unit.en_lang, unit.zh_lang) == ("a.docx + b.docx", "en", "zh-HK")
    assert unit.metadata.date == "2024-11-28"


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("The\u00a0port\u200b  opened.", "港口\u00a0启用。"),  # no-break spaces of web pages
        ("The port\u3000opened.", "港口 启用。"),  # ideographic space
    ],
)
def test_white_space_is_normalised(en: str, zh: str) -> None:
    ((_, unit),) = build_units(aligned([en], [zh], [Bead((0,), (0,), 1.0)]), "p", Metadata())
    assert (unit.en, unit.zh) == ("The port opened.", "港口 启用。")


@pytest.mark.parametrize(
    ("en", "zh", "bead"),
    [
        (["A."], [], Bead((0,), (), 1.0)),  # English without counterpart
        ([], ["甲。"], Bead((), (0,), 1.0)),  # Chinese without counterpart
        ([" \u00a0"], ["甲。"], Bead((0,), (0,), 1.0)),  # a list of sentences may hold blank ones
    ],
)
def test_nothing_with_an_empty_side(en: list[str], zh: list[str], bead: Bead) -> None:
    assert build_units(aligned(en, zh, [bead]), "p", Metadata()) == []


@pytest.mark.parametrize("confidence", [1.0000001, -1e-9, float("1e-300")])
def test_confidence_is_within_bounds_whatever_the_rounding(confidence: float) -> None:
    ((_, unit),) = build_units(aligned(*both(PORT), [Bead((0,), (0,), confidence)]), "p", Metadata())
    assert 0.0 <= unit.confidence <= 1.0


def test_flags_do_not_lower_the_confidence() -> None:
    pair = aligned(["It cost 32 million yuan."], ["耗资320万元。"], [Bead((0,), (0,), 0.97, 0.8, 0.2)])
    ((_, unit),) = build_units(pair, "p", Metadata())
    assert unit.flags == (Flag.NUMBERS_DIFFER,)
    assert unit.confidence == 0.97


def test_selection_keeps_what_is_sure_and_counts_what_is_left() -> None:
    en, zh = both(PORT, CRANE, SHIP)
    beads = [Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.49), Bead((2,), (), 1.0), Bead((), (2,), 1.0)]
    pair = aligned(en, zh, beads)
    decided = decide_outcomes(pair, "p", 0.5, set(), SURE)
    assert [unit.en for unit in decided.written()] == [PORT[0]]
    assert [each.fate for each in decided.outcomes] == [
        Fate.WRITTEN,
        Fate.LOW_CONFIDENCE,
        Fate.UNALIGNED,
        Fate.UNALIGNED,
    ]
    assert count_unused(decided) == (2, 2)


def test_unit_at_the_least_confidence_is_kept() -> None:
    pair = aligned(*both(PORT), [Bead((0,), (0,), 0.5)])
    assert len(list(decide_outcomes(pair, "p", 0.5, set(), SURE).written())) == 1


def test_texts_that_are_no_translations_give_no_unit() -> None:
    pair = aligned(*both(PORT), [Bead((0,), (0,), 0.9)])
    decided = decide_outcomes(pair, "p", 0.5, seen := set(), Match(0.0, {}))
    assert [each.fate for each in decided.outcomes] == [Fate.NO_TRANSLATION]
    assert decided.outcomes[0].unit, "shown, though not written"
    assert seen == set()


def test_equal_pairs_are_given_once_and_are_not_alone() -> None:
    en, zh = both(PORT, CRANE, PORT)
    pair = aligned(en, zh, [Bead((i,), (i,), 0.9) for i in range(3)])
    seen: set[bytes] = set()
    first = decide_outcomes(pair, "p", 0.5, seen, SURE)
    again = decide_outcomes(pair, "q", 0.5, seen, SURE)
    assert [unit.en for unit in first.written()] == [PORT[0], CRANE[0]]
    assert (first.count(Fate.REPEATED), count_unused(first)) == (1, (0, 0))
    assert (list(again.written()), again.count(Fate.REPEATED), count_unused(again)) == ([], 3, (0, 0))


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        (PORT, PORT, True),
        (("caf\u00e9", "咖啡"), ("cafe\u0301", "咖啡"), True),  # one text in two Unicode forms
        (("ab", "c"), ("a", "bc"), False),  # where the sides part counts
        (("\ud800", "甲"), ("\ud801", "甲"), False),  # lone surrogates are no reason to fail
    ],
)
def test_pair_key(first: tuple[str, str], second: tuple[str, str], equal: bool) -> None:
    assert (pair_key(*first) == pair_key(*second)) is equal


def test_aligned_share_counts_characters_by_confidence() -> None:
    beads = [Bead((0,), (0,), 1.0, margin=0.2), Bead((1,), (1,), 0.5, margin=0.2), Bead((2,), (), 1.0)]
    assert aligned_share(beads, [10, 10, 20], [10, 10]) == pytest.approx(15 / 20), "of the side that has more"
    assert aligned_share([], [], []) == 0.0


def test_bead_without_a_margin_says_nothing_about_the_texts() -> None:
    assert aligned_share([Bead((0,), (0,), 1.0, similarity=0.4, margin=0.01)], [10], [4]) == 0.0


def test_chance_of_a_translation_enters_the_confidence() -> None:
    bead = Bead((0,), (0,), 0.9)
    decided = decide_outcomes(aligned(*both(PORT), [bead]), "p", 0.5, set(), Match(0.6, {bead: 0.8}))
    assert [unit.confidence for unit in decided.written()] == [pytest.approx(0.72)]


def test_boilerplate_is_shown_and_not_written() -> None:
    bead = Bead((0,), (0,), 0.9)
    decided = decide_outcomes(aligned(*both(PORT), [bead]), "p", 0.5, set(), SURE, {bead})
    assert [(each.fate, each.unit is not None) for each in decided.outcomes] == [(Fate.BOILERPLATE, True)]
