"""The program as a process in a hostile place: closed and full streams, odd encodings, long names, signals."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from cli_runs import GOOD, command_line

pytestmark = pytest.mark.slow

LONG_NAME = "a" * 300


def run_shell(redirection: str, *arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The program with the shell's redirections."""
    command = "exec " + " ".join(f"'{part}'" for part in command_line(*arguments)) + " " + redirection
    return subprocess.run(  # noqa: S603  # our own program
        ["/bin/bash", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **settings},
    )


@pytest.mark.parametrize(
    ("redirection", "arguments", "code", "sentence"),
    [
        (">&-", ["inspect", GOOD], 2, "standard output is closed"),
        (">&-", ["align", GOOD, "-o", "-"], 2, "standard output is closed"),
        ("<&-", ["align", "-", "-o", "x.tmx"], 1, "standard input is closed"),
        (">/dev/full", ["inspect", GOOD], 2, "standard output cannot be written: No space left on device"),
        ("", ["align", GOOD, "-o", f"{LONG_NAME}.tmx"], 2, "File name too long"),
        ("", ["inspect", LONG_NAME], 2, "File name too long"),
    ],
)
def test_one_sentence_and_no_traceback(
    redirection: str, arguments: list[str], code: int, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(GOOD.parent.parent.parent))
    monkeypatch.chdir(tmp_path)
    done = run_shell(redirection, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_closed_stderr_costs_only_the_summary() -> None:
    done = run_shell("2>&-", "align", GOOD, "-o", "-", "--format", "jsonl", "--json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 15


@pytest.mark.parametrize("encoding", ["ascii", "cp936"])
def test_json_is_json_in_any_encoding(encoding: str) -> None:
    done = run_shell("", "inspect", GOOD, PYTHONIOENCODING=encoding)
    shown = json.loads(done.stdout)
    assert (done.returncode, shown["units"] > 15) == (0, True)


def test_several_pages_are_one_json_object_a_line() -> None:
    done = run_shell("", "inspect", "--json", GOOD, GOOD)
    assert [json.loads(line)["origin"] for line in done.stdout.splitlines()] == [str(GOOD)] * 2


@pytest.mark.parametrize("name", ["page.txt", "./page.txt", "link.txt", "hard.txt"])
def test_an_input_is_never_overwritten(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(GOOD.parent.parent.parent))
    monkeypatch.chdir(tmp_path)
    shutil.copy(GOOD, "page.txt")
    Path("link.txt").symlink_to("page.txt")
    os.link("page.txt", "hard.txt")
    done = run_shell("", "align", "page.txt", "-o", name, "--format", "tsv", "--force")
    assert done.returncode == 2
    assert "is an input" in done.stderr
    assert Path("page.txt").read_bytes() == GOOD.read_bytes()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(signal.SIGINT, "interrupted"), (signal.SIGTERM, "stopped"), (signal.SIGHUP, "stopped")],
)
def test_a_signal_is_told_and_leaves_nothing_behind(number: signal.Signals, sentence: str, tmp_path: Path) -> None:
    arguments = command_line("align", "-", "-o", tmp_path / "o.tmx")
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603  # our own program
        time.sleep(3)  # it waits for its page by now
        process.send_signal(number)
        stderr = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 128 + number
    assert sentence in stderr
    assert list(tmp_path.iterdir()) == []
