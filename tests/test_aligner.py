"""The stages together: pages, two files, texts and lists in; units, reasons and errors out."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_runs import ENGLISH_ONLY, GOOD, PAGES, run_process

from aligner import api
from aligner.api import (
    align_files,
    align_many,
    align_page,
    align_sentences,
    align_texts,
    find_beads,
    list_inputs,
    write_memory,
)
from aligner.config import AlignOptions
from aligner.errors import IngestError, UsageError
from aligner.evaluation import read_documents
from aligner.export import ExportFormat
from aligner.records import PageResult

CORPUS = GOOD.parent.parent / "eval"
EN = [
    "Greenbank Farm opened its first solar field on Monday.",
    "The field covers 12 hectares and feeds 4,000 homes.",
    "Mayor Lin Hua called it a gift to the children of the valley.",
    "A second field is planned for 2027.",
]
ZH = [
    "青岸农场周一启用首个太阳能电场。",
    "电场占地12公顷，可供4000户家庭用电。",
    "市长林华称其为献给山谷孩子们的礼物。",
    "第二个电场计划于2027年建设。",
]


def test_page_gives_units_with_its_text_at_their_spans() -> None:
    result = align_page(GOOD)
    text = result.readings[0].page.text
    assert len(result.units) > 15
    for unit in result.units:
        for side, spans in ((unit.en, unit.en_spans), (unit.zh, unit.zh_spans)):
            found = "".join("".join(text[start:end] for start, end in spans).split())
            assert found == "".join(side.split()), "the spans lead back to the characters of the page"


@pytest.mark.slow
def test_least_confidence_only_takes_away() -> None:
    some, few = (align_page(GOOD, AlignOptions(min_confidence=value)) for value in (0.0, 0.99))
    assert set(few.units) < set(some.units)
    assert all(unit.confidence >= 0.95 for unit in few.units)
    assert few.en_alone > some.en_alone


def test_page_in_one_language_is_no_error() -> None:
    result = align_page(ENGLISH_ONLY)
    assert (result.units, result.error, result.reason) == ((), "", "the page is in English only")
    assert len(result.readings) == 1, "inspect shows what was found"


def test_two_files_are_one_release() -> None:
    en, zh = PAGES / "014-wulan-tea.en.txt", PAGES / "014-wulan-tea.zh.txt"
    result = align_files(en, zh)
    assert result.origin == f"{en} + {zh}"
    assert [reading.page.origin for reading in result.readings] == [str(en), str(zh)]
    assert len(result.units) > 25


@pytest.mark.slow
@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("001-luhai-port", "014-wulan-tea"),  # a port, a tea garden
        ("004-lanyue-airlines", "012-xiling-railway"),  # both about transport
        ("009-lanqiao-buses", "008-taiho-city"),  # both with electric buses
    ],
)
def test_texts_that_are_no_translations_give_no_unit(en: str, zh: str) -> None:
    documents = {document.name: document for document in read_documents(CORPUS)}
    result = align_texts("\n".join(documents[en[:3]].en), "\n".join(documents[zh[:3]].zh))
    assert result.units == ()
    assert result.reason.startswith("the English and the Chinese text do not look like translations of each other")


def test_lines_are_sentences_where_they_are_said_to_be(tmp_path: Path) -> None:
    en, zh = tmp_path / "en.txt", tmp_path / "zh.txt"
    # Two sentences in the first line, and a line that would count as furniture on a page.
    en.write_text("\n".join([EN[0] + " " + EN[1], *EN[2:], "Share this page"]), encoding="utf-8")
    zh.write_bytes("\r\n".join([ZH[0] + ZH[1], *ZH[2:], "", "分享本页"]).encode("gb18030"))
    result = align_files(en, zh, AlignOptions(split_lines=True))
    (pair,) = result.aligned
    assert [sentence.text for sentence in pair.en] == [f"{EN[0]} {EN[1]}", *EN[2:], "Share this page"]
    assert [sentence.text for sentence in pair.zh] == [f"{ZH[0]}{ZH[1]}", *ZH[2:], "分享本页"]
    assert (f"{EN[0]} {EN[1]}", f"{ZH[0]}{ZH[1]}") in {(unit.en, unit.zh) for unit in result.units}


def test_lines_of_a_page_in_two_languages_are_no_sentences() -> None:
    with pytest.raises(UsageError, match="two files only"):
        align_page(GOOD, AlignOptions(split_lines=True))


def test_lines_are_read_from_text_only() -> None:
    with pytest.raises(IngestError, match="is HTML where a text"):
        align_files(ENGLISH_ONLY, GOOD, AlignOptions(split_lines=True))


def test_texts_are_taken_whole() -> None:
    result = align_texts(" ".join(EN), "".join(ZH))
    assert [(unit.en, unit.zh) for unit in result.units] == list(zip(EN, ZH, strict=True))
    assert {unit.zh_lang for unit in result.units} == {"zh-CN"}


def test_traditional_text_is_kept_as_written() -> None:
    traditional = ["青岸農場週一啟用首個太陽能電場。", "電場佔地12公頃，可供4000戶家庭用電。"]
    result = align_sentences(EN[:2], traditional)
    assert [unit.zh for unit in result.units] == traditional
    assert {unit.zh_lang for unit in result.units} == {"zh-TW"}


def test_beads_count_as_the_lists_do() -> None:
    beads = align_sentences(EN, ZH).aligned[0].alignment.beads
    assert [(bead.en, bead.zh) for bead in beads] == [((i,), (i,)) for i in range(4)]


@pytest.mark.parametrize(
    ("en", "zh", "reason"),
    [
        ([], [], "the English text is empty"),
        (EN, [], "the Chinese text is empty"),
        ([], ZH, "the English text is empty"),
    ],
)
def test_empty_side_is_a_case(en: list[str], zh: list[str], reason: str) -> None:
    for result in (align_sentences(en, zh), align_texts("\n".join(en), "\n".join(zh))):
        assert (result.units, result.reason) == ((), reason)


def test_every_sentence_is_in_one_bead_even_blank_ones() -> None:
    beads = find_beads(["", *EN], [*ZH, "\u3000"]).beads
    assert sorted(index for bead in beads for index in bead.en) == list(range(5))
    assert sorted(index for bead in beads for index in bead.zh) == list(range(5))


def test_bad_page_is_told_and_the_next_one_follows(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    first, second = align_many([missing, GOOD])
    assert first.error == f"{missing} does not exist; check the path."
    assert second.units


def test_mistake_of_ours_costs_one_page(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(api, "read_sections", fail)
    with caplog.at_level(logging.CRITICAL):
        (result,) = align_many([GOOD])
    assert "internal error (ZeroDivisionError" in result.error
    assert str(GOOD) in result.error


@pytest.mark.slow
def test_pairs_of_earlier_pages_are_counted_not_given() -> None:
    first, second = align_many([GOOD, GOOD])
    assert first.units
    assert (second.units, second.repeated) == ((), len(first.units))
    assert second.reason == "all its units were given before"


def test_pages_are_aligned_one_at_a_time() -> None:
    taken: list[Path] = []

    def paths() -> Iterator[Path]:
        for path in (ENGLISH_ONLY, GOOD):
            taken.append(path)
            yield path

    results = align_many(paths())
    next(results)
    assert taken == [ENGLISH_ONLY], "the second page is not touched before it is asked for"


def test_folders_are_listed_and_empty_ones_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    for name in ("b.html", "a.txt", "notes.xlsx"):
        (tmp_path / "full" / name).write_text("x")
    pages, others = list_inputs([tmp_path / "full", tmp_path / "empty", tmp_path / "missing.txt"])
    assert [page.name for page in pages] == ["a.txt", "b.html", "missing.txt"]
    assert [(other.error, other.reason) for other in others] == [
        ("", "the folder holds no text, HTML, DOCX or PDF file")
    ]


@pytest.mark.slow
def test_memory_is_written_and_every_page_accounted_for(tmp_path: Path) -> None:
    seen: list[PageResult] = []
    output = tmp_path / "memory.tsv"
    missing = tmp_path / "missing.txt"
    summary = write_memory(align_many([GOOD, ENGLISH_ONLY, missing]), output, ExportFormat.TSV, on_result=seen.append)
    assert (summary.pages, len(seen), len(summary.failed)) == (3, 3, 1)
    assert summary.units == len(output.read_text(encoding="utf-8").splitlines()) - 1
    assert summary.without_units == [(str(ENGLISH_ONLY), "the page is in English only")]
    assert [page for page, _ in summary.failed] == [str(missing)]


@pytest.mark.slow
def test_same_bytes_on_one_thread_and_on_two(tmp_path: Path) -> None:
    outputs = []
    for threads in ("1", "2", "2"):
        path = tmp_path / f"{len(outputs)}.tmx"
        limits = {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        assert run_process("align", GOOD, "-o", path, SOURCE_DATE_EPOCH="1732805100", **limits).returncode == 0
        outputs.append(path.read_bytes())
    assert outputs[1] == outputs[2], "the same run twice"
    assert outputs[0] == outputs[1], "the number of threads"
