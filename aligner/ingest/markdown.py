"""Markdown: headings, lists, tables and paragraphs, their marks taken off.

A reduction to text, not a parser of CommonMark: nesting is flattened, and what a mark means beyond that is ignored.
Every pattern excludes its own opening mark from what it spans, and none searches for white space, so that none can
backtrack over a long line.
"""

import html
import re
from collections.abc import Iterator

from aligner.ingest.blocks import Draft, build_page, strip_outer
from aligner.ingest.encoding import decode_text
from aligner.ingest.joining import join_lines
from aligner.ingest.plain import split_lines
from aligner.records import BlockKind, Page
from aligner.text.characters import language_of

CODE = "code"
"""Tag of lines of code, which are no text."""
_FENCE = re.compile(r"^\s{0,3}(?:`{3,}|~{3,})")
_HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s+|$)")
_UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{2,})\s*$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\[\]]+\]:\s*\S")
_CELL_BORDER = re.compile(r"(?<!\\)\|")

_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()\[\]]*(?:\([^()\[\]]*\)[^()\[\]]*)?\)|\[[^\[\]]*\])")
_IMAGE = re.compile("!" + _LINK.pattern)
_INLINE = (
    (_IMAGE, ""),  # an image has no text of the page
    (re.compile(r"\[\^[^\[\]]+\]"), ""),  # footnote references
    (_LINK, r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"`+([^`]+)`+"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__([^_]+)__(?!\w)"), r"\1"),
    (re.compile(r"(?<!\*)\*([^*\s](?:[^*]*[^*\s])?)\*"), r"\1"),
    (re.compile(r"(?<![\w])_([^_\s](?:[^_]*[^_\s])?)_(?![\w])"), r"\1"),
    (re.compile(r"~~([^~]+)~~"), r"\1"),
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FRONT_MATTER = {"title": "title", "date": "date", "author": "author", "lang": "lang", "source": "source"}


def read(data: bytes, origin: str) -> Page:
    """The page of a Markdown file. Raises `IngestError` as the reader of plain text does."""
    text, charset = decode_text(data, origin)
    lines = split_lines(text, origin)
    declared, body = _split_front_matter(lines)
    return build_page(origin, "text", _read_blocks(body), [("charset", charset), *declared])


def plain_text(markup: str) -> str:
    """`markup` of one line without its inline marks."""
    # Escaped marks hide in private-use characters until the marks are gone.
    text = _ESCAPE.sub(lambda match: chr(0xE000 + ord(match.group(1))), markup)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return html.unescape(re.sub("[\ue000-\ue07f]", lambda match: chr(ord(match.group()) - 0xE000), text))


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


def _read_blocks(lines: list[str]) -> Iterator[Draft]:
    paragraph: list[str] = []
    kind = BlockKind.PARAGRAPH
    tables = index = 0
    while index < len(lines):
        if _FENCE.match(lines[index]) and (end := _fence_end(lines, index)):
            yield from _flush(paragraph, kind)
            yield from (Draft(line, tags=(CODE,)) for line in lines[index + 1 : end - 1] if line.strip())
            index, kind = end, BlockKind.PARAGRAPH
            continue
        line = _QUOTE.sub("", lines[index])
        if _begins_table(lines, index):
            yield from _flush(paragraph, kind)
            end = _table_end(lines, index)
            yield from _table_cells(lines[index:end], tables)
            tables, index, kind = tables + 1, end, BlockKind.PARAGRAPH
            continue
        index += 1
        if paragraph and kind is BlockKind.PARAGRAPH and _UNDERLINE.match(line):
            yield from _flush(paragraph, BlockKind.HEADING)
        elif not line.strip() or _is_rule(line) or _FENCE.match(line) or _DEFINITION.match(line):
            yield from _flush(paragraph, kind)
            kind = BlockKind.PARAGRAPH
        elif _HEADING.match(line):
            yield from _flush(paragraph, kind)
            kind = BlockKind.PARAGRAPH
            yield from _flush([_HEADING.sub("", line).rstrip().rstrip("#")], BlockKind.HEADING)
        elif _ITEM.match(line):
            yield from _flush(paragraph, kind)
            kind = BlockKind.LIST_ITEM
            paragraph.append(_ITEM.sub("", line))
        else:
            paragraph.append(line)
    yield from _flush(paragraph, kind)


def _fence_end(lines: list[str], start: int) -> int:
    """Index after the fence that closes the block of code begun at `start`; 0 where none does."""
    mark = lines[start].strip()[:3]
    for index in range(start + 1, len(lines)):
        if lines[index].strip().startswith(mark) and not lines[index].strip().strip(mark[0]):
            return index + 1
    return 0


def _is_rule(line: str) -> bool:
    compact = "".join(line.split())
    return len(compact) >= 3 and compact in ("-" * len(compact), "*" * len(compact), "_" * len(compact))


def _begins_table(lines: list[str], index: int) -> bool:
    """Whether a header row and a `|---|---|` line stand at `index`."""
    if "|" not in lines[index] or index + 1 == len(lines):
        return False
    rule = lines[index + 1]
    return "-" in rule and "|" in rule and set(rule) <= set("|:- \t")


def _table_end(lines: list[str], start: int) -> int:
    """Index after the last row of the table at `start`."""
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _table_cells(lines: list[str], table: int) -> Iterator[Draft]:
    for row, line in enumerate([lines[0], *lines[2:]]):
        cells = _CELL_BORDER.split(line.strip().removeprefix("|").removesuffix("|"))
        for column, cell in enumerate(cells):
            for markup in _LINE_BREAK_TAG.split(cell):
                text = plain_text(strip_outer(markup))
                yield Draft(text, BlockKind.CELL, table, row, column, link_share=_link_share(markup))


def _flush(lines: list[str], kind: BlockKind) -> Iterator[Draft]:
    """The blocks of a paragraph's lines, which are emptied: it breaks at hard breaks and where the language changes."""
    runs: list[list[str]] = [[]]
    for line in lines:
        for position, part in enumerate(_LINE_BREAK_TAG.split(line.removesuffix("\\"))):
            markup = strip_outer(part)
            if position or _changes_language(runs[-1], markup):
                runs.append([])
            runs[-1].append(markup)
        if line.endswith(("  ", "\\")):
            runs.append([])
    lines.clear()
    for run in runs:
        markup = join_lines([part for part in run if part])
        yield Draft(plain_text(markup), kind, link_share=_link_share(markup))


def _changes_language(run: list[str], markup: str) -> bool:
    languages = {language_of(markup), language_of(" ".join(run))} - {None}
    return len(languages) > 1


def _link_share(markup: str) -> float:
    linked = sum(len(match.group(1)) for match in _LINK.finditer(_IMAGE.sub("", markup)))
    return min(1.0, linked / max(1, len(plain_text(markup))))
