# ruff: noqa: S603  # the commands run here are written here, none comes from input
"""Units to TMX, TSV and JSONL: what is written can be read back, by us and by programs that are not ours."""

import csv
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import aligner
from aligner.errors import UsageError
from aligner.export import ExportFormat, ExportOptions, resolve_date, resolve_format, write_units
from aligner.export.prepare import prepare_unit
from aligner.records import Flag, Metadata, TranslationUnit
from aligner.text.characters import strip_illegal

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OPTIONS = ExportOptions(
    creator="Lotus Bay desk",
    domain="shipping",
    client="Harbour & Sons",
    created=datetime(2024, 11, 28, 22, 45, tzinfo=UTC),
    signature="encoder:test-1|scorer:0|splitter:2",
)


def make_unit(en: str, zh: str, **changes: object) -> TranslationUnit:
    unit = TranslationUnit(
        en=en,
        zh=zh,
        en_lang="en",
        zh_lang="zh-CN",
        confidence=0.9375,
        bead_type="1-2",
        flags=(Flag.NUMBERS_DIFFER, Flag.LENGTH),
        origin="releases/berth.html",
        en_spans=((12, 45),),
        zh_spans=((50, 60), (61, 70)),
        metadata=Metadata(
            title="Berth Nine opens",
            source="Lotus Bay Port Authority",
            authors=("Wu Min", "J. Carter"),
            date="2024-11-28",
            url="https://port.example/berth?a=1&b=2",
        ),
        similarity=0.8125,
        margin=-0.03125,
    )
    return replace(unit, **changes)  # type: ignore[arg-type]


UNITS = [
    make_unit("Berth Nine opened on Thursday.", "九号泊位周四启用。这是港口最大的泊位。"),
    make_unit("The port handled 32.17 million tonnes.", "港口吞吐量达3217万吨。", flags=(), metadata=Metadata()),
    make_unit("A ferry links both shores.", "渡輪連接兩岸。", zh_lang="zh-HK"),
    make_unit("The programme runs until May.", "該計畫將持續至五月。", en_lang="en-GB", zh_lang="zh-TW"),
]


def write_bytes(units: list[TranslationUnit], folder: Path, suffix: str, options: ExportOptions = OPTIONS) -> bytes:
    path = folder / f"memory.{suffix}"
    write_units(units, path, None, replace(options, force=True))
    return path.read_bytes()


def read_pairs(data: bytes) -> list[tuple[str, str, str, str]]:
    """(en_lang, en, zh_lang, zh) of each unit of a TMX."""
    pairs = []
    for unit in etree.fromstring(data).iter("tu"):
        source, target = unit.findall("tuv")
        pairs.append((source.get(XML_LANG), source.findtext("seg"), target.get(XML_LANG), target.findtext("seg")))
    return pairs


# --- formats by suffix ------------------------------------------------------


@pytest.mark.parametrize(
    ("destination", "asked", "expected"),
    [
        ("memory.tmx", None, ExportFormat.TMX),
        ("MEMORY.TMX", None, ExportFormat.TMX),  # file names from Windows
        (Path("a.b/pairs.jsonl"), None, ExportFormat.JSONL),  # the folder's dot is no suffix
        ("pairs.tsv", ExportFormat.JSONL, ExportFormat.JSONL),  # what is asked for wins
        ("-", None, ExportFormat.TMX),  # standard output has no suffix
        ("-", ExportFormat.TSV, ExportFormat.TSV),
    ],
)
def test_format_by_suffix(destination: str | Path, asked: ExportFormat | None, expected: ExportFormat) -> None:
    assert resolve_format(destination, asked) is expected


