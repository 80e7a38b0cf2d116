"""How tests run the program: as a process of its own, or within this one."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from aligner.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "corpora" / "pages"
GOOD = PAGES / "001-luhai-port.txt"
ENGLISH_ONLY = PAGES / "d01-english-only.html"


def run_process(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """`aligner` as the shell starts it; `settings` go into its environment."""
    return subprocess.run(  # noqa: S603  # our own program
        command_line(*arguments), capture_output=True, check=False, timeout=120, env={**os.environ, **settings}
    )


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "aligner", *map(str, arguments)]


def invoke(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """The same command within this process, which has the encoder loaded already."""
    return CliRunner().invoke(app, [*map(str, arguments)], input=stdin)
