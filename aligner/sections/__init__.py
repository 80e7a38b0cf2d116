"""From a page's blocks to pairs of an English and a Chinese section, with an account of every block.

A page is not two clean texts. The modules here are named after what they find, and run in this order:

1. `watermark`: text glued to paragraphs by a scraping site, found by repetition, and cut off;
2. `lines`: language, length and shape of each block;
3. `tables`, `furniture`, `metadata`: what a line shows by itself;
4. `clusters`, `titles`, `article`: sentences that stand together, their headlines, and what hangs on;
5. `passages`: runs of one language inside a block;
6. `layout`: which passages may be a release in both languages;
7. `pairing`: whether they are translations of each other.

`cues` holds the words, which are only the second kind of evidence. Every block ends with one verdict and its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aligner.records import (
    BlockReport,
    Encoder,
    Language,
    Metadata,
    Page,
    Passage,
    Section,
    SectionedPage,
    SectionPair,
    Verdict,
)
from aligner.sections.article import judge_lines
from aligner.sections.furniture import find_furniture
from aligner.sections.layout import Candidate, Piece, find_candidates
from aligner.sections.lines import Line, Shape, look_at_line
from aligner.sections.metadata import Credit, collect_metadata, read_credit
from aligner.sections.pairing import Evidence, weigh_evidence
from aligner.sections.passages import split_languages
from aligner.sections.scene import Judgement
from aligner.sections.tables import find_bilingual_cells
from aligner.sections.watermark import find_watermarks
from aligner.text.characters import normalise_space
from aligner.text.chinese import tag_of

__all__ = ["find_difference", "section_of_one_file", "split_sections"]

_KEPT = (Verdict.TITLE, Verdict.ARTICLE)
_MINOR_SHARE = 0.1
"""A language with less than this share of the article's weight is not a half of the page but a remark."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was made of the blocks of a page, before they are paired."""

    lines: tuple[Line, ...]
    judgements: tuple[Judgement, ...]
    credit_lines: Mapping[int, Credit]
    pieces: tuple[Piece, ...]


def split_sections(page: Page, encode: Encoder | None = None) -> SectionedPage:
    """Pairs of an English and a Chinese section of `page`, and what became of each of its blocks.

    With `encode` the halves must also be similar in meaning; without, length and layout alone decide.
    """
    reading = _read(page)
    metadata = _metadata(page, reading, reading.pieces)
    pairs, reason = _pair(page, reading, encode)
    return SectionedPage(pairs, _reports(reading), metadata, reason)


def section_of_one_file(page: Page, language: Language) -> tuple[Section, tuple[BlockReport, ...], Metadata]:
    """The one section of a file that is in `language` throughout; it may be empty.

    Furniture, credits and watermarks are removed as on a page in both languages.
    """
    reading = _read(page)
    pieces = tuple(piece for piece in reading.pieces if piece.language is language)
    section = _section(page, pieces, language)
    return section, _reports(replace(reading, pieces=pieces)), _metadata(page, reading, pieces)


def find_difference(en: Section, zh: Section, encode: Encoder | None = None) -> str:
    """Why two sections of different files do not look like translations, as a sentence; empty where they do."""
    for section, name in ((en, "English"), (zh, "Chinese")):
        if not section.passages:
            return f"the {name} file has no {name} article text"
    evidence = weigh_evidence(
        [passage.text for passage in en.passages], [passage.text for passage in zh.passages], encode
    )
    return "" if evidence.enough else _difference(evidence)


def _read(page: Page) -> _Reading:
    cuts = find_watermarks([block.text for block in page.blocks])
    lines = tuple(look_at_line(index, block, cuts.get(index)) for index, block in enumerate(page.blocks))
    cells, headers = find_bilingual_cells(lines)
    furniture = {**find_furniture(lines), **headers}
    credit_lines = {
        position: credit
        for position, line in enumerate(lines)
        if position not in cells and (credit := read_credit(line)) is not None
    }
    open_furniture = {position: why for position, why in furniture.items() if position not in cells}
    judgements = judge_lines(lines, open_furniture, credit_lines, cells, dict(page.declared).get("title", ""))
    return _Reading(lines, tuple(judgements), credit_lines, tuple(_pieces(lines, judgements)))


