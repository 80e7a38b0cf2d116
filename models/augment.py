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


def add_noise(document: GoldDocument, noise: Noise, seed: int) -> GoldDocument:
    """The document with one side of some beads deleted, boilerplate put in on one side, and neighbours swapped.

    Deterministic for a seed. Beads keep their lines together; swapped ones cross in the gold, as they do in the text.
    """
    random = np.random.default_rng(seed)
    beads = [([document.en[i] for i in bead.en], [document.zh[j] for j in bead.zh]) for bead in document.gold or ()]
    beads = [_delete_side(bead, random) if random.random() < noise.delete else bead for bead in beads]
    order = list(range(len(beads)))
    for place in range(len(order) - 1):
        if random.random() < noise.swap and order[place] == place:
            order[place], order[place + 1] = order[place + 1], order[place]
    swapped_side = int(random.integers(2))
    inserted: dict[int, tuple[int, list[str]]] = {}
    for place in range(len(beads) + 1):
        if random.random() < noise.insert:
            inserted[place] = _boilerplate(random)
    return _assemble(document, beads, (order, swapped_side), inserted)


def _delete_side(bead: tuple[list[str], list[str]], random: np.random.Generator) -> tuple[list[str], list[str]]:
    return ([], bead[1]) if random.random() < 0.5 else (bead[0], [])


def _boilerplate(random: np.random.Generator) -> tuple[int, list[str]]:
    side = int(random.integers(2))
    lines = (_EN_BOILERPLATE, _ZH_BOILERPLATE)[side]
    first = int(random.integers(len(lines)))
    return side, list(lines[first : first + int(random.integers(1, 4))])


def _assemble(
    document: GoldDocument,
    beads: list[tuple[list[str], list[str]]],
    swap: tuple[list[int], int],
    inserted: dict[int, tuple[int, list[str]]],
) -> GoldDocument:
    """Lines and gold of the changed document: each side lists its beads in its own order."""
    texts: tuple[list[str], list[str]] = ([], [])
    places: list[tuple[list[int], list[int]]] = [([], []) for _ in beads]
    alone: list[tuple[int, int]] = []
    order, swapped_side = swap
    for side in (0, 1):
        for place in range(len(beads) + 1):
            if place in inserted and inserted[place][0] == side:
                alone += [(side, len(texts[side]) + extra) for extra in range(len(inserted[place][1]))]
                texts[side].extend(inserted[place][1])
            if place < len(beads):
                bead = order[place] if side == swapped_side else place
                places[bead][side].extend(range(len(texts[side]), len(texts[side]) + len(beads[bead][side])))
                texts[side].extend(beads[bead][side])
    gold = [Bead(tuple(en), tuple(zh)) for en, zh in places if en and zh]
    gold += [Bead((i,), ()) for en, zh in places if not zh for i in en]
    gold += [Bead((), (j,)) for en, zh in places if not en for j in zh]
    gold += [Bead((), (line,)) if side else Bead((line,), ()) for side, line in alone]
    return GoldDocument(document.name, tuple(texts[0]), tuple(texts[1]), tuple(gold))
