"""Which lines are the article: clusters of sentences, the headline above them, and what hangs on below.

Sentences decide. Lines that end as sentences do are brought together into clusters; headings, lists and quotations
between them belong to the article as well; what stands before or after needs a reason to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.records import BlockKind, Language, Verdict
from aligner.sections.cues import LABELS
from aligner.sections.furniture import is_dated_teaser, is_letterhead, is_list_heading
from aligner.sections.lines import Line, Shape, ends_sentence
from aligner.sections.metadata import Credit
from aligner.sections.passages import split_languages
from aligner.text import count_han, count_latin_words, normalise_space

_TINY = 8
"""Weight up to which a line is an entry of a menu rather than a heading: 4 words or 8 characters."""
_TINY_RUN = 4
_MARK_WEIGHT = 2
"""A line of one word or two characters, where one language gives way to the other, ends or opens a text."""
_CONTACT_LINES = 8
_CONTACT_WEIGHT = 12
"""A name with a position, in a contact, weighs no more than this: 6 words."""
_GAP = 6.0
"""So many lines of furniture between two sentences part them into clusters."""
_HEADING_GAP = 0.3
"""A heading or list item counts as this much of a line of furniture."""
_SUBSTANTIAL = 0.2
"""A further cluster is part of the page's articles from this share of the weight of the heaviest on."""
_AFTER_LIST = 0.5
"""The same after a heading such as "Related news", where texts of other pages follow."""
_WATERMARKED = 0.5
_PROSE_SHARE = 0.5
_EXTRACTED = 0.6
"""The main-content extractor is believed about a language if it took this share of its sentences: on pages in two
languages it may take only one."""
_NAME_HAN, _NAME_LATIN = 6, 10
"""A name of a site or column in both languages has no more than 6 characters and 5 words; a headline has more."""
_TITLE_WEIGHT = (4, 80)
"""From two words or four characters to forty words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a line was taken as, and a short clause that says why."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Sentences that stand together: positions of the first and last, weight by language."""

    anchors: tuple[int, ...]
    weights: Mapping[Language, int]
    after_list: bool

    @property
    def weight(self) -> int:
        return sum(self.weights.values())


class _Scene:
    """The lines of a page and what has been decided about them so far."""

    def __init__(
        self,
        lines: Sequence[Line],
        furniture: Mapping[int, str],
        credit_lines: Mapping[int, Credit],
        cells: frozenset[int],
        declared_title: str,
    ) -> None:
        self.lines = lines
        self.furniture = furniture
        self.credit_lines = credit_lines
        self.cells = cells
        self.declared_title = normalise_space(declared_title).lower()
        self.judgements: dict[int, Judgement] = {}
        self.rejected: set[int] = set()
        """Sentences of clusters that are not the article."""

    def is_open(self, position: int) -> bool:
        """Whether the line may still become article text."""
        return position not in self.judgements

    def is_credit(self, position: int) -> bool:
        """Whether the line is a credit wherever it stands."""
        credit = self.credit_lines.get(position)
        return credit is not None and not credit.at_edges_only

    def judge(self, position: int, verdict: Verdict, reason: str) -> None:
        self.judgements.setdefault(position, Judgement(verdict, reason))


def judge_lines(
    lines: Sequence[Line],
    furniture: Mapping[int, str],
    credit_lines: Mapping[int, Credit],
    cells: frozenset[int],
    declared_title: str = "",
) -> list[Judgement]:
    """One judgement for each of `lines`.

    :param furniture: positions that are furniture by themselves, with the reason.
    :param credit_lines: positions that are credit lines, or would be at the edge of an article.
    :param cells: positions of the cells of bilingual tables: article text whatever they look like.
    :param declared_title: what the container says the title is.
    """
    scene = _Scene(lines, furniture, credit_lines, cells, declared_title)
    _judge_alone(scene)
    _judge_outside_main(scene)
    clusters = _accepted(scene, _clusters(scene))
    _judge_interiors(scene, clusters)
    _judge_heads(scene, clusters)
    _judge_tails(scene, clusters)
    for position in range(len(lines)):
        if position in credit_lines:
            scene.judge(position, Verdict.METADATA, f"credit line ({credit_lines[position].label})")
        scene.judge(position, Verdict.FURNITURE, "away from the article")
    return [scene.judgements[position] for position in range(len(lines))]


