"""Characters of a PDF page with their boxes, read by pypdfium2, and the words they make.

Lengths are in points, with y growing downwards from the top of the visible box. The page is turned so that most of
its text runs from left to right; text in other directions (watermarks, marks of the margin) is left out.
"""

import ctypes
import math
import re
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

MAX_PAGE_SECONDS = 20.0
MAX_PAGE_CHARACTERS = 500_000
_CLOCK_STEP = 100
_LOOKED_AT = 500
# A space is about a quarter of the size, letters almost touch.
_WORD_GAP = 0.18
_STRAIGHT_RADIANS = 0.1
# The second print of bold made by drawing twice lies this near to the first, in sizes of the font.
_SHADOW = 0.15

_HYPHENS = frozenset((0x02, 0xFFFE))  # what PDFium returns for a hyphen at the end of a line
# PDFium tells code units of UTF-16 one by one.
_HIGH_SURROGATE, _LOW_SURROGATE, _AFTER_SURROGATES = 0xD800, 0xDC00, 0xE000
# Radicals that NFKC leaves alone (EquivalentUnifiedIdeograph.txt of Unicode), of simplified print for the most part.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
_TAKES_EXPONENT = re.compile("(?:[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]|(?<![A-Za-z])(?:[kcm]?m|ft|yd))$")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class PageTooLargeError(Exception):
    """A page has more characters, or takes more seconds, than a page of text can."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a single character, and its box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, in any order."""

    words: list[Word]
    width: float
    height: float


def read_page_words(page: Any) -> PageWords:
    """The words of a pypdfium2 page, and the size of the page as it is turned.

    :raises PageTooLargeError: when the page has more than 500,000 characters or takes longer than 20 s.
    """
    deadline = time.monotonic() + MAX_PAGE_SECONDS
    left, bottom, right, top = _turn_upright(page)
    found = _read_characters(page, deadline)
    inside = [
        (turn, box)
        for turn, box in found
        if left <= (box.x0 + box.x1) / 2 <= right and bottom <= (box.top + box.bottom) / 2 <= top
    ]
    if not inside:
        return PageWords([], right - left, top - bottom)
    main = Counter(turn for turn, _ in inside).most_common(1)[0][0]
    kept = [_turn(box, main, (left, bottom, right, top)) for turn, box in inside if turn == main]
    width, height = (right - left, top - bottom) if main % 2 == 0 else (top - bottom, right - left)
    return PageWords(_words(_without_shadows(kept), deadline), width, height)


def _turn_upright(page: Any) -> tuple[float, float, float, float]:
    """Turn what is drawn so that most texts run from left to right; the visible box as (left, bottom, right, top).

    PDFium leaves out a text whose box has no width, as that of a turned line in a font without outlines has.
    """
    left, bottom, right, top = page.get_cropbox()
    turns = _count_turns(page)
    main = turns.most_common(1)[0][0] if turns else 0
    if main == 0:
        return left, bottom, right, top
    from pypdfium2 import PdfMatrix

    a, b, c, d = {1: (0, -1, 1, 0), 2: (-1, 0, 0, -1), 3: (0, 1, -1, 0)}[main]
    for drawn in page.get_objects(max_depth=1):
        drawn.transform(PdfMatrix(a, b, c, d, 0, 0))
    return {
        1: (bottom, -right, top, -left),
        2: (-right, -top, -left, -bottom),
        3: (-top, left, -bottom, right),
    }[main]


def _count_turns(page: Any) -> Counter[int]:
    """Quarter turns, anticlockwise, of the first texts of a page."""
    import pypdfium2.raw as pdfium

    texts = islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1), _LOOKED_AT)
    matrices = [text.get_matrix() for text in texts]
    return Counter(round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4 for matrix in matrices)


