"""From words with places on PDF pages to lines in reading order: rows, columns, sidebars. Geometry, no PDF library.

Lengths are in points, with y growing downwards. Known to be split badly: blocks left of the text, text around
pictures, tables (whose cells are not told apart). `python -m benchmarks pdf` measures it on self-made documents.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from aligner.ingest.joining import is_wide
from aligner.ingest.pdf_characters import PageWords, Word
from aligner.records import Language
from aligner.text.characters import language_of

# A gutter is at least this wide, and in the middle part of the text; both sides need some lines.
_GUTTER_POINTS = 8.0
_GUTTER_RANGE = (0.3, 0.7)
_GUTTER_STEP = 2.0
_MIN_COLUMN_LINES = 4
_MAX_CROSSING_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page_index: int
    left: float
    """Left edge of its column."""
    right: float
    """Right edge of its column."""

    @property
    def free(self) -> float:
        """Points left for another word; both margins of a centred line."""
        before, after = self.x0 - self.left, self.right - self.x1
        return before + after if self.is_centred else after

    @property
    def is_centred(self) -> bool:
        """Whether the margins on both sides are equal and not small."""
        before, after = self.x0 - self.left, self.right - self.x1
        return before > self.size and abs(before - after) < 0.25 * self.size

    @property
    def is_indented(self) -> bool:
        """Whether it begins to the right of its column's edge."""
        return not self.is_centred and self.x0 - self.left > 0.8 * self.size


def find_gutters(pages: list[PageWords]) -> list[float | None]:
    """The x that parts two columns, or None, for each page; one with a lone first column has that of the others."""
    rows = [_rows(page.words) for page in pages]
    found = [find_gutter(page_rows) for page_rows in rows]
    known = next((gutter for gutter in found if gutter is not None), None)
    if known is None:
        return found
    return [
        known if gutter is None and _crossing_share(page_rows, known) <= _MAX_CROSSING_SHARE else gutter
        for gutter, page_rows in zip(found, rows, strict=True)
    ]


def read_lines(page: PageWords, page_index: int, gutter: float | None) -> list[Line]:
    """The lines of a page in reading order: between lines that cross the gutter, left column, then right."""
    rows = _rows(page.words)
    if gutter is None:
        text, beside = _split_sidebar(rows)
        return _lines(text, page, page_index, is_column=False) + _lines(beside, page, page_index)
    lines: list[Line] = []
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for row in rows:
        if _crosses(row, gutter):
            lines += _column_lines(left, page, page_index) + _column_lines(right, page, page_index)
            left, right = [], []
            lines += _lines([row], page, page_index, is_column=False)
        else:
            left.append([word for word in row if word.x1 <= gutter])
            right.append([word for word in row if word.x1 > gutter])
    return lines + _column_lines(left, page, page_index) + _column_lines(right, page, page_index)


def _split_sidebar(rows: list[list[Word]]) -> tuple[list[list[Word]], list[list[Word]]]:
    """The rows without what stands beside running text, right of its edge and apart from it; and that."""
    parts = [(row[: _first_gap(row)], row[_first_gap(row) :]) for row in rows]
    middle = (min(row[0].x0 for row in rows) + max(row[-1].x1 for row in rows)) / 2 if rows else 0.0
    text = [head for head, _ in parts if head[0].x0 <= middle]
    beside = [tail for _, tail in parts if tail] + [head for head, _ in parts if head[0].x0 > middle]
    edge = _measure(text)
    if edge is None or not beside or any(tail[0].x0 < edge + tail[0].size for tail in beside):
        return rows, []
    return text, _rows([word for row in beside for word in row])


def _first_gap(row: list[Word]) -> int:
    """Index of the first word that stands well apart from the one before it."""
    apart = (index for index in range(1, len(row)) if row[index].x0 - row[index - 1].x1 > 2 * row[index].size)
    return next(apart, len(row))


def _column_lines(rows: list[list[Word]], page: PageWords, page_index: int) -> list[Line]:
    """The lines of one side of a gutter, which may itself hold columns that no line crosses."""
    rows = [row for row in rows if row]
    gutter = find_gutter(rows)
    if gutter is None or _crossing_share(rows, gutter) > 0:
        return _lines(rows, page, page_index)
    left = [[word for word in row if word.x1 <= gutter] for row in rows]
    right = [[word for word in row if word.x1 > gutter] for row in rows]
    return _column_lines(left, page, page_index) + _column_lines(right, page, page_index)


