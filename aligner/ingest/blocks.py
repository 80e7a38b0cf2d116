"""What all readers share: pieces of text as they come out of a format, and the `Page` made of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.errors import IngestError
from aligner.records import Block, BlockKind, Page
from aligner.text.characters import strip_illegal
from aligner.text.lookalikes import replace_lookalikes

# A paragraph of a press release has some hundred characters; beyond this it is not text but data.
MAX_LINE_CHARACTERS = 1_000_000

LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
HARD_BREAK = re.compile("\r\n|[\n\r\x1c-\x1e\u2029]")
SOFT_BREAK = re.compile("[\x0b\x0c\x85\u2028]")
"""Vertical tab, form feed, NEL and line separator: they end a line, not always a paragraph."""
_LONG_BLANK = re.compile(r"(\s{200})\s+")
# str.strip, not a pattern: a search for white space before the end takes quadratic time on a long run of spaces.
_EDGE = " \t\u00a0\u00ad\u1680\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, [*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A block whose place in the page is not yet known; the fields are those of `Block`."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    table: int | None = None
    row: int | None = None
    column: int | None = None
    link_share: float = 0.0
    in_main: bool | None = None
    tags: tuple[str, ...] = ()


def clean_line(text: str) -> str:
    """`text` as a block may hold it: legal characters on one line, no white space at either end nor without bound.

    A pattern that begins with white space takes quadratic time on a run of it; so such runs end after 200 characters.
    """
    line = _LONG_BLANK.sub(r"\1", LINE_BREAK.sub(" ", text))
    return strip_outer(replace_lookalikes(strip_illegal(line)))


def strip_outer(text: str) -> str:
    """`text` without white space at either end, zero-width and ideographic spaces included."""
    return text.strip(_EDGE)


def build_page(
    origin: str,
    page_format: str,
    drafts: Iterable[Draft],
    declared: Iterable[tuple[str, str]] = (),
) -> Page:
    """The page of `drafts`, its text their texts joined by line feeds; drafts without text are left out.

    :raises IngestError: when no text is left, or a block is longer than a million characters.
    """
    blocks: list[Block] = []
    position = 0
    for draft in drafts:
        text = clean_line(draft.text)
        if not text:
            continue
        if len(text) > MAX_LINE_CHARACTERS:
            raise IngestError(
                f"{origin}, block {len(blocks) + 1}, is longer than {MAX_LINE_CHARACTERS:,} characters; "
                "break it into paragraphs."
            )
        blocks.append(_place(draft, text, position))
        position += len(text) + 1
    if not blocks:
        raise IngestError(f"{origin} is empty: no text was found in it.")
    kept = tuple((name, value) for name, raw in declared if (value := clean_line(raw)))
    return Page(origin, page_format, "\n".join(block.text for block in blocks), tuple(blocks), kept)


def _place(draft: Draft, text: str, start: int) -> Block:
    return Block(
        text=text,
        start=start,
        end=start + len(text),
        kind=draft.kind,
        table=draft.table,
        row=draft.row,
        column=draft.column,
        link_share=draft.link_share,
        in_main=draft.in_main,
        tags=draft.tags,
    )
