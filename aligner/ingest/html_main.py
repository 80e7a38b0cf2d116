"""Which blocks of a page trafilatura takes for its main content.

It may drop one language of a bilingual page, or the headline: an opinion beside others, not a filter.
"""

from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from aligner.ingest.blocks import Draft

# trafilatura takes some 0.2 ms an element: 5 s at this bound, on which no article page comes near.
_MAX_ELEMENTS = 20_000
_MAX_ATTRIBUTES = 100
_MAX_SOURCE_CHARACTERS = 4_000_000
# Shorter texts must be a whole paragraph of the extraction; "Share" may occur in any.
_MIN_PART_CHARACTERS = 20
_BREAKING_TAGS = ("p", "head", "item", "cell", "quote", "code", "ab")


def mark_main(drafts: list[Draft], root: HtmlElement, source_characters: int) -> list[Draft]:
    """`drafts` with `in_main` set; as they are where trafilatura fails, finds nothing, or the page is too large for it.

    `root` is used up: trafilatura may change it.
    """
    if source_characters > _MAX_SOURCE_CHARACTERS or sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return drafts
    body = _extract(root)
    if body is None:
        return drafts
    whole = _compact("".join(body.itertext()))
    parts = {_compact(text) for text in body.itertext()}
    parts |= {_compact("".join(element.itertext())) for element in body.iter(*_BREAKING_TAGS)}
    return [replace(draft, in_main=_is_in(_compact(draft.text), parts, whole)) for draft in drafts]


def _extract(root: HtmlElement) -> Any:
    from trafilatura.core import bare_extraction

    # trafilatura fills every row to the widest span: 100 rows with colspan=100 cost it 9 s.
    for cell in root.iter("td", "th"):
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    # Its look at the names of elements takes a time that grows with their attributes.
    for element in root.iter():
        if isinstance(element.tag, str) and len(element.attrib) > _MAX_ATTRIBUTES:
            element.attrib.clear()
    try:
        document = bare_extraction(root, favor_recall=True, include_comments=False, include_tables=True)
    except Exception:  # whatever it trips over, the page is readable without its opinion
        return None
    return getattr(document, "body", None)


def _is_in(text: str, parts: set[str], whole: str) -> bool:
    return text in parts or (len(text) >= _MIN_PART_CHARACTERS and text in whole)


def _compact(text: str) -> str:
    """`text` without white space: trafilatura and a browser space it differently."""
    return "".join(text.split())