@pytest.mark.parametrize("name", ["memory.docx", "memory", ".tmx", "memory."])
def test_unknown_suffix_lists_the_known(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.tmx, \.tsv, \.jsonl"):
        write_units(UNITS, tmp_path / name)
    assert not list(tmp_path.iterdir())


# --- options ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_code", "side"),
    [
        ("zh_CN", "zh_lang"),  # the underscore of locales is unknown to OmegaT
        ("cmn-Hans", "zh_lang"),  # a first subtag that OmegaT does not match to Chinese
        ("zh-CN", "en_lang"),  # sides mixed up
        ("eng", "en_lang"),
    ],
)
def test_language_codes_that_no_tool_would_match_are_refused(given_code: str, side: str) -> None:
    with pytest.raises(UsageError, match=re.escape(given_code)):
        ExportOptions(**{side: given_code})


@pytest.mark.parametrize(
    ("text", "epoch", "expected"),
    [
        ("2024-11-28", "0", datetime(2024, 11, 28, tzinfo=UTC)),  # the option wins over the variable
        ("2024-11-28T22:45+08:00", "", datetime(2024, 11, 28, 14, 45, tzinfo=UTC)),
        ("", "86400", datetime(1970, 1, 2, tzinfo=UTC)),
    ],
)
def test_date(text: str, epoch: str, expected: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert resolve_date(text) == expected


@pytest.mark.parametrize(
    ("text", "epoch"),
    [("yesterday", ""), ("2024-13-01", ""), ("", "soon"), ("", "-5"), ("", "９９"), ("", "9" * 12)],
)
def test_a_date_that_is_none_is_refused(text: str, epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="this is no time"):
        resolve_date(text)


def test_without_a_date_the_time_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= ExportOptions().created_utc <= datetime.now(UTC)


# --- TMX --------------------------------------------------------------------


def test_tmx_header(tmp_path: Path) -> None:
    root = etree.fromstring(write_bytes(UNITS, tmp_path, "tmx"))
    header = root.find("header")
    assert root.get("version") == "1.4"
    assert dict(header.attrib) == {
        "creationtool": "aligner",
        "creationtoolversion": aligner.__version__,
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": "en",
        "datatype": "plaintext",
        "creationdate": "20241128T224500Z",
        "creationid": "Lotus Bay desk",
    }
    assert [(p.get("type"), p.text) for p in header] == [("x-signature", "encoder:test-1|scorer:0|splitter:2")]


def test_tmx_unit_tells_where_it_comes_from(tmp_path: Path) -> None:
    unit = etree.fromstring(write_bytes(UNITS, tmp_path, "tmx")).find("body/tu")
    assert {p.get("type"): p.text for p in unit.findall("prop")} == {
        "x-confidence": "0.9375",
        "x-similarity": "0.8125",
        "x-margin": "-0.0312",
        "x-bead": "1-2",
        "x-flags": "numbers-differ,length",
        "x-page": "releases/berth.html",
        "x-en-spans": "12-45",
        "x-zh-spans": "50-60 61-70",
        "x-date": "2024-11-28",
        "x-source": "Lotus Bay Port Authority",
        "x-authors": "Wu Min; J. Carter",
        "x-title": "Berth Nine opens",
        "x-url": "https://port.example/berth?a=1&b=2",
        "x-domain": "shipping",
        "x-client": "Harbour & Sons",
    }
    assert unit.get("creationdate") == "20241128T224500Z"
    assert unit.get("creationid") == "Lotus Bay desk"


def test_tmx_properties_are_never_omegats_own(tmp_path: Path) -> None:
    # Regression: OmegaT ties a unit with <prop type="file"> to that document, and it matches nowhere else.
    types = {p.get("type") for p in etree.fromstring(write_bytes(UNITS, tmp_path, "tmx")).iter("prop")}
    assert types
    assert all(name.startswith("x-") for name in types)


def test_tmx_says_nothing_where_there_is_nothing_to_say(tmp_path: Path) -> None:
    bare = ExportOptions(created=OPTIONS.created)
    root = etree.fromstring(
        write_bytes([make_unit("Yes.", "是。", metadata=Metadata(), flags=())], tmp_path, "tmx", bare)
    )
    assert all(prop.text for prop in root.iter("prop"))
    assert root.find("header").get("creationid") is None
    assert root.find("header/prop") is None


def test_tmx_source_language_is_spelt_as_in_the_variant(tmp_path: Path) -> None:
    root = etree.fromstring(write_bytes(UNITS, tmp_path, "tmx"))
    declared = root.find("header").get("srclang")
    for unit in root.iter("tu"):
        assert unit.get("srclang", declared) == unit.find("tuv").get(XML_LANG)
    assert [pair[::2] for pair in read_pairs(etree.tostring(root))] == [
        ("en", "zh-CN"),
        ("en", "zh-CN"),
        ("en", "zh-HK"),
        ("en-GB", "zh-TW"),
    ]


@pytest.mark.parametrize("suffix", list(ExportFormat))
def test_language_options_replace_the_pages_codes(suffix: str, tmp_path: Path) -> None:
    data = write_bytes(UNITS, tmp_path, suffix, replace(OPTIONS, en_lang="en-US", zh_lang="zh-HK")).decode()
    assert "en-US" in data
    assert "zh-HK" in data
    assert not re.search("en-GB|zh-CN|zh-TW", data)


def test_tmx_id_is_of_the_pair_and_not_of_the_place(tmp_path: Path) -> None:
    moved = make_unit(UNITS[0].en, UNITS[0].zh, origin="elsewhere.docx", confidence=0.5)
    root = etree.fromstring(write_bytes([*UNITS, moved], tmp_path, "tmx"))
    ids = [unit.get("tuid") for unit in root.iter("tu")]
    assert ids[0] == ids[-1]
    assert len(set(ids)) == len(UNITS)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2024, 11, 28, 22, 45, 7, 999, tzinfo=timezone(timedelta(hours=8))), "20241128T144507Z"),
        (datetime(2024, 11, 28, 22, 45), "20241128T224500Z"),  # no zone is read as UTC
        (datetime(99, 1, 2, tzinfo=UTC), "00990102T000000Z"),  # strftime would write year 99
    ],
)
def test_tmx_time(moment: datetime, expected: str, tmp_path: Path) -> None:
    root = etree.fromstring(write_bytes(UNITS, tmp_path, "tmx", ExportOptions(created=moment)))
    assert {element.get("creationdate") for element in root.iter("header", "tu")} == {expected}


