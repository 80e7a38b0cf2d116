"""What `aligner inspect` shows in a terminal; its JSON is tested with the commands."""

import pytest
from cli_runs import ENGLISH_ONLY, GOOD, PAGES
from rich.cells import cell_len

from aligner.api import align_page
from aligner.cli.inspection import describe_result, render_result, shorten


@pytest.mark.parametrize("width", [60, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    shown = render_result(align_page(PAGES / "006-dashan-wind.txt"), width, colours=False)
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_watermark_is_marked_as_cut_without_colours() -> None:
    shown = "".join(render_result(align_page(PAGES / "006-dashan-wind.txt"), 120, colours=False).split())
    assert "⟦kQ7海角快讯" in shown


def test_blocks_and_beads_are_shown_side_by_side() -> None:
    shown = render_result(align_page(GOOD), 120, colours=False)
    for word in ("verdict", "article", "title", "confidence", "English", "Chinese", "units: "):
        assert word in shown
    assert "\x1b" not in shown


def test_colours_when_asked_for() -> None:
    assert "\x1b[" in render_result(align_page(ENGLISH_ONLY), 100, colours=True)


def test_page_without_a_counterpart_says_so() -> None:
    assert "units: 0 (the page is in English only)" in render_result(align_page(ENGLISH_ONLY), 100, colours=False)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 10, "short"),
        ("abcdefghijklmnopqrstuvwxyz", 15, "abcdefg … vwxyz"),  # both ends, since marks are glued to the end
    ],
)
def test_shorten(text: str, most: int, expected: str) -> None:
    assert shorten(text, most) == expected
    assert len(shorten(text, most)) <= most


def test_narrow_terminals_get_the_languages_one_above_the_other() -> None:
    lines = render_result(align_page(GOOD), 80, colours=False).splitlines()
    head = next(index for index, line in enumerate(lines) if line.startswith("1.  1-1  0.99"))
    assert lines[head + 1].isascii()
    assert not lines[head + 2].isascii()


def test_only_what_a_person_should_look_at() -> None:
    result = align_page(PAGES / "006-dashan-wind.txt")
    flagged = [unit for unit in result.units if unit.flags]
    assert 0 < len(flagged) < len(result.units)
    shown = describe_result(result, flagged=True)
    assert [bead["flags"] for bead in shown["pairs"][0]["beads"]] == [list(unit.flags) for unit in flagged]
    text = render_result(result, 80, colours=False, flagged=True)
    assert text.count("(!)") == len(flagged)
    assert "verdict" not in text
