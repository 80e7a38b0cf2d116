"""A block's text as runs of one language: whole sentences in turn, or a headline with its translation on one line."""

import re
from dataclasses import dataclass
from itertools import pairwise

from aligner.records import Language
from aligner.sections import thresholds as limits
from aligner.sections.lines import CLOSERS, ends_sentence
from aligner.sections.scripts import are_versions
from aligner.text.characters import HAN, LATIN, count_han, count_latin_words, language_of

_LOWER_WORD = re.compile("(?<![A-Za-z])[a-z]+")
_OPENING = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "[": "]", "【": "】", "《": "》"}
_SEPARATOR = re.compile(r"\s*[|｜/／]\s*|\t+|\u3000+|\s{2,}|\s+[-–—]+\s+|\s*[•·]\s*")
_OUTER_QUOTES = re.compile('“[^”]*”|「[^」]*」|（[^）]*）|\\([^)]*\\)|《[^》]*》|"[^"]*"')
_EN_PART = rf"[^{HAN.pattern[1:-1]}()（）|｜]*[A-Za-z][^{HAN.pattern[1:-1]}()（）|｜]*?"
_ZH_PART = "[^A-Za-z()（）]*?[^A-Za-z()（）|｜\\s/]"
_BILINGUAL = tuple(
    re.compile(form)
    for form in (
        rf"(?P<zh>{_ZH_PART})[\s|｜/／·•–—-]+(?P<en>{_EN_PART})",
        rf"(?P<en>{_EN_PART})[\s|｜/／·•–—-]+(?P<zh>{_ZH_PART})",
        rf"(?P<zh>{_ZH_PART})\s*[(（](?P<en>{_EN_PART})[)）]",
        rf"(?P<en>{_EN_PART})\s*[(（](?P<zh>{_ZH_PART})[)）]",
    )
)
_LOOSE_ENDS = " \t\u00a0\u3000|｜/／·•–—-"
_LOWER_LETTER = re.compile("[a-z]")
_DIGIT = re.compile(r"\d")
_VERSIONS = re.compile("[^/／|｜]+")
_STOP = re.compile(rf"[.!?。！？…;；]+[{re.escape(CLOSERS)}]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a text in one language: `[start, end)` of the text, without outer white space and separators."""

    language: Language
    start: int
    end: int


def split_languages(text: str) -> list[Run]:
    """The runs of `text`; one run (or none, in a text without words) unless whole parts of it are in either language.

    A few words of the other language inside a sentence, in quotes or in brackets do not make a run.
    """
    language = language_of(text[: limits.SAMPLE])
    if language is None:
        return []
    whole = [_trimmed(text, language, 0, len(text))]
    if heading := _split_heading(text):
        return heading
    if count_han(text) < limits.PART_HAN or count_latin_words(text) < limits.PART_WORDS - 1:
        return whole
    for cuts, plausible in (
        (_sentence_ends(text), _are_sentences),
        (_separators(text), _are_translations),
        (_script_changes(text), _are_headlines),
    ):
        runs = _merged(text, [0, *cuts, len(text)]) if cuts else []
        if len(runs) > 1 and plausible(text, runs):
            return runs
    return whole


def _split_heading(text: str) -> list[Run]:
    """The runs of a short line that holds a heading in both languages, with parts of any length; none otherwise.

    Such a line has one place where the script changes, at a blank, a bar, a slash or a bracket: `开放时间 Opening
    Hours`, `费用｜Fees`, `Returning Books (归还图书)`. A product's name after Chinese words has a number that they
    have not, or is too long or too short for their translation. A Chinese part may hold both scripts:
    `简 // 繁 English`.
    """
    han, words = count_han(text), count_latin_words(text)
    if not (han > 1 and words) or han + 2 * words > limits.HEADING_PARTS or ends_sentence(text):
        return []
    match = next((match for form in _BILINGUAL for match in (form.fullmatch(text),) if match), None)
    if match is None or not _LOWER_LETTER.search(match["en"]):
        return []
    runs = [
        Run(language, *_core_span(text, *match.span(name)))
        for language, name in ((Language.EN, "en"), (Language.ZH, "zh"))
    ]
    if not _are_translations(text, runs) or _DIGIT.findall(match["en"]) != _DIGIT.findall(match["zh"]):
        return []
    return sorted((part for run in runs for part in _split_versions(text, run)), key=lambda run: run.start)


def _core_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without separators and white space at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip(_LOOSE_ENDS)), start + len(part.rstrip(_LOOSE_ENDS))


def _split_versions(text: str, run: Run) -> list[Run]:
    """A Chinese run as its simplified and its traditional version where it holds both, divided by slashes or bars."""
    parts = [part for part in _VERSIONS.finditer(text, run.start, run.end) if part[0].strip()]
    if len(parts) != 2 or not are_versions(*(part[0].strip() for part in parts)):
        return [run]
    return [Run(run.language, *_core_span(text, *part.span())) for part in parts]


def _sentence_ends(text: str) -> list[int]:
    """Offsets after sentence marks that stand outside quotes and brackets, or close them."""
    ends = []
    inside = _nesting(text)
    for match in _STOP.finditer(text):
        after = text[match.end() : match.end() + 1]
        if inside[match.end() - 1] and match[0][-1] not in CLOSERS:
            continue
        if match.end() < len(text) and inside[match.end()] and inside[match.end() - 1]:
            continue
        if match[0][0] in ".!?;" and after and not (after.isspace() or HAN.match(after) or after in "“「『（("):
            continue
        ends.append(match.end())
    return [end for end in ends if end < len(text)]


