"""Which HTML tables hold data, and where their cells stand.

A table is layout, and its content ordinary blocks, if it

- says so (`role="presentation"` or `"none"`), or holds another table, a form or a part of a page (`nav`, `aside`, …);
- has no row of two cells with text; or
- has a cell of more than 12 paragraphs, or, being a single row, one of more than 3: columns of running text then stand
  one after the other, as a reader takes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

_PAGE_PARTS = ("table", "form", "nav", "header", "footer", "aside", "article", "main", "section", "h1")
_PARAGRAPHS = ("p", "div", "li", "br", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "pre")
_MAX_PARAGRAPHS = 12
_MAX_PARAGRAPHS_SINGLE_ROW = 3
# Spans beyond what the HTML standard allows (section 4.9.12) or any page needs are cut to these.
_MAX_COLUMN_SPAN = 100
_MAX_ROW_SPAN = 1_000
# Cells pushed beyond share the last column: spans could otherwise push each row further than the one before.
_MAX_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands: 0-based index of its data table on the page, row and column."""

    table: int
    row: int
    column: int


def place_cells(root: HtmlElement) -> dict[HtmlElement, CellPlace]:
    """The cells of all data tables below `root`; a cell that spans several places has the first."""
    places: dict[HtmlElement, CellPlace] = {}
    index = 0
    for table in root.iter("table"):
        rows = _rows(table)
        if _is_layout(table, rows):
            continue
        places.update({cell: CellPlace(index, row, column) for cell, row, column in _walk_grid(rows)})
        index += 1
    return places


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    return [list(row.iterchildren("td", "th")) for row in table.iter("tr")]


def _is_layout(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    if any(element is not table for element in table.iter(*_PAGE_PARTS)):
        return True
    if not any(sum(1 for cell in row if _has_text(cell)) > 1 for row in rows):
        return True
    limit = _MAX_PARAGRAPHS if len(rows) > 1 else _MAX_PARAGRAPHS_SINGLE_ROW
    return any(sum(1 for _ in cell.iter(*_PARAGRAPHS)) > limit for row in rows for cell in row)


def _has_text(cell: HtmlElement) -> bool:
    return any(text.strip() for text in cell.itertext())


def _walk_grid(rows: list[list[HtmlElement]]) -> Iterator[tuple[HtmlElement, int, int]]:
    """Each cell with its row and column, as spans push them."""
    taken: dict[int, int] = {}  # column -> first row in which it is free again
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while taken.get(column, 0) > row and column < _MAX_COLUMNS:
                column += 1
            yield cell, row, column
            for covered in range(column, column + _span(cell, "colspan", _MAX_COLUMN_SPAN)):
                taken[covered] = row + _span(cell, "rowspan", _MAX_ROW_SPAN)
            column += 1


def _span(cell: HtmlElement, name: str, limit: int) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, min(limit, int(value))) if value.isdecimal() and len(value) < 6 else 1
