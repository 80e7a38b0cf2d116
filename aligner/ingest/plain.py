"""Plain text: a line is a block, unless the file is hard-wrapped; then a paragraph is.

What is split badly: a wrapped file with fewer than two broken lines, and one whose language changes within
a paragraph.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from aligner.errors import IngestError
from aligner.ingest.blocks import HARD_BREAK, MAX_LINE_CHARACTERS, SOFT_BREAK, Draft, build_page, strip_outer
from aligner.ingest.encoding import decode_text
from aligner.ingest.joining import columns, join_lines, join_soft_lines, separator
from aligner.records import Language, Page
from aligner.text.characters import language_of, strip_illegal
from aligner.text.lookalikes import replace_lookalikes

# Widths at which people and programs wrap, in terminal columns. Paragraphs of a web page saved as text run far over.
MIN_WRAP_COLUMNS = 40
MAX_WRAP_COLUMNS = 120
# A wrapped line may be this much short of full: a punctuation mark that may not begin a line takes its neighbour along.
_SLACK_COLUMNS = 6
_SLACK_CHARACTERS = 3

_SENTENCE_END = re.compile(r"[.!?\u3002\u2026:;\uff01\uff1f\uff1a\uff1b][\"'\u201d\u2019\u300d\u300f)\]\uff09]*$")
# \uff08 and \uff09 are the full-width brackets.
_LIST_START = re.compile(r"[-*+•·◆■●○▪►–—]\s|[(\uff08]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[.)]\s|[、\uff09])")
_LIST_MARKER = re.compile(rf"(?:{_LIST_START.pattern})[ \t]*")
_ONE_TOKEN = re.compile(r"[\x21-\x7e]+")
"""An address, a number or a piece of code alone on its line, in no language."""
_FEWEST_QUOTED = 2
_QUOTE_MARK = re.compile(r"(?:>[ \t]?)+")
_FIRST_WORD = re.compile(r"[\x21-\x7e\u00a1-\u024f\u2018-\u201d]+")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    indent: int
    """Columns of white space before the text."""
    width: int
    """Columns, indent included."""
    language: Language | None


@dataclass(frozen=True, slots=True)
class _Wrap:
    """Where lines were wrapped. Terminals count columns, programs often characters: Chinese fills one or the other."""

    columns: int
    characters: int


def read(data: bytes, origin: str) -> Page:
    """The page of a text file.

    :raises IngestError: when the data are binary or too large, or hold no word.
    """
    text, charset = decode_text(data, origin)
    lines = _without_quote_marks(split_lines(text, origin))
    drafts = [Draft(paragraph) for paragraph in split_paragraphs(lines)]
    return build_page(origin, "text", drafts, [("charset", charset)])


def _without_quote_marks(lines: list[str]) -> list[str]:
    """The lines of a mail without the `> ` before those it quotes; one such line alone is no quotation."""
    if sum(line.startswith(">") for line in lines) < _FEWEST_QUOTED:
        return lines
    return [_QUOTE_MARK.sub("", line, count=1) if line.startswith(">") else line for line in lines]


def split_lines(text: str, origin: str) -> list[str]:
    """The lines of `text`, legal characters only, white space kept.

    :raises IngestError: when a line is longer than all bounds.
    """
    lines = [
        replace_lookalikes(strip_illegal(line))
        for paragraph in HARD_BREAK.split(text)
        for line in _split_soft(paragraph)
    ]
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise IngestError(
                f"{origin}, line {number}, is longer than {MAX_LINE_CHARACTERS:,} characters; break it into paragraphs."
            )
    return lines


def _split_soft(paragraph: str) -> list[str]:
    """The lines within a paragraph, those that a soft break cut in a sentence joined again."""
    if not SOFT_BREAK.search(paragraph):
        return [paragraph]
    return join_soft_lines([strip_outer(line) for line in SOFT_BREAK.split(paragraph)]) or [""]


def split_paragraphs(lines: list[str]) -> list[str]:
    """The paragraphs that `lines` show: one a line, or wrapped lines joined again. Blank lines always separate."""
    stripped = [strip_outer(line) for line in lines]
    return [join_lines([stripped[number] for number in numbers]) for numbers in group_wrapped(lines)]


def group_wrapped(lines: list[str]) -> list[list[int]]:
    """Indices of the lines of each paragraph; see `split_paragraphs`."""
    groups = _group(lines)
    wraps = {language: _find_wrap(groups, language) for language in (*Language, None)}
    return [paragraph for group in groups for paragraph in _rejoin(group, wraps)]


def _group(lines: list[str]) -> list[list[_Line]]:
    groups: list[list[_Line]] = [[]]
    for number, raw in enumerate(lines):
        text = strip_outer(raw)
        if text:
            indent = columns(raw[: raw.index(text[0])])
            language = None if _ONE_TOKEN.fullmatch(text) else language_of(text)
            groups[-1].append(_Line(number, text, indent, indent + columns(text), language))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _find_wrap(groups: list[list[_Line]], language: Language | None) -> _Wrap | None:
    """The widths at which the lines of `language` were wrapped, or None where they were not.

    They were if they keep below a common width, most of them reach it, and most of those break off in mid-sentence.
    """
    # A line of one word (an address, a rule) may stick out of wrapped text.
    lines = [line for group in groups for line in group if line.language is language]
    lines = [line for line in lines if " " in line.text or not line.text.isascii()]
    wrap = _Wrap(
        max((line.width for line in lines), default=0), max((line.indent + len(line.text) for line in lines), default=0)
    )
    if not MIN_WRAP_COLUMNS <= wrap.columns <= MAX_WRAP_COLUMNS:
        return None
    junctions = [
        pair for group in groups for pair in pairwise(group) if pair[0].language is language and _may_continue(*pair)
    ]
    full = [left for left, right in junctions if _is_full(left, right, wrap)]
    broken_off = [line for line in full if not _SENTENCE_END.search(line.text)]
    is_wrapped = len(broken_off) >= 2 and 2 * len(broken_off) >= len(full) and 2 * len(full) >= len(junctions)
    return wrap if is_wrapped else None


def _may_continue(left: _Line, right: _Line) -> bool:
    """Whether `right` could be the next line of the paragraph of `left`, widths aside."""
    if right.indent > left.indent and not _LIST_START.match(left.text):
        return False  # the indent of a new paragraph
    if _LIST_START.match(right.text):
        return False
    return len({left.language, right.language} - {None}) < 2


def _is_full(left: _Line, right: _Line, wrap: _Wrap) -> bool:
    """Whether the first word of `right` had no room in `left`."""
    match = _FIRST_WORD.match(right.text)
    word = separator(left.text, right.text, left.language) + (match.group() if match else right.text[0])
    return (
        left.width + columns(word) > wrap.columns - _SLACK_COLUMNS
        or left.indent + len(left.text) + len(word) > wrap.characters - _SLACK_CHARACTERS
    )


def _rejoin(group: list[_Line], wraps: dict[Language | None, _Wrap | None]) -> list[list[int]]:
    paragraphs = [[group[0].number]]
    first, language = group[0], group[0].language
    for left, right in pairwise(group):
        wrap = wraps[language]
        fills = wrap and _may_continue(left, right) and _is_full(left, right, wrap)
        if {language, right.language} - {None} != set(Language) and (fills or _hangs(first, right)):
            paragraphs[-1].append(right.number)
            language = language or right.language
        else:
            paragraphs.append([right.number])
            first, language = right, right.language
    return paragraphs


def _hangs(first: _Line, right: _Line) -> bool:
    """Whether `right` stands under the text of the list item that `first` opens, or begins with a mark that goes on."""
    marker = _LIST_MARKER.match(first.text) if first.width >= MIN_WRAP_COLUMNS else None
    if marker and right.indent == first.indent + columns(marker.group()) and not _LIST_START.match(right.text):
        return True
    return right.text[0] in "，。、；：！？）”』」"
