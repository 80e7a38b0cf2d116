"""Numbers of a Chinese text: in digits with scale characters, in numerals, and the units that say what they are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from aligner.text.numbers.digits import (
    ANY_DIGIT,
    DIGITS,
    LARGEST_YEAR,
    NUMERIC,
    SMALLEST_YEAR,
    is_code,
    keep_disjoint,
    matches,
    read_compound,
    read_digits,
    read_hour,
    read_percent,
)
from aligner.text.numbers.quantity import Quantity, QuantityKind
from aligner.text.numerals import DIGITS as NUMERAL_DIGITS
from aligner.text.numerals import FORMAL_NUMERAL, NUMERAL, SCALES, read_numeral

_REPUBLIC = 1911
"""Years before the first one of the calendar of the Republic, 民國元年."""
_NUMERAL = rf"(?:{NUMERAL[:-1]}廿卅]+|{FORMAL_NUMERAL})"
_ANY = re.compile(f"[第半廿卅壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟{NUMERAL[1:]}")
_WORDS = re.compile(
    r"(?P<half>一半|半[数數])"
    rf"|(?P<discount>[一二三四五六七八九]{{1,2}}(?=折(?![扣叠疊算合断斷磨射旧舊返腾騰价價中])))"
    rf"|(?P<lower>{NUMERAL}+)分之(?:(?P<upper>{NUMERAL}+(?:[点點][零〇一二三四五六七八九]+)?)|(?P<digits>{DIGITS}))"
    rf"|(?P<nth>第)?(?P<number>{_NUMERAL})"
    rf"(?P<decimals>[点點][零〇一二三四五六七八九]+(?![十刻分零〇一二三四五六七八九]))?(?:[余餘多](?P<more>[万萬亿億]+))?"
)
_SCALED_DIGITS = re.compile(
    rf"(?P<digits>{DIGITS})(?:\s?(?:[余餘多来來]?(?P<scale>[十百千]?[万萬亿億]+|兆(?![瓦赫字帕欧歐焦比伏周])|[百千](?![米克瓦伏卡]))"
    r"|[个個](?P<counted>[万萬亿億]+)))?"
)
_UNIT = re.compile(
    r"\s?(?:(?P<percent>%|[个個]百分[点點])|(?P<tenth>成(?![为為功果员員立本就长長人熟绩績效交型分不]))(?P<half_tenth>五)?"
    r"|(?P<decade>年代)|(?P<century>世[纪紀])|(?P<year>年)|(?P<month>月)|(?P<day>[日号號])|(?P<hour>[时時]|[点點](?![0-9]))|(?P<multiple>倍)"
    r"|(?P<discount>折(?![扣叠疊算合断斷磨射旧舊返腾騰价價中])))"
)
_HALF_MORE = re.compile(r"\s?(?:[个個天年月岁歲周里]|小时|小時|公里|英里|亿|億|万|萬)半(?![数數年月天日个個])")
"""Behind a number: two and a half of what it counts."""
_AFTERNOON = re.compile("(?:下午|晚上|傍晚|晚间|晚間|当晚|當晚|晚)\\s?\\Z")
_MONTH_BEFORE = re.compile("月\\s?\\Z")
_REPUBLIC_BEFORE = re.compile("民[国國]\\s?\\Z")
_GROWTH_BEFORE = re.compile("[增涨漲升高加多大超][^，。；,;]{0,6}\\Z")
_MEASURE = re.compile(
    "[个個位名家项項次年月日号號天人条條种種类類批部座只艘台臺辆輛架件份套场場届屆期代米元块塊亩畝户戶点點岁歲季级級层層所间間起例笔"
    "筆支队隊枚张張国國省市县縣村校馆館艘宗吨噸周週轮輪站区區颗顆幅首本组組段步方大成倍]|公[里斤顷頃]|小时|小時|分钟|分鐘|平方|余|餘|多|分之"
)
_PLAN = re.compile("十[一二三四五]五")
_SOME = frozenset("数數几幾")
_MORE = frozenset("余餘多来來")
_AFTER_ONE = frozenset("成月")  # 一成 is ten percent, 一月 January
_LIST_GAP = re.compile(r"\s?[、,，和与與至到—–-]\s?")


def find_chinese(text: str) -> list[Quantity]:
    """The quantities of a Chinese text, ascending and disjoint."""
    return _share_units(text, keep_disjoint([*_find_digits(text), *_find_numerals(text)]))


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, with what the next or the one before says of them: 6、70年代 is two decades, 8时20分 a time."""
    for position in range(len(found) - 1):
        first, second = found[position], found[position + 1]
        if first.kind is QuantityKind.HOUR and second.start == first.end and text[second.end : second.end + 1] == "分":
            found[position + 1] = replace(second, kind=QuantityKind.MINUTE, soft=True)
        elif (
            text[second.start : second.end].endswith("年代")
            and first.value < 10
            and _LIST_GAP.fullmatch(text, first.end, second.start)
        ):
            found[position] = replace(first, kind=QuantityKind.YEAR, other=first.value * 10, soft=True)
    return found


