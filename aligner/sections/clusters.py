"""Clusters of sentences that stand together, and which of them are articles of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from aligner.records import Language, Verdict
from aligner.sections.furniture import is_list_heading
from aligner.sections.lines import Shape
from aligner.sections.passages import split_languages
from aligner.sections.scene import Scene

_TINY = 8
"""Weight up to which a line is an entry of a menu rather than a heading: 4 words or 8 characters."""
_GAP = 6.0
"""So many lines of furniture between two sentences part them into clusters."""
_HEADING_GAP = 0.3
"""A heading or list item counts as this much of a line of furniture."""
_SUBSTANTIAL = 0.2
"""A further cluster is part of the page's articles from this share of the weight of the heaviest on."""
_AFTER_LIST = 0.5
"""The same after a heading such as "Related news", where texts of other pages follow."""
_WATERMARKED = 0.5
"""Share of the sentences that must carry the watermark for its last paragraph to be the end of the article."""
_PROSE_SHARE = 0.5
"""Share of neighbouring sentences with nothing between them from which a text below a list of pages is prose."""
_SENTENCE_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class Cluster:
    """Sentences that stand together."""

    anchors: tuple[int, ...]
    """Positions of the sentences, ascending, at least one."""
    weights: Mapping[Language, int]
    """Weight of the sentences by language, as in `Line.weight`."""
    after_list: bool
    """Whether a heading such as "Related news", or the last watermarked paragraph, stands before it."""

    @property
    def weight(self) -> int:
        """Weight in both languages."""
        return sum(self.weights.values())


def find_clusters(scene: Scene) -> list[Cluster]:
    """Clusters of sentences in page order."""
    clusters: list[Cluster] = []
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


def _begins_other_text(scene: Scene, previous: int, position: int) -> bool:
    """Whether a headline and another language part two sentences: among lists, a text of its own begins there."""
    return scene.lines[previous].language is not scene.lines[position].language and any(
        scene.is_open(between) and scene.lines[between].shape is Shape.SHORT
        for between in range(previous + 1, position)
    )


def _anchors(scene: Scene) -> frozenset[int]:
    """The lines that are sentences; on a page without any, the longest kind of line there is."""
    for shapes in ((Shape.SENTENCES,), (Shape.LOOSE,), (Shape.SHORT,)):
        found = frozenset(
            position
            for position, line in enumerate(scene.lines)
            if position in scene.cells
            or (scene.is_open(position) and line.shape in shapes and line.weight >= _SENTENCE_WEIGHT)
        )
        if found:
            return found
    return frozenset()


def _end_of_watermarked(scene: Scene) -> int:
    """Position after the last watermarked line where the article carries a watermark, else -1."""
    marked = sum(line.weight for line in scene.lines if line.watermarked)
    total = sum(line.weight for line in scene.lines if line.shape is Shape.SENTENCES)
    if not marked or marked < _WATERMARKED * total:
        return -1
    return 1 + max(position for position, line in enumerate(scene.lines) if line.watermarked)


def _cluster(scene: Scene, anchors: list[int], after_list: bool) -> Cluster:
    weights: dict[Language, int] = {}
    for position in anchors:
        line = scene.lines[position]
        for run in split_languages(line.text):
            weight = line.weight * (run.end - run.start) // len(line.text)
            weights[run.language] = weights.get(run.language, 0) + weight
    return Cluster(tuple(anchors), weights, after_list)


def accept_clusters(scene: Scene, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters that are articles; the sentences of the others are judged furniture."""
    if not clusters:
        return []
    main = max(clusters, key=lambda cluster: cluster.weight * (_AFTER_LIST if cluster.after_list else 1.0))
    best = {
        language: max(clusters, key=lambda cluster: cluster.weights.get(language, 0))
        for language in Language
        if any(language in cluster.weights for cluster in clusters)
    }
    accepted: list[Cluster] = []
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


def _is_prose(scene: Scene, cluster: Cluster) -> bool:
    """Whether paragraphs follow each other; in lists of other pages, a headline stands before each teaser."""
    neighbours = sum(
        all(between in scene.credit_lines for between in range(left + 1, right))
        for left, right in pairwise(cluster.anchors)
    )
    return len(cluster.anchors) > 1 and neighbours >= _PROSE_SHARE * (len(cluster.anchors) - 1)
