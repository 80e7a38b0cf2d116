"""From a page's blocks to all its English and all its Chinese text, each line with a prior of being boilerplate.

Nothing is thrown away here but what is certain by itself: lines without words, other languages, and text that a
scraping site glues to paragraphs. The modules run in this order:

1. `watermark`: text glued to paragraphs, found by repetition, and cut off;
2. `lines`, `scripts`: language, length and shape of each block; simplified, traditional, or Japanese;
3. `passages`: runs of one language inside a block;
4. `boilerplate`, `metadata`: what a line shows by itself;
5. `priors`: what all that says about each line, as log-odds.

`cues` holds the words, `thresholds` every number. What is boilerplate is judged after alignment, by `matching.judge`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.records import BlockReport, Language, Metadata, Page, Passage, Section, SectionedPage, SectionPair, Verdict
from aligner.sections import thresholds as limits
from aligner.sections.boilerplate import find_boilerplate
from aligner.sections.lines import Line, look_at_line
from aligner.sections.metadata import Credit, collect_metadata, read_credit
from aligner.sections.passages import Run, split_languages
from aligner.sections.priors import Observations, Prior, weigh_lines
from aligner.sections.scripts import find_japanese, split_scripts
from aligner.sections.watermark import find_watermarks
from aligner.text.characters import normalise_space
from aligner.text.chinese import tag_of

__all__ = ["name_lone_language", "read_sections", "section_of_one_file"]

_CODE = "code"
"""Tag of blocks that are no text but code."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was made of the blocks of a page."""

    lines: tuple[Line, ...]
    runs: tuple[tuple[Run, ...], ...]
    priors: tuple[Prior, ...]
    credit_lines: Mapping[int, Credit]
    other: Mapping[int, str]
    """Why a line has no runs, for those that have none."""

    def passages(self, language: Language) -> list[Passage]:
        """All text in one language, in page order."""
        return [
            Passage(
                line.text[run.start : run.end],
                line.start + run.start,
                line.start + run.end,
                line.index,
                prior.verdict is Verdict.TITLE,
                prior.log_odds,
                prior.verdict is Verdict.METADATA and prior.log_odds <= limits.LINK,
            )
            for line, runs, prior in zip(self.lines, self.runs, self.priors, strict=True)
            for run in runs
            if run.language is language
        ]


def read_sections(page: Page) -> SectionedPage:
    """All English and all Chinese text of `page`, and what its rules say about each of its blocks.

    A page with Chinese in two scripts gives a pair for each; a page whose every line of one language is boilerplate by
    itself gives none, and a reason.
    """
    reading = _read(page)
    reports = _reports(reading)
    english = reading.passages(Language.EN)
    versions = split_scripts(reading.passages(Language.ZH))
    metadata = _metadata(page, reading, list(Language))
    if not all(any(_may_count(passage) for passage in side) for side in (english, versions[0])):
        return SectionedPage((), reports, metadata, name_lone_language(reports, page))
    en = _section(page, english, Language.EN)
    context = " ".join(passage.text for passage in english if passage.prior > 0)
    pairs = tuple(
        SectionPair(en, _section(page, version, Language.ZH, context), metadata, "one-page") for version in versions
    )
    return SectionedPage(pairs, reports, metadata)


def section_of_one_file(page: Page, language: Language) -> tuple[Section, tuple[BlockReport, ...], Metadata]:
    """The one section of a file that is in `language` throughout; it may be empty."""
    reading = _read(page)
    passages = reading.passages(language)
    if language is Language.ZH:
        passages = list(max(split_scripts(passages), key=lambda version: sum(len(each.text) for each in version)))
    return _section(page, passages, language), _reports(reading, language), _metadata(page, reading, [language])


def name_lone_language(reports: Sequence[BlockReport], page: Page) -> str:
    """The reason why there is nothing to align where one language is missing or a remark only; else empty."""
    weights = dict.fromkeys(Language, 0)
    for report in reports:
        if report.language and report.kept:
            weights[report.language] += len(page.blocks[report.block].text) * (3 if report.language == "zh" else 1)
    total = sum(weights.values())
    if not total:
        return "the page has no article text"
    for language, other, name in ((Language.EN, Language.ZH, "English"), (Language.ZH, Language.EN, "Chinese")):
        if weights[other] < limits.LONE_SHARE * total and weights[language]:
            return f"the page is in {name} only"
    return ""


