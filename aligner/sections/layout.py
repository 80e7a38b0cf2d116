"""From the passages of a page, in reading order, to candidates for pairs of an English and a Chinese section."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.records import Language, Passage
from aligner.sections.lines import Shape

_TITLE_LIKE = 80
_FEWEST_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage, with what the layout is told from."""

    passage: Passage
    language: Language
    shape: Shape
    weight: int
    in_table: bool
    after_credit: bool
    """Whether a credit line or furniture stands between this passage and the one before it."""
    inside_block: bool
    """Whether the other language stands in the same block."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Passages that may be a release in both languages."""

    pieces: tuple[Piece, ...]
    layout: str
    """As in `SectionPair.layout`."""

    def of(self, language: Language) -> tuple[Piece, ...]:
        """The passages of one language, in reading order."""
        return tuple(piece for piece in self.pieces if piece.language is language)


def find_candidates(pieces: Sequence[Piece]) -> list[list[Candidate]]:
    """Ways to read the page, each a list of releases, the likeliest first; none where a language is missing.

    Runs of one language are counted: two make a page in two halves, four or more that each begin with a headline and
    hold several paragraphs make several releases, and others alternate.
    """
    if {piece.language for piece in pieces} != set(Language):
        return []
    runs = _runs(pieces)
    readings = []
    releases = _releases_in_turn(runs) or _releases_by_halves(runs)
    if releases:
        readings.append(releases)
    readings.append([Candidate(tuple(pieces), _layout(pieces, runs))])
    return readings


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    runs = [[pieces[0]]]
    for before, piece in pairwise(pieces):
        if piece.language is before.language:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _layout(pieces: Sequence[Piece], runs: Sequence[Sequence[Piece]]) -> str:
    weight = sum(piece.weight for piece in pieces)
    if 2 * sum(piece.weight for piece in pieces if piece.in_table) > weight:
        return "table"
    largest = {language: max(_weight(run) for run in runs if run[0].language is language) for language in Language}
    if sum(largest.values()) < 0.75 * weight:
        return "alternating"
    order = [run[0].language for run in runs if _weight(run) == largest[run[0].language]]
    return "en-zh" if order[0] is Language.EN else "zh-en"


def _weight(run: Sequence[Piece]) -> int:
    return sum(piece.weight for piece in run)


def _releases_in_turn(runs: Sequence[Sequence[Piece]]) -> list[Candidate]:
    """A in both languages, then B in both languages."""
    if len(runs) < 4 or len(runs) % 2 or not all(_is_text(run) for run in runs):
        return []
    return [_release(first, second) for first, second in zip(runs[::2], runs[1::2], strict=True)]


def _release(first: Sequence[Piece], second: Sequence[Piece]) -> Candidate:
    """The candidate of two runs, the first line of either being its headline."""
    pieces = (*_headed(first), *_headed(second))
    return Candidate(pieces, _layout(pieces, (first, second)))


def _headed(run: Sequence[Piece]) -> Sequence[Piece]:
    headline = replace(run[0], passage=replace(run[0].passage, is_title=True))
    return (headline, *run[1:]) if _is_headline(run[0]) else run


def _is_text(run: Sequence[Piece]) -> bool:
    """Whether a run looks like a text of its own: a headline, and several paragraphs of sentences."""
    return _is_headline(run[0]) and sum(piece.shape is Shape.SENTENCES for piece in run) >= _FEWEST_SENTENCES


def _is_headline(piece: Piece) -> bool:
    return piece.passage.is_title or (piece.shape is Shape.SHORT and piece.weight <= _TITLE_LIKE and not piece.in_table)


def _releases_by_halves(runs: Sequence[Sequence[Piece]]) -> list[Candidate]:
    """A and B in one language, then A and B in the other."""
    if len(runs) != 2:
        return []
    firsts, seconds = _split_at_headlines(runs[0]), _split_at_headlines(runs[1])
    if len(firsts) < 2 or len(firsts) != len(seconds):
        return []
    return [_release(first, second) for first, second in zip(firsts, seconds, strict=True)]


def _split_at_headlines(run: Sequence[Piece]) -> list[list[Piece]]:
    """Texts of a run: a new one begins at a headline that follows credits or furniture."""
    texts = [[run[0]]]
    for piece in run[1:]:
        if piece.after_credit and _is_headline(piece) and _is_text(texts[-1]):
            texts.append([])
        texts[-1].append(piece)
    return texts if _is_text(texts[-1]) else [list(run)]
