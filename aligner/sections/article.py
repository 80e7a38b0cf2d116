"""Which lines are the article: clusters of sentences, the headline above them, and what hangs on below.

Sentences decide. Lines that end as sentences do are brought together into clusters; headings, lists and quotations
between them belong to the article as well; what stands before or after needs a reason to.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from aligner.records import Language, Verdict
from aligner.sections.clusters import Cluster, accept_clusters, find_clusters
from aligner.sections.cues import LABELS
from aligner.sections.furniture import is_list_heading
from aligner.sections.lines import Line, Shape, ends_sentence
from aligner.sections.metadata import Credit
from aligner.sections.scene import Judgement, Scene
from aligner.sections.titles import find_titles

_TINY = 8
"""Weight up to which a line is an entry of a menu rather than a heading: 4 words or 8 characters."""
_TINY_RUN = 4
_MARK_WEIGHT = 2
"""A line of one word or two characters, where one language gives way to the other, ends or opens a text."""
_CONTACT_LINES = 8
_CONTACT_WEIGHT = 12
"""A name with a position, in a contact, weighs no more than this: 6 words."""
_EXTRACTED = 0.6
"""The main-content extractor is believed about a language if it took this share of its sentences: on pages in two
languages it may take only one."""


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
    scene = Scene(lines, furniture, credit_lines, cells, declared_title)
    _judge_alone(scene)
    _judge_outside_main(scene)
    clusters = accept_clusters(scene, find_clusters(scene))
    _judge_interiors(scene, clusters)
    _judge_heads(scene, clusters)
    _judge_tails(scene, clusters)
    for position in range(len(lines)):
        if position in credit_lines:
            scene.judge(position, Verdict.METADATA, f"credit line ({credit_lines[position].label})")
        scene.judge(position, Verdict.FURNITURE, "away from the article")
    return [scene.judgements[position] for position in range(len(lines))]


def _judge_alone(scene: Scene) -> None:
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


def _judge_outside_main(scene: Scene) -> None:
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


def _judge_contacts(scene: Scene) -> None:
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


def _is_name(scene: Scene, position: int, language: Language | None) -> bool:
    """Whether a line in a contact is a name: short, or with a telephone number below it."""
    line, following = scene.lines[position], scene.credit_lines.get(position + 1)
    numbered = following is not None and following.label in LABELS["contact"]
    return (numbered or line.weight <= _CONTACT_WEIGHT) and line.language in (None, language)


def _judge_interiors(scene: Scene, clusters: list[Cluster]) -> None:
    for cluster in clusters:
        anchors = cluster.anchors
        for position in anchors:
            scene.judge(position, Verdict.ARTICLE, "sentences")
        for left, right in pairwise(anchors):
            between = [position for position in range(left + 1, right) if position not in scene.judgements]
            switches = scene.lines[left].language is not scene.lines[right].language
            _judge_between(scene, between, switches)


def _judge_between(scene: Scene, between: list[int], switches: bool) -> None:
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


def _drop_menus(scene: Scene, positions: Sequence[int]) -> None:
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


def _judge_heads(scene: Scene, clusters: list[Cluster]) -> None:
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
        titles = find_titles(scene, [position for position in zone if position not in scene.judgements], languages)
        for position in titles:
            scene.judge(position, Verdict.TITLE, "headline above the text")
        if not titles:
            continue
        below = [position for position in zone if position > titles[0] and position not in scene.judgements]
        _drop_menus(scene, below)
        for position in below:
            if scene.lines[position].language in languages:
                scene.judge(position, Verdict.ARTICLE, "between headline and text")


def _start_of_head(scene: Scene, start: int, first: int) -> int:
    """Where the lines above an article begin: below the last list of other pages, and the last text not taken."""
    ends = (
        position + 1
        for position in range(start, first)
        if position in scene.rejected or (position in scene.furniture and is_list_heading(scene.lines[position]))
    )
    return max(ends, default=start)


def _judge_tails(scene: Scene, clusters: list[Cluster]) -> None:
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


def _goes_on(scene: Scene, line: Line, previous: int, position: int) -> bool:
    """Whether a line after the last sentence is still text: a paragraph without its stop, or what opens a list."""
    if line.block.in_main and line.block.link_share < 0.3:
        return True
    adjacent = all(between in scene.credit_lines for between in range(previous + 1, position))
    whole = line.shape is Shape.LOOSE and not line.text.rstrip().endswith(("...", "…"))
    return adjacent and (whole or ends_sentence(line.text) or line.text.endswith((":", "：")))
