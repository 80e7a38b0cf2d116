"""The template of a DOCX or PDF page as styled lines: what both renderers print, before any library is involved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from aligner.training.source import Paragraph, Release, Source, SourceError, join

_SLOT = re.compile(r"\{\{([a-z.]+)(\d*)\}\}")
_STYLED = re.compile(r"@([a-z]+) ?(.*)")
_HAN = re.compile("[\u3400-\u9fff]")
# Written `@style text` in a template; `@break` stands alone and begins a page.
TEMPLATE_STYLES = frozenset({"letterhead", "small", "centre", "contact", "break"})


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph to print, or one table row."""

    style: str
    """`title`, `heading`, `body`, `row`, or one of `TEMPLATE_STYLES`."""
    text: str
    """In a row, the English cell; empty where that paragraph has no English."""
    zh_text: str = ""
    """In a row, the Chinese cell."""


def has_chinese(text: str) -> bool:
    """Whether `text` holds a Chinese character, which decides the font of its line."""
    return bool(_HAN.search(text))


def creation_time(source: Source) -> datetime:
    """The time written into the file, so that it does not depend on when it was made."""
    return datetime.fromisoformat(source.page["created"])


def template_lines(source: Source) -> Iterator[Line]:
    """The lines of `source.page["template"]` from top to bottom; empty ones are skipped.

    Slots stand alone on a line: `title.en`, `title.zh`, `body.en`, `body.zh`, `pairs` (paragraphs in turn), `rows`
    (a table row for each paragraph, the headline first), each with the release's number unless it is the first.

    :raises SourceError: if a line is neither a slot of an existing release nor begins with a known style.
    """
    for line in source.page["template"].splitlines():
        if not line.strip():
            continue
        slot, styled = _SLOT.fullmatch(line), _STYLED.fullmatch(line)
        if slot and int(slot[2] or 1) <= len(source.releases):
            yield from _slot_lines(source, slot[1], source.releases[int(slot[2] or 1) - 1])
        elif styled and styled[1] in TEMPLATE_STYLES:
            yield Line(styled[1], styled[2])
        else:
            known = ", ".join(sorted(TEMPLATE_STYLES))
            raise SourceError(f"{source.name}: {line[:40]!r} is neither a slot nor `@style text`; styles are {known}")


def _slot_lines(source: Source, slot: str, release: Release) -> Iterator[Line]:
    name, _, language = slot.partition(".")
    if name == "title" and language in ("en", "zh"):
        yield Line("title", release.title(language))
    elif name == "body" and language in ("en", "zh"):
        for paragraph in release.body(language):
            yield _line(paragraph, language)
    elif slot == "pairs":
        for pair in release.paired_body():
            for paired, side in zip(pair, ("en", "zh"), strict=True):
                if paired:
                    yield _line(paired, side)
    elif slot == "rows":
        yield Line("row", release.title("en"), release.title("zh"))
        for en, zh in release.paired_body():
            yield Line("row", join(en, "en") if en else "", join(zh, "zh") if zh else "")
    else:
        raise SourceError(f"{source.name}: no slot {slot!r}; there are title, body (.en, .zh), pairs and rows")


def _line(paragraph: Paragraph, language: str) -> Line:
    return Line("heading" if paragraph.heading else "body", join(paragraph, language))
