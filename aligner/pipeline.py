"""From a path to its units: the only module that knows the whole order of the stages."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from aligner.align.document import align_document, prepare_side
from aligner.align.scorer import ScorerPair, load_scorers
from aligner.config import AlignOptions, ExportFormat
from aligner.counterpart import find_mismatch
from aligner.encoders import load_encoder
from aligner.errors import AlignerError, UsageError
from aligner.evaluation import GoldDocument
from aligner.export import ExportOptions, write_units
from aligner.ingest import list_pages, read_lines, read_page, text_page
from aligner.lexicon import Lexicon, load_lexicon
from aligner.records import (
    AlignedPair,
    Alignment,
    BlockReport,
    Encoder,
    Language,
    Metadata,
    Page,
    PageResult,
    Passage,
    Reading,
    Section,
    SectionPair,
    Sentence,
    TranslationUnit,
    Verdict,
)
from aligner.sections import find_difference, section_of_one_file, split_sections
from aligner.sections.variants import tag_of
from aligner.sentences import split_sentences
from aligner.summary import Summary
from aligner.text import normalise_space, to_simplified
from aligner.units import build_units, select_units

_log = logging.getLogger(__name__)
_DEFAULTS = AlignOptions()
_TWO_FILES = "two-files"


def align_page(path: str | Path, options: AlignOptions = _DEFAULTS, stdin: BinaryIO | None = None) -> PageResult:
    """The units of one page that holds both languages; `-` reads standard input.

    A page without a counterpart has no units and a `reason`.

    Raises IngestError where the page cannot be read, EncoderError where the model cannot be loaded.
    """
    return _align_page(path, options, set(), stdin)


def align_files(en_path: str | Path, zh_path: str | Path, options: AlignOptions = _DEFAULTS) -> PageResult:
    """The units of a release whose languages lie in two files; `-` reads one of them from standard input.

    With `options.split_lines` each line is a sentence and nothing is left out as furniture.

    Raises IngestError where a file cannot be read, EncoderError where the model cannot be loaded.
    """
    origin = f"{en_path} + {zh_path}"
    if options.split_lines:
        return _align_lines(origin, read_lines(en_path), read_lines(zh_path), options)
    pages = read_page(en_path), read_page(zh_path)
    encoder = _load_encoder(options.model)
    (en, en_reports, en_metadata), (zh, zh_reports, zh_metadata) = (
        section_of_one_file(page, language) for page, language in zip(pages, Language, strict=True)
    )
    readings = (Reading(pages[0], en_reports), Reading(pages[1], zh_reports))
    metadata = _merge_metadata(en_metadata, zh_metadata)
    if difference := find_difference(en, zh, encoder):
        return PageResult(origin, readings, metadata, reason=difference)
    pair = _align_sections(SectionPair(en, zh, metadata, _TWO_FILES), encoder)
    return _build_result(origin, readings, metadata, [pair], options, set())


def align_texts(en: str, zh: str, options: AlignOptions = _DEFAULTS) -> PageResult:
    """The units of two texts, an English one and its Chinese translation; all of it counts as article text.

    Lines are paragraphs, unless the text is wrapped; character spans count from the start of the page in `readings`.

    Raises IngestError for a line of more than a million characters, EncoderError where the model cannot be loaded.
    """
    if not (en.strip() and zh.strip()):
        return PageResult("", reason=_empty_side(en.strip()))
    pages = text_page(en, "English text"), text_page(zh, "Chinese text")
    return _align_whole("", pages, split_sentences, options)


def align_sentences(en: Sequence[str], zh: Sequence[str], options: AlignOptions = _DEFAULTS) -> PageResult:
    """The units of two lists of sentences; beads in `result.aligned[0].alignment` count as the lists do, from 0.

    Character spans count from the start of the list's sentences joined by line feeds.

    Raises EncoderError where the model cannot be loaded.
    """
    pair = align_lists(en, zh, options)
    if not (en and zh):
        return PageResult("", aligned=(pair,), en_alone=len(en), zh_alone=len(zh), reason=_empty_side(en))
    return _build_result("", (), Metadata(), [pair], options, set())


def align_lists(en: Sequence[str], zh: Sequence[str], options: AlignOptions = _DEFAULTS) -> AlignedPair:
    """The beads of two lists of sentences, without judging whether they are translations at all."""
    sections = _list_section(en, Language.EN), _list_section(zh, Language.ZH)
    sentences = _whole_passages(sections[0]), _whole_passages(sections[1])
    return _align_sides(SectionPair(*sections, Metadata(), _TWO_FILES), *sentences, _load_encoder(options.model))


def align_many(
    paths: Iterable[str | Path],
    options: AlignOptions = _DEFAULTS,
    stdin: BinaryIO | None = None,
    seen: set[bytes] | None = None,
) -> Iterator[PageResult]:
    """A result for each page, one at a time, so that memory does not grow with the number of pages.

    What is wrong with a page becomes the `error` of its result, and the next page follows. A pair of texts that an
    earlier page gave is not given again, but counted in `repeated`.

    :param seen: keys of pairs that count as given before (see `units.pair_key`); grows by those of this run.

    Raises EncoderError where the model cannot be loaded, before any page is read.
    """
    _load_encoder(options.model)
    known = set() if seen is None else seen
    for path in paths:
        yield guard_page(str(path), lambda path=path: _align_page(path, options, known, stdin))  # type: ignore[misc]  # mypy takes a default for a parameter of its own


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

    Raises UsageError and ExportError as `export.write_units` does.
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


def align_documents(
    documents: Iterable[GoldDocument], options: AlignOptions = _DEFAULTS
) -> Iterator[tuple[str, Alignment]]:
    """Name and beads of each document of an evaluation set, one at a time."""
    for document in documents:
        yield document.name, align_lists(document.en, document.zh, options).alignment


def run_signature(options: AlignOptions = _DEFAULTS) -> str:
    """Encoder, scorer and splitter with their versions: what made the units of a run."""
    from aligner import __version__

    return f"{_load_encoder(options.model).name}|{_load_scorers().signature}|aligner-{__version__}"


def _align_page(path: str | Path, options: AlignOptions, seen: set[bytes], stdin: BinaryIO | None) -> PageResult:
    if options.split_lines:
        message = f"{path}: lines that are sentences already are read from two files only, one a language"
        raise UsageError(message)
    page = read_page(path, stdin)
    encoder = _load_encoder(options.model)
    sectioned = split_sections(page, encoder)
    readings = (Reading(page, sectioned.reports),)
    if not sectioned.pairs:
        return PageResult(page.origin, readings, sectioned.metadata, reason=sectioned.reason)
    pairs = [_align_sections(pair, encoder) for pair in sectioned.pairs]
    return _build_result(page.origin, readings, sectioned.metadata, pairs, options, seen)


def _align_lines(origin: str, en: Page, zh: Page, options: AlignOptions) -> PageResult:
    return _align_whole(origin, (en, zh), _whole_passages, options)


def _align_whole(
    origin: str, pages: tuple[Page, Page], split: Callable[[Section], tuple[Sentence, ...]], options: AlignOptions
) -> PageResult:
    """The units of two pages of which every block is article text; `split` makes the sentences of a section."""
    en, zh = (_whole_section(page, language) for page, language in zip(pages, Language, strict=True))
    pair = _align_sides(SectionPair(en, zh, Metadata(), _TWO_FILES), split(en), split(zh), _load_encoder(options.model))
    readings = tuple(
        Reading(page, _whole_reports(page, language)) for page, language in zip(pages, Language, strict=True)
    )
    return _build_result(origin, readings, Metadata(), [pair], options, set())


def _build_result(
    origin: str,
    readings: tuple[Reading, ...],
    metadata: Metadata,
    pairs: list[AlignedPair],
    options: AlignOptions,
    seen: set[bytes],
) -> PageResult:
    """The result of a page that was aligned; a pair of sections that turns out to be no translation gives no unit."""
    units: list[TranslationUnit] = []
    reasons: list[str] = []
    repeated = en_alone = zh_alone = 0
    for pair in pairs:
        mismatch = find_mismatch(pair)
        built = [] if mismatch else build_units(pair, origin, pair.pair.metadata)
        selection = select_units(pair, built, options.min_confidence, seen)
        units += selection.units
        repeated += selection.repeated
        en_alone += selection.en_alone
        zh_alone += selection.zh_alone
        if not selection.units:
            reasons.append(mismatch or _why_none(selection.repeated, options.min_confidence))
    reason = "" if units else "; ".join(dict.fromkeys(reasons))
    return PageResult(origin, readings, metadata, tuple(pairs), tuple(units), repeated, en_alone, zh_alone, reason)


def _why_none(repeated: int, min_confidence: float) -> str:
    if repeated:
        return "all its units were given before"
    return f"no unit reaches the confidence of {min_confidence:g}"


def _align_sections(pair: SectionPair, encoder: Encoder) -> AlignedPair:
    return _align_sides(pair, split_sentences(pair.en), split_sentences(pair.zh), encoder)


def _align_sides(
    pair: SectionPair, en: tuple[Sentence, ...], zh: tuple[Sentence, ...], encoder: Encoder
) -> AlignedPair:
    sides = [
        prepare_side(
            encoder,
            _matching_texts(section, sentences),
            section.language,
            [sentence.paragraph for sentence in sentences],
            _load_lexicon(),
        )
        for section, sentences in ((pair.en, en), (pair.zh, zh))
    ]
    return AlignedPair(pair, en, zh, align_document(sides[0], sides[1], _load_scorers()))


def _matching_texts(section: Section, sentences: Sequence[Sentence]) -> list[str]:
    """What sentences are compared by: traditional Chinese in simplified characters, the rest as it is."""
    texts = [sentence.text for sentence in sentences]
    if section.language is Language.ZH and section.tag != "zh-CN":
        return to_simplified("\n".join(texts)).split("\n")
    return texts


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


@lru_cache(maxsize=1)
def _load_encoder(model: str) -> Encoder:
    return load_encoder(model)


@lru_cache(maxsize=1)
def _load_scorers() -> ScorerPair:
    return load_scorers()


@lru_cache(maxsize=1)
def _load_lexicon() -> Lexicon | None:
    return load_lexicon()
