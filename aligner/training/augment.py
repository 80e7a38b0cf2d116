"""Documents for training made from aligned ones: what news pages do to translations and novels hardly show."""

from dataclasses import dataclass

import numpy as np

from aligner.evaluation import GoldDocument
from aligner.records import Bead

_EN_BOILERPLATE = (
    "For media enquiries, please contact the press office.",
    "This press release is also available on our website.",
    "Follow us on social media for the latest news.",
    "All rights reserved. No part of this page may be reproduced without permission.",
    "Photographs are available on request.",
    "About the company",
    "Founded in 1998, the group employs more than 4,000 people in eleven countries.",
    "This release contains forward-looking statements that involve risks and uncertainties.",
    "Actual results may differ materially from those expressed or implied.",
    "Reporting by the newsroom; editing by the night desk.",
    "Sign up for our weekly newsletter.",
    "Click here to read the full report.",
    "Share this article",
    "Related stories",
    "The original text was published in Chinese; in case of doubt the Chinese version prevails.",
    "Notes to editors",
)
_ZH_BOILERPLATE = (
    "如有媒体查询，请联络本公司新闻处。",
    "本新闻稿同时刊载于本公司网站。",
    "欢迎关注我们的官方微信公众号，获取最新资讯。",
    "版权所有，未经许可不得转载。",
    "（责任编辑：值班编辑）",
    "关于我们",
    "集团成立于1998年，业务遍及十一个国家和地区，现有员工四千余人。",
    "本新闻稿包含前瞻性陈述，涉及风险及不确定因素。",
    "实际结果可能与陈述所明示或暗示者存在重大差异。",
    "扫描二维码分享到朋友圈",
    "点击查看更多精彩内容",
    "相关阅读",
    "声明：本文仅代表作者观点，不代表本网立场。",
    "来源：本报综合报道",
    "如中英文版本有歧异，概以中文版本为准。",
    "编者按",
)


