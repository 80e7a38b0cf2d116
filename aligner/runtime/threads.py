"""Threads that work on one document: ours, side by side, each computing alone.

A BLAS library divides single matrix products among threads, which wait for each other: on a machine that does other
work at the same time they are slower than one thread, and how sums are divided may change their last digit. So products
run on one thread each, several products at a time: faster, and the same bytes from any number of threads.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST_THREADS = 8
_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""Variables by which a user tells programs like this one to use fewer threads than there are cores."""


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """Inside, matrix products of this process run on one thread each."""
    import numpy as np  # noqa: F401  # its BLAS must be loaded to be found
    from threadpoolctl import ThreadpoolController

    with ThreadpoolController().limit(limits=1, user_api="blas"):
        yield


def run_all(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """What `function` gives for each item, in order, worked on several at a time; the first error is raised again."""
    queue = list(items)
    workers = min(count_threads(), len(queue))
    if workers <= 1:
        return [function(item) for item in queue]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, queue))


def count_threads() -> int:
    """Cores that this process may use, at most what the environment allows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    limits = [int(value) for name in _LIMITS if (value := os.environ.get(name, "")).isdecimal()]
    return max(1, min(cores, _MOST_THREADS, *limits))