def _scale_product(scales: str) -> Decimal:
    """The factor of scale characters in a row, such as 千万 or 万亿."""
    product = Decimal(1)
    for character in scales:
        product *= 10**12 if character == "兆" else SCALES[character]
    return product


def _find_digits(text: str) -> Iterator[Quantity]:
    """Quantities written in digits in a Chinese text."""
    reached = 0
    for match in matches(ANY_DIGIT, NUMERIC, text):
        start, end = match.span()
        is_year = end - start == 4 and text[end : end + 1] == "年"  # APEC2020年会议
        if start < reached or (is_code(text, start, end, priced=False) and not is_year):
            continue
        if not match["digits"]:
            yield from read_compound(match)
            continue
        value, end = _read_mixed(text, match)
        reached = end
        yield _read_unit(text, value, start, end)


def _read_mixed(text: str, match: re.Match[str]) -> tuple[Decimal, int]:
    """The value of digits with scale characters, such as 1亿6000万, and the offset of its end."""
    value, end = Decimal(0), match.start()
    smallest: Decimal | None = None
    while part := _SCALED_DIGITS.match(text, end):
        scale = _scale_product(part["scale"] or part["counted"] or "")
        if smallest is not None and scale >= smallest:
            break
        value, end, smallest = value + read_digits(part["digits"]) * scale, part.end(), scale
        if scale == 1:
            break
    return value, end


def _find_numerals(text: str) -> Iterator[Quantity]:
    """Quantities written in Chinese numerals."""
    for match in matches(_ANY, _WORDS, text):
        if match["half"]:
            yield Quantity(Decimal("0.5"), QuantityKind.NUMBER, *match.span(), other=Decimal(50), soft=True)
        elif match["discount"]:
            digits = Decimal("".join(str(NUMERAL_DIGITS[character]) for character in match["discount"]))
            yield _read_discount(digits, match.start(), match.end() + 1)
        elif match["lower"]:
            yield from _read_fraction(match)
        elif found := _read_numeral(text, match):
            yield found


def _read_discount(value: Decimal, start: int, end: int) -> Quantity:
    """八折, 七五折 or 7.5折 as the percentage taken off, which also reads as that left to pay."""
    left = value if value >= 10 else value * 10
    return Quantity(100 - left, QuantityKind.PERCENT, start, end, other=left)


