"""Tables with English in one column and Chinese in another."""

from collections import defaultdict
from collections.abc import Sequence

from aligner.records import Language
from aligner.sections.furniture import plain_form
from aligner.sections.lines import Line

_PURITY = 0.8
"""Share of a column's weight that must be in its language."""
_HEADER_WORDS = frozenset({
    "english", "chinese", "chinese (simplified)", "chinese (traditional)", "simplified chinese", "traditional chinese",
    "source", "target", "original", "translation", "en", "zh", "en-us", "en-gb", "zh-cn", "zh-hk", "zh-tw",
    "中文", "英文", "英语", "汉语", "原文", "译文", "简体中文", "繁体中文", "中文(简体)", "中文(繁体)",
    "英", "中",
    "english 英文", "chinese 中文", "english 英语", "中文 chinese", "英文 english", "english version", "chinese version",
    "英文版", "中文版", "no.", "no", "#", "序号", "编号", "language", "语言",
})  # fmt: skip


def find_bilingual_cells(lines: Sequence[Line]) -> tuple[frozenset[int], dict[int, str]]:
    """Positions of the cells of bilingual tables that are text, and reasons for those of their cells that are not."""
    tables: dict[int, list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        if line.block.table is not None:
            tables[line.block.table].append(position)
    text: set[int] = set()
    other: dict[int, str] = {}
    for positions in tables.values():
        languages = _column_languages([lines[position] for position in positions])
        if set(languages.values()) != {Language.EN, Language.ZH}:
            continue
        for position in positions:
            line = lines[position]
            if plain_form(line.text).strip(" :*") in _HEADER_WORDS:
                other[position] = "header of a column"
            elif line.language is None:
                other[position] = "no words"
            elif line.block.column in languages:
                text.add(position)
    return frozenset(text), other


def _column_languages(cells: Sequence[Line]) -> dict[int, Language]:
    """The language of each column that has one."""
    weights: dict[int, dict[Language, int]] = defaultdict(lambda: dict.fromkeys(Language, 0))
    for cell in cells:
        if cell.block.column is not None and cell.language is not None:
            weights[cell.block.column][cell.language] += cell.weight
    return {
        column: language
        for column, shares in weights.items()
        for language, weight in shares.items()
        if weight > 0 and weight >= _PURITY * sum(shares.values())
    }
