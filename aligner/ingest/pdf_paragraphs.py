"""From the lines of PDF pages to paragraphs: running heads and feet, items of lists, hyphens."""

import re
from collections import Counter
from itertools import pairwise

from aligner.ingest.hyphens import Vocabulary
from aligner.ingest.joining import separator
from aligner.ingest.pdf_layout import Line
from aligner.records import Language
from aligner.text.characters import language_of

# Running headers and footers stand in these shares of the page's height.
_MARGIN_SHARE = 0.12
_PAGE_NUMBER = re.compile(
    r"[-–—·|\s]{0,5}(?:page\s*|p\.\s*|第\s*)?\d{1,4}\s*页?(?:\s*(?:of|/|,|\uff0c|共)\s*共?\s*\d{1,4}\s*页?)?[-–—·|\s]{0,5}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\u3002\u2026:;\uff01\uff1f\uff1a\uff1b][\"'\u201d\u2019\u300d\u300f)\]\uff09]*$")
BULLET = re.compile(
    r"[•·●○■□◆▪►–—-]\s|[(\uff08]?\d{1,2}(?:[.)]\s|[、\uff09])|\d{1,2}(?:\.\d{1,2}){1,3}\s|[(\uff08]?[一二三四五六七八九十]{1,3}[)、\uff09]"
)
_DOTTED_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s")
_HYPHENATED = re.compile(r"([A-Za-z\u00c0-\u024f-]+)-$")
_FIRST_WORD = re.compile(r"[\x21-\x7e\u00a1-\u024f\u2018-\u201d]+")


def split_running_lines(
    pages: list[list[Line]], heights: list[float]
) -> tuple[list[list[Line]], list[tuple[str, str]]]:
    """The pages' lines without running headers, footers and page numbers; and these, once each, as (tag, text).

    A running line stands in the outer 12 % of the page, and on at least half of the pages (two at least) in the same
    place, digits aside.
    """
    places = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_running_key(line, height) for line in lines}
    )
    threshold = max(2, len(pages) / 2)
    body: list[list[Line]] = []
    running: dict[tuple[str, str], tuple[str, str]] = {}
    for lines, height in zip(pages, heights, strict=True):
        body.append([])
        for line in lines:
            key = _running_key(line, height)
            if not key[0]:
                body[-1].append(line)
            elif places[key] >= threshold:
                running.setdefault((key[0], key[1]), (key[0], line.text))
            elif not _is_page_number(line.text):
                body[-1].append(line)
    return body, list(running.values())


def _running_key(line: Line, height: float) -> tuple[str, str, int]:
    """`header`, `footer` or nothing, the text without its numbers, and the height in steps of 5 points."""
    tag = ""
    if line.bottom < _MARGIN_SHARE * height:
        tag = "header"
    elif line.top > (1 - _MARGIN_SHARE) * height:
        tag = "footer"
    return tag, re.sub(r"\d+", "#", line.text), round(line.top / 5)


def _is_page_number(text: str) -> bool:
    return len(text) < 30 and bool(_PAGE_NUMBER.fullmatch(text))


def group_paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Lines in reading order as paragraphs, across columns and pages."""
    leading = _leading(lines)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _continues(paragraphs[-1], line, leading):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _leading(lines: list[Line]) -> float:
    """Distance from line to line in running text, in sizes of the font: the lower quartile, for the rest are gaps."""
    distances = sorted(
        (line.top - before.top) / line.size
        for before, line in pairwise(lines)
        if before.page_index == line.page_index and 0 < line.top - before.top < 4 * line.size
    )
    return distances[len(distances) // 4] if distances else 0.0


def _continues(paragraph: list[Line], line: Line, leading: float) -> bool:
    before = paragraph[-1]
    if not _is_alike(paragraph, line):
        return False
    distance = line.top - before.top
    is_next = 0 < distance <= 1.3 * leading * line.size
    if _hangs(paragraph, line):
        if is_next and not _SENTENCE_END.search(before.text):
            return True
    elif _is_first(before, line):
        return False
    if before.free > _first_word_width(line) + _slack(line):
        return False
    if before.page_index != line.page_index or distance <= 0:
        return not _SENTENCE_END.search(before.text)
    return is_next


def _is_alike(paragraph: list[Line], line: Line) -> bool:
    """Whether language, size and alignment of `line` are those of the paragraph, and it begins no item of a list."""
    before = paragraph[-1]
    languages = {language_of(" ".join(part.text for part in paragraph)), language_of(line.text)} - {None}
    if len(languages) > 1 or abs(line.size - before.size) > 0.1 * before.size or _begins_item(before, line):
        return False
    return before.is_centred == line.is_centred or not before.is_centred or _hangs(paragraph, line)


def _is_first(before: Line, line: Line) -> bool:
    """Whether the indent of `line` says that it begins a paragraph."""
    if not line.is_indented or BULLET.match(before.text):
        return False
    return not before.is_indented or language_of(line.text) is Language.ZH


def _hangs(paragraph: list[Line], line: Line) -> bool:
    """Whether `line` belongs to a clause whose number stands to the left of its wrapped lines."""
    first, second = paragraph[0], [*paragraph, line][1]
    is_right_of_number = 0.5 * line.size < line.x0 - first.x0 < 6 * line.size
    return bool(BULLET.match(first.text)) and is_right_of_number and abs(line.x0 - second.x0) < 0.5 * line.size


def _begins_item(before: Line, line: Line) -> bool:
    """Whether `line` begins an item of a list; a number with a point, such as 2.5, may also stand inside a sentence."""
    if not BULLET.match(line.text):
        return False
    is_decimal = bool(_DOTTED_NUMBER.match(line.text))
    is_to_the_left = line.x0 < before.x0 - 0.5 * line.size
    return not is_decimal or is_to_the_left or bool(_SENTENCE_END.search(before.text))


def _first_word_width(line: Line) -> float:
    """Width of the first word with the space before it, from the line's mean width of a character."""
    match = _FIRST_WORD.match(line.text)
    characters = len(match.group()) + 1 if match and match.end() > 0 else 1
    return characters * (line.x1 - line.x0) / max(1, len(line.text))


def _slack(line: Line) -> float:
    """A mark that may not begin a line takes its neighbour to the next line; in Latin the estimate of a width errs."""
    return 1.5 * line.size


def join_paragraph(lines: list[Line], vocabulary: Vocabulary) -> str:
    """The text of a paragraph; a word broken at a hyphen is joined as `Vocabulary` says."""
    language = language_of(" ".join(line.text for line in lines))
    text = lines[0].text
    for line in lines[1:]:
        broken = _HYPHENATED.search(text)
        ending = re.match("[a-z\u00df-\u00ff]+", line.text)
        if broken and ending and vocabulary.is_hyphenation(broken.group(1), ending.group()):
            text = text[:-1] + line.text
        else:
            text += separator(text, line.text, language) + line.text
    return text
