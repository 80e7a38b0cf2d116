"""The five reference pages, block by block (skipped where they are absent)."""

from pathlib import Path

import pytest
from section_pages import page_of_lines

from aligner.api import Aligner
from aligner.records import BlockReport, Metadata, PageResult, Verdict

ALIGNER = Aligner()


def sections_of(shared: Path, number: str) -> tuple[list[str], PageResult]:
    file = next((shared / "seeds").glob(f"{number}_*.txt"))
    page = page_of_lines(file.read_text(encoding="utf-8").split("\n"))
    return [block.text for block in page.blocks], ALIGNER.align_read_page(page)


def reports_of(result: PageResult) -> tuple[BlockReport, ...]:
    return result.readings[0].reports


@pytest.mark.slow
def test_bilingual_seed_keeps_the_article_and_nothing_else(shared: Path) -> None:
    _, result = sections_of(shared, "000")
    kept = [report.block for report in reports_of(result) if report.kept]
    assert kept == [2, *range(4, 9), *range(10, 16)]
    titles = [report.block for report in reports_of(result) if report.verdict is Verdict.TITLE]
    assert titles == [2, 10]
    (pair,) = result.aligned
    assert (pair.pair.en.tag, pair.pair.zh.tag) == ("en", "zh-CN")
    assert all(report.other_language for report in reports_of(result) if report.kept), "both are told"


def test_bilingual_seed_metadata(shared: Path) -> None:
    _, result = sections_of(shared, "000")
    assert result.metadata == Metadata(
        title=result.units[0].en,
        source="羊城晚报-云上岭南",
        authors=("李焕坤", "蔡嘉鸿"),
        date="2024-11-28T22:45",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("001", "the page is in English only"),  # English among Chinese furniture
        ("002", "the page is in English only"),
        ("003", "the page is in Chinese only"),
        ("004", "the page is in Chinese only"),  # traditional characters
    ],
)
def test_seeds_in_one_language_give_no_unit(shared: Path, number: str, reason: str) -> None:
    _, result = sections_of(shared, number)
    assert result.units == ()
    assert result.reason == reason


@pytest.mark.slow
@pytest.mark.parametrize(("number", "mark", "fewest"), [("001", "SUSHUAPOS", 36), ("003", "gihot", 18)])
def test_watermarks_are_cut_off(shared: Path, number: str, mark: str, fewest: int) -> None:
    texts, result = sections_of(shared, number)
    starts = {report.block: texts[report.block] for report in reports_of(result) if report.kept}
    marked = [report for report in reports_of(result) if report.kept and mark in starts[report.block]]
    assert len(marked) >= fewest
    offset_of = {}
    position = 0
    for index, text in enumerate(texts):
        offset_of[index] = position
        position += len(text) + 1
    for report in marked:
        for start, end in report.kept:
            kept = texts[report.block][start - offset_of[report.block] : end - offset_of[report.block]]
            assert kept[-1] in ".?。”", "the paragraph ends where its author ended it"


@pytest.mark.slow
def test_seed_001_chinese_is_furniture(shared: Path) -> None:
    texts, result = sections_of(shared, "001")
    for report, text in zip(reports_of(result), texts, strict=True):
        if report.block > 51:  # after the last watermarked paragraph
            assert report.verdict is Verdict.FURNITURE, text[:30]
    assert reports_of(result)[51].verdict is Verdict.WATERMARK
    assert {report.verdict for report in reports_of(result)[:6]} == {Verdict.FURNITURE}
    assert result.metadata.date == "2025-03-05T10:57"


def test_seed_003_teasers_are_furniture(shared: Path) -> None:
    _, result = sections_of(shared, "003")
    assert {report.verdict for report in reports_of(result)[21:]} == {Verdict.FURNITURE}
    assert [report.verdict for report in reports_of(result)[:3]] == [Verdict.TITLE, Verdict.METADATA, Verdict.METADATA]
    assert result.metadata.authors == ("郑康喜",)


def test_seed_004_keeps_its_headings_and_is_from_hong_kong(shared: Path) -> None:
    from aligner.records import Language
    from aligner.sections import section_of_one_file

    file = next((shared / "seeds").glob("004_*.txt"))
    page = page_of_lines(file.read_text(encoding="utf-8").split("\n"))
    section, reports, _ = section_of_one_file(page, Language.ZH)
    assert section.tag == "zh-HK"
    assert all(report.kept for report in reports)