def _read_numeral(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity of a numeral with or without 第; None where it is vague or idiomatic."""
    numerals, (start, end) = match["number"], match.span()
    if _PLAN.fullmatch(numerals):  # 十四五: the 14th five-year plan
        return Quantity(Decimal(read_numeral(numerals[:2]) or 0), QuantityKind.ORDINAL, start, end, soft=True)
    value = None if _is_vague(text, match) or _is_idiom(text, match) else _read_value(match)
    if value is None:
        return None
    if match["nth"]:
        return Quantity(value, QuantityKind.ORDINAL, start, end, soft=value <= 10)
    found = _read_unit(text, value, start, end)
    return replace(found, soft=True) if value <= 10 and found.kind is not QuantityKind.PERCENT else found


def _is_vague(text: str, match: re.Match[str]) -> bool:
    """Whether the numeral is one of 数十, 几百, 十几, 十余."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    some_tens = match["number"] == "十" and (bool(match["more"]) or after in _MORE)
    return before in _SOME or after in _SOME or some_tens


def _is_idiom(text: str, match: re.Match[str]) -> bool:
    """Whether the numeral may be part of a word: one character without a measure word, a lone 一, or 十一."""
    numerals, end = match["number"], match.end()
    if match["nth"] or match["decimals"] or (len(numerals) > 1 and numerals != "十一"):
        return False
    if numerals == "一" and text[end : end + 1] not in _AFTER_ONE:
        return True
    return _MEASURE.match(text, end) is None


def _read_value(match: re.Match[str]) -> Decimal | None:
    """The value of a numeral with its decimals and the scale behind 余 (三百余万); None for an ill-formed one."""
    integer = read_numeral(match["number"])
    if integer is None:
        return None
    value = Decimal(integer)
    if match["decimals"]:
        value += Decimal("0." + _read_decimals(match["decimals"][1:]))
    return value * _scale_product(match["more"] or "")


def _read_decimals(numerals: str) -> str:
    return "".join(str(NUMERAL_DIGITS[character]) for character in numerals)


def _read_fraction(match: re.Match[str]) -> Iterator[Quantity]:
    """百分之六点三 as a percentage, other fractions (三分之一) as a number."""
    lower = SCALES.get(match["lower"]) or read_numeral(match["lower"])
    upper = read_digits(match["digits"]) if match["digits"] else _read_plain(match["upper"])
    if not lower or upper is None:
        return
    if lower == 100:
        yield read_percent(upper, *match.span())
    else:
        yield Quantity(upper / lower, QuantityKind.NUMBER, *match.span())


def _read_plain(numerals: str) -> Decimal | None:
    """The value of Chinese numerals with or without decimals."""
    whole, _, decimals = numerals.replace("點", "点").partition("点")
    integer = 100 if whole == "百" else read_numeral(whole)
    return None if integer is None else Decimal(f"{integer}.{_read_decimals(decimals) or 0}")


def _read_unit(text: str, value: Decimal, start: int, end: int) -> Quantity:
    """The quantity of a number worth `value` at `[start, end)` and of the unit behind it."""
    unit = _UNIT.match(text, end)
    number = Quantity(value, QuantityKind.NUMBER, start, end)
    if _HALF_MORE.match(text, end):
        return replace(number, other=value + Decimal("0.5"))
    if unit is None:
        return number
    if unit["multiple"]:
        grown = _GROWTH_BEFORE.search(text, max(0, start - 8), start)
        return Quantity(value, QuantityKind.MULTIPLE, start, unit.end(), other=value + 1 if grown else None, soft=True)
    return _read_share(number, unit) or _read_time(text, number, unit) or _read_date_part(text, number, unit) or number


def _read_share(number: Quantity, unit: re.Match[str]) -> Quantity | None:
    """The number as a percentage, where its unit is %, 成 or 折."""
    value = number.value
    if unit["percent"]:
        return read_percent(value, number.start, unit.end())
    if unit["tenth"] and value <= 10:
        return read_percent(value * 10 + (5 if unit["half_tenth"] else 0), number.start, unit.end())
    if unit["discount"] and value < 100:
        return _read_discount(value, number.start, unit.end())
    return None


def _read_time(text: str, number: Quantity, unit: re.Match[str]) -> Quantity | None:
    """The number as an hour, where its unit is one; above 24 it is a slip, which should be seen as one."""
    value, start = number.value, number.start
    if not unit["hour"] or value > 99:
        return None
    afternoon = value < 12 and _AFTERNOON.search(text, max(0, start - 4), start)
    return read_hour(value + 12 if afternoon else value, start, unit.end())


def _read_date_part(text: str, number: Quantity, unit: re.Match[str]) -> Quantity | None:
    """The number as a year, decade, month or day, where its unit is one and its value fits."""
    value = number.value
    dated = replace(number, end=unit.end(), soft=True)
    before = text[max(0, number.start - 4) : number.start]
    if unit["decade"]:
        return replace(dated, kind=QuantityKind.YEAR, other=value + 1900 if value < 100 else None)
    if unit["century"]:
        return replace(dated, kind=QuantityKind.ORDINAL)
    if unit["year"] and _REPUBLIC_BEFORE.search(before):
        return replace(dated, kind=QuantityKind.YEAR, value=value + _REPUBLIC, other=value)
    if unit["day"] and (1 <= value <= 31 or _MONTH_BEFORE.search(before)):
        return replace(dated, kind=QuantityKind.DAY, soft=False)
    fits = (unit["year"] and SMALLEST_YEAR <= value <= LARGEST_YEAR) or (unit["month"] and 1 <= value <= 12)
    return replace(dated, kind=QuantityKind.YEAR if unit["year"] else QuantityKind.MONTH) if fits else None
