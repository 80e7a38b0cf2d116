"""Which beads of a page belong to the release and which to the site around it: one decision over the whole page.

A chain of the beads with two sides, in English order, each in one of two states, release or boilerplate (a hidden
Markov model, decoded by Viterbi). A bead's score is the sum of the priors of its two sides and of what the alignment
says; neighbours on both sides are likely to be of one kind. Credits are left out before. So a signatory below the last
sentence stays with the sentences, a footer in both languages goes with the footer, and a line alone needs to convince
by itself.
Weights are in `sections.thresholds`.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.records import AlignedPair, Bead, BlockReport, Fate, Language, Sentence, Verdict
from aligner.sections import thresholds as limits


def find_boilerplate(aligned: AlignedPair, keep_all: bool = False) -> frozenset[Bead]:
    """The beads with two sides that are boilerplate.

    :param keep_all: whether all text counts as the release, but for certain boilerplate.
    """
    two_sided = [bead for bead in aligned.alignment.beads if bead.en and bead.zh]
    credit = {bead for bead in two_sided if _is_credit(aligned, bead)}
    beads = [bead for bead in two_sided if bead not in credit]
    scores = [_score(aligned, bead) + (limits.ALL_TEXT if keep_all else 0.0) for bead in beads]
    ties = [_closeness(aligned, before, after) for before, after in pairwise(beads)]
    states = decode(scores, ties)
    return frozenset(credit | {bead for bead, release in zip(beads, states, strict=True) if not release})


def _is_credit(aligned: AlignedPair, bead: Bead) -> bool:
    """Whether either side is a credit; those stand among the text and part nothing."""
    return any(
        section.passages[sentence.paragraph].is_credit
        for section, language in ((aligned.pair.en, Language.EN), (aligned.pair.zh, Language.ZH))
        for sentence in _sentences(aligned, bead, language)
    )


def decode(scores: Sequence[float], ties: Sequence[float]) -> list[bool]:
    """The likeliest states of a chain: True for release.

    :param scores: log-odds of release for each bead.
    :param ties: closeness of each bead to the next, 0..1.
    """
    if not scores:
        return []
    best = (scores[0] + limits.ISLAND, 0.0)
    before: list[tuple[bool, bool]] = []
    for score, tie in zip(scores[1:], ties, strict=True):
        change, begin = -limits.COUPLING * tie, limits.ISLAND * (1 - tie)
        to_release = (best[1] + change + begin, best[0] + begin)
        to_boilerplate = (best[1], best[0] + change)
        before.append((to_release[1] >= to_release[0], to_boilerplate[1] >= to_boilerplate[0]))
        best = (score + max(to_release), max(to_boilerplate))
    states = [best[0] > best[1]]
    for from_release, stays_release in reversed(before):
        states.append(from_release if states[-1] else stays_release)
    return states[::-1]


def _score(aligned: AlignedPair, bead: Bead) -> float:
    """Log-odds that a bead belongs to the release: the prior of both sides, and how sure the alignment is."""
    confidence = min(max(bead.confidence, 1e-6), 1 - 1e-6)
    logit = math.log(confidence / (1 - confidence))
    margin = (bead.margin - limits.SURE_MARGIN) * 10
    return (
        _prior(aligned, bead, Language.EN)
        + _prior(aligned, bead, Language.ZH)
        + limits.CONFIDENCE_WEIGHT * min(limits.MOST_LOGIT, max(-limits.MOST_LOGIT, logit))
        + limits.MARGIN_WEIGHT * min(limits.MOST_MARGIN, max(-limits.MOST_MARGIN, margin))
    )


def _prior(aligned: AlignedPair, bead: Bead, language: Language) -> float:
    """The least prior of the lines of one side."""
    section = aligned.pair.en if language is Language.EN else aligned.pair.zh
    return min(section.passages[sentence.paragraph].prior for sentence in _sentences(aligned, bead, language))


def _closeness(aligned: AlignedPair, before: Bead, after: Bead) -> float:
    """How near two beads are on the side where they are farther apart, 1 for the same or the next line.

    Lines of the other language between them count where one side has more of them than the other: so a line below the
    second half of a page, in the language of the first, is far from that half.
    """
    gaps, between = [], []
    for section, language in ((aligned.pair.en, Language.EN), (aligned.pair.zh, Language.ZH)):
        last = _sentences(aligned, before, language)[-1].paragraph
        first = _sentences(aligned, after, language)[0].paragraph
        gap = first - last
        gaps.append(max(0, gap - 1) if gap >= 0 else 2 - gap)
        between.append(abs(section.passages[first].block - section.passages[last].block) - abs(gap))
    gaps.append(abs(between[0] - between[1]) - 1)
    return math.exp(-max(gaps) / limits.NEAR_LINES)


def _sentences(aligned: AlignedPair, bead: Bead, language: Language) -> list[Sentence]:
    if language is Language.EN:
        return [aligned.en[index] for index in bead.en]
    return [aligned.zh[index] for index in bead.zh]


def settle_reports(
    reports: Sequence[BlockReport], pairs: Sequence[AlignedPair], language: Language | None = None
) -> tuple[BlockReport, ...]:
    """The reports of the blocks with what the other language said about each.

    :param language: the language of the file, where each has its own; else the blocks of one page hold both.
    """
    release: dict[int, set[tuple[int, int]]] = {}
    dropped: set[int] = set()
    alone: set[int] = set()
    for pair in pairs:
        if not any(pair.written()) and not pair.count(Fate.REPEATED):
            continue
        boilerplate = {each.bead for each in pair.outcomes if each.fate is Fate.BOILERPLATE}
        for bead in pair.alignment.beads:
            for side in Language if language is None else (language,):
                section = pair.pair.en if side is Language.EN else pair.pair.zh
                for sentence in _sentences(pair, bead, side):
                    passage = section.passages[sentence.paragraph]
                    if not (bead.en and bead.zh):
                        alone.add(passage.block)
                    elif bead in boilerplate:
                        dropped.add(passage.block)
                    else:
                        release.setdefault(passage.block, set()).add((passage.start, passage.end))
    return tuple(_settle(report, release.get(report.block, set()), dropped, alone) for report in reports)


def _settle(report: BlockReport, release: set[tuple[int, int]], dropped: set[int], alone: set[int]) -> BlockReport:
    if release:
        verdict = report.verdict if report.verdict in (Verdict.TITLE, Verdict.ARTICLE) else Verdict.ARTICLE
        kept = tuple(sorted(release | set(report.kept)))
        return replace(report, verdict=verdict, kept=kept, other_language="its translation stands in its place")
    if report.block in dropped:
        other = "paired with boilerplate" if report.kept else "has a translation, which is boilerplate too"
        return replace(report, other_language=other)
    if report.block in alone:
        if 0 < report.prior <= limits.ALONE:
            return replace(report, verdict=Verdict.FURNITURE, kept=(), other_language="no counterpart")
        return replace(report, other_language="no counterpart")
    return report
