"""The frozen records that the stages hand to each other, in the order of the data flow.

    ingest ─▶ sections ─▶ sentences ─▶ encoders ─▶ align ─▶ matching, memory ─▶ export
    Page      SectionPair  Sentence     array       Alignment  TranslationUnit

All offsets are 0-based, half-open `[start, end)`, in characters of `Page.text`, so that every unit can be traced to
the characters it came from. This module imports nothing of ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float32]
DoubleArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


class Language(StrEnum):
    """The two languages of this program."""

    EN = "en"
    ZH = "zh"


class BlockKind(StrEnum):
    """What the page's format says a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    CELL = "cell"


class Verdict(StrEnum):
    """What a block was taken as in the end. All text is aligned; units come from `TITLE` and `ARTICLE` text."""

    TITLE = "title"
    ARTICLE = "article"
    METADATA = "metadata"
    FURNITURE = "furniture"
    WATERMARK = "watermark"


class Flag(StrEnum):
    """Why a reviewer should look at a unit."""

    NUMBERS_DIFFER = "numbers-differ"
    LENGTH = "length"
    LOW_MARGIN = "low-margin"
    UNTRANSLATED = "untranslated"
    CROSSING = "crossing"
    LOW_CONFIDENCE = "low-confidence"
    DAMAGED = "damaged"


class Fate(StrEnum):
    """What became of a bead."""

    WRITTEN = "written"
    UNALIGNED = "unaligned"
    """A null bead: nothing to write."""
    LOW_CONFIDENCE = "low-confidence"
    """Below the least confidence that was asked for."""
    REPEATED = "repeated"
    """The same pair of texts was written before."""
    NO_TRANSLATION = "no-translation"
    """The two texts as a whole are no translations of each other."""
    BOILERPLATE = "boilerplate"
    """A pair that may be right, but belongs to the site and not to the release: menus, footers, letterheads."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table cell, in reading order.

    `text == page.text[start:end]`; never empty, no line break inside, not stripped of inner white space.
    """

    text: str
    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    table: int | None = None
    """0-based index of the table on the page; None outside tables."""
    row: int | None = None
    """0-based row of the table."""
    column: int | None = None
    """0-based column of the table."""
    link_share: float = 0.0
    """Share of the characters that lie inside links, 0..1 (0 where the format has no links)."""
    in_main: bool | None = None
    """Whether the main-content extractor took it; None where the format has no such thing."""
    tags: tuple[str, ...] = ()
    """HTML: names of the enclosing elements worth knowing (`nav`, `footer`, `aside`, `article`, `li`, …), outermost
    first, with `class`/`id` words appended after a dot (`div.related-news`)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One input as read: its text, its blocks, and what its container says about it."""

    origin: str
    """Path as given, or `-` for stdin."""
    format: str
    """`text`, `html`, `docx` or `pdf`."""
    text: str
    blocks: tuple[Block, ...]
    declared: tuple[tuple[str, str], ...] = ()
    """What the container declares, as (name, value): `title`, `lang`, `author`, `date`, `source`, `url`, `charset`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of one language inside one block."""

    text: str
    start: int
    end: int
    block: int
    """0-based index in `Page.blocks`."""
    is_title: bool = False
    prior: float = 0.0
    """Log-odds that it belongs to the release, by the rules alone; 0 where nothing is known."""
    is_credit: bool = False
    """Whether it is a source, an author, a contact, …: no text of the release, but set among it."""


@dataclass(frozen=True, slots=True)
class Section:
    """The passages of one language of one page, in reading order."""

    language: Language
    tag: str
    """BCP 47 tag as found: `en`, `zh-CN`, `zh-HK`, `zh-TW`."""
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about itself outside its article text."""

    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    """ISO 8601, `2024-11-28` or `2024-11-28T22:45`."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SectionPair:
    """All English and all Chinese text of a page, or of two files, to be aligned with each other."""

    en: Section
    zh: Section
    metadata: Metadata
    layout: str
    """Where the languages come from: `one-page` or `two-files`."""


@dataclass(frozen=True, slots=True)
class BlockReport:
    """What became of one block, for `inspect`."""

    block: int
    verdict: Verdict
    language: Language | None
    reason: str
    """A short clause: what the rules say about the line, whatever became of it."""
    kept: tuple[tuple[int, int], ...] = ()
    """Spans of the page that count as text of the release; what was cut off is the rest of the block."""
    prior: float = 0.0
    """Log-odds that the line belongs to the release, by the rules alone."""
    other_language: str = ""
    """A short clause: what the other language says about the line; empty where it was not asked."""


