"""How likely each line of a page is to belong to the release, before anyone has looked at the other language.

Rules, words, markup and trafilatura say what looks like boilerplate; none of them throws a line away. Each adds its
log-odds (`thresholds`), the heaviest one gives the reason, and the alignment of the whole page is the evidence that the
sum is weighed against (`matching.judge`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from aligner.records import BlockKind, Language, Verdict
from aligner.sections import thresholds as limits
from aligner.sections.boilerplate import is_appeal, is_dated_teaser, is_letterhead, is_list_heading
from aligner.sections.cues import LABELS
from aligner.sections.lines import Line, Shape
from aligner.sections.metadata import Credit
from aligner.text.characters import count_han, count_latin_words, normalise_space

_ITEM = re.compile(r"(?:\(?\d{1,2}[.)、）]|[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）])\s*\S")
"""Number of an item of a list."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What the rules say about one line."""

    log_odds: float
    """That the line belongs to the release; above 0 it is kept where the other language says nothing."""
    reason: str
    """The heaviest of the rules that spoke, as a short clause."""
    verdict: Verdict
    """What the line is if that is all that is known."""


@dataclass(frozen=True, slots=True)
class Observations:
    """The lines of a page and what each shows by itself; positions index `lines`."""

    lines: Sequence[Line]
    languages: Sequence[frozenset[Language]]
    """Languages of the runs of each line."""
    boilerplate: Mapping[int, str]
    """Lines that are boilerplate by themselves, with the reason."""
    credit_lines: Mapping[int, Credit]
    declared_title: str = ""

    def is_credit(self, position: int) -> bool:
        """Whether the line is a credit wherever it stands."""
        credit = self.credit_lines.get(position)
        return credit is not None and not credit.at_edges_only

    def is_open(self, position: int) -> bool:
        """Whether nothing certain is known about the line but its words."""
        return bool(self.languages[position]) and position not in self.boilerplate and not self.is_credit(position)


@dataclass(slots=True)
class _Votes:
    """What the rules have said about one line so far."""

    votes: list[tuple[float, str]] = field(default_factory=list)
    is_title: bool = False
    is_credit: bool = False

    def add(self, log_odds: float, reason: str) -> None:
        self.votes.append((log_odds, reason))

    def settle(self) -> Prior:
        total = sum(log_odds for log_odds, _ in self.votes)
        spoken = [vote for vote in self.votes if vote[0] * total > 0] or self.votes
        _, reason = max(spoken, key=lambda vote: abs(vote[0]))
        if total > 0:
            return Prior(total, reason, Verdict.TITLE if self.is_title else Verdict.ARTICLE)
        return Prior(total, reason, Verdict.METADATA if self.is_credit else Verdict.FURNITURE)


def weigh_lines(seen: Observations) -> list[Prior]:
    """One prior for each line."""
    votes = [_Votes() for _ in seen.lines]
    ranges = {language: _find_range(seen, language) for language in Language}
    titles = {title for found in ranges.values() for title in found.titles}
    for position, line in enumerate(seen.lines):
        inside = any(position in ranges[each] for each in seen.languages[position])
        _weigh_alone(seen, position, inside and not _is_above(ranges, position), votes[position])
        if seen.is_open(position):
            _weigh_shape(line, inside, votes[position])
        if position in titles:
            votes[position].is_title = True
            votes[position].add(limits.TITLE, "headline above the text")
    for rule in (_weigh_main, _weigh_lists, _weigh_watermarked, _weigh_very_short, _weigh_heads):
        for position, log_odds, reason in rule(seen):
            if seen.is_open(position) and position not in titles:
                votes[position].add(log_odds, reason)
    return [vote.settle() for vote in votes]


Vote = tuple[int, float, str]


@dataclass(frozen=True, slots=True)
class _Range:
    """Where the text of one language lies: from its headline, or first sentence, to its last sentence."""

    first: int
    text: int
    """The first sentence."""
    last: int
    titles: tuple[int, ...]

    def __contains__(self, position: int) -> bool:
        return self.first <= position <= self.last


def _find_range(seen: Observations, language: Language) -> _Range:
    anchors = _anchors(seen, language)
    if not anchors:
        return _Range(0, 0, -1, ())
    titles = _find_titles(seen, language, anchors[0])
    return _Range(min((*titles, anchors[0])), anchors[0], anchors[-1], titles)


