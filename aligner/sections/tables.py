"""Tables with English in one column and Chinese in another."""

import re
from collections import defaultdict
from collections.abc import Sequence

from aligner.records import Language
from aligner.sections import thresholds as limits
from aligner.sections.boilerplate import plain_form
from aligner.sections.lines import Line

_HEADER = re.compile(
    r"(?:english|chinese|simplified|traditional|source|target|original|translation|translated|text|version|language"
    r"|column|en|zh|us|gb|uk|cn|hk|tw|no|number|of|the|and|中文|英文|英语|中英|汉语|简体|繁体|原文|译文|文本|版本|版|序号|编号"
    r"|语言|对照|中|英|汉|文|[\W\d_])+"
)
"""Cells made of nothing but such words say what the column holds."""


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
            if line.language is not None and _HEADER.fullmatch(plain_form(line.text)):
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
        if weight > 0 and weight >= limits.PURITY * sum(shares.values())
    }
