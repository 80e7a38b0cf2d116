"""DOCX: paragraphs and tables of the body in document order, as a reader of the accepted text sees them.

Insertions are in, tracked deletions, hidden text, headers, footers, notes and comments are out. A text box follows the
paragraph it is anchored to. Equations are read as they are typed on one line. Not followed: a deleted paragraph mark,
which in Word joins two paragraphs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from lxml.etree import LxmlError, _Element

from aligner.errors import IngestError
from aligner.ingest.blocks import Draft, build_page, strip_outer
from aligner.ingest.docx_package import repack
from aligner.ingest.joining import goes_on, separator
from aligner.ingest.raised import read_raised
from aligner.records import BlockKind, Page
from aligner.text.characters import language_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_CONTAINERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
# Within a paragraph: what is no text of it, or stands apart from it (text boxes).
_SKIPPED = frozenset(
    [
        f"{_W}{name}"
        for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "drawing", "pict", "object", "rt")
    ]
    + [f"{_MC}AlternateContent"]
)
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXTS = frozenset((f"{_W}t", f"{_M}t"))
# Between the parts of an equation, as they are typed on one line.
_EQUATION_SIGNS = {f"{_M}den": "/", f"{_M}sup": "^", f"{_M}sub": "_"}
_BREAKS = frozenset((f"{_W}br", f"{_W}cr"))
_SIGNS = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_HEADING_STYLES = ("heading", "title", "subtitle", "标题", "副标题", "標題")
_LIST_STYLES = ("list",)
_BODY_LEVEL = 9  # outline level of text that is no heading
_MAX_STYLE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    is_linked: bool
    is_raised: bool = False


@dataclass(slots=True)
class _Reader:
    """Kinds by style id, and how many tables have been met."""

    style_kinds: dict[str, BlockKind]
    tables: int = 0

    def read_blocks(self, container: _Element) -> Iterator[Draft]:
        for child in container:
            if child.tag == f"{_W}p":
                yield from self._read_paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._read_table(child)
            elif child.tag in _CONTAINERS:
                yield from self.read_blocks(child)

    def _read_paragraph(self, paragraph: _Element) -> Iterator[Draft]:
        kind = self._kind(paragraph)
        lines: list[list[_Piece]] = [[]]
        for piece in _pieces(paragraph, is_linked=False):
            if piece.text == "\n":
                lines.append([])
            elif (text := _as_shown(piece, lines[-1])) is not None:
                lines[-1].append(_Piece(text, piece.is_linked))
        yield from (_draft(line, kind) for line in _join_broken(lines))
        for box in _text_boxes(paragraph):
            yield from self.read_blocks(box)

    def _read_table(self, table: _Element) -> Iterator[Draft]:
        cells = list(_cells(table))
        if len(cells) == 1:  # a frame around text
            yield from self.read_blocks(cells[0][0])
            return
        index = self.tables
        self.tables += 1
        for cell, row, column in cells:
            # A table within the cell gives its text to the cell.
            for draft in self.read_blocks(cell):
                yield replace(draft, kind=BlockKind.CELL, table=index, row=row, column=column)

    def _kind(self, paragraph: _Element) -> BlockKind:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return BlockKind.PARAGRAPH
        style = properties.find(f"{_W}pStyle")
        kind = self.style_kinds.get(_value(style), BlockKind.PARAGRAPH) if style is not None else BlockKind.PARAGRAPH
        if _is_outlined(properties):
            return BlockKind.HEADING
        if kind is BlockKind.PARAGRAPH and properties.find(f"{_W}numPr") is not None:
            return BlockKind.LIST_ITEM
        return kind


def read(data: bytes, origin: str) -> Page:
    """The page of a DOCX file.

    Raises `IngestError` for a damaged or encrypted package, one that inflates beyond all bounds, and a document
    without text.
    """
    import docx
    from docx.opc.exceptions import OpcError

    package = repack(data, origin)
    try:
        document = docx.Document(package)
        reader = _Reader(_style_kinds(document))
        body = document.element.body
        drafts = list(reader.read_blocks(body)) if body is not None else []
        declared = _declared(document)
    # ValueError, KeyError, AttributeError: python-docx on packages that lack a part it relies on
    except (OpcError, LxmlError, ValueError, KeyError, AttributeError) as error:
        raise IngestError(f"{origin} is a damaged DOCX file ({error}); open it in Word and save it anew.") from error
    return build_page(origin, "docx", drafts, declared)


def _style_kinds(document: Any) -> dict[str, BlockKind]:
    """Kinds of the paragraph styles that are, or descend from, a heading or list style; by style id."""
    kinds = {}
    for style in document.styles:
        ancestor, kind = style, BlockKind.PARAGRAPH
        for _ in range(_MAX_STYLE_DEPTH):  # styles of a hostile file may be based on each other in a circle
            if ancestor is None or kind is not BlockKind.PARAGRAPH:
                break
            kind = _kind_of_style(ancestor)
            ancestor = getattr(ancestor, "base_style", None)
        kinds[str(style.style_id)] = kind
    return kinds


def _kind_of_style(style: Any) -> BlockKind:
    name = str(style.name or "").lower()
    properties = style.element.find(f"{_W}pPr")
    if name.startswith(_HEADING_STYLES) or (properties is not None and _is_outlined(properties)):
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if name.startswith(_LIST_STYLES) else BlockKind.PARAGRAPH


def _is_outlined(properties: _Element) -> bool:
    level = properties.find(f"{_W}outlineLvl")
    value = _value(level) if level is not None else ""
    return value.isdecimal() and int(value[:3]) < _BODY_LEVEL


def _value(element: _Element) -> str:
    return element.get(f"{_W}val") or ""


def _pieces(element: _Element, is_linked: bool) -> Iterator[_Piece]:
    """The text below `element` in order; a piece of one line feed is a line break."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or (tag == f"{_W}r" and _is_hidden(child)):
            continue
        if tag in _TEXTS:
            yield _Piece((child.text or "").replace("\n", " "), is_linked, _is_raised(child.getparent()))
        elif tag in _BREAKS:
            yield _Piece("\n", is_linked)
        elif tag in _SIGNS:
            yield _Piece(_SIGNS[tag], is_linked)
        elif isinstance(tag, str):
            if tag in _EQUATION_SIGNS:
                yield _Piece(_EQUATION_SIGNS[tag], is_linked)
            yield from _pieces(child, is_linked or tag == f"{_W}hyperlink")


