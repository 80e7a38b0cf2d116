"""Processes of their own for what is measured, so that memory and start-up are those of the thing alone."""

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import ROOT

_TUNED_BLAS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Set on some machines to make results repeatable between CPUs; they slow matrix products down."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    seconds: float
    """Wall time from start to end."""
    cpu_seconds: float
    peak_mb: float
    """Largest resident memory, in millions of bytes."""
    exit_code: int


def plain_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of the benchmark without settings that slow NumPy down, and with `extra`."""
    kept = {name: value for name, value in os.environ.items() if name not in _TUNED_BLAS}
    return {**kept, **(extra or {})}


def run_process(command: Sequence[str], extra: Mapping[str, str] | None = None) -> Run:
    """Run `command` to its end, its output thrown away.

    Linux counts the memory of the process that starts another as the other's, until that has its own: keep the
    process that calls this small, which the benchmarks do by importing NumPy only in children.
    """
    begun = time.perf_counter()
    with subprocess.Popen(  # commands are the benchmarks' own
        command,
        cwd=ROOT,
        env=plain_environment(extra),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, process.returncode)


def call_in_child(function: Callable[..., Any], extra: Mapping[str, str] | None = None, **arguments: Any) -> Any:
    """What `function(**arguments)` returns in a fresh interpreter, as JSON; a dict gets `peak_mb` added.

    Raises RuntimeError, with the end of what the child said, where it fails.
    """
    command = [sys.executable, "-m", "benchmarks.processes", function.__module__, function.__qualname__]
    done = subprocess.run(  # our own interpreter
        [*command, json.dumps(arguments)],
        cwd=ROOT,
        env=plain_environment(extra),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{function.__qualname__}({arguments}) failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def own_peak_mb() -> float:
    """Largest resident memory of this process so far, in millions of bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("this system does not tell the peak memory of a process")


def _serve() -> None:
    """The child's side of `call_in_child`."""
    module, name, arguments = sys.argv[1:]
    result = getattr(importlib.import_module(module), name)(**json.loads(arguments))
    if isinstance(result, dict):
        result["peak_mb"] = own_peak_mb()
    print(json.dumps(result))


if __name__ == "__main__":
    _serve()
