"""Scatter plots as SVG, written by hand: a plotting library would be one more dependency for one picture."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

_COLOURS = ("#1b6ca8", "#d1495b", "#edae49", "#66a182", "#8d6a9f", "#5f5f5f")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 330, 300, 55, 30, 60


def draw_points(rows: Sequence[dict[str, Any]], x: str, y: str, colour: str, panel: str) -> str:
    """One panel for each value of `panel`: `y` over `x` (logarithmic), a colour for each value of `colour`."""
    panels = list(dict.fromkeys(row[panel] for row in rows))
    names = list(dict.fromkeys(row[colour] for row in rows))
    colours = {name: _COLOURS[index % len(_COLOURS)] for index, name in enumerate(names)}
    parts = [
        _panel([row for row in rows if row[panel] == name], index, name, (x, y), (colour, colours))
        for index, name in enumerate(panels)
    ]
    legend = "".join(
        f'<circle cx="{_LEFT + 190 * index}" cy="{_HEIGHT + 15}" r="5" fill="{colours[name]}"/>'
        f'<text x="{_LEFT + 190 * index + 10}" y="{_HEIGHT + 19}">{escape(name)}</text>'
        for index, name in enumerate(names)
    )
    width = max(_WIDTH * len(panels), _LEFT + 190 * len(names)) + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT + 35}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>'
        f"{''.join(parts)}{legend}</svg>\n"
    )


def _panel(
    rows: Sequence[dict[str, Any]], index: int, title: str, axes: tuple[str, str], look: tuple[str, dict[str, str]]
) -> str:
    (x, y), (colour, colours) = axes, look
    low, high = _decades([row[x] for row in rows])
    floor = min(0.5, *(math.floor(row[y] * 10) / 10 for row in rows))
    left, right, top, bottom = _LEFT, _WIDTH - 10, _TOP, _HEIGHT - _BOTTOM

    def across(value: float) -> float:
        return left + (math.log10(value) - low) / (high - low) * (right - left)

    def down(value: float) -> float:
        return bottom - (value - floor) / (1 - floor) * (bottom - top)

    marks = [f'<text x="{left}" y="18" font-weight="bold">{escape(title)}</text>']
    for exponent in range(low, high + 1):
        place = across(10**exponent)
        marks.append(f'<path d="M{place:.1f} {top}V{bottom}" stroke="#dddddd"/>')
        marks.append(f'<text x="{place:.1f}" y="{bottom + 15}" text-anchor="middle">{10**exponent:,}</text>')
    for step in range(round(floor * 10), 11):
        place = down(step / 10)
        marks.append(f'<path d="M{left} {place:.1f}H{right}" stroke="#dddddd"/>')
        marks.append(f'<text x="{left - 6}" y="{place + 4:.1f}" text-anchor="end">{step / 10:.1f}</text>')
    marks.append(f'<text x="{(left + right) / 2}" y="{bottom + 35}" text-anchor="middle">{escape(x)}</text>')
    marks.append(f'<text transform="translate(15 {(top + bottom) / 2}) rotate(-90)">{escape(y)}</text>')
    marks += [
        f'<circle cx="{across(row[x]):.1f}" cy="{down(row[y]):.1f}" r="5" fill="{colours[row[colour]]}">'
        f"<title>{escape(row[colour])}: {row[y]:.3f}, {row[x]:,.0f}</title></circle>"
        for row in rows
    ]
    return f'<g transform="translate({_WIDTH * index} 0)">{"".join(marks)}</g>'


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Exponents of ten around the values, at least one apart."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)
