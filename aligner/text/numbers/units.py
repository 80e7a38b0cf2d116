"""Units of measure and currencies behind or before a number, so that converted amounts can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal

from aligner.text.numbers.digits import any_of
from aligner.text.numbers.quantity import Quantity, QuantityKind

_MU = Decimal(10000) / 15
_FACTORS: dict[str, dict[str, float | Decimal]] = {
    "area": {  # square metres
        "acres acre ac 英亩 英畝": 4046.86,
        "hectares hectare ha 公顷 公頃": 10**4,
        "mu 亩 畝": _MU,
        "square-kilometres square-kilometers square-kilometer square-kilometre km2 平方公里 平方千米": 10**6,
        "square-miles square-mile 平方英里": 2589988,
        "square-metres square-meters square-metre square-meter sqm 平方米 平米 平方公尺": 1,
        "square-feet square-foot sqft 平方英尺 平方呎 平方尺": 0.092903,
        "pings ping 坪": 3.3058,
    },
    "length": {  # metres
        "kilometres kilometers kilometer kilometre km 公里 千米": 1000,
        "miles mile mi 英里 英哩": 1609.344,
        "nautical-miles nautical-mile 海里 浬": 1852,
        "li 里": 500,
        "metres meters metre meter m 米 公尺": 1,
        "feet foot ft 英尺 呎": 0.3048,
        "yards yard yd 码 碼": 0.9144,
        "inches inch in 英寸 吋 寸": 0.0254,
        "centimetres centimeters centimetre centimeter cm 厘米 公分": 0.01,
        "millimetres millimeters millimetre millimeter mm 毫米 公厘": 0.001,
    },
    "mass": {  # kilograms
        "tonnes tons tonne ton t 吨 噸": 1000,
        "kilograms kilogrammes kilogram kilos kilo kg 公斤 千克": 1,
        "jin catties catty 斤 市斤": 0.5,
        "grams grammes gram g 克": 0.001,
        "pounds pound lbs lb 磅": 0.45359,
        "ounces ounce oz 盎司 安士": 0.02835,
        "liang taels tael 两 兩": 0.05,
    },
    "volume": {  # litres
        "litres liters litre liter l 升 公升": 1,
        "gallons gallon 加仑 加侖": 3.785,
        "barrels barrel 桶": 158.987,
        "millilitres milliliters ml 毫升": 0.001,
        "cubic-metres cubic-meters cubic-metre cubic-meter m3 立方米 方": 1000,
    },
    "power": {  # watts
        "gigawatts gigawatt gw 吉瓦": 10**9,
        "megawatts megawatt mw 兆瓦": 10**6,
        "kilowatts kilowatt kw 千瓦": 1000,
        "watts watt w 瓦": 1,
    },
    "energy": {  # watt hours
        "terawatt-hours terawatt-hour twh 太瓦时": 10**12,
        "gigawatt-hours gigawatt-hour gwh 吉瓦时": 10**9,
        "megawatt-hours megawatt-hour mwh 兆瓦时": 10**6,
        "kilowatt-hours kilowatt-hour kwh 千瓦时 千瓦時 度": 1000,
    },
    "time": {  # minutes
        "years year 年 周年 週年": 525960,
        "months month 月 个月 個月": 43830,
        "weeks week 周 週 星期 个星期 個星期": 10080,
        "days day 天 日": 1440,
        "hours hour 小时 小時 个小时 個小時 钟头": 60,
        "minutes minute 分钟 分鐘 分": 1,
        "seconds second 秒 秒钟": Decimal(1) / 60,
        "decades decade": 5259600,
        "centuries century 世纪 世紀": 52596000,
    },
    "points": {  # percentage points
        "basis-points basis-point bps 基点 基點 个基点 個基點": 0.01,
        "percent percentage-points percentage-point % 百分点 個百分點 个百分点": 1,
    },
}
_CURRENCIES = {
    "dollar": "dollars dollar USD US$ A$ S$ C$ $ 美元 港元 港币 港幣 新台币 新臺幣 台币 澳元 加元 新元",
    "local dollar": "HK$ HKD NT$ TWD",
    "yuan": "yuan renminbi RMB CNY 元 人民币 人民幣 块 塊",
    "euro": "euros euro EUR € 欧元 歐元",
    "pound": "pounds pound GBP £ 英镑 英鎊",
    "yen": "yen JPY ¥ 日元 日圆 日圓",
    "won": "won KRW ₩ 韩元 韓元",
    "rupee": "rupees rupee Rs INR ₹ 卢比 盧比",
    "pataca": "patacas pataca MOP 澳门元 澳門元 葡币",
    "rouble": "roubles rubles rouble ruble 卢布 盧布",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts."""

    dimension: str
    """`area`, `length`, …; `money` for all currencies."""
    factor: Decimal
    """Into the first unit of the dimension; 1 for money, whose rates are not known."""
    name: str
    """Of a currency; empty for others."""