def _is_above(ranges: Mapping[Language, _Range], position: int) -> bool:
    """Whether a line stands between a headline and the first sentence below it."""
    return any(found.first <= position < found.text for found in ranges.values())


def _anchors(seen: Observations, language: Language) -> list[int]:
    """The lines of a language that are sentences; on a page without any, the longest kind of line there is."""
    for shape in (Shape.SENTENCES, Shape.LOOSE, Shape.SHORT):
        found = [
            position
            for position, line in enumerate(seen.lines)
            if language in seen.languages[position] and seen.is_open(position) and line.shape is shape
        ]
        if found:
            return found
    return []


def _find_titles(seen: Observations, language: Language, first: int) -> tuple[int, ...]:
    """The likeliest headline above the first sentence of a language, if there is one, perhaps with a second line."""
    candidates = [
        position
        for position in range(first)
        if language in seen.languages[position] and seen.is_open(position) and _may_be_title(seen, position)
    ]
    if not candidates and _is_headline(seen.lines[first]):
        return (first,)
    if not candidates:
        return ()
    best = max(candidates, key=lambda position: _title_rank(seen, position))
    return (best - 1, best) if best - 1 in candidates and not any(_title_rank(seen, best)[:2]) else (best,)


def _is_headline(line: Line) -> bool:
    return line.shape is Shape.SHORT and line.weight > limits.VERY_SHORT


def _may_be_title(seen: Observations, position: int) -> bool:
    line = seen.lines[position]
    lowest, highest = limits.TITLE_WEIGHT
    return (
        lowest < line.weight <= highest
        and position not in seen.credit_lines
        and not is_dated_teaser(line)
        and (line.block.kind is BlockKind.HEADING or not _is_name_in_both(line))
        and not is_letterhead(line.text)
    )


def _title_rank(seen: Observations, position: int) -> tuple[bool, bool, int, int]:
    line = seen.lines[position]
    text = normalise_space(line.text).lower()
    declared = len(text) >= limits.TITLE_WEIGHT[0] and text in normalise_space(seen.declared_title).lower()
    return declared, line.block.kind is BlockKind.HEADING, line.weight, position


def _weigh_alone(seen: Observations, position: int, inside: bool, votes: _Votes) -> None:
    line, credit = seen.lines[position], seen.credit_lines.get(position)
    if not seen.languages[position]:
        votes.add(limits.HARD, "no words of either language")
    elif position in seen.boilerplate:
        reason = seen.boilerplate[position]
        votes.add(limits.LINK if reason == "a link" else limits.HARD, reason)
    elif credit:
        votes.is_credit = True
        if credit.at_edges_only and line.shape is Shape.SENTENCES:
            return
        sure = not credit.at_edges_only or (credit.says_nothing_else and not inside)
        contact = credit.label in LABELS["contact"]
        certain = limits.CONTACT_LINE if contact else limits.CREDIT
        votes.add(certain if sure else limits.EDGE_CREDIT, f"credit line ({credit.label})")


def _weigh_shape(line: Line, inside: bool, votes: _Votes) -> None:
    if line.shape is Shape.SENTENCES:
        votes.add(limits.SENTENCES, "sentences")
    elif line.shape is Shape.LOOSE:
        votes.add(limits.LOOSE, "a long line without a stop")
    elif inside:
        votes.add(limits.SHORT_INSIDE, "a short line among the sentences")
    else:
        votes.add(limits.SHORT_OUTSIDE, "a short line away from the sentences")
    if line.block.kind is BlockKind.HEADING or line.bullet or _ITEM.match(line.text):
        votes.add(limits.HEADING, "a heading or an item of a list")


def _weigh_main(seen: Observations) -> list[Vote]:
    """What trafilatura took as main content, and what it left out of a language that it took."""
    found: list[Vote] = []
    for language in Language:
        lines = [position for position in range(len(seen.lines)) if language in seen.languages[position]]
        sentences = [p for p in lines if seen.lines[p].shape is Shape.SENTENCES and seen.is_open(p)]
        taken = [position for position in lines if seen.lines[position].block.in_main]
        weight = sum(seen.lines[p].weight for p in sentences if seen.lines[p].block.in_main)
        found += [(position, limits.IN_MAIN, "main content") for position in taken]
        if taken and weight >= limits.EXTRACTED * sum(seen.lines[p].weight for p in sentences):
            outside = [p for p in lines if not taken[0] < p < taken[-1] and not seen.lines[p].block.in_main]
            found += [(position, limits.OUTSIDE_MAIN, "outside the main content") for position in outside]
    return found


