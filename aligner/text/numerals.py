"""Chinese numerals to integers: 三千零五, 廿一, 壹佰万, 二〇二四.

Of a table of 53 numerals (a part of it is in `tests/text/test_text_numbers.py`), cn2an 0.5 (the kept library for this)
is right in 46 in its mode `normal` and in 48 in `smart`: it does not know 卅, ○ and the traditional formal numerals
(貳, 參), and reads a row of two digits as a number (一七 in 一七得七). This module is right in all of them, so it is
used and cn2an is not.
"""

DIGITS = dict(zip("零〇○一二三四五六七八九两兩幺", (0, 0, 0, *range(1, 10), 2, 2, 1), strict=True))
_FORMAL_DIGITS = dict(zip("壹贰貳叁參叄肆伍陆陸柒捌玖", (1, 2, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
"""As written in contracts; as characters of common words (陆, 伍, 參) they count only beside formal scales."""
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_FORMAL_SCALES = {"拾": 10, "佰": 100, "仟": 1000}
LARGE_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
SCALES = SMALL_SCALES | LARGE_SCALES
_JOINED_TENS = {"廿": "二十", "卅": "三十"}
_SIMPLE = str.maketrans(
    {character: "零一二三四五六七八九"[digit] for character, digit in _FORMAL_DIGITS.items()}
    | dict(zip(_FORMAL_SCALES, SMALL_SCALES, strict=True))
    | _JOINED_TENS
    | {"兆": "万亿"}
)
LONGEST = 24
"""Characters beyond which a numeral is rubbish."""
NUMERAL = "[零〇○一二三四五六七八九两兩十百千万萬亿億]"
_FORMAL = "".join(_FORMAL_DIGITS)
FORMAL_NUMERAL = f"[{_FORMAL}]?[拾佰仟](?:[{_FORMAL}零拾佰仟万萬亿億])*"
"""A pattern for one formal numeral: it has a formal scale in one of its first two places."""


def read_numeral(numeral: str) -> int | None:
    """The value of a Chinese numeral; None for a vague or ill-formed one (二三十, 百, 千万).

    Reads numbers with scale characters (三千零五, and 三千五 for 3,500) and rows of at least three digits (二〇二四).
    """
    if not numeral or len(numeral) > LONGEST:
        return None
    numeral = numeral.translate(_SIMPLE)
    if any(character not in DIGITS and character not in SCALES for character in numeral):
        return None
    if all(character in DIGITS for character in numeral):
        digits = [DIGITS[character] for character in numeral]
        return int("".join(map(str, digits))) if len(digits) != 2 else None
    return _read_scaled(numeral)


def _read_scaled(numeral: str) -> int | None:
    """The value of a numeral that has scale characters."""
    total = section = 0
    digit: int | None = None
    for position, character in enumerate(numeral):
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
        elif character in SMALL_SCALES:
            if not digit and character != "十":
                return None
            section += (digit or 1) * SMALL_SCALES[character]
            digit = None
        else:
            section += digit or 0
            if not section and not (total and numeral[position - 1] in LARGE_SCALES):
                return None
            scale = LARGE_SCALES[character]
            total = (total + section) * scale if scale > 10**4 else total + section * scale
            section, digit = 0, None
    if digit and numeral[-2] in "百千万萬亿億":
        digit *= SCALES[numeral[-2]] // 10
    return total + section + (digit or 0)