# --- hostile text -----------------------------------------------------------


@pytest.mark.parametrize(
    ("en", "expected"),
    [
        ("a ]]> b", "a ]]> b"),  # ends a CDATA section
        ("R&D <b>now</b> \"x\" 'y'", "R&D <b>now</b> \"x\" 'y'"),  # mark-up stays text
        ("&amp; &#8;", "&amp; &#8;"),  # entities that the page showed as such
        ("Fine 👩‍🚀 work", "Fine 👩‍🚀 work"),  # joined emoji
        ("the character 𠮷 (U+20BB7)", "the character 𠮷 (U+20BB7)"),  # astral Han
        ("bell\x07 and null\x00 and \x9f", "bell and null and"),  # stripping must not leave a space at the end
        ("lone \ud800 surrogate", "lone surrogate"),  # nor two in the middle
        ("not \ufffe a \uffff character", "not a character"),
        ("no\u00a0break\u3000space\u2028here\tand\nthere", "no break space here and there"),
        ("  padded ", "padded"),
        ("cafe\u0301", "caf\u00e9"),  # OmegaT compares in NFC
    ],
)
@pytest.mark.parametrize("suffix", list(ExportFormat))
def test_hostile_text_stays_text(en: str, expected: str, suffix: str, tmp_path: Path) -> None:
    data = write_bytes([make_unit(en, "正文" + en)], tmp_path, suffix)
    if suffix == "tmx":
        (_, read_en, _, read_zh) = read_pairs(data)[0]
    elif suffix == "tsv":
        read_en, read_zh = list(csv.reader(io.StringIO(data.decode()), dialect=csv.excel_tab))[1][:2]
    else:
        read_en, read_zh = (json.loads(data)[side] for side in ("en", "zh"))
    assert read_en == expected
    assert read_zh.endswith(expected)