def _is_hidden(run: _Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _is_raised(run: _Element | None) -> bool:
    align = run.find(f"{_W}rPr/{_W}vertAlign") if run is not None else None
    return align is not None and _value(align) == "superscript"


def _as_shown(piece: _Piece, line: list[_Piece]) -> str | None:
    """The text of `piece`, or what stands for it where it is raised."""
    if not piece.is_raised:
        return piece.text
    raised = read_raised(piece.text, line[-1].text[-1:] if line else "", is_note=False)
    return piece.text if raised is None else raised


def _join_broken(lines: list[list[_Piece]]) -> list[list[_Piece]]:
    """The lines between the breaks of a paragraph, those of one sentence as one."""
    texts = [strip_outer("".join(piece.text for piece in line)) for line in lines]
    joined = [list(lines[0])]
    for (left, right), line in zip(pairwise(texts), lines[1:], strict=True):
        if goes_on(left, right):
            gap = separator(left, right, language_of(left + right))
            joined[-1] += [_Piece(gap, is_linked=False), *line]
        else:
            joined.append(list(line))
    return joined


def _draft(line: list[_Piece], kind: BlockKind) -> Draft:
    linked = sum(len(piece.text) for piece in line if piece.is_linked)
    text = "".join(piece.text for piece in line)
    return Draft(text, kind, link_share=linked / max(1, len(text)))


def _text_boxes(paragraph: _Element) -> Iterator[_Element]:
    """The outermost text boxes anchored in `paragraph`; of a box in two versions for old and new programs, the new."""
    name = f"{_W}txbxContent"
    for box in paragraph.iter(name):
        outer = list(_ancestors_within(box, paragraph))
        if any(ancestor.tag == name for ancestor in outer):
            continue
        fallback = next((ancestor for ancestor in outer if ancestor.tag == f"{_MC}Fallback"), None)
        parent = fallback.getparent() if fallback is not None else None
        if parent is None or parent.find(f"{_MC}Choice//{name}") is None:
            yield box


def _ancestors_within(element: _Element, top: _Element) -> Iterator[_Element]:
    for ancestor in element.iterancestors():
        if ancestor is top:
            return
        yield ancestor


def _cells(table: _Element) -> Iterator[tuple[_Element, int, int]]:
    """Each cell with its row and first column; cells merged into one above come once, as the one above."""
    rows = [row for row in _children(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None]
    for index, row in enumerate(rows):
        column = 0
        for cell in _children(row, "tc"):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is None or _value(merge) == "restart":
                yield cell, index, column
            column += _grid_span(cell)


def _children(element: _Element, name: str) -> Iterator[_Element]:
    """Children called `name`, content controls and insertions looked through."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, name)


def _grid_span(cell: _Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = _value(span) if span is not None else ""
    return max(1, int(value)) if value.isdecimal() and len(value) < 4 else 1


def _declared(document: Any) -> list[tuple[str, str]]:
    from docx.opc.constants import RELATIONSHIP_TYPE

    # python-docx would invent properties ("Word Document", today) where there are none.
    if all(link.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES for link in document.part.package.rels.values()):
        return []
    properties = document.core_properties
    date = properties.created or properties.modified
    return [
        ("title", properties.title or ""),
        ("author", properties.author or ""),
        ("date", date.isoformat() if date else ""),
        ("lang", properties.language or ""),
    ]
