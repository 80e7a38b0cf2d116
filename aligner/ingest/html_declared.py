"""What an HTML page declares about itself: charset, title, language, authors, date, publisher, address.

Read here and not by trafilatura and htmldate, which were tried on the sample pages: where a page declares something
they find the same, but they also guess what it does not declare (a date out of the running text on 10 of 12 pages, an
author "December 3"), cut half of a bilingual title, and give no language.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.IGNORECASE)
# Browsers look for a declaration in the first 1,024 bytes; pages put it a little later too.
_HEAD_BYTES = 8192

_META_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "lang": ("og:locale", "content-language", "dc.language"),
    "author": ("author", "article:author", "dc.creator", "parsely-author"),
    "date": (
        "article:published_time",
        "og:published_time",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "date",
        "dc.date",
        "dc.date.issued",
        "parsely-pub-date",
    ),
    "source": ("og:site_name", "source", "contentsource", "publisher", "dc.publisher", "article:publisher"),
    "url": ("og:url",),
}
_JSON_NAMES = {
    "headline": "title",
    "inLanguage": "lang",
    "author": "author",
    "datePublished": "date",
    "publisher": "source",
}
_MAX_JSON_CHARACTERS = 1_000_000
_MAX_VALUE_CHARACTERS = 500


def declared_charset(data: bytes) -> str | None:
    """The label of the charset that a meta element or an XML declaration names, as written, or None."""
    head = data[:_HEAD_BYTES]
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return match.group(1).decode("ascii", "ignore") if match else None


def read_declared(root: HtmlElement) -> list[tuple[str, str]]:
    """(name, value) pairs: one each of `title`, `lang`, `date`, `source` and `url`, and every `author`.

    Where several places declare the same, the order is: elements of their own (`html lang`, canonical link), meta
    elements, JSON-LD, and for the title last the `title` element, which often has the site's name in it.
    """
    found: dict[str, list[str]] = {}
    for name, value in _candidates(root):
        text = " ".join(value.split())[:_MAX_VALUE_CHARACTERS]
        values = found.setdefault(name, [])
        if text and text not in values and (name == "author" or not values):
            values.append(text)
    return [(name, value) for name, values in found.items() for value in values]


def _candidates(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in root.iter("html"):
        yield "lang", element.get("lang") or element.get("xml:lang") or ""
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            yield "url", element.get("href") or ""
    yield from _meta_values(root)
    for element in root.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json":
            yield from _json_values(element.text or "")
    for element in root.iter("title"):
        yield "title", "".join(element.itertext())


def _meta_values(root: HtmlElement) -> Iterator[tuple[str, str]]:
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if key:
            values.setdefault(key.strip().lower(), []).append(element.get("content") or "")
    for name, keys in _META_NAMES.items():
        for key in keys:
            for value in values.get(key, ()):
                # An author may be given as the address of a profile.
                if name != "author" or "://" not in value:
                    yield name, value


def _json_values(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _MAX_JSON_CHARACTERS:
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    nodes = data if isinstance(data, list) else [data]
    graphs = [node["@graph"] for node in nodes if isinstance(node, dict) and isinstance(node.get("@graph"), list)]
    for node in [*nodes, *(child for graph in graphs for child in graph)]:
        if isinstance(node, dict) and "datePublished" in node:
            for key, name in _JSON_NAMES.items():
                for value in _json_names(node.get(key)):
                    yield name, value


def _json_names(value: Any) -> Iterator[str]:
    """The strings in a JSON-LD value: itself, its `name`, or those of its members."""
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, dict):
            member = member.get("name")  # noqa: PLW2901 - the name stands for the person or organisation
        if isinstance(member, str):
            yield member