def test_hostile_metadata_stays_on_its_line(tmp_path: Path) -> None:
    evil = "x\ty\nz\r\u2028\x85</prop>\x00\udcff"
    unit = make_unit("Yes.", "是。", origin="a  b\n.html", metadata=Metadata(evil, evil, (evil,), evil, evil))
    expected = "x y z </prop>"
    cells = write_bytes([unit], tmp_path, "tsv").decode().split("\n")
    assert len(cells) == 3  # header, row, and what follows the last line end
    row = dict(zip(cells[0].split("\t"), cells[1].split("\t"), strict=True))
    assert [row[name] for name in ("title", "source", "authors", "date", "url")] == [expected] * 5
    assert row["page"] == "a  b .html"  # two spaces may well be a file's name
    root = etree.fromstring(write_bytes([unit], tmp_path, "tmx"))
    assert root.xpath("string(//prop[@type='x-title'])") == expected


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"en": ""}, "empty English side"),
        ({"zh": " \u3000\u200b"}, "empty Chinese side"),  # white space is no text
        ({"zh": "\x07"}, "empty Chinese side"),  # nor is what XML cannot hold
        ({"confidence": 1.01}, "not 0..1"),
        ({"confidence": math.nan}, "not 0..1"),
    ],
)
@pytest.mark.parametrize("suffix", list(ExportFormat))
def test_a_unit_that_should_not_exist_is_an_error(
    changes: dict[str, object], reason: str, suffix: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=reason):
        write_units([*UNITS, replace(UNITS[0], **changes)], tmp_path / f"memory.{suffix}")
    assert not list(tmp_path.iterdir())


# --- TSV and JSONL ----------------------------------------------------------


def test_tsv(tmp_path: Path) -> None:
    lines = write_bytes(UNITS, tmp_path, "tsv").decode().split("\n")
    assert lines[0].split("\t")[:9] == [
        "en",
        "zh",
        "confidence",
        "similarity",
        "margin",
        "bead",
        "flags",
        "en_lang",
        "zh_lang",
    ]
    assert {line.count("\t") for line in lines[:-1]} == {lines[0].count("\t")}
    row = dict(zip(lines[0].split("\t"), lines[1].split("\t"), strict=True))
    assert row["confidence"] == "0.9375"
    assert row["bead"] == "1-2"
    assert row["flags"] == "numbers-differ,length"
    assert (row["en_spans"], row["zh_spans"]) == ("12-45", "50-60 61-70")
    assert row["authors"] == "Wu Min; J. Carter"
    assert len(lines) == len(UNITS) + 2


def test_jsonl_takes_numpy_scores(tmp_path: Path) -> None:
    import numpy as np

    unit = make_unit("Yes.", "是。", confidence=np.float32(0.1), similarity=np.float32(0.7), margin=np.float32(-0.0))
    line = write_bytes([unit], tmp_path, "jsonl").decode()
    assert json.loads(line)["confidence"] == 0.1  # not 0.10000000149011612
    assert '"margin": 0.0' in line


def read_jsonl(data: bytes) -> list[TranslationUnit]:
    units = []
    for line in data.decode().split("\n")[:-1]:
        row = json.loads(line)
        units.append(
            TranslationUnit(
                en=row["en"],
                zh=row["zh"],
                en_lang=row["en_lang"],
                zh_lang=row["zh_lang"],
                confidence=row["confidence"],
                bead_type=row["bead"],
                flags=tuple(Flag(flag) for flag in row["flags"]),
                origin=row["page"],
                en_spans=tuple((start, end) for start, end in row["en_spans"]),
                zh_spans=tuple((start, end) for start, end in row["zh_spans"]),
                metadata=Metadata(row["title"], row["source"], tuple(row["authors"]), row["date"], row["url"]),
                similarity=row["similarity"],
                margin=row["margin"],
            )
        )
    return units