def _judge_alone(scene: _Scene) -> None:
    for position, line in enumerate(scene.lines):
        if line.watermarked and not line.text:
            scene.judge(position, Verdict.WATERMARK, "only the text repeated on other paragraphs")
        elif position in scene.cells:
            scene.judge(position, Verdict.ARTICLE, "cell of a table in both languages")
        elif scene.is_credit(position):
            scene.judge(position, Verdict.METADATA, f"credit line ({scene.credit_lines[position].label})")
        elif position in scene.furniture:
            scene.judge(position, Verdict.FURNITURE, scene.furniture[position])
    _judge_contacts(scene)


def _judge_outside_main(scene: _Scene) -> None:
    """Sentences that the main-content extractor left out, beyond furniture from those that it took, are furniture."""
    for language in Language:
        sentences = [
            position
            for position, line in enumerate(scene.lines)
            if line.language is language and line.shape is Shape.SENTENCES and scene.is_open(position)
        ]
        taken = [position for position in sentences if scene.lines[position].block.in_main]
        weight = sum(scene.lines[position].weight for position in taken)
        if not taken or weight < _EXTRACTED * sum(scene.lines[position].weight for position in sentences):
            continue
        for outside in (reversed(range(taken[0])), range(taken[-1] + 1, len(scene.lines))):
            beyond = False
            for position in outside:
                beyond = beyond or position in scene.furniture
                line = scene.lines[position]
                if beyond and line.language is language and line.shape is Shape.SENTENCES and not line.block.in_main:
                    scene.judge(position, Verdict.FURNITURE, "outside the main content")


def _judge_contacts(scene: _Scene) -> None:
    """Names and numbers below a line such as "Media contact:" are credits with it."""
    language: Language | None = None
    left = 0
    for position, line in enumerate(scene.lines):
        credit = scene.credit_lines.get(position)
        if credit and credit.opens_contacts:
            language, left = line.language, _CONTACT_LINES
            scene.judge(position, Verdict.METADATA, f"credit line ({credit.label})")
        elif left and line.shape in (Shape.SHORT, Shape.WORDLESS) and (credit or _is_name(scene, position, language)):
            left -= 1
            scene.judge(position, Verdict.METADATA, "part of a contact")
        else:
            left = 0


def _is_name(scene: _Scene, position: int, language: Language | None) -> bool:
    """Whether a line in a contact is a name: short, or with a telephone number below it."""
    line, following = scene.lines[position], scene.credit_lines.get(position + 1)
    numbered = following is not None and following.label in LABELS["contact"]
    return (numbered or line.weight <= _CONTACT_WEIGHT) and line.language in (None, language)


def _clusters(scene: _Scene) -> list[_Cluster]:
    """Clusters of sentences in page order."""
    clusters: list[_Cluster] = []
    anchors: list[int] = []
    gap, after_list, broken = 0.0, False, False
    ends_at = _end_of_watermarked(scene)
    chosen = _anchors(scene)
    for position, line in enumerate(scene.lines):
        broken = broken or position == ends_at
        if position in chosen:
            if anchors and (gap >= _GAP or broken or (after_list and _begins_other_text(scene, anchors[-1], position))):
                clusters.append(_cluster(scene, anchors, after_list))
                anchors, after_list = [], broken or after_list
            anchors.append(position)
            gap, broken = 0.0, False
        elif is_list_heading(line) and anchors:
            broken = True
        elif not scene.is_credit(position):
            furniture = position in scene.furniture or (line.weight <= _TINY and not line.bullet)
            gap += 1.0 if furniture else _HEADING_GAP
    if anchors:
        clusters.append(_cluster(scene, anchors, after_list))
    return clusters


def _begins_other_text(scene: _Scene, previous: int, position: int) -> bool:
    """Whether a headline and another language part two sentences: among lists, a text of its own begins there."""
    return scene.lines[previous].language is not scene.lines[position].language and any(
        scene.is_open(between) and scene.lines[between].shape is Shape.SHORT
        for between in range(previous + 1, position)
    )


def _anchors(scene: _Scene) -> frozenset[int]:
    """The lines that are sentences; on a page without any, the longest kind of line there is."""
    for shapes in ((Shape.SENTENCES,), (Shape.LOOSE,), (Shape.SHORT,)):
        found = frozenset(
            position
            for position, line in enumerate(scene.lines)
            if position in scene.cells
            or (scene.is_open(position) and line.shape in shapes and line.weight >= _TITLE_WEIGHT[0])
        )
        if found:
            return found
    return frozenset()


