"""What stands on a generated page: a release with its gold units, lists and names after it, and what is boilerplate."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from aligner.training.source import NO_COUNTERPART, Paragraph, Release, Source, SourceError, join, load
from benchmarks.pages.inventory import BLOCKS, EN_MENU, NOTES, WATERMARKS, ZH_MENU
from benchmarks.report import ROOT

_FOLDERS = (ROOT / "corpora" / "training" / "releases", ROOT / "corpora" / "sources")


class Kind(StrEnum):
    """What a line of the page is; figures are given by it."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    NAME = "name"
    DATE = "date"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One block of one language."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """One pair of texts that the memory of the page should hold."""

    kind: Kind
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a page, apart from its layout."""

    name: str
    """Of the source file."""
    zh_lang: str
    en: tuple[Line, ...]
    zh: tuple[Line, ...]
    rows: tuple[tuple[Line | None, Line | None], ...]
    """English and Chinese lines side by side; empty where the translation is in another order."""
    gold: tuple[GoldUnit, ...]
    menu: tuple[tuple[str, str], ...]
    """Entries of the site's menu."""
    related: tuple[tuple[str, ...], tuple[str, ...]]
    """Headlines of other releases, English and Chinese, of different releases."""
    watermark: str
    """What a scraping site glues to each Chinese paragraph; empty on most pages."""
    dateline: str


@cache
def list_sources() -> tuple[Source, ...]:
    """All releases in both languages, in the order of their names."""
    paths = sorted((path for folder in _FOLDERS for path in folder.glob("*.toml")), key=lambda path: path.name)
    return tuple(source for source in map(_load, paths) if not source.decoy)


def _load(path: Path) -> Source:
    return load(path)


def make_content(chosen: random.Random) -> Content:
    """A release with lists, names, dates and notes of its own behind it."""
    source = chosen.choice(list_sources())
    release = source.releases[0]
    en, zh, gold = list(_lines(release, "en")), list(_lines(release, "zh")), list(_gold(release))
    rows = _rows(release)
    side_by_side = bool(rows)
    for heading, kind, items in chosen.sample(BLOCKS[source.zh_lang != "zh-CN"], chosen.choice((0, 1, 1, 2))):
        block = [(Kind.HEADING, *heading), *((Kind(kind), *item) for item in items)]
        _extend(en, zh, rows, gold, block)
    if chosen.random() < 0.2:
        _extend(en, zh, rows, gold, [(Kind.NOTE, *chosen.choice(NOTES[source.zh_lang != "zh-CN"]))])
    return _assemble(chosen, source, en, zh, tuple(rows) if side_by_side else (), gold)


def make_decoy(chosen: random.Random) -> Content:
    """A page in one language, or with two releases that are no translations of each other; nothing is to be aligned."""
    first, second = chosen.sample(list_sources(), 2)
    en = list(_lines(first.releases[0], "en"))
    zh = list(_lines(second.releases[0], "zh"))
    what = chosen.choice(("en", "zh", "both"))
    return _assemble(chosen, second, en if what != "zh" else [], zh if what != "en" else [], (), [])


def _assemble(
    chosen: random.Random,
    source: Source,
    en: list[Line],
    zh: list[Line],
    rows: tuple[tuple[Line | None, Line | None], ...],
    gold: list[GoldUnit],
) -> Content:
    others = [other for other in chosen.sample(list_sources(), 9) if other.name != source.name]
    return Content(
        name=source.name,
        zh_lang=source.zh_lang,
        en=tuple(en),
        zh=tuple(zh),
        rows=rows,
        gold=tuple(gold),
        menu=tuple(zip(EN_MENU, ZH_MENU[source.zh_lang != "zh-CN"], strict=True))[: chosen.randint(4, len(EN_MENU))],
        related=(
            tuple(other.releases[0].title("en") for other in others[:4]),
            tuple(other.releases[0].title("zh") for other in others[4:8]),
        ),
        watermark=chosen.choice(WATERMARKS) if chosen.random() < 0.1 else "",
        dateline=f"{chosen.randint(2018, 2025)}-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02}",
    )


def _extend(
    en: list[Line],
    zh: list[Line],
    rows: list[tuple[Line | None, Line | None]],
    gold: list[GoldUnit],
    block: list[tuple[Kind, str, str]],
) -> None:
    """Put lines that translate each other one by one at the end of both languages."""
    for kind, en_text, zh_text in block:
        pair = Line(kind, en_text), Line(kind, zh_text)
        en.append(pair[0])
        zh.append(pair[1])
        rows.append(pair)
        gold.append(GoldUnit(kind, en_text, zh_text))


def _lines(release: Release, language: str) -> Iterator[Line]:
    return (_line(paragraph, language) for paragraph in release.side(language))


def _line(paragraph: Paragraph, language: str) -> Line:
    return Line(_kind(paragraph), join(paragraph, language))


def _kind(paragraph: Paragraph) -> Kind:
    return (Kind.PARAGRAPH, Kind.TITLE, Kind.HEADING)[paragraph.heading]


def _rows(release: Release) -> list[tuple[Line | None, Line | None]]:
    try:
        body = release.paired_body()
    except SourceError:
        return []
    pairs = [(release.en[0], release.zh[0]), *body]
    return [(_line(en, "en") if en else None, _line(zh, "zh") if zh else None) for en, zh in pairs]


def _gold(release: Release) -> Iterator[GoldUnit]:
    """The two-sided beads of the release, of the kind of the English paragraph that they begin in."""
    sides: list[dict[str, list[str]]] = []
    kinds: dict[str, Kind] = {}
    for language in ("zh", "en"):
        texts: dict[str, list[str]] = {}
        for paragraph in release.side(language):
            for sentence in paragraph.sentences:
                if sentence.label != NO_COUNTERPART:
                    texts.setdefault(sentence.label, []).append(sentence.text)
                    kinds[sentence.label] = _kind(paragraph)
        sides.append(texts)
    zh, en = sides
    for label, parts in en.items():
        yield GoldUnit(kinds[label], " ".join(parts), "".join(zh[label]))