def test_jsonl_keeps_chinese_readable_and_the_order_of_keys(tmp_path: Path) -> None:
    data = write_bytes(UNITS, tmp_path, "jsonl").decode()
    assert "九号泊位" in data
    assert len({tuple(json.loads(line)) for line in data.splitlines()}) == 1
    assert data.startswith('{"en": "Berth Nine')


# --- properties that hold for any units -------------------------------------

ANY_TEXT = st.text(st.characters(), max_size=30)  # every code point, surrogates and controls included
SIDE = ANY_TEXT.map(lambda text: "x" + text)
SPANS = st.lists(st.tuples(st.integers(0, 9**9), st.integers(0, 9**9)), max_size=3).map(tuple)
SCORE = st.integers(0, 10**4).map(lambda number: number / 10**4)
ANY_UNIT = st.builds(
    TranslationUnit,
    en=SIDE,
    zh=SIDE,
    en_lang=st.sampled_from(["en", "en-US"]),
    zh_lang=st.sampled_from(["zh-CN", "zh-HK", "zh-TW"]),
    confidence=SCORE,
    bead_type=st.sampled_from(["1-1", "2-1"]),
    flags=st.lists(st.sampled_from(list(Flag)), unique=True).map(tuple),
    origin=ANY_TEXT,
    en_spans=SPANS,
    zh_spans=SPANS,
    metadata=st.builds(Metadata, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=2).map(tuple), ANY_TEXT, ANY_TEXT),
    similarity=SCORE,
    margin=SCORE,
)


def stream_bytes(units: list[TranslationUnit], export_format: ExportFormat) -> bytes:
    """What the writer makes, without a file, so that many examples are quick."""
    import importlib

    stream = io.BytesIO()
    module = importlib.import_module(f"aligner.export.{export_format}")
    module.write([prepare_unit(unit, OPTIONS) for unit in units], stream, OPTIONS)
    return stream.getvalue()


@pytest.mark.slow
@given(st.lists(ANY_UNIT, max_size=4))
@settings(deadline=None)
def test_any_units_survive_jsonl(units: list[TranslationUnit]) -> None:
    prepared = [prepare_unit(unit, OPTIONS) for unit in units]
    assert read_jsonl(stream_bytes(units, ExportFormat.JSONL)) == prepared


@pytest.mark.slow
@given(st.lists(ANY_UNIT, max_size=4))
@settings(deadline=None)
def test_any_units_survive_tmx(units: list[TranslationUnit]) -> None:
    data = stream_bytes(units, ExportFormat.TMX)
    prepared = [prepare_unit(unit, OPTIONS) for unit in units]
    assert read_pairs(data) == [(unit.en_lang, unit.en, unit.zh_lang, unit.zh) for unit in prepared]
    root = etree.fromstring(data)
    for element, unit in zip(root.iter("tu"), prepared, strict=True):
        properties = {prop.get("type"): prop.text for prop in element.findall("prop")}
        assert properties.get("x-page", "") == unit.origin
        assert properties.get("x-title", "") == unit.metadata.title
        assert float(properties["x-confidence"]) == unit.confidence
    assert stream_bytes(units, ExportFormat.TMX) == data


@given(ANY_UNIT)
@settings(deadline=None)
def test_preparing_twice_changes_nothing(unit: TranslationUnit) -> None:
    once = prepare_unit(unit, OPTIONS)
    assert prepare_unit(once, OPTIONS) == once
    assert strip_illegal(once.en) == once.en
    assert once.en == once.en.strip()


