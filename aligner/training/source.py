"""Reads a source file: the one place from which a release's page, gold units and evaluation files are made.

The format is described in `corpora/README.md`. It imports nothing of ours on purpose: gold that is made with the code
it judges could hide that code's mistakes.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

NO_COUNTERPART = "-"
_LINE = re.compile(r"(?P<heading>#{1,2} )?(?P<label>[\w-]+) \| (?P<text>\S.*)")


class SourceError(ValueError):
    """A source file breaks the format; the message names the file, the place and what is expected."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the page prints it (no-break spaces included)."""

    label: str
    """Sentences of both languages with one label translate each other; `-` has no counterpart."""
    printed: str

    @property
    def text(self) -> str:
        """The sentence with every run of white space made one space: what gold and evaluation files hold."""
        return " ".join(self.printed.split())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that the page prints as one block."""

    sentences: tuple[Sentence, ...]
    heading: int = 0
    """0 for text, 1 for the title, 2 for a heading inside the text."""

    @property
    def labels(self) -> frozenset[str]:
        """The labels that tie this paragraph to one of the other language."""
        return frozenset(sentence.label for sentence in self.sentences) - {NO_COUNTERPART}


@dataclass(frozen=True, slots=True)
class Bead:
    """0-based sentence numbers, counted over all releases of the page; one empty side means no counterpart."""

    en: tuple[int, ...]
    zh: tuple[int, ...]

    @property
    def type(self) -> str:
        """Numbers of English and Chinese sentences, such as `2-1`."""
        return f"{len(self.en)}-{len(self.zh)}"


@dataclass(frozen=True, slots=True)
class Release:
    """One press release in one language or both, paragraphs in page order, the title first."""

    en: tuple[Paragraph, ...]
    zh: tuple[Paragraph, ...]

    def side(self, language: str) -> tuple[Paragraph, ...]:
        """The paragraphs of `en` or `zh`."""
        return self.en if language == "en" else self.zh

    def title(self, language: str) -> str:
        """The headline, as printed."""
        return join(self.side(language)[0], language)

    def body(self, language: str) -> tuple[Paragraph, ...]:
        """All paragraphs after the headline."""
        return self.side(language)[1:]

    def paired_body(self) -> list[tuple[Paragraph | None, Paragraph | None]]:
        """English and Chinese paragraphs side by side; None stands for one that was not translated.

        :raises SourceError: if paragraphs are reordered or merged, which a side-by-side layout cannot show.
        """
        pairs: list[tuple[Paragraph | None, Paragraph | None]] = []
        waiting = list(self.body("zh"))
        for paragraph in self.body("en"):
            partner = next((other for other in waiting if paragraph.labels & other.labels), None)
            while partner and waiting[0] is not partner:
                pairs.append((None, waiting.pop(0)))
            pairs.append((paragraph, waiting.pop(0) if partner else None))
        pairs.extend((None, paragraph) for paragraph in waiting)
        for one in (pair[0] or pair[1] for pair in pairs if None in pair):
            if one and one.labels:
                raise SourceError(f"{one.sentences[0].text[:30]!r}: its translation is not beside it; keep the order")
        return pairs


@dataclass(frozen=True, slots=True)
class Source:
    """One source file."""

    name: str
    """`NNN-slug`; page, gold and evaluation files are named after it."""
    format: str
    """Suffix of the page: `txt`, `md`, `html`, `docx`, `pdf`; empty where there is none, as in `training/`."""
    zh_lang: str
    """BCP 47 tag of the Chinese: `zh-CN`, `zh-HK`, `zh-TW`."""
    layout: str
    """For the reader: how the languages share the page."""
    decoy: bool
    """Whether the page holds one language only, so that nothing may be aligned."""
    metadata: dict[str, Any]
    """What an ideal reader finds on the page: `title`, `source`, `authors`, `date`."""
    page: dict[str, Any]
    """What the renderer of this format needs."""
    releases: tuple[Release, ...]

    def files(self) -> dict[str, "Source"]:
        """File name of each page, with this source as the renderer of that file wants it.

        One file as a rule; two, `NAME.en.docx` and `NAME.zh.docx`, where `[page.en]` and `[page.zh]` take the place
        of `[page]`.
        """
        if {"en", "zh"} <= self.page.keys():
            return {
                f"{self.name}.{language}.{self.format}": replace(self, page=self.page[language])
                for language in ("en", "zh")
            }
        return {f"{self.name}.{self.format}": self}

    def paragraphs(self, language: str) -> list[Paragraph]:
        """All paragraphs of `en` or `zh`, in page order."""
        return [paragraph for release in self.releases for paragraph in release.side(language)]

    def sentences(self, language: str) -> list[Sentence]:
        """All sentences of `en` or `zh`, in page order."""
        return [sentence for paragraph in self.paragraphs(language) for sentence in paragraph.sentences]

    def beads(self) -> list[Bead]:
        """The gold alignment in English order, a Chinese sentence without counterpart after the bead it follows."""
        en, zh = ([sentence.label for sentence in self.sentences(language)] for language in ("en", "zh"))
        zh_of = _numbers_by_label(zh)
        beads = [Bead(tuple(numbers), tuple(zh_of[label])) for label, numbers in _numbers_by_label(en).items()]
        beads += [Bead((number,), ()) for number, label in enumerate(en) if label == NO_COUNTERPART]
        beads.sort(key=lambda bead: bead.en)
        for number, label in enumerate(zh):
            if label == NO_COUNTERPART:
                before = next((i for i, bead in enumerate(beads) if number - 1 in bead.zh), -1)
                beads.insert(before + 1, Bead((), (number,)))
        return beads


def join(paragraph: Paragraph, language: str) -> str:
    """The paragraph as printed: a space between English sentences, none between Chinese ones."""
    return (" " if language == "en" else "").join(sentence.printed for sentence in paragraph.sentences)


def load(path: Path) -> Source:
    """The source file at `path`.

    :raises SourceError: if the file breaks the format.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    releases = tuple(
        _release(release, f"{path.name}, release {number}", number)
        for number, release in enumerate(data["release"], start=1)
    )
    return Source(
        name=path.stem,
        format=data.get("format", ""),
        zh_lang=data["zh_lang"],
        layout=data.get("layout", ""),
        decoy=data.get("decoy", False),
        metadata=data.get("metadata", {}),
        page=data.get("page", {}),
        releases=releases,
    )


