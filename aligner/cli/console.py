"""What the command line does to its terminal and process: messages, progress, logging, signals."""

import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from aligner.errors import AlignerError

if TYPE_CHECKING:
    from rich.console import Console

    from aligner.evaluation import Scores
    from aligner.records import PageResult

_Item = TypeVar("_Item")
_LEVELS = (logging.ERROR, logging.INFO, logging.DEBUG)


def set_up_logging(verbose: int) -> None:
    """Log to stderr: errors; with one `-v` what the program does; with two what its libraries do as well."""
    logging.basicConfig(level=logging.WARNING if verbose > 1 else logging.ERROR, format="%(name)s: %(message)s")
    logging.getLogger("aligner").setLevel(_LEVELS[min(verbose, len(_LEVELS) - 1)])


def install_stop_signals() -> None:
    """Let Ctrl-C and SIGTERM end the process as `sys.exit` does, so that temporary files are removed on the way."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature that signal handlers have
    # The shell's convention: 130 after Ctrl-C, 143 after SIGTERM.
    raise SystemExit(128 + number)


def show_progress(items: Iterable[_Item], total: int, what: str, quiet: bool) -> Iterator[_Item]:
    """`items`, with a bar on stderr where that is a terminal and there are several."""
    console = _stderr()
    if quiet or total < 2 or not console.is_terminal:
        yield from items
        return
    from rich.progress import track

    yield from track(items, what, total, console=console, transient=True)


def say(lines: Iterable[str]) -> None:
    """Lines for the reader on stderr; what pages and file names bring along cannot steer the terminal."""
    from aligner.text.characters import strip_illegal

    console = _stderr()
    for line in lines:
        console.print(strip_illegal(line), markup=False, highlight=console.is_terminal, soft_wrap=True)


def say_json(data: Any) -> None:
    """`data` on stderr, for programs that read the summary."""
    sys.stderr.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def print_out(text: str) -> None:
    """`text` on stdout; a reader who closes it early (`| head`) ends the printing quietly."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would flush once more at its end, fail again and say so.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_result(result: "PageResult", as_json: bool) -> None:
    """What a page gave, on stdout: tables for a terminal, else one JSON object."""
    from aligner.cli.inspection import describe_result, render_result

    if as_json or not sys.stdout.isatty():
        print_out(json.dumps(describe_result(result), ensure_ascii=False, indent=2))
    else:
        print_out(render_result(result, shutil.get_terminal_size().columns, "NO_COLOR" not in os.environ))


def print_scores(scores: "Scores | None", as_json: bool) -> None:
    """Figures on stdout; None stands for documents without gold, of which there is nothing to print."""
    from aligner.evaluation import format_scores

    if scores is None:
        say(["no document has gold beads (NNN.gold): nothing was scored"])
    else:
        print_out(json.dumps(scores.as_dict(), indent=2) if as_json else format_scores(scores))


@contextmanager
def exit_on_error(code: int) -> Iterator[None]:
    """Tell an error of ours in its one sentence, and end with `code`."""
    try:
        yield
    except AlignerError as error:
        say([f"aligner: {error}"])
        raise SystemExit(code) from error


def _stderr() -> "Console":
    from rich.console import Console

    return Console(stderr=True)