def _end_of_watermarked(scene: _Scene) -> int:
    """Position after the last watermarked line where the article carries a watermark, else -1."""
    marked = sum(line.weight for line in scene.lines if line.watermarked)
    total = sum(line.weight for line in scene.lines if line.shape is Shape.SENTENCES)
    if not marked or marked < _WATERMARKED * total:
        return -1
    return 1 + max(position for position, line in enumerate(scene.lines) if line.watermarked)


def _cluster(scene: _Scene, anchors: list[int], after_list: bool) -> _Cluster:
    weights: dict[Language, int] = {}
    for position in anchors:
        line = scene.lines[position]
        for run in split_languages(line.text):
            weight = line.weight * (run.end - run.start) // len(line.text)
            weights[run.language] = weights.get(run.language, 0) + weight
    return _Cluster(tuple(anchors), weights, after_list)


def _accepted(scene: _Scene, clusters: list[_Cluster]) -> list[_Cluster]:
    """The clusters that are articles; the sentences of the others are judged furniture."""
    if not clusters:
        return []
    main = max(clusters, key=lambda cluster: cluster.weight * (_AFTER_LIST if cluster.after_list else 1.0))
    best = {
        language: max(clusters, key=lambda cluster: cluster.weights.get(language, 0))
        for language in Language
        if any(language in cluster.weights for cluster in clusters)
    }
    accepted: list[_Cluster] = []
    for cluster in clusters:
        first_of_language = any(best[language] is cluster for language in cluster.weights) and not any(
            language in earlier.weights for earlier in accepted for language in cluster.weights
        )
        share = _AFTER_LIST if cluster.after_list and not first_of_language else _SUBSTANTIAL
        lone = cluster.after_list and not _is_prose(scene, cluster)
        if cluster is main or (cluster.weight >= share * main.weight and not lone):
            accepted.append(cluster)
            continue
        reason = "follows the end of the article" if cluster.after_list else "a few sentences away from the article"
        scene.rejected.update(cluster.anchors)
        for position in cluster.anchors:
            scene.judge(position, Verdict.FURNITURE, reason)
    return accepted


def _is_prose(scene: _Scene, cluster: _Cluster) -> bool:
    """Whether paragraphs follow each other; in lists of other pages, a headline stands before each teaser."""
    neighbours = sum(
        all(between in scene.credit_lines for between in range(left + 1, right))
        for left, right in pairwise(cluster.anchors)
    )
    return len(cluster.anchors) > 1 and neighbours >= _PROSE_SHARE * (len(cluster.anchors) - 1)


def _judge_interiors(scene: _Scene, clusters: list[_Cluster]) -> None:
    for cluster in clusters:
        anchors = cluster.anchors
        for position in anchors:
            scene.judge(position, Verdict.ARTICLE, "sentences")
        for left, right in pairwise(anchors):
            between = [position for position in range(left + 1, right) if position not in scene.judgements]
            switches = scene.lines[left].language is not scene.lines[right].language
            _judge_between(scene, between, switches)


def _judge_between(scene: _Scene, between: list[int], switches: bool) -> None:
    """Lines between two sentences of an article; `switches`: the language changes here, so that one text may end."""
    if switches:
        for position in between:
            if position in scene.credit_lines:
                scene.judge(position, Verdict.METADATA, f"credit line ({scene.credit_lines[position].label})")
            elif scene.lines[position].weight <= _MARK_WEIGHT and not scene.lines[position].bullet:
                scene.judge(position, Verdict.FURNITURE, "a mark between two texts")
    _drop_menus(scene, between)
    for position in between:
        scene.judge(position, Verdict.ARTICLE, "between the sentences of the article")


def _drop_menus(scene: _Scene, positions: Sequence[int]) -> None:
    """Judges runs of very short lines, as in menus and share bars, furniture."""
    run: list[int] = []
    for position in [*positions, -1]:
        line = scene.lines[position]
        tiny = position >= 0 and line.weight <= _TINY and line.shape is Shape.SHORT and position not in scene.cells
        if tiny and not (run and scene.lines[run[-1]].text.endswith((":", "："))):
            run.append(position)
            continue
        if len(run) >= _TINY_RUN:
            for entry in run:
                scene.judge(entry, Verdict.FURNITURE, "in a run of very short lines")
        run = []