def _weigh_lists(seen: Observations) -> list[Vote]:
    """Lines below a heading such as "Related news", in its language, up to where prose begins again."""
    found: list[Vote] = []
    under: set[Language] = set()
    for position, line in enumerate(seen.lines):
        if is_list_heading(line) and line.shape is not Shape.SENTENCES:
            under |= seen.languages[position]
        elif under & seen.languages[position]:
            if _begins_prose(seen, position):
                under -= seen.languages[position]
            else:
                found.append((position, limits.AFTER_LIST_HEADING, "below a heading of other pages"))
    return found


def _begins_prose(seen: Observations, position: int) -> bool:
    """Whether two lines of sentences follow each other here; in lists, a headline stands before each teaser."""
    languages = seen.languages[position]
    following = list(islice((p for p in range(position, len(seen.lines)) if languages & seen.languages[p]), 2))
    return len(following) == 2 and all(seen.lines[p].shape is Shape.SENTENCES for p in following)


def _weigh_watermarked(seen: Observations) -> list[Vote]:
    """Lines after the last watermarked one, where the text carries a watermark."""
    marked = sum(line.weight for line in seen.lines if line.watermarked)
    total = sum(line.weight for line in seen.lines if line.shape is Shape.SENTENCES)
    if not marked or marked < limits.WATERMARKED * total:
        return []
    last = max(position for position, line in enumerate(seen.lines) if line.watermarked)
    reason = "after the last watermarked paragraph"
    return [(position, limits.AFTER_WATERMARKED, reason) for position in range(last + 1, len(seen.lines))]


def _weigh_very_short(seen: Observations) -> list[Vote]:
    """Runs of very short lines, as in menus and share bars, and marks of a word between two texts."""
    found: list[Vote] = []
    run: list[int] = []
    for position, line in enumerate(seen.lines):
        item = line.bullet or line.block.kind in (BlockKind.LIST_ITEM, BlockKind.HEADING)
        if not item and line.shape is Shape.SHORT and line.weight <= limits.MARK_WEIGHT:
            found.append((position, limits.MARK, "a mark between two texts"))
        if not item and line.shape is Shape.SHORT and line.weight <= limits.VERY_SHORT:
            run.append(position)
        else:
            found += _vote_on_run(seen, run)
            run = []
    return found + _vote_on_run(seen, run)


def _vote_on_run(seen: Observations, run: list[int]) -> list[Vote]:
    announced = bool(run) and run[0] > 0 and seen.lines[run[0] - 1].text.endswith((":", "："))
    if announced or len(run) < limits.VERY_SHORT_LINES:
        return []
    return [(position, limits.VERY_SHORT_RUN, "in a run of very short lines") for position in run]


def _weigh_heads(seen: Observations) -> list[Vote]:
    """Names of a site above the first sentence, headlines with dates, as in lists of news, and appeals to subscribe."""
    found: list[Vote] = []
    first = next((p for p, line in enumerate(seen.lines) if line.shape is Shape.SENTENCES), len(seen.lines))
    for position, line in enumerate(seen.lines):
        named = is_letterhead(line.text) or (line.block.kind is not BlockKind.HEADING and _is_name_in_both(line))
        if position < first and line.shape is Shape.SHORT and named:
            found.append((position, limits.LETTERHEAD, "a name above the text"))
        if is_appeal(line):
            found.append((position, limits.APPEAL, "an appeal to subscribe"))
        if is_dated_teaser(line):
            found.append((position, limits.DATED_TEASER, "a headline with its date"))
    return found


def _is_name_in_both(line: Line) -> bool:
    """Whether a line is a short name with its translation, as sites print above their headlines."""
    han, latin = count_han(line.text), 2 * count_latin_words(line.text)
    fits = 0 < han <= limits.NAME_HAN and 0 < latin <= limits.NAME_LATIN
    return fits and min(han, latin) >= 0.4 * max(han, latin)