def find_gutter(rows: list[list[Word]]) -> float | None:
    """The x that parts two columns, or None: few rows run across it, and both sides have lines of some width."""
    if not rows:
        return None
    start, end = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    best: tuple[int, float] | None = None
    x = start + _GUTTER_RANGE[0] * (end - start)
    while x < start + _GUTTER_RANGE[1] * (end - start):
        crossing = sum(_crosses(row, x) for row in rows)
        left = sum(1 for row in rows if row[0].x0 < x) - crossing
        right = sum(1 for row in rows if row[-1].x1 > x) - crossing
        is_clear = crossing <= _MAX_CROSSING_SHARE * len(rows)
        if is_clear and min(left, right) >= _MIN_COLUMN_LINES and (best is None or crossing < best[0]):
            best = (crossing, x)
        x += _GUTTER_STEP
    return best[1] if best else None


def _crossing_share(rows: list[list[Word]], x: float) -> float:
    return sum(_crosses(row, x) for row in rows) / max(1, len(rows))


def _crosses(row: list[Word], x: float) -> bool:
    """Whether `row` runs across `x`: a word covers it, or the words on both sides are as near as in a sentence."""
    before = max((word.x1 for word in row if word.x0 < x), default=None)
    after = min((word.x0 for word in row if word.x0 >= x), default=None)
    if before is None:
        return False
    return before > x or (after is not None and after - before < _GUTTER_POINTS)


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words whose middles are on one height, from the left, from the top."""
    rows: list[list[Word]] = []
    middle = 0.0
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        centre = (word.top + word.bottom) / 2
        if rows and centre - middle < 0.4 * max(word.size, 1.0):
            rows[-1].append(word)
        else:
            rows.append([word])
            middle = centre
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _lines(rows: list[list[Word]], page: PageWords, page_index: int, is_column: bool = True) -> list[Line]:
    rows = [row for row in rows if row]
    if not rows:
        return []
    left, right = _left_edge(rows), max(row[-1].x1 for row in rows)
    if not is_column:
        right = _measure(rows) or max(right, 0.95 * (page.width - left))  # of short lines none is a measure
    edges = {chinese: _measure([row for row in rows if _is_chinese(row) == chinese]) for chinese in (False, True)}
    return [
        Line(
            text=_row_text(row),
            x0=row[0].x0,
            x1=row[-1].x1,
            top=min(word.top for word in row),
            bottom=max(word.bottom for word in row),
            size=median(word.size for word in row),
            page_index=page_index,
            left=left,
            right=max(edges[_is_chinese(row)] or right, row[-1].x1),
        )
        for row in rows
    ]


def _measure(rows: list[list[Word]]) -> float | None:
    """The right edge of running text, or None where the lines are no running text.

    Of wrapped lines most are full: the first word of the next line would not have fitted beside them.
    """
    if not rows:
        return None
    body = median(size for row in rows for size in [row[0].size] * len(_row_text(row)))
    text = [row for row in rows if abs(row[0].size - body) <= 0.1 * body]
    right = max(row[-1].x1 for row in text)
    pairs = list(pairwise(text))
    full = sum(row[-1].x1 + _needed(following) + 0.5 * body > right for row, following in pairs)
    return right if full >= max(2, len(pairs) / 3) else None


def _is_chinese(row: list[Word]) -> bool:
    return language_of(_row_text(row)) is Language.ZH


def _needed(row: list[Word]) -> float:
    """Width of the first word of `row`, of a character in Chinese, with a space before."""
    return row[0].size if is_wide(row[0].text[:1]) else row[0].x1 - row[0].x0 + 0.25 * row[0].size


def _left_edge(rows: list[list[Word]]) -> float:
    """The leftmost x at which at least a fifth of the rows begin; a header may hang out."""
    starts = Counter(round(row[0].x0) for row in rows)
    frequent = [start for start, count in starts.items() if 5 * count >= len(rows)]
    return float(min(frequent or starts))


def _row_text(row: list[Word]) -> str:
    parts = [row[0].text]
    for word, following in pairwise(row):
        # Justified Chinese is set with gaps; only one as wide as a character is a space.
        is_chinese = is_wide(word.text[-1:]) and is_wide(following.text[:1])
        if not is_chinese or following.x0 - word.x1 > 0.8 * word.size:
            parts.append(" ")
        parts.append(following.text)
    return "".join(parts)