def _judge_heads(scene: _Scene, clusters: list[_Cluster]) -> None:
    """Headlines above each cluster, and what stands above and below them."""
    languages = {language for cluster in clusters for language in cluster.weights}
    before = -1
    for cluster in clusters:
        first = cluster.anchors[0]
        start = _start_of_head(scene, before + 1, first)
        zone = [position for position in range(start, first) if position not in scene.judgements]
        before = cluster.anchors[-1]
        for position in zone:
            if position in scene.credit_lines:
                scene.judge(position, Verdict.METADATA, f"credit line ({scene.credit_lines[position].label})")
        titles = _titles(scene, [position for position in zone if position not in scene.judgements], languages)
        for position in titles:
            scene.judge(position, Verdict.TITLE, "headline above the text")
        if not titles:
            continue
        below = [position for position in zone if position > titles[0] and position not in scene.judgements]
        _drop_menus(scene, below)
        for position in below:
            if scene.lines[position].language in languages:
                scene.judge(position, Verdict.ARTICLE, "between headline and text")


def _start_of_head(scene: _Scene, start: int, first: int) -> int:
    """Where the lines above an article begin: below the last list of other pages, and the last text not taken."""
    ends = (
        position + 1
        for position in range(start, first)
        if position in scene.rejected or (position in scene.furniture and is_list_heading(scene.lines[position]))
    )
    return max(ends, default=start)


def _titles(scene: _Scene, zone: list[int], languages: set[Language]) -> list[int]:
    """Positions of the headline and perhaps its translation among the lines above an article, in page order."""
    lowest, highest = _TITLE_WEIGHT
    candidates = [
        position
        for position in zone
        if lowest <= scene.lines[position].weight <= highest
        and scene.lines[position].language in languages
        and not is_dated_teaser(scene.lines[position])
        and (scene.lines[position].block.kind is BlockKind.HEADING or not _is_name_in_both(scene.lines[position]))
        and not is_letterhead(scene.lines[position].text)
    ]
    if not candidates:
        return []
    best = max(candidates, key=lambda position: _title_rank(scene, position))
    titles = [best]
    others = [
        position
        for position in candidates
        if scene.lines[position].language is not scene.lines[best].language
        and scene.lines[position].weight >= 0.3 * scene.lines[best].weight
        and scene.lines[position].weight >= 2 * lowest
        and abs(candidates.index(position) - candidates.index(best)) <= 2
        and scene.furniture.keys().isdisjoint(range(min(best, position), max(best, position)))
    ]
    if others:
        titles.append(max(others, key=lambda position: _title_rank(scene, position)))
    return sorted(titles)


def _is_name_in_both(line: Line) -> bool:
    """Whether a line is a short name with its translation, as sites print above their headlines."""
    han, latin = count_han(line.text), 2 * count_latin_words(line.text)
    return 0 < han <= _NAME_HAN and 0 < latin <= _NAME_LATIN and min(han, latin) >= 0.4 * max(han, latin)


def _title_rank(scene: _Scene, position: int) -> tuple[bool, bool, int, int]:
    line = scene.lines[position]
    text = normalise_space(line.text).lower()
    declared = len(text) >= 6 and text in scene.declared_title
    return declared, line.block.kind is BlockKind.HEADING, line.weight, position


def _judge_tails(scene: _Scene, clusters: list[_Cluster]) -> None:
    """What follows the last sentence: the end of a list that an open colon announced, or nothing of the article."""
    starts = [cluster.anchors[0] for cluster in clusters[1:]] + [len(scene.lines)][: len(clusters)]
    for cluster, end in zip(clusters, starts, strict=True):
        open_list = False
        previous = cluster.anchors[-1]
        for position in range(previous + 1, end):
            line = scene.lines[position]
            if position in scene.credit_lines:
                scene.judge(position, Verdict.METADATA, f"credit line ({scene.credit_lines[position].label})")
            if position in scene.judgements:
                if scene.judgements[position].verdict is Verdict.FURNITURE:
                    break
                continue
            if open_list or _goes_on(scene, line, previous, position):
                scene.judge(position, Verdict.ARTICLE, "goes on after the last full sentence")
            else:
                scene.judge(position, Verdict.FURNITURE, "after the last sentence of the article")
            open_list = open_list or line.text.endswith((":", "："))


def _goes_on(scene: _Scene, line: Line, previous: int, position: int) -> bool:
    """Whether a line after the last sentence is still text: a paragraph without its stop, or what opens a list."""
    if line.block.in_main and line.block.link_share < 0.3:
        return True
    adjacent = all(between in scene.credit_lines for between in range(previous + 1, position))
    whole = line.shape is Shape.LOOSE and not line.text.rstrip().endswith(("...", "…"))
    return adjacent and (whole or ends_sentence(line.text) or line.text.endswith((":", "：")))
