"""Numbers by value in both languages: tables, the numeral parser against a formatter, true translations."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.records import Language
from aligner.text.numbers import QuantityKind, compare_quantities, find_quantities
from aligner.text.numerals import read_numeral

ENGLISH = [
    # text, values found in order, what the row is about
    ("thirty-three cases", ["33"], "tens and ones with a hyphen"),
    ("one hundred and five firms", ["105"], "hundreds in words"),
    ("two million three hundred thousand", ["2300000"], "several scales in words"),
    ("a hundred thousand, a thousand million", ["100000", "1000000000"], "a as one; scales that multiply"),
    ("half a million", ["500000"], "half of a scale"),
    ("1,161 visitors and 1 000 000 guests", ["1161", "1000000"], "commas and spaces between groups"),
    ("on July 26 200 people came", ["7", "26", "200"], "one plain space does not join numbers"),
    ("HK$10 billion, HKD10 billion, RMB 180 billion", ["10000000000", "10000000000", "180000000000"], "currencies"),
    ("$2.5bn, $5m and 1.2k", ["2500000000", "5000000", "1200"], "short scales"),
    ("6.3 percent, 7 per cent, 8%", ["6.3", "7", "8"], "percentages"),
    ("November 25th, 25 November, Nov. 25", ["11", "25", "25", "11", "11", "25"], "dates"),
    ("It may march on, and Jan agrees.", [], "words and names that are also months"),
    ("in May, in March 2024", ["5", "3", "2024"], "months beside a preposition or a year"),
    ("first, 21st and twenty-first", ["1", "21", "21"], "ordinals"),
    ("the 14th plan of the 1990s", ["14", "1990"], "ordinal and decade"),
    ("a dozen ships, two dozen crews, two decades", ["12", "24", "20"], "counting words"),
    ("dozens of ships, tens of thousands of crews", [], "vague amounts"),
    ("at 3 p.m. and 10:30 a.m.", ["15", "10", "30"], "times of day"),
    ("one of them, at one time, a one-off", [], "a lone one"),
    ("COVID-19, A320, 5G, H1N1, version 3.2.1", [], "codes are not numbers"),
    ("mid-2024 and a top-10 place", ["2024", "10"], "prefixes before a number"),
    ("2024-11-28", ["2024", "11", "28"], "a date in digits"),
    ("staffed 24/7", [], "no fraction above one"),
    ("no numbers here", [], "nothing"),
    ("", [], "empty"),
]

CHINESE = [
    ("3217万人次，收入1.24亿元", ["32170000", "124000000"], "scale characters behind digits"),
    ("1亿6000万元，3.5个亿", ["160000000", "350000000"], "two scales; 个 before 亿"),
    ("2.5万亿和两万亿", ["2500000000000", "2000000000000"], "万亿"),
    ("三十三宗、一百零五家", ["33", "105"], "numerals"),
    ("三千五、一万五千", ["3500", "15000"], "a last digit without its scale"),
    ("百分之六点三，百分之30，４０％，四成，六成五", ["6.3", "30", "40", "40", "65"], "percentages"),
    ("11月25日，十二月五日", ["11", "25", "12", "5"], "dates"),
    ("二〇二四年，2024年", ["2024", "2024"], "years"),
    ("20世纪90年代", ["20", "90"], "century and decade"),
    ("下午3时，15时，下午三点半", ["15", "15", "15"], "times of day"),
    ("三分之一，千分之五", [str(Decimal(1) / 3), "0.005"], "fractions"),
    ("第二十一届，第十四名，十四五规划", ["21", "14", "14"], "ordinals and the plan"),
    ("两家企业，三个城市，五大行", ["2", "3", "5"], "one character before a measure word"),
    ("一半学校，半数教师", ["0.5", "0.5"], "halves"),
    ("五十余部，6000余户，1300余万元，三百余万人", ["50", "6000", "13000000", "3000000"], "more than"),
    ("数十家，几百人，十余名，十几个，上万台，成千上万，三五个，二三十人", [], "vague amounts"),
    ("增长两倍，增长3倍", ["2", "3"], "multiples"),
    ("一些，一起，统一，一带一路，三亚，万科，十分好，千万别，百姓，四川", [], "numerals inside words"),
    ("一成，一月", ["10", "1"], "the two words in which 一 counts"),
    ("31个百户村，18.9千米", ["31", "18.9"], "百 and 千 that are no scale"),
    ("A320客机，5G基站，COVID-19", [], "codes are not numbers"),
    ("港元升至１２．５元，貿易額三萬億", ["12.5", "3000000000000"], "full width, traditional"),
    ("没有数字", [], "nothing"),
    ("", [], "empty"),
]


@pytest.mark.parametrize(("text", "values", "reason"), ENGLISH, ids=[row[2] for row in ENGLISH])
def test_english(text: str, values: list[str], reason: str) -> None:
    assert [quantity.value for quantity in find_quantities(text, Language.EN)] == list(map(Decimal, values)), reason


@pytest.mark.parametrize(("text", "values", "reason"), CHINESE, ids=[row[2] for row in CHINESE])
def test_chinese(text: str, values: list[str], reason: str) -> None:
    assert [quantity.value for quantity in find_quantities(text, Language.ZH)] == list(map(Decimal, values)), reason


@pytest.mark.parametrize(
    ("text", "language", "kind", "expression"),
    [
        ("up 6.3 percent in", Language.EN, QuantityKind.PERCENT, "6.3 percent"),
        ("the 21st fair", Language.EN, QuantityKind.ORDINAL, "21st"),
        ("since 2019,", Language.EN, QuantityKind.YEAR, "2019"),
        ("some 2,019 firms", Language.EN, QuantityKind.NUMBER, "2,019"),
        ("at 3 p.m. today", Language.EN, QuantityKind.HOUR, "3 p.m"),
        ("in September", Language.EN, QuantityKind.MONTH, "September"),
        ("于25日举行", Language.ZH, QuantityKind.DAY, "25日"),
        ("增长百分之六", Language.ZH, QuantityKind.PERCENT, "百分之六"),
        ("第十四届", Language.ZH, QuantityKind.ORDINAL, "第十四"),
        ("约１１６１家", Language.ZH, QuantityKind.NUMBER, "１１６１"),
    ],
)
def test_kind_and_span(text: str, language: Language, kind: QuantityKind, expression: str) -> None:
    first = find_quantities(text, language)[0]
    assert first.kind is kind
    assert text[first.start : first.end] == expression


def chinese_numeral(number: int) -> str:
    """An independent formatter: four digits at a time, 零 for skipped places."""
    if number == 0:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10**4)
        groups.append(group)
    text = ""
    for position in range(len(groups) - 1, -1, -1):
        group = groups[position]
        if group:
            if text and group < 1000:
                text += "零"
            text += four_digits(group) + ["", "万", "亿", "万亿"][position]
    # 一万亿 and 三亿 share the 亿: 一万零三亿
    return text.replace("万亿", "万", 1) if len(groups) > 3 and groups[2] else text


def four_digits(number: int) -> str:
    text = f"{number:04}"
    parts = [
        digit + scale
        for digit, scale in zip("".join("零一二三四五六七八九"[int(c)] for c in text), "千百十 ", strict=True)
    ]
    joined = "".join("零" if part[0] == "零" else part for part in parts).strip().strip("零").strip()
    while "零零" in joined:
        joined = joined.replace("零零", "零")
    return joined


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (105, "一百零五"),
        (150, "一百五十"),
        (10010, "一万零一十"),
        (10**12, "一万亿"),
        (20_0300_0004, "二十亿零三百万零四"),
    ],
)
def test_the_formatter_itself(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral


@given(st.integers(0, 10**12))
def test_numerals_round_trip(number: int) -> None:
    assert read_numeral(chinese_numeral(number)) == number


@pytest.mark.parametrize("numeral", ["百", "千万", "万", "二三十", "三五", "七八百", "三" * 30], ids=str)
def test_vague_or_ill_formed_numerals(numeral: str) -> None:
    assert read_numeral(numeral) is None


AGREE = [
    # English, Chinese, what the row is about
    ("It drew 32.17 million visitors.", "客流量3217万人次。", "scale characters"),
    ("It grew 50 percent.", "增长一半。", "percentage and share"),
    ("Open from 3 p.m.", "15时开放。", "both clocks"),
    ("at 2:30 p.m.", "下午2时30分", "afternoon"),
    ("In the 1990s", "上世纪90年代", "decade without its century"),
    ("the '60s and '70s", "上世纪6、70年代", "decades that share a zero"),
    ("The tower is 5m tall.", "塔高5米。", "m is metres here"),
    ("A fund of $5m", "基金500万美元", "m is million here"),
    ("1-2 million yuan", "100万至200万元", "a range shares its scale"),
    ("1 to 2 million yuan", "100至200万元", "also in Chinese"),
    ("5 to 6 percent", "5%至6%", "a range shares its percent sign"),
    ("on the 25th", "11月25日", "a month may be left out"),
    ("The firms signed.", "两家企业签约。", "a small number may be left out"),
    ("240 firms and 240 banks", "240家企业", "a repeated value"),
    ("Sales rose to 2.3 times.", "销售额增至2.3倍。", "times"),
    ("Sales tripled.", "销售额增长了两倍。", "growth by two is times three"),
    ("a twofold rise", "增长一倍", "twofold"),
    ("one hour and 52 minutes", "1小时52分钟", "a lone one"),
    ("from 600 to 850", "由600個增至850個", "traditional measure words"),
    ("600→850", "600個增至850個", "an arrow"),
    ("25 percent off", "七五折", "a discount is what is left to pay"),
    ("20 per cent off", "八折", "a discount of one digit"),
    ("1. A hall with 600 seats", "一、设600个座位的候船厅", "marks of list items"),
    ("1.5 gigawatts", "150万千瓦", "units of power"),
    ("the centenary of the club", "俱乐部成立一百周年", "centenary"),
    ("96,000 people", "9.6万人", "commas"),
    ("3/4 of them", "四分之三", "fractions"),
    ("two thirds of them", "67%的人", "fractions without end"),
    ("in 2024", "民國113年", "years of the Republic"),
    ("33 cases", "三十三宗", "numerals"),
    ("6.3 percent", "百分之六点三", "percentage in numerals"),
    ("on the 21st", "廿一日", "joined tens"),
    ("1 million yuan", "壹佰万元", "formal numerals"),
    ("2.3 trillion yuan", "2.3兆元", "the scale of Taiwan"),
    ("550 acres", "约222.7公顷", "acres and hectares"),
    ("15 acres", "91亩", "acres and mu"),
    ("90 degrees", "32.2摄氏度", "Fahrenheit"),
    ("10 kilometers away", "20里外", "the Chinese mile"),
    ("$100 million", "7.2亿元人民币", "money of two kinds, whose rate is not known"),
    ("50 basis points", "0.5个百分点", "basis points"),
    ("one in twenty patients", "二十分之一的患者", "one in twenty"),
    ("Seven in ten claims", "七成索偿", "seven in ten"),
    ("two and a half hours", "两个半小时", "and a half"),
    ("the winner of both prizes, 30 in all", "双料得主，共30人", "numbers inside words"),
    ("after 9/11", "911 事件之后", "9/11 is a name"),
    ("2,06,737 cases", "206,737 例", "Indian groups"),
    ("He is 45 years old.", "现年45岁。", "ages"),
    ("won 3-1", "3比1获胜", "scores"),
    ("Call 2123 4567", "请致电2123 4567", "telephone numbers"),
    ("a dozen ships", "12艘船", "dozen"),
    ("Dashan III has 8 turbines", "大杉三期有8台风机", "roman numerals"),
    ("Nothing", "没有", "no numbers at all"),
]

CONTRADICT = [
    ("It drew 32.17 million visitors.", "客流量3271万人次。", "32170000", "32710000"),
    ("on October 25", "10月26日", "25", "26"),
    ("on the 25th", "26日", "25", "26"),
    ("Three firms signed.", "4家企业签约。", "3", "4"),
    ("HK$10 billion", "10亿港元", "10000000000", "1000000000"),
    ("up 6.3 percent", "增长6.8%", "6.3", "6.8"),
    ("in 2019", "2018年", "2019", "2018"),
    ("Sales rose to 2.3 times.", "销售额增至2.4倍。", "2.3", "2.4"),
    ("at 2:30 p.m.", "下午4时30分", "2", "16"),
    ("Three people in the Three Gorges, 3", "三峡有4个人", "3", "4"),
    ("in May", "6月", "5", "6"),
]


@pytest.mark.parametrize(("en", "zh", "reason"), AGREE, ids=[row[2] for row in AGREE])
def test_numbers_that_agree(en: str, zh: str, reason: str) -> None:
    assert compare_quantities(en, zh).contradictions == (), reason


@pytest.mark.parametrize(("en", "zh", "en_value", "zh_value"), CONTRADICT, ids=[row[1] for row in CONTRADICT])
def test_numbers_that_contradict(en: str, zh: str, en_value: str, zh_value: str) -> None:
    found = compare_quantities(en, zh).contradictions
    assert (Decimal(en_value), Decimal(zh_value)) in [(one.value, other.value) for one, other in found]


def test_a_number_that_one_side_leaves_out_is_told_but_contradicts_nothing() -> None:
    found = compare_quantities("Some 240 firms signed.", "企业签约。")
    assert ([each.value for each in found.en_only], found.contradictions) == ([Decimal(240)], ())


NUMERALS = {
    "三十三": 33,
    "一百零五": 105,
    "三千五": 3500,
    "一万五": 15000,
    "两万亿": 2 * 10**12,
    "廿一": 21,
    "卅": 30,
    "壹佰万": 10**6,
    "貳仟參佰": 2300,
    "三萬億": 3 * 10**12,
    "十五": 15,
    "一千零三": 1003,
    "○": 0,
    "一九九七": 1997,
    "拾伍": 15,
    "一七": None,
    "半": None,
}


@pytest.mark.parametrize("numeral", NUMERALS, ids=str)
def test_numerals(numeral: str) -> None:
    assert read_numeral(numeral) == NUMERALS[numeral]


@given(
    st.text(st.sampled_from("0123456789,. -/:%零一二十百千万亿第点分之成年月日时半 onehudrmilpct$½²")),
    st.sampled_from(list(Language)),
)
def test_any_text_gives_ascending_disjoint_spans(text: str, language: Language) -> None:
    reached = 0
    for quantity in find_quantities(text, language):
        assert reached <= quantity.start < quantity.end <= len(text)
        assert quantity.value.is_finite()
        reached = quantity.end


@pytest.mark.parametrize(
    "text", ["9" * 10_000 + "s", "十" * 10_000, "三" * 10_000 + "年", "9:" * 5_000], ids=lambda t: t[:2]
)
@pytest.mark.parametrize("language", list(Language))
def test_endless_numbers_are_no_numbers(text: str, language: Language) -> None:
    assert not [quantity for quantity in find_quantities(text, language) if quantity.value > 60]
