"""The commands: what they write where, exit codes, and what a page or a destination can do to them."""

import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import ENGLISH_ONLY, GOOD, PAGES, command_line, invoke, run_process
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from aligner import __version__

CORPUS = GOOD.parent.parent / "eval"


def pairs_of(path: Path) -> list[tuple[str, str]]:
    units = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(unit["en"], unit["zh"]) for unit in units]


@pytest.fixture(scope="module")
def good_pairs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """What the good page gives by itself."""
    path = tmp_path_factory.mktemp("good") / "good.jsonl"
    assert invoke("align", GOOD, "-o", path).exit_code == 0
    return pairs_of(path)


# --- help, version, usage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["align", "--help"], ["inspect", "-h"], ["evaluate", "--help"]])
def test_help_is_printed(arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_help_of_align_shows_the_main_job() -> None:
    assert "aligner align release.html -o release.tmx" in invoke("align", "--help").stdout


def test_version() -> None:
    assert invoke("--version").stdout.split() == ["aligner", __version__]


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom aligner.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'faiss', 'lxml', 'jieba', 'trafilatura', 'sentencepiece', 'torch', 'docx', 'pypdfium2'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)  # noqa: S603  # our own
    assert result.returncode == 0, result.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["align", str(GOOD)], "--output"),  # required
        (["align", "-o", "x.tmx"], "nothing to align"),
        (["align", str(GOOD), "-o", "x.pdf"], "names no format"),
        (["align", "--en", str(GOOD), "-o", "x.tmx"], "--en needs --zh"),
        (["align", "--zh", str(GOOD), "-o", "x.tmx"], "--zh needs --en"),
        (["align", str(GOOD), "--en", "a", "--zh", "b", "-o", "x.tmx"], "run them one by one"),
        (["align", str(GOOD), "--split-lines", "-o", "x.tmx"], "--split-lines needs --en and --zh"),
        (["align", "-", "-", "-o", "x.tmx"], "read only once"),
        (["align", str(GOOD), "-o", "x.tmx", "--min-confidence", "1.5"], "--min-confidence"),
        (["align", str(GOOD), "-o", "x.tmx", "--format", "csv"], "--format"),
        (["align", str(GOOD), "-o", "x.tmx", "--en-lang", "en_US"], "no language code"),
        (["align", str(GOOD), "-o", "x.tmx", "--date", "yesterday"], "this is no time"),
        (["align", str(GOOD), "-o", "x.tmx", "--no-such-option"], "No such option"),
        (["align", str(GOOD), "-o", "no/such/folder/x.tmx"], "there is no folder"),
        (["evaluate", "no-such-folder"], "there are no documents here"),
        (["translate"], "No such command"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_wrong_usage_is_2_and_writes_nothing(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_model_that_cannot_be_loaded_is_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as where the extra is not installed
    result = invoke("align", GOOD, "-o", tmp_path / "x.tmx", "--model", "some/model")
    assert result.exit_code == 2
    assert "pip install -e '.[transformers]'" in result.stderr


# --- align ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_page_to_memory_with_a_summary(tmp_path: Path) -> None:
    output = tmp_path / "release.tmx"
    options = [
        "--en-lang",
        "en-GB",
        "--zh-lang",
        "zh-CN",
        "--domain",
        "ports",
        "--client",
        "Luhai",
        "--creator",
        "desk",
    ]
    result = invoke("align", GOOD, "-o", output, *options)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"units written to {output}" in result.stderr
    text = output.read_text(encoding="utf-8")
    for expected in ('xml:lang="en-GB"', 'type="x-domain">ports<', 'type="x-client">Luhai<', 'creationid="desk"'):
        assert expected in text
    assert "use-multilingual-v3|" in text, "the signature names the encoder"


@pytest.mark.slow
def test_summary_as_json(tmp_path: Path) -> None:
    output = tmp_path / "o.jsonl"
    missing = tmp_path / "missing.txt"
    result = invoke("align", GOOD, ENGLISH_ONLY, missing, "-o", output, "--json")
    summary = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, summary["exit_code"]) == (1, "", 1)
    assert summary["pages"] == 3
    assert summary["units"] == len(pairs_of(output))
    assert summary["without_units"] == [{"page": str(ENGLISH_ONLY), "reason": "the page is in English only"}]
    assert summary["failed"] == [{"page": str(missing), "error": f"{missing} does not exist; check the path."}]


@pytest.mark.slow
def test_folder_gives_one_memory_and_a_monolingual_page_is_no_failure(
    tmp_path: Path, good_pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "good.txt").write_bytes(GOOD.read_bytes())
    (folder / "english.html").write_bytes(ENGLISH_ONLY.read_bytes())
    result = invoke("align", folder, "-o", tmp_path / "o.jsonl")
    assert result.exit_code == 0
    assert "the page is in English only" in result.stderr
    assert pairs_of(tmp_path / "o.jsonl") == good_pairs


@pytest.mark.slow
def test_stdin_to_stdout(good_pairs: list[tuple[str, str]]) -> None:
    result = invoke("align", "-", "-o", "-", "--format", "jsonl", stdin=GOOD.read_bytes())
    assert result.exit_code == 0
    assert [(unit["en"], unit["zh"]) for unit in map(json.loads, result.stdout.splitlines())] == good_pairs


@pytest.mark.slow
def test_quiet_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    assert invoke("align", GOOD, "-o", tmp_path / "o.tmx", "--quiet").output == ""


def test_quiet_still_tells_failures(tmp_path: Path) -> None:
    assert "does not exist" in invoke("align", tmp_path / "no.txt", "-o", tmp_path / "o.tmx", "--quiet").stderr


@pytest.mark.slow
def test_nothing_to_align_is_3_with_reasons_and_no_file(tmp_path: Path) -> None:
    output = tmp_path / "o.tmx"
    decoys = sorted(PAGES.glob("d0*"))
    result = invoke("align", *decoys, "-o", output)
    assert (result.exit_code, output.exists()) == (3, False)
    for decoy in decoys:
        assert f"{decoy}: the page is in " in result.stderr


def test_only_failures_is_1(tmp_path: Path) -> None:
    output = tmp_path / "o.tmx"
    result = invoke("align", tmp_path / "no.txt", "-o", output)
    assert (result.exit_code, output.exists()) == (1, False)


def test_two_files_that_are_no_translations_are_3(tmp_path: Path) -> None:
    result = invoke("align", "--en", ENGLISH_ONLY, "--zh", PAGES / "d02-chinese-only.txt", "-o", tmp_path / "o.tmx")
    assert result.exit_code == 3
    assert "do not look like translations of each other" in result.stderr


@pytest.mark.slow
def test_existing_output_is_kept_without_force(tmp_path: Path) -> None:
    output = tmp_path / "o.tmx"
    output.write_text("precious")
    refused = invoke("align", GOOD, "-o", output)
    assert (refused.exit_code, output.read_text()) == (2, "precious")
    assert "--force" in refused.stderr
    assert invoke("align", GOOD, "-o", output, "--force").exit_code == 0
    assert output.read_bytes().startswith(b"<?xml")


@pytest.mark.slow
def test_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a.tmx", "b.tmx"):
        assert invoke("align", GOOD, "-o", tmp_path / name, "--date", "2024-11-28").exit_code == 0
    assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()


# --- bad pages, the good one unharmed -------------------------------------------------------------------------------


def pdf(text: str = "", **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 150_000_000)
    return buffer.getvalue()


BAD_PAGES: list[tuple[str, Callable[[], bytes]]] = [
    ("empty.txt", bytes),
    ("blank.html", lambda: b" \n\t"),
    ("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),  # binary under a text suffix
    ("noise.txt", lambda: bytes(range(256)) * 64),
    ("truncated.docx", lambda: (PAGES / "009-lanqiao-buses.docx").read_bytes()[:9000]),
    ("truncated.pdf", lambda: (PAGES / "011-suyuan-trial.pdf").read_bytes()[:3000]),
    ("scan.pdf", pdf),  # no text layer
    ("secret.pdf", lambda: pdf("Hello", encrypt=StandardEncryption("secret", canPrint=0))),
    ("bomb.docx", docx_bomb),
    ("nested.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"x"),
    ("long.txt", lambda: b"The port opened. " * 3_000_000),  # one line of 51 MB
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "make"), BAD_PAGES, ids=[name for name, _ in BAD_PAGES])
def test_bad_page_is_one_sentence_and_harms_no_other(
    name: str, make: Callable[[], bytes], tmp_path: Path, good_pairs: list[tuple[str, str]]
) -> None:
    bad, output = tmp_path / name, tmp_path / "o.jsonl"
    bad.write_bytes(make())
    result = invoke("align", bad, GOOD, "-o", output, "--json")
    assert result.exit_code == 1
    assert pairs_of(output) == good_pairs
    (failed,) = json.loads(result.stdout)["failed"]
    assert failed["page"] == str(bad)
    assert failed["error"].startswith(str(bad))
    assert "internal error" not in failed["error"]
    assert failed["error"].strip().count("\n") == 0


@pytest.mark.slow
@pytest.mark.parametrize("declared", ["big5", "iso-8859-1", "utf-16", "no-such-charset"])
def test_wrong_declared_charset_is_survived(declared: str, tmp_path: Path, good_pairs: list[tuple[str, str]]) -> None:
    lines = "".join(f"<p>{line}</p>" for line in GOOD.read_text(encoding="utf-8").splitlines() if line.strip())
    page, output = tmp_path / "page.html", tmp_path / "o.jsonl"
    markup = f'<html><head><meta charset="{declared}"></head><body>{lines}</body></html>'
    page.write_bytes(markup.encode("gb18030"))
    assert invoke("align", page, "-o", output).exit_code == 0
    assert len(set(pairs_of(output)) & set(good_pairs)) >= len(good_pairs) - 2


@pytest.mark.slow
def test_surrogates_and_control_characters_never_reach_the_memory(
    tmp_path: Path, good_pairs: list[tuple[str, str]]
) -> None:
    dirty = GOOD.read_text(encoding="utf-8").replace("a", "a\ud800\x07").replace("的", "\x00的\ufffe")
    page, output = tmp_path / "page.txt", tmp_path / "o.tmx"
    page.write_bytes(dirty.encode("utf-8", "surrogatepass"))
    result = invoke("align", page, "-o", output)
    assert result.exit_code in (0, 1)  # refusing such a file as binary is fine too
    if result.exit_code == 0:
        from lxml import etree

        segments = [element.text or "" for element in etree.parse(output).iter("seg")]
        assert len(segments) >= len(good_pairs)
        assert not any(
            ord(character) < 32 or 0xD800 <= ord(character) < 0xE000 for text in segments for character in text
        )


def test_what_a_file_is_called_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = "\x1b[2Jpage[red].txt"
    result = invoke("align", tmp_path / name, "-o", tmp_path / "o.tmx")
    assert "\x1b" not in result.stderr
    assert "[red]" in result.stderr, "names are shown as they are, not read as markup"


# --- bad destinations -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_2(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    result = invoke("align", GOOD, "-o", folder / "o.tmx")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_output_in_a_place_that_is_no_folder_is_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = invoke("align", GOOD, "-o", tmp_path / "file" / "o.tmx")
    assert result.exit_code == 2
    assert result.stderr.startswith("aligner: ")


@pytest.mark.slow
def test_full_disk_is_2_and_leaves_nothing(tmp_path: Path) -> None:
    def limit_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    warm = invoke("align", GOOD, "-o", tmp_path / "warm.tmx")  # the encoder's cache is made now, not under the limit
    assert warm.exit_code == 0
    (tmp_path / "warm.tmx").unlink()
    result = subprocess.run(  # noqa: S603  # our own program
        command_line("align", GOOD, "-o", tmp_path / "o.tmx"),
        capture_output=True,
        check=False,
        timeout=120,
        preexec_fn=limit_files,  # no threads in the test process that could deadlock it
    )
    assert result.returncode == 2, result.stderr.decode()
    assert b"no room left" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_stdout_is_2() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(  # noqa: S603  # our own program
            command_line("align", GOOD, "-o", "-"), stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr


# --- processes ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_stopped_run_leaves_no_file_behind(number: signal.Signals, code: int, tmp_path: Path) -> None:
    output = tmp_path / "o.tmx"
    pages = [str(GOOD), *[str(path) for path in PAGES.iterdir()] * 50]
    process = subprocess.Popen(  # noqa: S603  # our own program
        command_line("align", *pages, "-o", output), stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)  # until the temporary file is there
    assert list(tmp_path.iterdir()), "the run has begun to write"
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert list(tmp_path.iterdir()) == []
    assert b"Traceback" not in told


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["inspect", str(GOOD)], ["align", str(GOOD), "-o", "-"]])
def test_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    process = subprocess.Popen(  # noqa: S603  # our own program
        command_line(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    assert process.returncode == 0, told.decode()
    assert b"BrokenPipe" not in told


@pytest.mark.slow
def test_process_speaks_like_the_tests_do(tmp_path: Path) -> None:
    result = run_process("align", GOOD, ENGLISH_ONLY, "-o", tmp_path / "o.tmx")
    assert (result.returncode, result.stdout) == (0, b"")
    assert b"\x1b" not in result.stderr, "no colours and no bar where stderr is no terminal"


# --- inspect --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_inspect_gives_json_where_stdout_is_no_terminal() -> None:
    result = invoke("inspect", GOOD)
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    (page,), (pair,) = told["pages"], told["pairs"]
    assert {block["verdict"] for block in page["blocks"]} >= {"title", "article"}
    assert all(block["reason"] for block in page["blocks"])
    kept = [bead for bead in pair["beads"] if bead["unit"]]
    assert len(kept) == told["units"] > 15
    assert all(bead["en"] and bead["zh"] and 0 <= bead["confidence"] <= 1 for bead in kept)


@pytest.mark.slow
def test_inspect_tells_why_a_page_has_no_units() -> None:
    told = json.loads(invoke("inspect", ENGLISH_ONLY, "--json").stdout)
    assert (told["pairs"], told["units"], told["reason"]) == ([], 0, "the page is in English only")
    furniture = [block for block in told["pages"][0]["blocks"] if block["verdict"] == "furniture"]
    assert furniture
    assert all(block["kept"] == [] for block in furniture)


@pytest.mark.slow
def test_inspect_shows_watermarks_cut_off() -> None:
    (page,) = json.loads(invoke("inspect", PAGES / "006-dashan-wind.txt").stdout)["pages"]
    marked = [block for block in page["blocks"] if "watermark cut off" in block["reason"]]
    assert len(marked) > 5
    (mark,) = {cut.strip() for block in marked for cut in block["cut"]}
    assert not any(mark in kept for block in page["blocks"] for kept in block["kept"])


@pytest.mark.slow
def test_inspect_of_two_files_shows_both() -> None:
    en, zh = PAGES / "014-wulan-tea.en.txt", PAGES / "014-wulan-tea.zh.txt"
    told = json.loads(invoke("inspect", "--en", en, "--zh", zh).stdout)
    assert [page["origin"] for page in told["pages"]] == [str(en), str(zh)]


def test_inspect_of_a_missing_page_is_1(tmp_path: Path) -> None:
    result = invoke("inspect", tmp_path / "no.txt")
    assert result.exit_code == 1
    assert "does not exist" in json.loads(result.stdout)["error"]


# --- evaluate -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_evaluate_writes_predictions_and_prints_their_figures(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in CORPUS.glob("001.*"):
        (gold / path.name).write_bytes(path.read_bytes())
    result = invoke("evaluate", gold, "--save-pred", tmp_path / "deep" / "pred")
    assert result.exit_code == 0
    assert "strict" in result.stdout
    from aligner.evaluation import read_beads

    assert len(read_beads(tmp_path / "deep" / "pred" / "001.pred")) > 15
    figures = json.loads(invoke("evaluate", gold, "--json").stdout)
    assert figures["documents"] == 1
    assert 0.8 < figures["f1_strict"] <= 1.0


def test_evaluate_without_gold_needs_somewhere_to_write(tmp_path: Path) -> None:
    (tmp_path / "001.en").write_text("The port opened.\n", encoding="utf-8")
    (tmp_path / "001.zh").write_text("港口启用了。\n", encoding="utf-8")
    assert invoke("evaluate", tmp_path).exit_code == 2
    result = invoke("evaluate", tmp_path, "--save-pred", tmp_path / "pred")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "pred" / "001.pred").read_text().startswith("[0]:[0]")
