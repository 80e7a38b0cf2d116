"""What the command line does to its terminal and process: messages, progress, logging, signals."""

import io
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from aligner.errors import AlignerError, ExportError

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


class Stopped(SystemExit):
    """The user or the system ended the process by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)  # the shell's convention: 130 after Ctrl-C
        self.reason = "interrupted" if number == signal.SIGINT else "stopped by the system"


def install_stop_signals() -> None:
    """Let Ctrl-C, SIGTERM and SIGHUP end the process as `sys.exit` does: temporary files are removed on the way."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _stop)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature that signal handlers have
    raise Stopped(number)


def prepare_streams() -> None:
    """Let no character be a reason to fail: what a stream's encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


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

    if sys.stderr is None:  # closed: there is nobody to tell
        return
    console = _stderr()
    for line in lines:
        console.print(strip_illegal(line), markup=False, highlight=console.is_terminal, soft_wrap=True)


def say_json(data: Any) -> None:
    """`data` on stderr, for programs that read the summary."""
    if sys.stderr is not None:
        sys.stderr.write(_dump(data, sys.stderr.encoding) + "\n")


def print_out_json(data: Any) -> None:
    """`data` on stdout, for programs."""
    print_out(_dump(data, getattr(sys.stdout, "encoding", "utf-8")))


def _dump(data: Any, encoding: str, one_line: bool = False) -> str:
    """JSON in characters that the stream can take."""
    plain = not encoding.lower().replace("-", "").startswith("utf")
    return json.dumps(data, ensure_ascii=plain, indent=None if one_line else 2)


def print_out(text: str) -> None:
    """`text` on stdout; a reader who closes it early (`| head`) ends the printing quietly.

    :raises ExportError: when stdout is closed or full.
    """
    if sys.stdout is None:
        raise ExportError("standard output is closed; nothing can be shown")
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would flush once more at its end, fail again and say so.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ExportError(f"standard output cannot be written: {error.strerror}") from error


def print_result(result: "PageResult", as_json: bool, flagged: bool, one_line: bool) -> None:
    """What a page gave, on stdout: tables for a terminal, else JSON.

    :param flagged: only the beads that a person should look at.
    :param one_line: whether the JSON takes one line, since others follow.
    """
    from aligner.cli.inspection import describe_result, render_result

    if as_json or sys.stdout is None or not sys.stdout.isatty():
        encoding = getattr(sys.stdout, "encoding", "utf-8")
        print_out(_dump(describe_result(result, flagged), encoding, one_line))
        return
    text = render_result(result, shutil.get_terminal_size().columns, "NO_COLOR" not in os.environ, flagged)
    if text.count("\n") < shutil.get_terminal_size().lines or not _page(text):
        print_out(text)


def _page(text: str) -> bool:
    """Show `text` in `less`, which keeps colours; False where there is none, or the terminal cannot scroll."""
    less = shutil.which("less")
    if less is None or os.environ.get("TERM", "dumb") == "dumb":
        return False
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager
    try:
        environment = {**os.environ, "LESSCHARSET": "utf-8"}
        subprocess.run([less, "-RFX"], input=text.encode(), env=environment, check=False)  # noqa: S603  # the user's own pager
    finally:
        signal.signal(signal.SIGINT, usual)
    return True


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