@dataclass(frozen=True, slots=True)
class SectionedPage:
    """Result of sectioning: the text to align, and an account of every block."""

    pairs: tuple[SectionPair, ...]
    reports: tuple[BlockReport, ...]
    metadata: Metadata
    reason: str = ""
    """One sentence when `pairs` is empty: why there is nothing to align."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    text: str
    """As in the page, white space normalised, not empty."""
    language: Language
    start: int
    end: int
    paragraph: int
    """0-based index of its passage in its section; sentences of one passage share it."""
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that translate each other; a null bead has one empty side and leaves its sentence unaligned."""

    en: tuple[int, ...]
    """0-based indices of English sentences, ascending."""
    zh: tuple[int, ...]
    """0-based indices of Chinese sentences, ascending."""
    confidence: float = 0.0
    """Probability that exactly this bead is right, 0..1."""
    similarity: float = 0.0
    """Cosine of the two sides' windows, -1..1; 0 for null beads."""
    margin: float = 0.0
    """`similarity` less the mean cosine of the nearest neighbours, around 0; higher is better."""
    crossing: bool = False
    """Whether the bead was found out of order."""

    @property
    def type(self) -> str:
        """`en-zh` counts, such as `1-2`."""
        return f"{len(self.en)}-{len(self.zh)}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of one section pair. Every sentence of either side is in exactly one bead."""

    beads: tuple[Bead, ...]
    signature: str
    """Encoder, scorer and their versions."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text of a unit that a finding is about."""

    language: Language
    """Which of the unit's texts."""
    start: int
    end: int
    """`[start, end)` in characters of `unit.en` or `unit.zh`."""
    value: str = ""
    """What the check read there, such as `32170000`; empty where the words say it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a unit that a person should look at."""

    flag: Flag
    marks: tuple[Mark, ...] = ()
    """Where it stands, the English side first; empty where it is about the unit as a whole."""


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """One pair of texts for a translation memory, with its provenance."""

    en: str
    zh: str
    en_lang: str
    zh_lang: str
    confidence: float
    bead_type: str
    flags: tuple[Flag, ...]
    origin: str
    """Page it comes from; two pages are joined by ` + `."""
    en_spans: tuple[tuple[int, int], ...]
    zh_spans: tuple[tuple[int, int], ...]
    metadata: Metadata = field(default_factory=Metadata)
    similarity: float = 0.0
    margin: float = 0.0
    findings: tuple[Finding, ...] = ()
    """What the checks found; `flags` are theirs, in the same order and each once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One bead, its unit, and what became of it."""

    bead: Bead
    unit: TranslationUnit | None
    """None for null beads; there whatever the fate of a bead with text on both sides."""
    fate: Fate


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """One section pair with its sentences and beads, as `inspect` shows them."""

    pair: SectionPair
    en: tuple[Sentence, ...]
    zh: tuple[Sentence, ...]
    alignment: Alignment
    outcomes: tuple[Outcome, ...] = ()
    """What became of each bead, in the order of `alignment.beads`; empty until that is decided."""

    def written(self) -> Iterator[TranslationUnit]:
        """The units that are written."""
        return (each.unit for each in self.outcomes if each.unit and each.fate is Fate.WRITTEN)

    def count(self, fate: Fate) -> int:
        """Number of beads that met this fate."""
        return sum(each.fate is fate for each in self.outcomes)


@dataclass(frozen=True, slots=True)
class PageReading:
    """One file as read, and what became of its blocks."""

    page: Page
    reports: tuple[BlockReport, ...]


@dataclass(frozen=True, slots=True)
class PageResult:
    """Everything one page gave, or two files that are one release."""

    origin: str
    """Path as given; two paths are joined by ` + `."""
    readings: tuple[PageReading, ...] = ()
    """The page; the English and the Chinese file where there are two; empty where reading failed."""
    metadata: Metadata = field(default_factory=Metadata)
    aligned: tuple[AlignedPair, ...] = ()
    units: tuple[TranslationUnit, ...] = ()
    repeated: int = 0
    """Units left out because the run had the same pair of texts before."""
    en_alone: int = 0
    """English sentences without a counterpart in the output."""
    zh_alone: int = 0
    """Chinese sentences without a counterpart in the output."""
    reason: str = ""
    """Why there are no units, when there are none."""
    error: str = ""
    """The error that stopped this page; empty when it was read and aligned."""