def _read_characters(page: Any, deadline: float) -> list[tuple[int, Word]]:
    """Characters with their quarter turns (0 to 3, anticlockwise), boxes in the page's own space: y grows upwards."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > MAX_PAGE_CHARACTERS:
            raise PageTooLargeError(f"{count:,} characters on one page")
        found: list[tuple[int, Word]] = []
        high = 0
        for index in range(count):
            _check_time(index, deadline)
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            is_high = _HIGH_SURROGATE <= code < _LOW_SURROGATE
            if not is_high and pdfium.FPDFText_IsGenerated(text_page, index) != 1:
                no_unicode = pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1
                text = "\ufffd" if no_unicode else _character(_code_point(high, code))
                placed = _placed(pdfium, text_page, index, text) if text else None
                found += [placed] if placed else []
            high = code if is_high else 0
        return found
    finally:
        text_page.close()


def _check_time(index: int, deadline: float) -> None:
    if index % _CLOCK_STEP == 0 and time.monotonic() > deadline:
        raise PageTooLargeError(f"more than {MAX_PAGE_SECONDS:.0f} s for one page")


def _code_point(high: int, code: int) -> int:
    if not _LOW_SURROGATE <= code < _AFTER_SURROGATES:
        return code
    return 0x10000 + ((high - _HIGH_SURROGATE) << 10) + (code - _LOW_SURROGATE) if high else 0


def _character(code: int) -> str:
    """The character of a code point: radicals as ideographs, nothing for controls, U+FFFD for none."""
    if code in _HYPHENS:
        return "-"
    if code == 0 or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    text = chr(code)
    if "\u2e80" <= text <= "\u2fdf":
        return _RADICALS.get(text) or unicodedata.normalize("NFKC", text)
    return "" if unicodedata.category(text) == "Cc" else text


def _placed(pdfium: Any, text_page: Any, index: int, text: str) -> tuple[int, Word] | None:
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
        return None
    if not pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
        return None
    angle = math.atan2(matrix.b, matrix.a)
    quarters = angle / (math.pi / 2)
    if abs(quarters - round(quarters)) * (math.pi / 2) > _STRAIGHT_RADIANS:
        return None  # set across the page: a watermark
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    return round(quarters) % 4, Word(text, box.left, box.right, box.top, box.bottom, size)


def _turn(box: Word, quarters: int, page: tuple[float, float, float, float]) -> Word:
    """`box` with y growing downwards, turned back by `quarters`, from the corner of the visible `page`."""
    left, bottom, right, top = page
    west, east = sorted((box.x0, box.x1))
    south, north = sorted((box.top, box.bottom))
    x0, x1, y0, y1 = {
        0: (west - left, east - left, top - north, top - south),
        1: (south - bottom, north - bottom, west - left, east - left),
        2: (right - east, right - west, south - bottom, north - bottom),
        3: (top - north, top - south, right - east, right - west),
    }[quarters]
    return replace(box, x0=x0, x1=x1, top=y0, bottom=y1)


def _without_shadows(characters: list[Word]) -> list[Word]:
    """Each character once, where the same stands twice in almost the same place."""
    seen: dict[tuple[str, int, int], list[Word]] = {}
    kept = []
    for each in characters:
        step = max(1.0, each.size)
        column, row = int(each.x0 / step), int(each.top / step)
        near = [seen.get((each.text, column + dx, row + dy), ()) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if not any(_is_shadow(each, other) for group in near for other in group):
            seen.setdefault((each.text, column, row), []).append(each)
            kept.append(each)
    return kept


def _is_shadow(one: Word, other: Word) -> bool:
    reach = _SHADOW * one.size
    return abs(one.x0 - other.x0) < reach and abs(one.top - other.top) < reach and abs(one.size - other.size) < reach


def _words(characters: list[Word], deadline: float) -> list[Word]:
    words: list[Word] = []
    for row in _bands(characters, deadline):
        run: list[Word] = []
        for each in row:
            if run and (each.text.isspace() or each.x0 - run[-1].x1 > _WORD_GAP * max(each.size, run[-1].size)):
                words.append(_word(run))
                run = []
            if not each.text.isspace():
                run.append(each)
        if run:
            words.append(_word(run))
    return words


def _bands(characters: list[Word], deadline: float) -> list[list[Word]]:
    """Characters of one height, from the left; a small raised one belongs to the text whose height it touches."""
    bands: list[list[Word]] = []
    for index, each in enumerate(sorted(characters, key=lambda box: (-round(box.size), box.bottom))):
        _check_time(index, deadline)
        middle = (each.top + each.bottom) / 2
        home = next((band for band in reversed(bands) if _belongs(each, middle, band)), None)
        if home is None:
            bands.append([each])
        else:
            home.append(each)
    return [sorted(band, key=lambda box: box.x0) for band in bands]


def _belongs(each: Word, middle: float, band: list[Word]) -> bool:
    first = band[0]
    if abs(each.size - first.size) <= 0.25 * first.size:
        return abs(middle - (first.top + first.bottom) / 2) < 0.4 * max(1.0, first.size)
    # A note's mark: some neighbour of the band ends where it begins.
    return first.top - 0.3 * first.size <= middle <= first.bottom and any(
        abs(other.x1 - each.x0) < 0.3 * other.size for other in band
    )


def _word(run: list[Word]) -> Word:
    largest = max(each.size for each in run)
    baseline = next(each for each in run if each.size == largest)
    text = ""
    for each in run:
        text += _raised(each, text) if _is_raised(each, baseline) else each.text
    return Word(text, run[0].x0, max(each.x1 for each in run), baseline.top, baseline.bottom, largest)


def _is_raised(each: Word, baseline: Word) -> bool:
    return each.size < 0.75 * baseline.size and each.bottom < baseline.bottom - 0.1 * baseline.size


def _raised(each: Word, before: str) -> str:
    """A raised digit: an exponent after a number or a unit of length, else the mark of a note, which is left out."""
    if not each.text.isdigit() or not before:
        return each.text
    return each.text.translate(_SUPERSCRIPTS) if _TAKES_EXPONENT.search(before) else ""
