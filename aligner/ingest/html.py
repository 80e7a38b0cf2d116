"""HTML: every visible block in reading order, with what its markup says about it.

libxml2's recovering parser keeps its own bounds (256 levels, 10 MB a text node), reads no network and no entities of
the document's own. Style sheets are not read: what only they hide or break into lines is taken as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, pairwise

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from aligner.errors import IngestError
from aligner.ingest.blocks import Draft, build_page, strip_outer
from aligner.ingest.encoding import decode_text
from aligner.ingest.html_declared import declared_charset, read_declared
from aligner.ingest.html_embedded import missing_languages, read_embedded
from aligner.ingest.html_main import mark_main
from aligner.ingest.html_tables import CellPlace, place_cells
from aligner.ingest.joining import goes_on, is_wide, separator
from aligner.ingest.plain import group_wrapped, split_paragraphs
from aligner.ingest.raised import read_raised
from aligner.records import BlockKind, Page
from aligner.text.characters import language_of, strip_illegal


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCK_LEVEL = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li listing main menu nav ol p pre "
    "search section summary table tbody td tfoot th thead tr ul xmp"
)
# Never shown, or not as text of the page; `del` is text taken back.
_DROPPED = _names(
    "applet area audio canvas datalist del embed frame frameset head iframe input map math meter noframes noscript "
    "object progress rp rt script select style svg template textarea title video"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LIST_ITEMS = frozenset(("li", "dt", "dd"))
_PREFORMATTED = frozenset(("pre", "listing", "xmp"))
# Elements whose bare name tells something about the text in them; others are named only for their class and id.
_TELLING = _names(
    "address article aside blockquote button caption details dialog dl figcaption figure footer form header label li "
    "main menu nav ol search section summary ul"
)
_MAX_NAMES = 6
_MAX_ATTRIBUTE_CHARACTERS = 1_000
_MAX_NAME_CHARACTERS = 40

_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.IGNORECASE)
_NOTE_NAME = re.compile("note|ref|cite", re.IGNORECASE)
_ASCII_MARKS = frozenset(",;:!?()")
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+'|<(?!/))*+>?""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_LONG_TAG = 20_000
_MANY_ATTRIBUTES = 1_000
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space is text


@dataclass(frozen=True, slots=True)
class _Context:
    """What the open block-level elements say about the text in them."""

    kind: BlockKind = BlockKind.PARAGRAPH
    cell: CellPlace | None = None
    tags: tuple[str, ...] = ()
    is_preformatted: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    is_linked: bool


@dataclass(slots=True)
class _Walk:
    """The state of one walk through a page."""

    cells: dict[HtmlElement, CellPlace]
    contexts: list[_Context] = field(default_factory=lambda: [_Context()])
    open_links: int = 0
    shows_hidden: bool = False
    """Whether what a script would show is read too."""
    lines: list[list[_Piece]] = field(default_factory=lambda: [[]])

    def add(self, text: str | None) -> None:
        if text:
            self.lines[-1].append(_Piece(text, self.open_links > 0))

    def last_character(self) -> str:
        return self.lines[-1][-1].text[-1] if self.lines[-1] else ""

    def flush(self) -> Iterator[Draft]:
        context, lines = self.contexts[-1], self.lines
        self.lines = [[]]
        for line in lines if context.is_preformatted else _join_broken(lines):
            if line:
                yield from _drafts(line, context)


def read(data: bytes, origin: str) -> Page:
    """The page of an HTML document or fragment.

    Raises `IngestError` for binary or oversized data, for nesting or text beyond libxml2's bounds, and for a page
    without visible text.
    """
    declared = declared_charset(data)
    text, charset = decode_text(data, origin, declared)
    text = _TAG.sub(_without_attributes, text)
    root = _parse(strip_illegal(text), origin)
    drafts = read_shown(root)
    declarations = [*read_declared(root), ("charset", charset)]
    return build_page(origin, "html", mark_main(drafts, root, len(text)), declarations)


def read_fragment(markup: str, origin: str) -> list[Draft]:
    """The visible blocks of a piece of HTML within another format.

    :raises IngestError: as `read` does.
    """
    return list(read_blocks(_parse(f"<body>{_TAG.sub(_without_attributes, strip_illegal(markup))}</body>", origin)))


def read_shown(root: HtmlElement) -> list[Draft]:
    """The blocks that a reader sees; where a language is missing, those that a script would show as well.

    First come the elements that a style or attribute hides, then the texts in the data of scripts.
    """
    drafts = list(read_blocks(root))
    missing = missing_languages(drafts)
    if not missing:
        return drafts
    shown = list(read_blocks(root, shows_hidden=True))
    if missing_languages(shown) != missing:
        drafts, missing = shown, missing_languages(shown)
    for text in read_embedded(root) if missing else ():
        drafts += [draft for draft in read_fragment(text, "embedded text") if language_of(draft.text) in missing]
    return drafts


def read_blocks(root: HtmlElement, shows_hidden: bool = False) -> Iterator[Draft]:
    """The visible blocks below `root`, in document order; texts may still hold characters that XML forbids.

    :param shows_hidden: whether to read what a style or attribute hides until a script runs, and `noscript`, too.
    """
    walk = _Walk(place_cells(root), shows_hidden=shows_hidden)
    replaced_sups: set[HtmlElement] = set()
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if _is_dropped(element, walk.shows_hidden):
                walker.skip_subtree()
            elif element.tag == "sup" and (replaced := _superscript(element, walk.last_character())) is not None:
                walker.skip_subtree()
                walk.add(replaced)
                replaced_sups.add(element)
            else:
                yield from _open(walk, element)
        else:
            if event == "end" and element in replaced_sups:
                replaced_sups.remove(element)
            elif event == "end" and not _is_dropped(element, walk.shows_hidden):
                yield from _close(walk, element)
            walk.add(element.tail)
    yield from walk.flush()


def _parse(text: str, origin: str) -> HtmlElement:
    # UTF-8 bytes with the parser told so: neither a meta element nor an XML declaration can mislead it.
    parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.ParserError as error:
        raise IngestError(f"{origin} is empty: no HTML was found in it.") from error
    except etree.LxmlError as error:
        raise IngestError(
            f"{origin} is HTML that cannot be parsed ({error}); open it in a browser and save it."
        ) from error
    for entry in parser.error_log:
        # The parser stops here and would silently drop the rest of the page.
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise IngestError(
                f"{origin}, line {entry.line}, is beyond the bounds of the parser ({entry.message.split(',')[0]}); "
                "save its text from a browser."
            )
    if root is None:
        raise IngestError(f"{origin} is empty: no HTML was found in it.")
    return root


def _superscript(element: HtmlElement, before: str) -> str | None:
    """What stands for a `sup` element; see `read_raised`."""
    parent = element.getparent()
    is_linked = element.find(".//a") is not None or (parent is not None and parent.tag == "a")
    is_named = bool(_NOTE_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"))
    return read_raised("".join(element.itertext()), before, is_linked or is_named)


def _without_attributes(match: re.Match[str]) -> str:
    """A tag of so many attributes that parsing them takes minutes, bare; any other as it is.

    libxml2 compares each attribute with all before it. What looks like a tag may be a comparison in a script.
    """
    tag = match.group()
    if len(tag) < _LONG_TAG or len(_QUOTED.sub('""', tag).replace("=", " ").split()) < _MANY_ATTRIBUTES:
        return tag
    name = _WORD.search(tag)
    end = tag.find("</")
    return f"<{name.group() if name else 'p'}>" + (tag[end:] if end > 0 else "")


def _is_dropped(element: HtmlElement, shows_hidden: bool = False) -> bool:
    name = element.tag
    if name in _DROPPED:
        return not (shows_hidden and name == "noscript")
    if shows_hidden or name in ("html", "body"):
        return False  # hidden by style until a script has run
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style", "")))
    )


def _is_block_level(element: HtmlElement) -> bool:
    return element.tag in _BLOCK_LEVEL or bool(_BLOCK_STYLE.search(element.get("style", "")))


def _open(walk: _Walk, element: HtmlElement) -> Iterator[Draft]:
    if element.tag == "br":
        walk.lines.append([])
    elif _is_block_level(element):
        yield from walk.flush()
        walk.contexts.append(_inner_context(walk, element))
    elif element.tag == "a" and element.get("href") is not None:
        walk.open_links += 1
    walk.add(element.text)


def _close(walk: _Walk, element: HtmlElement) -> Iterator[Draft]:
    if element.tag == "br":
        return
    if _is_block_level(element):
        yield from walk.flush()
        walk.contexts.pop()
    elif element.tag == "a" and element.get("href") is not None:
        walk.open_links -= 1


def _inner_context(walk: _Walk, element: HtmlElement) -> _Context:
    outer, name = walk.contexts[-1], element.tag
    cell = walk.cells.get(element, outer.cell)
    kind = outer.kind
    if cell:
        kind = BlockKind.CELL
    elif name in _HEADINGS:
        kind = BlockKind.HEADING
    elif name in _LIST_ITEMS:
        kind = BlockKind.LIST_ITEM
    tag = _tag(element)
    return _Context(
        kind, cell, (*outer.tags, tag) if tag else outer.tags, outer.is_preformatted or name in _PREFORMATTED
    )


def _tag(element: HtmlElement) -> str:
    """`div.related-news` for a div of that class or id; empty where neither name nor class tells anything."""
    words = " ".join(element.get(name, "")[:_MAX_ATTRIBUTE_CHARACTERS] for name in ("class", "role")).lower().split()
    anchor = element.get("id", "")[:_MAX_ATTRIBUTE_CHARACTERS].lower().strip()
    if anchor and not _is_made_from_heading(anchor, element):
        words += anchor.split()
    names = [word[:_MAX_NAME_CHARACTERS] for word in dict.fromkeys(words)][:_MAX_NAMES]
    if not names and element.tag not in _TELLING:
        return ""
    return ".".join([element.tag, *names])


def _is_made_from_heading(anchor: str, element: HtmlElement) -> bool:
    """Whether an id repeats the words of a heading, as generators of pages make them, and so tells nothing."""
    if element.tag in _HEADINGS:
        return True
    heading = next((child for child in islice(element.iter(), 1, 20) if child.tag in _HEADINGS), None)
    if heading is None:
        return False
    words = set(_WORD.findall("".join(heading.itertext())[:_MAX_ATTRIBUTE_CHARACTERS].lower()))
    return words >= set(_WORD.findall(anchor))


def _join_broken(lines: list[list[_Piece]]) -> list[list[_Piece]]:
    """The lines that `br` elements made, those of one sentence or of wrapped text as one."""
    if len(lines) == 1:
        return lines
    texts = [strip_outer(_collapse("".join(piece.text for piece in line))) for line in lines]
    joined: list[list[_Piece]] = []
    for numbers in group_wrapped(texts):
        pieces = list(lines[numbers[0]])
        for before, number in pairwise(numbers):
            pieces += [_gap(texts[before], texts[number]), *lines[number]]
        first, last = texts[numbers[0]], numbers[0] - 1
        if joined and last >= 0 and texts[last] and goes_on(texts[last], first):
            joined[-1] += [_gap(texts[last], first), *pieces]
        else:
            joined.append(pieces)
    return joined


def _gap(left: str, right: str) -> _Piece:
    return _Piece("\n" if separator(left, right, language_of(left + right)) else "", is_linked=False)


def _drafts(line: list[_Piece], context: _Context) -> Iterator[Draft]:
    """One draft for a line of pieces, or one for each paragraph of preformatted text."""
    raw = "".join(piece.text for piece in line)
    texts = split_paragraphs(raw.splitlines()) if context.is_preformatted else [_collapse(raw)]
    cell = context.cell
    for text in texts:
        if not text.strip():
            continue
        draft = Draft(text, context.kind, link_share=_link_share(line), tags=context.tags)
        yield replace(draft, table=cell.table, row=cell.row, column=cell.column) if cell else draft


def _collapse(text: str) -> str:
    """`text` with white space as a browser shows it, but without the space of a source line break within Chinese."""
    return _SPACE.sub(_shown_space, text)


def _shown_space(match: re.Match[str]) -> str:
    if "\n" not in match.group():
        return " "
    start, end = match.span()
    sides = (match.string[start - 1 : start], match.string[end : end + 1])
    # Chinese is often written with ASCII marks.
    is_within_chinese = any(map(is_wide, sides)) and all(is_wide(side) or side in _ASCII_MARKS for side in sides)
    return "" if is_within_chinese else " "


def _link_share(line: list[_Piece]) -> float:
    """Share of the characters of a line, white space aside, that stand in links."""
    counts = {True: 0, False: 0}
    for is_linked, pieces in groupby(line, key=lambda piece: piece.is_linked):
        counts[is_linked] += sum(len("".join(piece.text.split())) for piece in pieces)
    return counts[True] / max(1, counts[True] + counts[False])
