"""Article text that stands in a page's scripts: `articleBody` of JSON-LD, and the data of single-page applications."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from aligner.ingest.blocks import Draft
from aligner.records import Language
from aligner.text.characters import count_han, count_latin_words, language_of

_MAX_JSON_CHARACTERS = 4_000_000
_MAX_TEXT_CHARACTERS = 400_000
_TEXT_NAMES = frozenset(("articlebody", "body", "content", "html", "text", "description", "paragraph", "paragraphs"))
_MIN_TEXT_CHARACTERS = 20
_MIN_WEIGHT = 24
"""Chinese characters, or twice the Latin words, of blocks of a language that make it present on a page."""
_MIN_SHARE = 0.1
"""By hand: of the weight of the other language. Less is a menu or a footer in both languages, not half of a release."""


def missing_languages(drafts: Iterable[Draft]) -> frozenset[Language]:
    """The languages in which a page has less than a sentence, or next to nothing beside the other language."""
    weights = dict.fromkeys(Language, 0)
    for draft in drafts:
        if language := language_of(draft.text[:_MAX_TEXT_CHARACTERS]):
            sample = draft.text[:_MAX_TEXT_CHARACTERS]
            weights[language] += count_han(sample) if language is Language.ZH else 2 * count_latin_words(sample)
    needed = max(_MIN_WEIGHT, _MIN_SHARE * max(weights.values()))
    return frozenset(language for language, weight in weights.items() if weight < needed)


def read_embedded(root: HtmlElement) -> Iterator[str]:
    """The texts, plain or HTML, with line breaks as `p` elements, that JSON in the scripts below `root` holds."""
    for script in root.iter("script"):
        kind, source = (script.get("type") or "").lower(), script.text or ""
        if "json" not in kind or len(source) > _MAX_JSON_CHARACTERS:
            continue
        try:
            data = json.loads(source)
        except (ValueError, RecursionError):
            continue
        for text in dict.fromkeys(_texts(data)):
            yield text if "<" in text else "".join(f"<p>{line}</p>" for line in text.splitlines())


def _texts(data: Any) -> Iterator[str]:
    """The long strings under names such as `articleBody`, at any depth, in the order of the data."""
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed(value.items())
        elif isinstance(value, list):
            waiting += [(name, member) for member in reversed(value)]
        elif isinstance(value, str) and name.lower() in _TEXT_NAMES and len(value) >= _MIN_TEXT_CHARACTERS:
            yield value[:_MAX_TEXT_CHARACTERS]