def _nesting(text: str) -> bytearray:
    """1 for every character inside quotes or brackets (their closing mark included), 0 for the others."""
    inside = bytearray(len(text) + 1)
    position = 0
    for match in re.finditer('[“「『（(\\[【《"]', text):
        if match.start() < position:
            continue
        closing = _OPENING.get(match[0], '"')
        end = text.find(closing, match.end(), match.end() + limits.LONGEST_INSIDE)
        if end >= 0:
            inside[match.start() + 1 : end + 1] = b"\x01" * (end - match.start())
            position = end + 1
    return inside


def _separators(text: str) -> list[int]:
    inside = _nesting(text)
    return [match.end() for match in _SEPARATOR.finditer(text) if match.start() > 0 and not inside[match.start()]]


def _script_changes(text: str) -> list[int]:
    """The one place where Latin script gives way to Chinese or the other way round, if there is only one."""
    inside = _nesting(text)
    kinds = [
        (offset, bool(HAN.match(character)))
        for offset, character in enumerate(text[:1000])
        if not inside[offset] and (HAN.match(character) or LATIN.match(character))
    ]
    changes = [offset for (_, before), (offset, now) in pairwise(kinds) if before != now]
    if len(changes) != 1:
        return []
    # The part that begins with a number or a quote begins before its first letter: go back to the white space.
    space = max(text.rfind(" ", 0, changes[0]), text.rfind("\u00a0", 0, changes[0]))
    start = (
        space + 1
        if space >= 0 and not re.search(r"[A-Za-z]|[\u4e00-\u9fff]", text[space + 1 : changes[0]])
        else changes[0]
    )
    return [start]


def _merged(text: str, bounds: list[int]) -> list[Run]:
    """Runs between `bounds`, neighbours of one language joined; a part too small to tell joins the one before it."""
    parts: list[tuple[Language, int, int]] = []
    pending = bounds[0]
    for start, end in pairwise(bounds):
        part = text[start:end]
        language = _language_of_part(part)
        if language is None:
            # "Ms." opens the English sentence that follows, even after a Chinese one; numbers stay with what precedes.
            if parts and language_of(part) in (None, parts[-1][0]):
                parts[-1] = (*parts[-1][:2], end)
                pending = end
        elif parts and language is parts[-1][0]:
            parts[-1] = (language, parts[-1][1], end)
            pending = end
        else:
            if parts and pending < start and language_of(text[pending:start]) is not language:
                parts[-1] = (*parts[-1][:2], start)
                pending = start
            parts.append((language, pending, end))
            pending = end
    if parts:
        parts[-1] = (*parts[-1][:2], bounds[-1])
    return [_trimmed(text, *part) for part in parts]


def _language_of_part(part: str) -> Language | None:
    """The language of one sentence or side, None where it is too short to stand alone in that language."""
    # What stands in quotes or brackets may be in the other language: the words around it tell whose sentence it is.
    outside = _OUTER_QUOTES.sub(" ", part)
    language = language_of(outside) or language_of(part)
    if language is Language.EN and count_latin_words(part) < limits.PART_WORDS:
        return None
    if language is Language.ZH and count_han(part) < limits.PART_HAN:
        return None
    return language


def _are_sentences(text: str, runs: list[Run]) -> bool:
    """Whether the runs (the last may lack its stop) are whole sentences.

    "Example Holdings Ltd. 表示" has a stop, but an abbreviated name is no sentence: those have words in lower case.
    """
    return all(
        run.language is Language.ZH or len(_LOWER_WORD.findall(text[run.start : run.end])) >= 2 for run in runs[:-1]
    )


def _are_translations(_: str, runs: list[Run]) -> bool:
    """Whether the two languages are as long as translations of each other would be."""
    en = sum(run.end - run.start for run in runs if run.language is Language.EN)
    zh = sum(run.end - run.start for run in runs if run.language is Language.ZH)
    return zh > 0 and limits.LENGTH_RATIO[0] <= en / zh <= limits.LENGTH_RATIO[1]


def _are_headlines(text: str, runs: list[Run]) -> bool:
    """Whether a text without marks between its languages is a headline in both, not a sentence about a foreign name."""
    en = next((text[run.start : run.end] for run in runs if run.language is Language.EN), "")
    zh = next((text[run.start : run.end] for run in runs if run.language is Language.ZH), "")
    return (
        _are_translations(text, runs)
        and (count_latin_words(en) >= limits.HEADLINE_WORDS or bool(_LOWER_WORD.search(en)))
        and not zh.rstrip(CLOSERS).endswith(("。", "；", "，", "："))
    )


def _trimmed(text: str, language: Language, start: int, end: int) -> Run:
    part = text[start:end]
    # A slash that opens a word is part of it (`/etc`); one behind a word divides it from the next.
    slash = r"/(?![\w~.])" if not start or text[start - 1].isspace() else "/"
    left = re.match(rf"(?:[\s\u3000|｜／•·]|{slash})*(?:[-–—]+\s+)?", part)
    right = re.search(r"(?:\s+[-–—]+)?[\s\u3000|｜/／•·]*$", part)
    first = start + (left.end() if left else 0)
    last = start + (right.start() if right else len(part))
    return Run(language, first, max(first, last))