def _release(data: dict[str, str], place: str, number: int) -> Release:
    en, zh = (_paragraphs(data.get(language, ""), f"{place}, {language}", number) for language in ("en", "zh"))
    labels = [frozenset[str]().union(*(paragraph.labels for paragraph in side)) for side in (en, zh)]
    alone = labels[0] ^ labels[1]
    if alone:
        shown = ", ".join(sorted(label.split(":")[1] for label in alone))
        raise SourceError(f"{place}: labels {shown} stand on one side only; mark such sentences with `-`")
    return Release(en, zh)


def _paragraphs(text: str, place: str, number: int) -> tuple[Paragraph, ...]:
    """Paragraphs are parted by empty lines; labels get the release's number, so that they are unique on the page."""
    return tuple(_paragraph(chunk, place, number) for chunk in re.split(r"\n\s*\n", text.strip()) if chunk)


def _paragraph(chunk: str, place: str, number: int) -> Paragraph:
    sentences, heading = [], 0
    for line in chunk.splitlines():
        match = _LINE.fullmatch(line)
        if not match:
            raise SourceError(f"{place}: {line[:40]!r} is not `label | sentence`")
        heading = len((match["heading"] or "").strip())
        label = match["label"] if match["label"] == NO_COUNTERPART else f"{number}:{match['label']}"
        sentences.append(Sentence(label, match["text"].replace("&nbsp;", "\u00a0")))
    return Paragraph(tuple(sentences), heading)


def _numbers_by_label(labels: list[str]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        if label != NO_COUNTERPART:
            numbers.setdefault(label, []).append(number)
    return numbers
