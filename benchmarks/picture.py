"""Plots as SVG, written by hand: a plotting library would be one more dependency for two pictures."""

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

_COLOURS = ("#1b6ca8", "#d1495b", "#edae49", "#66a182", "#8d6a9f", "#5f5f5f")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 330, 300, 55, 30, 60
_LEGEND_WIDTH = 160
"""Of a name in the legend."""


def draw_points(rows: Sequence[dict[str, Any]], x: str, y: str, colour: str, panel: str) -> str:
    """One panel for each value of `panel`: `y` over `x` (logarithmic), a colour for each value of `colour`."""
    panels = list(dict.fromkeys(row[panel] for row in rows))
    names = list(dict.fromkeys(row[colour] for row in rows))
    colours = {name: _COLOURS[index % len(_COLOURS)] for index, name in enumerate(names)}
    parts = [
        _panel([row for row in rows if row[panel] == name], index, name, (x, y), (colour, colours))
        for index, name in enumerate(panels)
    ]
    width = _WIDTH * len(panels) + 20
    legend, legend_height = _draw_legend(colours, width)
    return _write_picture([*parts, legend], width, _HEIGHT + legend_height)


def _draw_legend(colours: Mapping[str, str], width: int) -> tuple[str, int]:
    """A dot and a name for each colour, below the panels, in as many rows as the width asks for; and its height."""
    columns = max(1, (width - _LEFT) // _LEGEND_WIDTH)
    marks = []
    for index, (name, colour) in enumerate(colours.items()):
        across, down = _LEFT + _LEGEND_WIDTH * (index % columns), _HEIGHT + 5 + 18 * (index // columns)
        marks.append(f'<circle cx="{across}" cy="{down}" r="5" fill="{colour}"/>')
        marks.append(f'<text x="{across + 10}" y="{down + 4}">{escape(name)}</text>')
    return "".join(marks), 18 * math.ceil(len(colours) / columns) + 5


def draw_reliability(panels: Mapping[str, Sequence[tuple[float, float, int]]]) -> str:
    """One panel for each name: share right over confidence, and the diagonal on which both are equal.

    :param panels: points of mean confidence 0..1, share right 0..1, and number of units, which the area of a dot
        stands for; points without units are left out.
    """
    parts = [_panel_of_reliability(points, index, name) for index, (name, points) in enumerate(panels.items())]
    return _write_picture(parts, _WIDTH * len(panels) + 20, _HEIGHT)


def _panel_of_reliability(points: Sequence[tuple[float, float, int]], index: int, title: str) -> str:
    left, right, top, bottom = _LEFT, _WIDTH - 10, _TOP, _HEIGHT - _BOTTOM

    def across(value: float) -> float:
        return left + value * (right - left)

    def down(value: float) -> float:
        return bottom - value * (bottom - top)

    ticks = {step / 5: f"{step / 5:.1f}" for step in range(6)}
    marks = _draw_grid(title, ("confidence", "share right"), (ticks, ticks), (across, down))
    marks.append(f'<path d="M{left} {bottom}L{right} {top}" stroke="#5f5f5f" stroke-dasharray="4 3"/>')
    filled = [point for point in points if point[2]]
    total = sum(count for _, _, count in filled)
    line = "L".join(f"{across(confidence):.1f} {down(share):.1f}" for confidence, share, _ in filled)
    marks += [f'<path d="M{line}" stroke="{_COLOURS[0]}" fill="none"/>'] * bool(filled)
    marks += [
        f'<circle cx="{across(confidence):.1f}" cy="{down(share):.1f}" r="{3 + 9 * math.sqrt(count / total):.1f}" '
        f'fill="{_COLOURS[0]}" fill-opacity="0.6"><title>{count:,} units: confidence {confidence:.3f}, '
        f"right {share:.3f}</title></circle>"
        for confidence, share, count in filled
    ]
    return f'<g transform="translate({_WIDTH * index} 0)">{"".join(marks)}</g>'


def _write_picture(parts: Sequence[str], width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>'
        f"{''.join(parts)}</svg>\n"
    )


def _panel(
    rows: Sequence[dict[str, Any]], index: int, title: str, axes: tuple[str, str], look: tuple[str, dict[str, str]]
) -> str:
    (x, y), (colour, colours) = axes, look
    low, high = _decades([row[x] for row in rows])
    floor: float = min(0.5, *(math.floor(row[y] * 10) / 10 for row in rows))
    left, right, top, bottom = _LEFT, _WIDTH - 10, _TOP, _HEIGHT - _BOTTOM

    def across(value: float) -> float:
        return left + (math.log10(value) - low) / (high - low) * (right - left)

    def down(value: float) -> float:
        return bottom - (value - floor) / (1 - floor) * (bottom - top)

    decades: dict[float, str] = {10.0**exponent: f"{10**exponent:,}" for exponent in range(low, high + 1)}
    tenths = {step / 10: f"{step / 10:.1f}" for step in range(round(floor * 10), 11)}
    marks = _draw_grid(title, axes, (decades, tenths), (across, down))
    marks += [
        f'<circle cx="{across(row[x]):.1f}" cy="{down(row[y]):.1f}" r="5" fill="{colours[row[colour]]}">'
        f"<title>{escape(row[colour])}: {row[y]:.3f}, {row[x]:,.0f}</title></circle>"
        for row in rows
    ]
    return f'<g transform="translate({_WIDTH * index} 0)">{"".join(marks)}</g>'


def _draw_grid(
    title: str,
    axes: tuple[str, str],
    ticks: tuple[Mapping[float, str], Mapping[float, str]],
    places: tuple[Callable[[float], float], Callable[[float], float]],
) -> list[str]:
    """Title, names of both axes, and a line and a label for each tick; `places` tells where a value is drawn."""
    left, right, top, bottom = _LEFT, _WIDTH - 10, _TOP, _HEIGHT - _BOTTOM
    marks = [f'<text x="{left}" y="18" font-weight="bold">{escape(title)}</text>']
    for value, label in ticks[0].items():
        place = places[0](value)
        marks.append(f'<path d="M{place:.1f} {top}V{bottom}" stroke="#dddddd"/>')
        marks.append(f'<text x="{place:.1f}" y="{bottom + 15}" text-anchor="middle">{label}</text>')
    for value, label in ticks[1].items():
        place = places[1](value)
        marks.append(f'<path d="M{left} {place:.1f}H{right}" stroke="#dddddd"/>')
        marks.append(f'<text x="{left - 6}" y="{place + 4:.1f}" text-anchor="end">{label}</text>')
    marks.append(f'<text x="{(left + right) / 2}" y="{bottom + 35}" text-anchor="middle">{escape(axes[0])}</text>')
    turned = f"translate(15 {(top + bottom) / 2}) rotate(-90)"
    marks.append(f'<text transform="{turned}" text-anchor="middle">{escape(axes[1])}</text>')
    return marks


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Exponents of ten around the values, at least one apart."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)