_EN, _ZH = 0, 1
"""Sides, as indices."""
_PARAGRAPH_ENDS = 0.45
"""Share of beads that a paragraph starts with; a headline, a caption and a lead are one each."""
_PARAGRAPHS_DIFFER = 0.04
"""Share of beads at which one side has a paragraph break and the other has none."""
_PARAGRAPH_INSIDE = 0.02
"""Share of lines, but for the first, of a side of a bead that start a paragraph."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Shares of the beads that each change is made to, 0..1."""

    delete: float = 0.0
    insert: float = 0.0
    swap: float = 0.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document to learn from, and the paragraph of each of its lines where they are known."""

    document: GoldDocument
    en_paragraphs: tuple[int, ...] | None = None
    zh_paragraphs: tuple[int, ...] | None = None


def add_paragraphs(document: GoldDocument, seed: int) -> Lesson:
    """The document with paragraphs of one or more beads, as pages have them: mostly the same on both sides.

    Deterministic for a seed.
    """
    random = np.random.default_rng(seed)
    sides = {"en": [0] * len(document.en), "zh": [0] * len(document.zh)}
    for bead in document.gold or ():
        breaks = random.random() < _PARAGRAPH_ENDS
        for side, lines in (("en", bead.en), ("zh", bead.zh)):
            differs = random.random() < _PARAGRAPHS_DIFFER
            for place, line in enumerate(lines):
                inside = place > 0 and random.random() < _PARAGRAPH_INSIDE
                sides[side][line] = int(inside or (place == 0 and breaks != differs))
    en, zh = (tuple(int(number) for number in np.cumsum(starts)) for starts in sides.values())
    return Lesson(document, en, zh)


def add_noise(lesson: Lesson, noise: Noise, seed: int) -> Lesson:
    """The document with one side of some beads deleted, boilerplate put in on one side, and neighbours swapped.

    Deterministic for a seed. Swapped beads cross in the gold, as they do in the text. Where paragraphs are known, lines
    take theirs with them, and each line that is put in is one of its own.
    """
    random = np.random.default_rng(seed)
    beads = lesson.document.gold or ()
    lost = [_choose_side(random) if random.random() < noise.delete else None for _ in beads]
    swapped: list[int] = []
    for bead in range(len(beads) - 1):
        if random.random() < noise.swap and bead - 1 not in swapped:
            swapped.append(bead)
    swapped_side = int(random.integers(2))
    inserted: dict[int, tuple[int, tuple[str, ...]]] = {}
    for bead in range(len(beads) + 1):
        if random.random() < noise.insert:
            inserted[bead] = _choose_boilerplate(random)
    sides = [
        _edit(
            lines,
            swapped if side == swapped_side else [],
            {bead: texts for bead, (where, texts) in inserted.items() if where == side},
            {bead for bead, where in enumerate(lost) if where == side},
        )
        for side, lines in enumerate(_list_lines(lesson))
    ]
    return _assemble(lesson, sides[0], sides[1])


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    paragraph: int | None = None
    """None of what was put in."""
    bead: int | None = None
    """None of what was put in, and of lines that the gold does not mention: they have no counterpart."""


def _list_lines(lesson: Lesson) -> tuple[list[_Line], list[_Line]]:
    """The English and the Chinese lines."""
    document = lesson.document
    owners: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, bead in enumerate(document.gold or ()):
        owners[_EN].update(dict.fromkeys(bead.en, number))
        owners[_ZH].update(dict.fromkeys(bead.zh, number))
    en, zh = (
        [_Line(text, paragraphs[line] if paragraphs else 0, owner.get(line)) for line, text in enumerate(texts)]
        for texts, paragraphs, owner in (
            (document.en, lesson.en_paragraphs, owners[_EN]),
            (document.zh, lesson.zh_paragraphs, owners[_ZH]),
        )
    )
    return en, zh


def _choose_side(random: np.random.Generator) -> int:
    return _EN if random.random() < 0.5 else _ZH


def _choose_boilerplate(random: np.random.Generator) -> tuple[int, tuple[str, ...]]:
    side = int(random.integers(2))
    texts = (_EN_BOILERPLATE, _ZH_BOILERPLATE)[side]
    first = int(random.integers(len(texts)))
    return side, texts[first : first + int(random.integers(1, 4))]


def _edit(lines: list[_Line], swapped: list[int], inserted: dict[int, tuple[str, ...]], lost: set[int]) -> list[_Line]:
    """One side, changed.

    :param swapped: beads whose lines change places with those of the next one.
    :param inserted: texts by the bead that they are put before.
    :param lost: beads whose lines are deleted.
    """
    beads = [line.bead for line in lines]
    for bead in swapped:  # no two of these pairs share a bead, so that the places of the others stay
        first = [place for place, owner in enumerate(beads) if owner == bead]
        second = [place for place, owner in enumerate(beads) if owner == bead + 1]
        both = first + second
        if first and second and both == list(range(both[0], both[0] + len(both))):
            lines = [*lines[: both[0]], *(lines[place] for place in second + first), *lines[both[-1] + 1 :]]
    put_in: list[list[_Line]] = [[] for _ in range(len(lines) + 1)]
    for bead, texts in inserted.items():
        put_in[sum(owner is not None and owner < bead for owner in beads)] += [_Line(text) for text in texts]
    out: list[_Line] = []
    for place in range(len(lines) + 1):
        out += put_in[place]
        out += [line for line in lines[place : place + 1] if line.bead not in lost]
    return out


def _assemble(lesson: Lesson, en: list[_Line], zh: list[_Line]) -> Lesson:
    """The document of these lines, with the gold that their beads make."""
    places: list[tuple[list[int], list[int]]] = [([], []) for _ in lesson.document.gold or ()]
    gold = []
    for side, lines in enumerate((en, zh)):
        for place, line in enumerate(lines):
            if line.bead is None:
                gold.append(Bead((), (place,)) if side == _ZH else Bead((place,), ()))
            else:
                places[line.bead][side].append(place)
    gold += [Bead(tuple(en), tuple(zh)) for en, zh in places if en and zh]
    gold += [Bead((i,), ()) for en, zh in places if not zh for i in en]
    gold += [Bead((), (j,)) for en, zh in places if not en for j in zh]
    texts = tuple(line.text for line in en), tuple(line.text for line in zh)
    document = GoldDocument(lesson.document.name, *texts, tuple(gold))
    if lesson.en_paragraphs is None:
        return Lesson(document)
    return Lesson(document, _number_paragraphs(en), _number_paragraphs(zh))


def _number_paragraphs(lines: list[_Line]) -> tuple[int, ...]:
    """The paragraph of each line, counted from 0; one starts with each line that was put in or is of another one."""
    starts = [
        place > 0 and (line.paragraph is None or line.paragraph != lines[place - 1].paragraph)
        for place, line in enumerate(lines)
    ]
    return tuple(np.cumsum(starts, dtype=int).tolist())
