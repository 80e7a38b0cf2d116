"""The five reference pages through the command line, each handled right (skipped where they are absent)."""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from cli_runs import invoke
from gold_units import compare, read_gold

from aligner.api import align_files, align_page
from aligner.config import MIN_CONFIDENCE
from aligner.records import Language


def seed(shared: Path, number: str) -> Path:
    return next((shared / "seeds").glob(f"{number}_*.txt"))


def all_seeds(shared: Path) -> list[Path]:
    return [seed(shared, number) for number in ("000", "001", "002", "003", "004")]


def test_bilingual_seed_gives_the_gold_units_and_no_others(shared: Path) -> None:
    result = align_page(seed(shared, "000"))
    gold = read_gold(next((shared / "seeds").glob("000_*.gold.jsonl")))
    comparison = compare(result.units, gold)
    assert comparison.gold == 14
    assert comparison.found >= 13
    assert comparison.wrong == (), "a wrong unit, or furniture"


@pytest.mark.slow
def test_bilingual_seed_carries_its_date_and_authors(shared: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.tmx"
    assert invoke("align", seed(shared, "000"), "-o", output).exit_code == 0
    text = output.read_text(encoding="utf-8")
    units = text.count("<tu ")
    assert text.count('<prop type="x-date">2024-11-28T22:45</prop>') == units
    assert text.count('<prop type="x-authors">李焕坤; 蔡嘉鸿</prop>') == units


@pytest.mark.slow
def test_bilingual_seed_is_accepted_by_real_tools(shared: Path, tmp_path: Path) -> None:
    if shutil.which("omegat") is None or find_spec("translate") is None:
        pytest.skip("needs OmegaT (Debian's omegat) and translate-toolkit")
    output = tmp_path / "o.tmx"
    assert invoke("align", seed(shared, "000"), "-o", output).exit_code == 0
    checked = subprocess.run(  # noqa: S603  # the reference checker
        [sys.executable, shared / "tools" / "tmx_accept", output, "--require-omegat"],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("001", "the page is in English only"),  # among Chinese furniture, with a watermark
        ("002", "the page is in English only"),
        ("003", "the page is in Chinese only"),  # with a watermark
        ("004", "the page is in Chinese only"),  # traditional
    ],
)
def test_seeds_in_one_language_are_3_with_a_reason(shared: Path, number: str, reason: str, tmp_path: Path) -> None:
    output = tmp_path / "o.tmx"
    result = invoke("align", seed(shared, number), "-o", output)
    assert (result.exit_code, output.exists()) == (3, False)
    assert reason in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("number", "mark"), [("001", "SUSHUAPOS"), ("003", "gihot")])
def test_inspect_shows_the_text_free_of_its_watermark(shared: Path, number: str, mark: str) -> None:
    (page,) = json.loads(invoke("inspect", seed(shared, number)).stdout)["pages"]
    kept = [text for block in page["blocks"] for text in block["kept"]]
    cut = [text for block in page["blocks"] for text in block["cut"]]
    assert len(kept) >= 15
    assert not any(mark in text for text in kept)
    assert sum(mark in text for text in cut) >= 15


@pytest.mark.slow
def test_inspect_shows_the_chinese_of_seed_001_as_furniture(shared: Path) -> None:
    (page,) = json.loads(invoke("inspect", seed(shared, "001")).stdout)["pages"]
    chinese = [block for block in page["blocks"] if block["language"] == Language.ZH]
    assert len(chinese) > 10
    assert {block["verdict"] for block in chinese} <= {"furniture", "metadata", "watermark"}
    assert all(block["kept"] == [] for block in chinese)


@pytest.mark.slow
def test_all_seeds_in_one_run_give_what_the_bilingual_one_gives(shared: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "alone.tmx", tmp_path / "all.tmx"
    for output, pages in zip(outputs, (all_seeds(shared)[:1], all_seeds(shared)), strict=True):
        assert invoke("align", *pages, "-o", output, "--date", "2024-11-28").exit_code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


@pytest.mark.slow
def test_same_topic_is_no_translation(shared: Path, tmp_path: Path) -> None:
    en, zh = seed(shared, "002"), seed(shared, "004")
    result = align_files(en, zh)
    assert not any(unit.confidence >= MIN_CONFIDENCE for unit in result.units)
    told = invoke("align", "--en", en, "--zh", zh, "-o", tmp_path / "o.tmx")
    assert told.exit_code == 3
    assert "do not look like translations of each other" in told.stderr