def _pieces(lines: Sequence[Line], judgements: Sequence[Judgement]) -> list[Piece]:
    """The passages of the lines that are article text, in reading order."""
    pieces: list[Piece] = []
    after_credit = False
    for line, judgement in zip(lines, judgements, strict=True):
        if judgement.verdict not in _KEPT:
            after_credit = True
            continue
        runs = split_languages(line.text)
        for run in runs:
            text = line.text[run.start : run.end]
            passage = Passage(
                text, line.start + run.start, line.start + run.end, line.index, judgement.verdict is Verdict.TITLE
            )
            weight = max(1, line.weight * len(text) // max(1, len(line.text)))
            pieces.append(
                Piece(
                    passage, run.language, line.shape, weight, line.block.table is not None, after_credit, len(runs) > 1
                )
            )
            after_credit = False
    return _with_titles(pieces)


def _with_titles(pieces: list[Piece]) -> list[Piece]:
    """The same passages; the first of a language is its headline where it looks like one."""
    marked = list(pieces)
    for language in Language:
        first = next((index for index, piece in enumerate(marked) if piece.language is language), None)
        if first is None or any(piece.passage.is_title for piece in marked if piece.language is language):
            continue
        if marked[first].shape is Shape.SHORT and sum(piece.language is language for piece in marked) > 1:
            marked[first] = _as_title(marked[first])
    return marked


def _as_title(piece: Piece) -> Piece:
    return replace(piece, passage=replace(piece.passage, is_title=True))


def _pair(page: Page, reading: _Reading, encode: Encoder | None) -> tuple[tuple[SectionPair, ...], str]:
    """The pairs of `page`, or none and the reason."""
    lone = _lone_language(reading.pieces)
    if lone:
        return (), lone
    evidence = None
    for candidates in find_candidates(reading.pieces):
        pairs = []
        for candidate in candidates:
            evidence = _weigh(candidate, encode)
            if evidence.enough:
                pairs.append(_section_pair(page, reading, candidate))
        if pairs:
            return tuple(pairs), ""
    return (), _difference(evidence) if evidence else "the page has no article text"


def _lone_language(pieces: Sequence[Piece]) -> str:
    """The reason why there is nothing to pair where one language is missing or a remark only."""
    weights = {language: sum(piece.weight for piece in pieces if piece.language is language) for language in Language}
    total = sum(weights.values())
    if not total:
        return "the page has no article text"
    for language, other in ((Language.EN, Language.ZH), (Language.ZH, Language.EN)):
        if weights[other] < _MINOR_SHARE * total:
            return f"the page is in {'English' if language is Language.EN else 'Chinese'} only"
    return ""


def _weigh(candidate: Candidate, encode: Encoder | None) -> Evidence:
    en, zh = ([piece.passage.text for piece in candidate.of(language)] for language in (Language.EN, Language.ZH))
    return weigh_evidence(en, zh, encode)


def _difference(evidence: Evidence) -> str:
    if evidence.likeness:
        detail = f"similarity {evidence.likeness:.2f}, needs {evidence.needed:.2f}"
    else:
        detail = f"{evidence.ratio:.1f} English characters for each Chinese one"
    return f"the English and the Chinese text do not look like translations of each other ({detail})"


def _section_pair(page: Page, reading: _Reading, candidate: Candidate) -> SectionPair:
    en = _section(page, candidate.of(Language.EN), Language.EN)
    context = " ".join(passage.text for passage in en.passages)
    return SectionPair(
        en=en,
        zh=_section(page, candidate.of(Language.ZH), Language.ZH, context),
        metadata=_metadata(page, reading, candidate.pieces),
        layout=candidate.layout,
    )


def _section(page: Page, pieces: Sequence[Piece], language: Language, context: str = "") -> Section:
    passages = tuple(piece.passage for piece in pieces)
    declared = dict(page.declared).get("lang", "")
    return Section(language, tag_of(language, (passage.text for passage in passages), declared, context), passages)


def _metadata(page: Page, reading: _Reading, pieces: Sequence[Piece]) -> Metadata:
    titles = [piece for piece in pieces if piece.passage.is_title]
    title = next((piece for piece in titles if piece.language is Language.EN), titles[0] if titles else None)
    credit_lines = [
        credit
        for position, credit in reading.credit_lines.items()
        if reading.judgements[position].verdict is Verdict.METADATA
    ]
    labelled_first = sorted(credit_lines, key=lambda credit: credit.label in ("date", "relative date"))
    return collect_metadata(labelled_first, normalise_space(title.passage.text) if title else "", page.declared)


def _reports(reading: _Reading) -> tuple[BlockReport, ...]:
    kept: dict[int, list[tuple[int, int]]] = {}
    titles = set()
    for piece in reading.pieces:
        kept.setdefault(piece.passage.block, []).append((piece.passage.start, piece.passage.end))
        if piece.passage.is_title:
            titles.add(piece.passage.block)
    return tuple(
        _report(line, judgement, tuple(kept.get(line.index, ())), line.index in titles)
        for line, judgement in zip(reading.lines, reading.judgements, strict=True)
    )


def _report(line: Line, judgement: Judgement, kept: tuple[tuple[int, int], ...], title: bool) -> BlockReport:
    verdict, reason = judgement.verdict, judgement.reason
    if verdict is Verdict.ARTICLE and title:
        verdict, reason = Verdict.TITLE, "begins the text of its language"
    if verdict in _KEPT and not kept:
        verdict, reason = Verdict.FURNITURE, "not in a language of the article"
    if line.watermarked and verdict in _KEPT:
        reason += ", its watermark cut off"
    return BlockReport(line.index, verdict, line.language, reason, kept)
