"""Near twins: the confidence of a sentence paired with another one of its pattern falls, that of its own does not."""

import pytest

from aligner.memory.build import build_units
from aligner.memory.twins import weigh_twin
from aligner.records import AlignedPair, Alignment, Bead, Language, Metadata, Section, SectionPair, Sentence

# Patterns of lists, English and Chinese, filled with two sets of particulars.
DATED = [
    ("The defendant was acquitted on {0} December.", "被告人12月{0}日被判无罪。"),
    ("The hearing was held on December {0}.", "庭审于12月{0}日举行。"),
    ("The exhibition opens on 5:00 p.m., {0} May 2024.", "展览将于2024年5月{0}日下午5时开幕。"),
    ("The appeal was dismissed on {0} March 2023.", "上诉于2023年3月{0}日被驳回。"),
    ("Registration closes on June {0}.", "报名6月{0}日截止。"),
]
AMOUNTS = [
    ("The fine was {0} yuan.", "罚款{0}元。"),
    ("The ticket costs HK${0}.", "票價{0}港元。"),
    ("Output grew {0} percent.", "产量增长{0}%。"),
    ("The home team scored {0} points.", "主队得到{0}分。"),
    ("The lot was sold for {0} million yuan.", "该拍品以{0}00万元成交。"),
]
NAMED = [
    ("{en} was acquitted.", "{zh}被判无罪。"),
    ("{en} won the gold medal.", "{zh}获得金牌。"),
    ("{en} was elected chairman.", "{zh}当选主席。"),
    ("The first prize went to {en}.", "一等奖得主：{zh}。"),
]
NAMES = [
    (("Zhang Wei", "张伟"), ("Liu Fang", "刘芳")),
    (("Chen Jing", "陈静"), ("Wang Lei", "王磊")),
    (("Peter Lam", "Peter Lam"), ("Mary Chan", "Mary Chan")),
    (("Xu Hongmei", "徐红梅"), ("Zhao Gang", "赵刚")),
    (("Tom Baker", "Tom Baker"), ("Ann Fisher", "Ann Fisher")),
]
PARTICULARS = [("18", "23"), ("12", "19")]


def cases() -> list[tuple[str, str, str]]:
    """English, its own Chinese, and the Chinese of its twin."""
    made = [
        (en.format(own), zh.format(own), zh.format(other))
        for en, zh in [*DATED, *AMOUNTS]
        for own, other in PARTICULARS
    ]
    made += [
        (en.format(en=own[0]), zh.format(zh=own[1]), zh.format(zh=other[1])) for en, zh in NAMED for own, other in NAMES
    ]
    return made


CASES = cases()


def test_there_are_enough_lists() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize(("en", "own", "twin"), CASES, ids=[f"{en} {twin}" for en, _, twin in CASES])
def test_a_twin_is_doubtful_and_the_right_one_is_not(en: str, own: str, twin: str) -> None:
    assert weigh_twin(en, twin) < 0.5
    assert weigh_twin(en, own) == 1.0


def test_the_example_of_two_verdicts() -> None:
    assert weigh_twin("Zhang Wei was acquitted on 18 December.", "12月23日，刘芳被判无罪。") < 0.5


@pytest.mark.parametrize(
    ("en", "zh", "reason"),
    [
        ("It cost 32 million yuan.", "耗资320万元。", "the same digits with another scale are a slip"),
        ("Yang Hongnian founded it on 5 May.", "杨鸿年于5月6日创办。", "the name agrees"),
        ("240 firms signed 31 deals.", "240家企业签署32项协议。", "another number agrees"),
        ("Some 240 firms signed.", "企业签约。", "what is left out contradicts nothing"),
        ("Chan Kwok-ki said so.", "陈国基说。", "spellings that are not pinyin"),
        ("The airline EasyJet said so.", "易捷航空（EasyJet）说。", "a name that both have"),
    ],
)
def test_no_doubt_without_need(en: str, zh: str, reason: str) -> None:
    assert weigh_twin(en, zh) == 1.0, reason


def test_the_confidence_of_the_unit_falls() -> None:
    en, zh = "The fine was 18 yuan.", "罚款23元。"
    pair = AlignedPair(
        SectionPair(Section(Language.EN, "en", ()), Section(Language.ZH, "zh-CN", ()), Metadata(), "en-zh"),
        (Sentence(en, Language.EN, 0, len(en), 0),),
        (Sentence(zh, Language.ZH, 0, len(zh), 0),),
        Alignment((Bead((0,), (0,), 1.0, 0.8, 0.2),), ""),
    )
    ((_, unit),) = build_units(pair, "p", Metadata())
    assert unit.confidence < 0.5
    assert {"numbers-differ", "low-confidence"} <= set(unit.flags)