@pytest.mark.parametrize("suffix", list(ExportFormat))
def test_same_bytes_twice_with_the_clock_fixed(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732833900")
    unfixed = replace(OPTIONS, created=None)
    first = write_bytes(UNITS, tmp_path, suffix, unfixed)
    assert write_bytes(UNITS, tmp_path, suffix, unfixed) == first
    if suffix == "tmx":
        assert b"20241128T224500Z" in first


def test_units_are_streamed_not_collected(tmp_path: Path) -> None:
    """The temporary file grows while units are still coming: memory does not depend on their number."""
    sizes = []

    def watched() -> Iterator[TranslationUnit]:
        for index in range(600):
            if index in (200, 400):
                sizes.append(sum(path.stat().st_size for path in tmp_path.iterdir()))
            yield make_unit(f"Berth {index} opened.", f"{index}号泊位启用。")

    assert write_units(watched(), tmp_path / "memory.tmx") == 600
    assert 0 < sizes[0] < sizes[1]


# --- readers that are not ours ----------------------------------------------


def test_translate_toolkit_reads_the_same_units(tmp_path: Path) -> None:
    from translate.storage.tmx import tmxfile

    data = write_bytes([*UNITS, make_unit("a ]]> & <b> 👩‍🚀", "甲 ]]> & <b> 𠮷")], tmp_path, "tmx")
    pairs = read_pairs(data)
    assert [unit.source for unit in tmxfile(io.BytesIO(data)).units] == [pair[1] for pair in pairs]
    mainland = tmxfile(io.BytesIO(data), sourcelanguage="en", targetlanguage="zh-CN").units
    assert [(u.source, u.target) for u in mainland if u.target] == [p[1::2] for p in pairs if p[2] == "zh-CN"]


def test_tmx_is_valid_against_its_dtd(shared: Path, tmp_path: Path) -> None:
    with (shared / "tools" / "tmx14.dtd").open("rb") as stream:
        dtd = etree.DTD(stream)
    root = etree.fromstring(write_bytes(UNITS, tmp_path, "tmx"))
    assert dtd.validate(root), dtd.error_log


def run_tmx_accept(shared: Path, path: Path, *options: str) -> None:
    command = [sys.executable, str(shared / "tools" / "tmx_accept"), str(path), *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr


def test_tmx_is_accepted_by_the_shared_checks(shared: Path, tmp_path: Path) -> None:
    hostile = [make_unit(f"a ]]> & <b> {c} \u00a0", f"甲{c}\r\n") for c in ("\x07", "\x85", "\ud800", "\x9f", "\u2028")]
    write_bytes([*UNITS, *hostile], tmp_path, "tmx")
    run_tmx_accept(shared, tmp_path / "memory.tmx", "--no-omegat")


@pytest.mark.slow
def test_omegat_translates_from_the_memory(shared: Path, tmp_path: Path) -> None:
    if not shutil.which("omegat"):
        pytest.skip("OmegaT is not installed (apt-get install --no-install-recommends omegat)")
    odd = [
        make_unit("Cafe\u0301 R&D <fast> grew.", "咖啡馆研发 <快> 增长。"),
        make_unit("It costs 5 yuan.", "价格𠮷五元。"),
    ]
    write_bytes([*UNITS, *odd], tmp_path, "tmx")
    run_tmx_accept(shared, tmp_path / "memory.tmx", "--require-omegat")


def test_importing_the_package_loads_no_format() -> None:
    code = "import sys, aligner.export; print([m for m in ('lxml', 'aligner.export.tmx') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert result.stdout.strip() == "[]"


def test_tsv_rows_that_begin_with_a_quote_are_all_there(tmp_path: Path) -> None:
    """Regression: a spreadsheet took everything from an opening quote to the next one for one cell."""
    texts = ['"We waited," he said.', "Nothing quoted.", '"An open quote', 'inside " and "']
    data = write_bytes([make_unit(text, "正文") for text in texts], tmp_path, "tsv").decode()
    rows = list(csv.reader(io.StringIO(data), dialect=csv.excel_tab))
    assert [row[0] for row in rows[1:]] == texts
    assert "Nothing quoted.\t正文\t" in data, "what needs no quotes has none"
