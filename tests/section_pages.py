"""Pages made of lines or cells, for the tests of sections."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aligner.records import Block, BlockKind, Page


def page_of_lines(lines: Iterable[str], declared: Sequence[tuple[str, str]] = ()) -> Page:
    """A page of plain text: each line that is not blank is a block."""
    return page_of_blocks([Block(line.strip(), 0, 0) for line in lines if line.strip()], "text", declared)


def page_of_rows(rows: Iterable[Sequence[str]], before: Sequence[str] = (), after: Sequence[str] = ()) -> Page:
    """A page that holds one table, with paragraphs before and after it."""
    cells = [
        Block(text, 0, 0, kind=BlockKind.CELL, table=0, row=row, column=column)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]
    around = [[Block(text, 0, 0) for text in lines] for lines in (before, after)]
    return page_of_blocks([*around[0], *cells, *around[1]], "docx")


def page_of_blocks(
    blocks: Iterable[Block], page_format: str = "html", declared: Sequence[tuple[str, str]] = ()
) -> Page:
    """A page of `blocks`, whose offsets are filled in here."""
    placed: list[Block] = []
    position = 0
    for block in blocks:
        placed.append(replace(block, start=position, end=position + len(block.text)))
        position += len(block.text) + 1
    return Page("page", page_format, "\n".join(block.text for block in placed), tuple(placed), tuple(declared))
