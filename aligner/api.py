"""From a path to its units: the only module that knows the whole order of the stages."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from aligner._version import __version__
from aligner.align.document import align_document
from aligner.align.prepare import Side, prepare_side, prepare_sides
from aligner.align.scorer import ScorerPair, load_scorers
from aligner.config import DEFAULT_MODEL, AlignOptions, ExportFormat
from aligner.encoders import load_encoder
from aligner.encoders.base import Encoder
from aligner.errors import AlignerError, UsageError
from aligner.export import ExportOptions, write_units
from aligner.ingest import list_pages, read_lines, read_page, text_page
from aligner.lexicon import Lexicon, load_lexicon
from aligner.matching.gate import match_texts
from aligner.matching.judge import find_boilerplate, settle_reports
from aligner.memory.build import count_unused, decide_outcomes
from aligner.records import (
    AlignedPair,
    Alignment,
    BlockReport,
    Fate,
    Language,
    Metadata,
    Page,
    PageReading,
    PageResult,
    Passage,
    Section,
    SectionPair,
    Sentence,
    TranslationUnit,
    Verdict,
)
from aligner.sections import name_lone_language, read_sections, section_of_one_file
from aligner.sentences import split_sentences
from aligner.summary import Summary
from aligner.text.characters import normalise_space
from aligner.text.chinese import tag_of

_log = logging.getLogger(__name__)
_DEFAULTS = AlignOptions()
_TWO_FILES = "two-files"


class LoadedModels:
    """Encoder, lexicon and scorers, each loaded on first use and kept."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model

    @cached_property
    def encoder(self) -> Encoder:
        """The sentence encoder.

        :raises EncoderError: when it cannot be loaded.
        """
        return load_encoder(self.model)

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The bilingual dictionary; None where its package is not installed."""
        return load_lexicon()

    @cached_property
    def scorers(self) -> ScorerPair:
        """The coarse and the final bead scorer."""
        return load_scorers()


class Aligner:
    """Aligns pages, files, texts and sentences with one encoder, one lexicon and one pair of scorers.

    Nothing is loaded before it is needed, nothing is shared between instances unless `with_options` made them: a
    worker, a server and a test each hold their own, and two with different models live side by side.

        aligner = Aligner(model="sentence-transformers/LaBSE", options=AlignOptions(min_confidence=0.8))
        result = aligner.align_page("release.html")
    """

    def __init__(
        self, model: str = DEFAULT_MODEL, options: AlignOptions = _DEFAULTS, *, models: LoadedModels | None = None
    ) -> None:
        """Hold the models by name; loading waits for the first use.

        :param model: `use-multilingual-v3`, the name of a sentence-transformers model, or its folder.
        :param options: how pages are aligned.
        :param models: what is loaded already, in the place of `model`.
        """
        self.options = options
        self.models = models or LoadedModels(model)

    def with_options(self, options: AlignOptions) -> "Aligner":
        """An aligner with other options that shares what this one has loaded."""
        return Aligner(options=options, models=self.models)

    @property
    def signature(self) -> str:
        """Encoder, scorer and program with their versions: what made the units of a run.

        :raises EncoderError: when the model cannot be loaded.
        """
        return f"{self.models.encoder.name}|{self.models.scorers.signature}|aligner-{__version__}"

    def find_beads(
        self,
        en: Sequence[str],
        zh: Sequence[str],
        en_paragraphs: Sequence[int] | None = None,
        zh_paragraphs: Sequence[int] | None = None,
    ) -> Alignment:
        """The beads of two lists of sentences, without judging whether they are translations at all.

        Every sentence is in exactly one bead; beads count sentences as the lists do, from 0. This is the one step that
        use, training and benchmarks share.

        :param en_paragraphs: number of the paragraph of each English sentence, where it is known.
        :param zh_paragraphs: the same of the Chinese sentences.
        :raises EncoderError: when the model cannot be loaded.
        """
        sides = prepare_sides(self.models.encoder, self.models.lexicon, en, zh, en_paragraphs, zh_paragraphs)
        return align_document(*sides, self.models.scorers)

    def align_page(self, path: str | Path, stdin: BinaryIO | None = None) -> PageResult:
        """The units of one page that holds both languages; `-` reads standard input.

        A page without a counterpart has no units and a `reason`.

        :raises IngestError: when the page cannot be read.
        :raises EncoderError: when the model cannot be loaded.
        """
        return self._align_page(path, set(), stdin)

    def align_files(self, en_path: str | Path, zh_path: str | Path) -> PageResult:
        """The units of a release whose languages lie in two files; `-` reads one of them from standard input.

        With `options.split_lines` each line is a sentence and nothing is left out as boilerplate.

        :raises IngestError: when a file cannot be read.
        :raises EncoderError: when the model cannot be loaded.
        """
        origin = f"{en_path} + {zh_path}"
        if self.options.split_lines:
            return self._align_whole(origin, (read_lines(en_path), read_lines(zh_path)), _whole_passages)
        pages = read_page(en_path), read_page(zh_path)
        (en, en_reports, en_metadata), (zh, zh_reports, zh_metadata) = (
            section_of_one_file(page, language) for page, language in zip(pages, Language, strict=True)
        )
        readings = (PageReading(pages[0], en_reports), PageReading(pages[1], zh_reports))
        metadata = _merge_metadata(en_metadata, zh_metadata)
        for section, name in ((en, "English"), (zh, "Chinese")):
            if not section.passages:
                return PageResult(origin, readings, metadata, reason=f"the {name} file has no {name} text")
        pairs = self._align_pairs([SectionPair(en, zh, metadata, _TWO_FILES)])
        return self._build_result(origin, readings, metadata, pairs, set())

    def align_texts(self, en: str, zh: str) -> PageResult:
        """The units of two texts, an English one and its Chinese translation; all of it counts as article text.

        Lines are paragraphs, unless the text is wrapped; character spans count from the start of the page in
        `readings`.

        :raises IngestError: when a line has more than a million characters.
        :raises EncoderError: when the model cannot be loaded.
        """
        if not (en.strip() and zh.strip()):
            return PageResult("", reason=_empty_side(en.strip()))
        pages = text_page(en, "English text"), text_page(zh, "Chinese text")
        return self._align_whole("", pages, split_sentences)

    def align_sentences(self, en: Sequence[str], zh: Sequence[str]) -> PageResult:
        """The units of two lists of sentences; beads in `result.aligned[0].alignment` count as the lists do, from 0.

        Character spans count from the start of the list's sentences joined by line feeds.

        :raises EncoderError: when the model cannot be loaded.
        """
        sections = _list_section(en, Language.EN), _list_section(zh, Language.ZH)
        pair = self._align_sides(SectionPair(*sections, Metadata(), _TWO_FILES), *map(_whole_passages, sections))
        if not (en and zh):
            return PageResult("", aligned=(pair,), en_alone=len(en), zh_alone=len(zh), reason=_empty_side(en))
        return self._build_result("", (), Metadata(), [pair], set())

    def align_many(
        self, paths: Iterable[str | Path], stdin: BinaryIO | None = None, seen: set[bytes] | None = None
    ) -> Iterator[PageResult]:
        """A result for each page, one at a time, so that memory does not grow with the number of pages.

        What is wrong with a page becomes the `error` of its result, and the next page follows. A pair of texts that an
        earlier page gave is not given again, but counted in `repeated`.

        :param seen: keys of pairs that count as given before (see `memory.build.pair_key`); grows by those of this run.
        :raises EncoderError: when the model cannot be loaded, before any page is read.
        """
        _ = self.models.encoder
        known = set() if seen is None else seen
        for path in paths:
            yield guard_page(str(path), lambda path=path: self._align_page(path, known, stdin))  # type: ignore[misc]  # mypy takes a default for a parameter of its own

    def _align_page(self, path: str | Path, seen: set[bytes], stdin: BinaryIO | None) -> PageResult:
        if self.options.split_lines:
            message = f"{path}: lines that are sentences already are read from two files only, one a language"
            raise UsageError(message)
        return self.align_read_page(read_page(path, stdin), seen)

    def align_read_page(self, page: Page, seen: set[bytes] | None = None) -> PageResult:
        """The units of one page that was read already.

        :param seen: keys of pairs that count as given before; grows by those of this page.
        :raises EncoderError: when the model cannot be loaded.
        """
        seen = set() if seen is None else seen
        sectioned = read_sections(page)
        readings = (PageReading(page, sectioned.reports),)
        if not sectioned.pairs:
            return PageResult(page.origin, readings, sectioned.metadata, reason=sectioned.reason)
        pairs = self._align_pairs(sectioned.pairs)
        result = self._build_result(page.origin, readings, sectioned.metadata, pairs, seen)
        lone = "" if result.units or result.repeated else name_lone_language(sectioned.reports, page)
        return PageResult(page.origin, readings, sectioned.metadata, reason=lone) if lone else result

    def _align_whole(
        self, origin: str, pages: tuple[Page, Page], split: Callable[[Section], tuple[Sentence, ...]]
    ) -> PageResult:
        """The units of two pages of which every block is article text; `split` makes the sentences of a section."""
        en, zh = (_whole_section(page, language) for page, language in zip(pages, Language, strict=True))
        pair = self._align_sides(SectionPair(en, zh, Metadata(), _TWO_FILES), split(en), split(zh))
        readings = tuple(
            PageReading(page, _whole_reports(page, language)) for page, language in zip(pages, Language, strict=True)
        )
        return self._build_result(origin, readings, Metadata(), [pair], set())

    def _align_pairs(self, pairs: Sequence[SectionPair]) -> list[AlignedPair]:
        """The aligned texts of a page; its English text, which all pairs share, is encoded once."""
        en = split_sentences(pairs[0].en)
        en_side = self._prepare(en, Language.EN)
        aligned = []
        for pair in pairs:
            zh = split_sentences(pair.zh)
            alignment = align_document(en_side, self._prepare(zh, Language.ZH), self.models.scorers)
            aligned.append(AlignedPair(pair, en, zh, alignment))
        return aligned

    def _prepare(self, sentences: tuple[Sentence, ...], language: Language) -> Side:
        texts, paragraphs = [each.text for each in sentences], [each.paragraph for each in sentences]
        return prepare_side(self.models.encoder, texts, language, paragraphs, self.models.lexicon)

    def _align_sides(self, pair: SectionPair, en: tuple[Sentence, ...], zh: tuple[Sentence, ...]) -> AlignedPair:
        sides = self._prepare(en, Language.EN), self._prepare(zh, Language.ZH)
        return AlignedPair(pair, en, zh, align_document(*sides, self.models.scorers))

    def _build_result(
        self,
        origin: str,
        readings: tuple[PageReading, ...],
        metadata: Metadata,
        pairs: list[AlignedPair],
        seen: set[bytes],
    ) -> PageResult:
        """The result of a page that was aligned; texts that turn out to be no translations give no unit."""
        decided: list[AlignedPair] = []
        reasons: list[str] = []
        for pair in pairs:
            settled, reason = self._decide(pair, origin, seen)
            decided.append(settled)
            if not any(settled.written()):
                reasons.append(reason)
        readings = tuple(
            replace(reading, reports=settle_reports(reading.reports, decided, language))
            for reading, language in zip(readings, Language if len(readings) > 1 else (None,), strict=False)
        )
        units = tuple(unit for pair in decided for unit in pair.written())
        reason = "" if units else "; ".join(dict.fromkeys(reasons))
        en_alone, zh_alone = (sum(counts) for counts in zip(*map(count_unused, decided), strict=True))
        repeated = sum(pair.count(Fate.REPEATED) for pair in decided)
        return PageResult(origin, readings, metadata, tuple(decided), units, repeated, en_alone, zh_alone, reason)

    def _decide(self, pair: AlignedPair, origin: str, seen: set[bytes]) -> tuple[AlignedPair, str]:
        """The pair with what became of its beads, and why there is no unit where there is none."""
        boilerplate = find_boilerplate(pair, self.options.keep_all or pair.pair.layout == _TWO_FILES)
        release = [bead for bead in pair.alignment.beads if bead.en and bead.zh and bead not in boilerplate]
        match = match_texts(pair, release, self.options.assume_parallel)
        settled = decide_outcomes(pair, origin, self.options.min_confidence, seen, match, boilerplate)
        return settled, match.message if match.refused else _why_none(settled, self.options.min_confidence)


_DEFAULT_ALIGNER = Aligner()
"""What the functions below run on; it loads nothing before its first use."""


def align_page(path: str | Path, options: AlignOptions = _DEFAULTS, stdin: BinaryIO | None = None) -> PageResult:
    """`Aligner.align_page` with the default model."""
    return _DEFAULT_ALIGNER.with_options(options).align_page(path, stdin)


def align_files(en_path: str | Path, zh_path: str | Path, options: AlignOptions = _DEFAULTS) -> PageResult:
    """`Aligner.align_files` with the default model."""
    return _DEFAULT_ALIGNER.with_options(options).align_files(en_path, zh_path)


def align_texts(en: str, zh: str, options: AlignOptions = _DEFAULTS) -> PageResult:
    """`Aligner.align_texts` with the default model."""
    return _DEFAULT_ALIGNER.with_options(options).align_texts(en, zh)


def align_sentences(en: Sequence[str], zh: Sequence[str], options: AlignOptions = _DEFAULTS) -> PageResult:
    """`Aligner.align_sentences` with the default model."""
    return _DEFAULT_ALIGNER.with_options(options).align_sentences(en, zh)


def align_many(
    paths: Iterable[str | Path],
    options: AlignOptions = _DEFAULTS,
    stdin: BinaryIO | None = None,
    seen: set[bytes] | None = None,
) -> Iterator[PageResult]:
    """`Aligner.align_many` with the default model."""
    return _DEFAULT_ALIGNER.with_options(options).align_many(paths, stdin, seen)


def find_beads(en: Sequence[str], zh: Sequence[str]) -> Alignment:
    """`Aligner.find_beads` with the default model."""
    return _DEFAULT_ALIGNER.find_beads(en, zh)


def guard_page(origin: str, align: Callable[[], PageResult]) -> PageResult:
    """What `align` returns, or a result that tells why it could not."""
    try:
        return align()
    except AlignerError as error:
        return PageResult(origin, error=str(error))
    except Exception as error:
        # A mistake of ours on one strange page must not cost the other ninety-nine thousand.
        _log.exception("%s: internal error", origin)
        return PageResult(origin, error=f"{origin}: internal error ({type(error).__name__}: {error}); please report it")


def list_inputs(paths: Iterable[str | Path]) -> tuple[list[Path], list[PageResult]]:
    """All pages of files and folders in order, and results for folders that have none or cannot be listed."""
    pages: list[Path] = []
    failures: list[PageResult] = []
    for path in paths:
        try:
            found = list_pages(path)
        except AlignerError as error:
            failures.append(PageResult(str(path), error=str(error)))
            continue
        if not found:
            failures.append(PageResult(str(path), reason="the folder holds no text, HTML, DOCX or PDF file"))
        pages += found
    return pages, failures


def write_memory(
    results: Iterable[PageResult],
    destination: str | Path,
    format: ExportFormat | None = None,  # noqa: A002  # the name of the option and of the thing
    export: ExportOptions | None = None,
    on_result: Callable[[PageResult], None] | None = None,
) -> Summary:
    """Write the units of `results` as they come, and tell what became of every page; no unit, no file.

    :param destination: a file, or `-` for standard output.
    :param on_result: called after each page, for a display of progress.

    :raises UsageError: as `export.write_units` does.
    :raises ExportError: as `export.write_units` does.
    """
    summary = Summary()

    def units() -> Iterator[TranslationUnit]:
        for result in results:
            summary.add(result)
            if on_result:
                on_result(result)
            yield from result.units

    write_units(units(), destination, format, export)
    return summary


def _why_none(pair: AlignedPair, min_confidence: float) -> str:
    if pair.count(Fate.REPEATED):
        return "all its units were given before"
    return f"no unit reaches the confidence of {min_confidence:g}"


def _whole_section(page: Page, language: Language) -> Section:
    passages = tuple(Passage(block.text, block.start, block.end, index) for index, block in enumerate(page.blocks))
    return Section(language, tag_of(language, (passage.text for passage in passages)), passages)


def _whole_reports(page: Page, language: Language) -> tuple[BlockReport, ...]:
    return tuple(
        BlockReport(index, Verdict.ARTICLE, language, "all lines count as text", ((block.start, block.end),))
        for index, block in enumerate(page.blocks)
    )


def _list_section(sentences: Sequence[str], language: Language) -> Section:
    passages: list[Passage] = []
    position = 0
    for index, text in enumerate(sentences):
        passages.append(Passage(text, position, position + len(text), index))
        position += len(text) + 1
    return Section(language, tag_of(language, sentences), tuple(passages))


def _whole_passages(section: Section) -> tuple[Sentence, ...]:
    """Each passage as one sentence; nothing is known of paragraphs."""
    return tuple(
        Sentence(normalise_space(passage.text), section.language, passage.start, passage.end, paragraph=0)
        for passage in section.passages
    )


def _merge_metadata(en: Metadata, zh: Metadata) -> Metadata:
    """What two files of one release say about it, the English one first."""
    return Metadata(
        title=en.title or zh.title,
        source=en.source or zh.source,
        authors=tuple(dict.fromkeys(en.authors + zh.authors)),
        date=en.date or zh.date,
        url=en.url or zh.url,
    )


def _empty_side(en: object) -> str:
    return f"the {'Chinese' if en else 'English'} text is empty"
