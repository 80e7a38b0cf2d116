"""Each check on a table, and how often they meet true pairs and planted contradictions."""

from pathlib import Path

import pytest

from aligner.checks import CHECKS, find_findings, list_flags
from aligner.checks.context import Context
from aligner.checks.length import length_deviation
from aligner.records import Bead, Flag, Language, TranslationUnit
from benchmarks.flags import PLANTED, flags_of, plant_faults, read_pairs

CORPORA = Path(__file__).resolve().parents[2] / "corpora" / "eval"
PORT = ("The port opened a second berth.", "港口启用了第二个泊位。")
SURE = Bead((0,), (0,), 1.0, 0.8, 0.2)


def make_unit(en: str, zh: str, confidence: float = 1.0) -> TranslationUnit:
    return TranslationUnit(en, zh, "en", "zh-CN", confidence, "1-1", (), "", (), ())


def flags(en: str, zh: str, bead: Bead = SURE) -> tuple[Flag, ...]:
    return list_flags(find_findings(make_unit(en, zh, bead.confidence), Context(bead, 0.32)))


@pytest.mark.parametrize(
    ("en", "zh", "bead", "expected"),
    [
        ("It cost 32 million yuan.", "耗资3200万元。", SURE, ()),  # the same value
        ("It cost 32 million yuan.", "耗资320万元。", SURE, (Flag.NUMBERS_DIFFER,)),
        ("1. A hall with 600 seats", "一、设600个座位的候船厅", SURE, ()),  # marks of list items
        (*PORT, Bead((0,), (0,), 1, 0.8, -0.02), (Flag.LOW_MARGIN,)),  # other sentences are as similar
        (*PORT, Bead((0,), (0,), 1, 0.8, 0.2, crossing=True), (Flag.CROSSING,)),
        (*PORT, Bead((0,), (0,), 0.69, 0.8, 0.2), (Flag.LOW_CONFIDENCE,)),
        (*PORT, Bead((0,), (0,), 0.7, 0.8, 0.2), ()),
        ("Find X8", "find X8", SURE, (Flag.UNTRANSLATED,)),  # equal but for the case
        ("The berth.", "Le quai.", SURE, (Flag.UNTRANSLATED,)),  # no Chinese
        ("港口。", "泊位。", SURE, (Flag.UNTRANSLATED,)),  # no Latin
        (
            "The port opened. " + "Ships of many lines came to see the new berth. " * 5,
            "港口启用了。",
            SURE,
            (Flag.LENGTH,),
        ),
    ],
)
def test_flags(en: str, zh: str, bead: Bead, expected: tuple[Flag, ...]) -> None:
    assert flags(en, zh, bead) == expected


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("鈥淭his is a berth", "鈥淭"),
        ("â€œThis is a berth", "â€œ"),
        ("This berthï¼Œ that", "ï¼Œ"),
        ("the cafÃ© opened", "Ã©"),
        ("the \ufffd\ufffd berth", "\ufffd\ufffd"),
        ("the \ue012 berth", "\ue012"),
        ("the (cid:12) berth", "(cid:12)"),
        ("the café “voilà…” opened at São Paulo’s “CAFÉ”", ""),
        ("“This” – 10 °C – costs €5", ""),
        ("港口：“启用”，锂电池、铁路、钢铁", ""),
    ],
)
def test_damaged_text_is_marked(text: str, damaged: str) -> None:
    findings = find_findings(make_unit(text, "港口启用了第二个泊位。"), Context(SURE, 0.32))
    marks = [mark for finding in findings if finding.flag is Flag.DAMAGED for mark in finding.marks]
    assert "".join(text[mark.start : mark.end] for mark in marks) == damaged


def test_a_finding_marks_the_words_on_both_sides_with_their_values() -> None:
    unit = make_unit("It cost 32 million yuan.", "耗资320万元。")
    (finding,) = find_findings(unit, Context(SURE, 0.32))
    en, zh = finding.marks
    assert (en.language, unit.en[en.start : en.end], en.value) == (Language.EN, "32 million", "32000000")
    assert (zh.language, unit.zh[zh.start : zh.end], zh.value) == (Language.ZH, "320万", "3200000")


def test_flags_come_in_the_order_of_the_registry_and_once() -> None:
    bead = Bead((0,), (0,), 0.2, 0.8, -0.1, crossing=True)
    found = flags("It cost 32 yuan, 45 percent.", "\ufffd耗资33元，46%。", bead)
    assert found == (
        Flag.NUMBERS_DIFFER,
        Flag.LOW_MARGIN,
        Flag.CROSSING,
        Flag.LOW_CONFIDENCE,
        Flag.DAMAGED,
    )


def test_every_flag_has_a_check_in_a_file_of_its_own() -> None:
    assert len({check.__module__ for check in CHECKS}) == len(CHECKS) == len(Flag)
    assert all(__import__(check.__module__, fromlist=["check"]).__doc__ for check in CHECKS)


def test_a_few_characters_say_nothing_about_length() -> None:
    assert length_deviation("Yes.", "是的。", 0.32) < length_deviation("Yes. " * 30, "是的。" * 60, 0.32)


def test_true_pairs_of_the_sample_releases_carry_no_flag_of_their_text() -> None:
    pairs = list(read_pairs(CORPORA))
    assert len(pairs) > 300
    assert [pair for pair in pairs if flags_of(pair)] == []


def test_planted_contradictions_are_found() -> None:
    faults = plant_faults(list(read_pairs(CORPORA)), PLANTED, seed=20)
    assert len(faults) == PLANTED
    assert [fault for fault in faults if Flag.NUMBERS_DIFFER not in flags_of(fault.changed)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["news-dev", "news-noisy-dev"])
def test_news(shared: Path, name: str) -> None:
    pairs = list(read_pairs(shared / "eval" / name))
    assert sum(Flag.NUMBERS_DIFFER in flags_of(pair) for pair in pairs) <= 0.004 * len(pairs)
    assert not [pair for pair in pairs if Flag.DAMAGED in flags_of(pair)]
    faults = plant_faults(pairs, PLANTED, seed=20)
    assert len(faults) == PLANTED
    assert [fault for fault in faults if Flag.NUMBERS_DIFFER not in flags_of(fault.changed)] == []
