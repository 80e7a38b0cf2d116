"""The headline above an article, and perhaps its translation."""

from aligner.records import BlockKind, Language
from aligner.sections.furniture import is_dated_teaser, is_letterhead
from aligner.sections.lines import Line
from aligner.sections.scene import Scene
from aligner.text.characters import count_han, count_latin_words, normalise_space

_NAME_HAN, _NAME_LATIN = 6, 10
"""A name of a site or column in both languages has no more than 6 characters and 5 words; a headline has more."""
_TITLE_WEIGHT = (4, 80)
"""From two words or four characters to forty words."""


def find_titles(scene: Scene, zone: list[int], languages: set[Language]) -> list[int]:
    """Positions of the headline, a second line of it, and perhaps its translation, among the lines above an article, in
    page order.
    """
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
    titles = [best, best - 1] if best - 1 in candidates and _is_second_line(scene, best) else [best]
    others = [
        position
        for position in candidates
        if scene.lines[position].language is not scene.lines[best].language
        and _is_heavy_beside(scene.lines[position], scene.lines[best])
        and abs(candidates.index(position) - candidates.index(best)) <= 2
        and scene.furniture.keys().isdisjoint(range(min(best, position), max(best, position)))
    ]
    if others:
        titles.append(max(others, key=lambda position: _title_rank(scene, position)))
    return sorted(titles)


def _is_second_line(scene: Scene, position: int) -> bool:
    """Whether the line above is the headline, and the one here, taken for it since it is longer, its second line."""
    above, line = scene.lines[position - 1], scene.lines[position]
    known = BlockKind.HEADING in (above.block.kind, line.block.kind) or _is_declared(scene, line)
    return not known and above.language is line.language and _is_heavy_beside(above, line)


def _is_heavy_beside(line: Line, title: Line) -> bool:
    """Whether a line says enough to be a headline too; a column or a site has a shorter name."""
    return line.weight >= max(0.3 * title.weight, 2 * _TITLE_WEIGHT[0])


def _is_name_in_both(line: Line) -> bool:
    """Whether a line is a short name with its translation, as sites print above their headlines."""
    han, latin = count_han(line.text), 2 * count_latin_words(line.text)
    return 0 < han <= _NAME_HAN and 0 < latin <= _NAME_LATIN and min(han, latin) >= 0.4 * max(han, latin)


def _title_rank(scene: Scene, position: int) -> tuple[bool, bool, int, int]:
    line = scene.lines[position]
    return _is_declared(scene, line), line.block.kind is BlockKind.HEADING, line.weight, position


def _is_declared(scene: Scene, line: Line) -> bool:
    """Whether the container says that this is the title, or part of it."""
    text = normalise_space(line.text).lower()
    return len(text) >= 6 and text in scene.declared_title