def _list_units() -> dict[str, Unit]:
    units = {
        word.replace("-", " "): Unit(dimension, Decimal(factor), "")
        for dimension, names in _FACTORS.items()
        for words, factor in names.items()
        for word in words.split()
    }
    money = {word: name for name, words in _CURRENCIES.items() for word in words.split()}
    return {word.lower(): Unit("money", Decimal(1), name) for word, name in money.items()} | units


_UNITS = _list_units()
_BEHIND = re.compile(
    rf"(?:\s|-|‑)?(?:(?P<latin>{any_of(re.escape(w) for w in _UNITS if w[-1].isascii() and w[-1].isalnum())})\b"
    rf"|(?P<other>{any_of(re.escape(w) for w in _UNITS if not (w[-1].isascii() and w[-1].isalnum()))}))",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:(?:HK|US|NT|A|S|C)?\$|€|£|¥|₹|RMB|CNY|HKD|USD|EUR|GBP|MOP|Rs)\s?\Z", re.IGNORECASE)
_DEGREES = re.compile(r"\s?(?:°|º|℃|℉|degrees?|度|摄氏|攝氏|华氏|華氏)")
_FAHRENHEIT = re.compile(r"\s?(?:°\s?F|℉|degrees?\sFahrenheit|华氏|華氏)", re.IGNORECASE)


def find_unit(text: str, quantity: Quantity) -> Unit | None:
    """What a quantity of `text` counts, by the words directly around it; None where they are no unit known here."""
    if quantity.kind is QuantityKind.PERCENT:
        return _UNITS["%"]
    money = _MONEY_BEFORE.search(text, max(0, quantity.start - 5), quantity.start)
    if money:
        return _UNITS.get(money.group().strip().lower())
    behind = _BEHIND.match(text, quantity.end)
    if behind is None and quantity.end - quantity.start > 1:  # the unit may be part of the expression: 20年, 5日
        behind = _BEHIND.fullmatch(text, quantity.end - 1, quantity.end)
    return _UNITS[(behind["latin"] or behind["other"]).lower()] if behind else None


def is_converted(en_text: str, en: Quantity, zh_text: str, zh: Quantity) -> bool:
    """Whether two different values may be one amount: in other units, where they fit within rounding, or in other
    money, whose rate is not known here.
    """
    if _DEGREES.match(en_text, en.end) and (
        _DEGREES.match(zh_text, zh.end) or "氏" in zh_text[max(0, zh.start - 3) : zh.start]
    ):
        return any(_is_near((value - 32) * 5 / 9, zh.value) for value in en.readings)
    first, second = find_unit(en_text, en), find_unit(zh_text, zh)
    if first is None or second is None or first == second or first.dimension != second.dimension:
        return False
    if first.dimension == "money":  # in Hong Kong and Taiwan 元 is their own dollar
        return first.name != "local dollar" or second.name not in {"yuan", "dollar"}
    return any(_is_near(one * first.factor, other * second.factor) for one in en.readings for other in zh.readings)


def _is_near(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are equal within what rounding to one or two figures does: 6 feet are 2 metres in news."""
    return abs(one - other) <= max(abs(one), abs(other)) / 20