def _may_count(passage: Passage) -> bool:
    return passage.prior > limits.LINK


def _read(page: Page) -> _Reading:
    cuts = find_watermarks([block.text for block in page.blocks])
    lines = tuple(look_at_line(index, block, cuts.get(index)) for index, block in enumerate(page.blocks))
    other = _find_other(lines)
    runs = tuple(() if line.index in other else tuple(split_languages(line.text)) for line in lines)
    credit_lines = _find_credits(lines)
    seen = Observations(
        lines,
        [frozenset(run.language for run in each) for each in runs],
        find_boilerplate(lines),
        credit_lines,
        dict(page.declared).get("title", ""),
    )
    return _Reading(lines, runs, tuple(weigh_lines(seen)), credit_lines, other)


def _find_other(lines: Sequence[Line]) -> dict[int, str]:
    """Lines that are in neither language, with what they are."""
    found = dict.fromkeys(find_japanese(lines), "Japanese")
    found |= {line.index: "code" for line in lines if _CODE in line.block.tags}
    found |= {line.index: "no words" for line in lines if line.language is None}
    return found | {line.index: "only the text repeated on other paragraphs" for line in lines if _is_bare_mark(line)}


def _find_credits(lines: Sequence[Line]) -> dict[int, Credit]:
    """Credit lines by position. Dated lines that follow each other and say something else too are a list of dates."""
    found = {position: credit for position, line in enumerate(lines) if (credit := read_credit(line)) is not None}
    listed = {position for position, credit in found.items() if credit.may_be_listed}
    return {p: credit for p, credit in found.items() if not (p in listed and {p - 1, p + 1} & listed)}


def _is_bare_mark(line: Line) -> bool:
    return line.watermarked and not line.text


def _section(page: Page, passages: Sequence[Passage], language: Language, context: str = "") -> Section:
    declared = dict(page.declared).get("lang", "")
    telling = [passage.text for passage in passages if passage.prior > 0] or [passage.text for passage in passages]
    return Section(language, tag_of(language, telling, declared, context), tuple(passages))


def _metadata(page: Page, reading: _Reading, languages: Sequence[Language]) -> Metadata:
    titles = [p for language in languages for p in reading.passages(language) if p.is_title]
    credit_lines = [
        credit
        for position, credit in reading.credit_lines.items()
        if reading.priors[position].verdict is Verdict.METADATA and not credit.may_be_listed
    ]
    labelled_first = sorted(credit_lines, key=lambda credit: credit.label in ("date", "relative date"))
    return collect_metadata(labelled_first, normalise_space(titles[0].text) if titles else "", page.declared)


def _reports(reading: _Reading, only: Language | None = None) -> tuple[BlockReport, ...]:
    """A report for each block by its prior alone; `only`: the language that counts, where the file has one."""
    return tuple(
        _report(line, runs, prior, reading.other.get(line.index, ""), only)
        for line, runs, prior in zip(reading.lines, reading.runs, reading.priors, strict=True)
    )


def _report(line: Line, runs: Sequence[Run], prior: Prior, other: str, only: Language | None) -> BlockReport:
    if other:
        verdict = Verdict.WATERMARK if _is_bare_mark(line) else Verdict.FURNITURE
        return BlockReport(line.index, verdict, line.language, other, prior=limits.HARD)
    counted = [run for run in runs if only in (None, run.language)]
    if not counted:
        return BlockReport(line.index, Verdict.FURNITURE, line.language, "in another language", prior=limits.HARD)
    kept = tuple((line.start + run.start, line.start + run.end) for run in counted) if prior.log_odds > 0 else ()
    reason = prior.reason + (", its watermark cut off" if line.watermarked else "")
    return BlockReport(line.index, prior.verdict, line.language, reason, kept, prior.log_odds)
