"""The page benchmark: pages are made the same way each time, scores count right, and a floor for the aligner."""

import pytest

from benchmarks.pages.content import GoldUnit, Kind
from benchmarks.pages.generate import FITTED, HELD_OUT, TEMPLATES, generate_pages
from benchmarks.pages.measure import measure_pages
from benchmarks.pages.score import PageScore
from benchmarks.report import Report


def test_templates_are_divided() -> None:
    assert set(FITTED) | set(HELD_OUT) == set(TEMPLATES)
    assert not set(FITTED) & set(HELD_OUT)
    assert len(TEMPLATES) >= 25


@pytest.mark.slow
def test_pages_are_made_the_same_way_each_time() -> None:
    plain = tuple(name for name in HELD_OUT if not name.startswith("docx"))  # whose archives hold the time of day
    first, again = ([(page.name, page.data) for page in generate_pages(30, plain, 3)] for _ in range(2))
    assert first == again


def test_a_fifth_are_decoys_without_gold() -> None:
    pages = list(generate_pages(200, ("txt-plain",), 4))
    assert 25 <= sum(page.decoy for page in pages) <= 55
    assert all(bool(page.gold) is not page.decoy for page in pages)


def test_scores_count_exact_finer_and_wrong_units() -> None:
    gold = [GoldUnit(Kind.PARAGRAPH, "One. Two.", "一。二。"), GoldUnit(Kind.NAME, "Ann Lee", "李安")]
    score = PageScore()
    score.add([("One.", "一。"), ("Two.", "二。"), ("Three.", "三。")], gold, decoy=False)
    assert (score.units, score.right, score.gold, score.found) == (3, 2, 2, 1)
    assert score.missed == [gold[1]]
    score.add([("Menu", "菜单")], [], decoy=True)
    assert (score.decoy_units, score.precision) == (1, 2 / 4)


@pytest.mark.slow
@pytest.mark.slow
def test_units_of_generated_pages() -> None:
    """Two pages of each held-out template; over 280 pages precision was 0.98 and F1 0.96 when this floor was set."""
    score = measure_pages(Report([]), 2 * len(HELD_OUT), "held-out")
    assert score.decoy_units == 0
    assert score.precision >= 0.96
    assert score.f1 >= 0.93
