"""Markdown: headings, lists, tables and paragraphs, their marks taken off; markdown-it-py parses CommonMark.

Nesting is flattened. Fenced code, images, footnotes and shortcodes of site generators are no text of a release.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.errors import IngestError
from aligner.ingest.blocks import Draft, build_page, strip_outer
from aligner.ingest.encoding import decode_text
from aligner.ingest.joining import goes_on, join_lines
from aligner.ingest.plain import split_lines
from aligner.records import BlockKind, Page
from aligner.text.characters import language_of

_FRONT_MATTER = {"title": "title", "date": "date", "author": "author", "lang": "lang", "source": "source"}
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\[\]]{1,80}\]:")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\[\]]{1,80}\]")
# Hugo, Jekyll; a line of colons opens a container of several generators.
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,500}[%>]\}\}|\{%[^{}%]{0,500}%\}|^ {0,3}:{3,}.{0,200}$")
# CommonMark does not close emphasis between a Chinese mark and an ideograph: `**注意：**请`.
_EMPHASIS = re.compile(r"\*\*([^*]{1,500})\*\*")
_BREAK_TAG = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_MAX_NESTING = 100
# The parser takes up to 25 µs a character, and with brackets that do not close far more.
_MAX_CHARACTERS = 1_000_000
_MAX_BRACKETS = 10_000


@dataclass(slots=True)
class _Line:
    """A line of a paragraph, without its marks, and how much of it stands in links."""

    text: str = ""
    linked: int = 0


@dataclass(slots=True)
class _Reader:
    """The state of one walk through the tokens of a page."""

    origin: str
    tables: int = 0
    row: int = 0
    column: int = 0
    open_kinds: list[BlockKind] = field(default_factory=list)

    def read(self, tokens: Sequence[Any]) -> Iterator[Draft]:
        for token in tokens:
            self._enter(token)
            if token.type == "inline":
                yield from self._read_inline(token.children or ())
            elif token.type == "html_block":
                yield from _read_html(token.content, self.origin)
            self._leave(token)

    def _enter(self, token: Any) -> None:
        kinds = {
            "heading_open": BlockKind.HEADING,
            "list_item_open": BlockKind.LIST_ITEM,
            "th_open": BlockKind.CELL,
            "td_open": BlockKind.CELL,
        }
        if token.type in kinds:
            self.open_kinds.append(kinds[token.type])
        elif token.type == "table_open":
            self.row = 0
        elif token.type == "tr_open":
            self.column = 0

    def _leave(self, token: Any) -> None:
        if token.type in ("heading_close", "list_item_close", "th_close", "td_close"):
            self.open_kinds.pop()
            self.column += token.type in ("th_close", "td_close")
        elif token.type == "tr_close":
            self.row += 1
        elif token.type == "table_close":
            self.tables += 1

    def _read_inline(self, children: Sequence[Any]) -> Iterator[Draft]:
        kind = self.open_kinds[-1] if self.open_kinds else BlockKind.PARAGRAPH
        for run in _runs(children):
            text = strip_outer(_EMPHASIS.sub(r"\1", join_lines([line.text for line in run])))
            share = min(1.0, sum(line.linked for line in run) / max(1, len(text)))
            if kind is BlockKind.CELL:
                yield Draft(text, kind, self.tables, self.row, self.column, link_share=share)
            else:
                yield Draft(text, kind, link_share=share)


def read(data: bytes, origin: str) -> Page:
    """The page of a Markdown file.

    :raises IngestError: when the data is binary, oversized or without text, or its markup is beyond the parser.
    """
    text, charset = decode_text(data, origin)
    if len(text) > _MAX_CHARACTERS:
        raise IngestError(f"{origin} is Markdown of more than {_MAX_CHARACTERS:,} characters; split it into pages.")
    declared, body = _split_front_matter(split_lines(text, origin))
    drafts = _Reader(origin).read(_parse("\n".join(_without_notes(body))))
    return build_page(origin, "text", drafts, [("charset", charset), *declared])


def _parse(markup: str) -> Sequence[Any]:
    from markdown_it import MarkdownIt

    if markup.count("[") > _MAX_BRACKETS:
        markup = markup.replace("[", "\\[")
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    # Text that is indented by four spaces is text in press releases, no code.
    return parser.disable("code").parse(markup)


def _without_notes(lines: list[str]) -> Iterator[str]:
    """The lines without footnotes, their marks, and shortcodes."""
    in_note = False
    for line in lines:
        in_note = bool(_FOOTNOTE.match(line)) or (in_note and line.startswith(("    ", "\t")))
        if not in_note:
            yield _SHORTCODE.sub("", _FOOTNOTE_MARK.sub("", line))


def _split_front_matter(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """What a `---` block at the top declares, and the lines after it."""
    if not lines or lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:50]):
        return [], lines
    end = next(index for index, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    declared = []
    for line in lines[1:end]:
        name, _, value = line.partition(":")
        if name.strip().lower() in _FRONT_MATTER and value.strip():
            declared.append((_FRONT_MATTER[name.strip().lower()], value.strip().strip("\"'")))
    return declared, lines[end + 1 :]


def _read_html(markup: str, origin: str) -> Iterator[Draft]:
    from aligner.ingest.html import read_fragment

    yield from read_fragment(markup, origin)


def _runs(children: Sequence[Any]) -> Iterator[list[_Line]]:
    """The lines of a paragraph that belong together: it breaks at hard breaks, and where the language changes."""
    run: list[_Line] = []
    for line, is_hard in _lines(children):
        before = join_lines([each.text for each in run[-2:]])
        languages = {language_of(before), language_of(line.text)} - {None}
        if run and (len(languages) > 1 or (is_hard and not goes_on(before, line.text))):
            yield run
            run = []
        if line.text:
            run.append(line)
    yield run


def _lines(children: Sequence[Any]) -> Iterator[tuple[_Line, bool]]:
    """Each line, stripped, and whether a hard break stands before it."""
    line, is_hard, links = _Line(), False, 0
    for token in children:
        is_break_tag = token.type == "html_inline" and _BREAK_TAG.match(token.content)
        if token.type in ("softbreak", "hardbreak") or is_break_tag:
            yield _Line(strip_outer(line.text), line.linked), is_hard
            line, is_hard = _Line(), token.type != "softbreak"
        elif token.type in ("text", "code_inline"):
            line.text += token.content
            line.linked += len(token.content) * (links > 0)
        links += (token.type == "link_open") - (token.type == "link_close")
    yield _Line(strip_outer(line.text), line.linked), is_hard
