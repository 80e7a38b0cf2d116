"""README's examples do what README says: each marked block is run, in a folder with the files that it names.

A block is marked by a comment before it: `<!-- run -->` for shell, which must end with exit code 0, or
`<!-- run: exit 3 -->`; Python blocks with the mark are run as scripts.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MARKED = re.compile(r"<!-- run(?:: exit (?P<code>\d))? -->\n+```(?P<language>sh|python)\n(?P<text>.*?)```", re.DOTALL)
EXAMPLES = [(match["language"], match["text"], int(match["code"] or 0)) for match in MARKED.finditer(README)]
PAGES = {  # names in README, and the sample releases that stand for them
    "release.html": "002-qinghe-hospital.html",
    "en.docx": "012-xiling-railway.en.docx",
    "zh.docx": "012-xiling-railway.zh.docx",
    "english.html": "d01-english-only.html",
    "pages/release.txt": "001-luhai-port.txt",
    "pages/table.docx": "009-lanqiao-buses.docx",
    "pages/paper.pdf": "013-hsinyao-satellites.pdf",
    "pages/chinese.txt": "d02-chinese-only.txt",
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the examples name."""
    for name, source in PAGES.items():
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "corpora" / "pages" / source, target)
    corpus = tmp_path / "corpora" / "eval"
    corpus.mkdir(parents=True)
    for path in (ROOT / "corpora" / "eval").glob("00[12].*"):
        shutil.copy(path, corpus)
    for language in ("en", "zh"):
        shutil.copy(corpus / f"001.{language}", tmp_path / f"{language}.txt")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize(("language", "text", "code"), EXAMPLES, ids=[text.split("\n")[0] for _, text, _ in EXAMPLES])
def test_an_example_runs(desk: Path, language: str, text: str, code: int):
    command = [sys.executable, "-c", text] if language == "python" else ["bash", "-euo", "pipefail", "-c", text]
    # The console script and Python of the environment that runs the tests, whether or not it is active.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=desk, env=settings, capture_output=True, text=True, check=False)  # noqa: S603  # our own README
    assert done.returncode == code, done.stderr


def test_there_are_examples_of_both_kinds():
    assert {language for language, _, _ in EXAMPLES} == {"sh", "python"}


def test_the_first_screen_holds_both_commands():
    first_screen = "\n".join(README.split("\n")[:40])
    assert "aligner align corpora/pages/" in first_screen
    assert "bash scripts/test" in first_screen
    assert "exec bash scripts/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_files_that_readme_names_exist():
    linked = re.findall(r"\]\(([^)#:]+)\)", README)
    assert linked
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_properties_that_readme_lists_are_those_in_the_memory(desk: Path):
    from aligner import align_page, write_units

    write_units(align_page(desk / "release.html").units, desk / "release.tmx")
    written = set(re.findall(r'prop type="(x-[a-z-]+)"', (desk / "release.tmx").read_text(encoding="utf-8")))
    assert written
    assert written <= set(re.findall(r"`(x-[a-z-]+)`", README))


def test_options_that_readme_names_exist():
    from typer.main import get_command

    from aligner.cli import app

    commands = get_command(app).commands.values()  # type: ignore[attr-defined]
    known = {name for command in commands for parameter in command.params for name in parameter.opts}
    lines = [line for line in README.split("\n") if line.startswith("aligner ")]
    inline = re.findall(r"`(--[^`]*)`", README)
    named = set(re.findall(r"(?<![\w-])--[a-z-]+", " ".join(lines + inline)))
    assert len(named) > 10
    assert named - known == set()
