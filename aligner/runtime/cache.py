"""The user's cache: arrays computed once, memory-mapped ever after, shared by processes. A leaf module."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_log = logging.getLogger(__name__)


def default_cache_folder() -> Path:
    """Folder of all caches: `ALIGNER_CACHE`, else where the system keeps a user's caches. It need not exist."""
    if override := os.environ.get("ALIGNER_CACHE"):
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("aligner", appauthor=False)


def load_arrays(folder: Path, build: Callable[[], Mapping[str, NDArray[Any]]]) -> Arrays:
    """The arrays that `build` makes, by name: read-only and memory-mapped from `folder`, which is filled if missing.

    Where the cache cannot be written, what `build` made is returned as it is. Two processes may fill the cache at
    once: each fills a folder of its own, and the first to rename it wins. What `build` makes may change only together
    with the folder's name.
    """
    if not folder.is_dir():
        arrays = build()
        try:
            _fill(folder, arrays)
        except OSError as error:
            _log.info("cannot write the cache %s (%s): going on without it", folder, error)
            return dict(arrays)
    return {path.stem: np.load(path, mmap_mode="r", allow_pickle=False) for path in sorted(folder.glob("*.npy"))}


def _fill(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write every array into a temporary sibling of `folder`, then rename it: whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".filling-", ignore_cleanup_errors=True) as temporary:
        staging = Path(temporary) / folder.name
        staging.mkdir()
        for name, array in arrays.items():
            np.save(staging / f"{name}.npy", array)
        try:
            staging.rename(folder)
        except OSError:
            if not folder.is_dir():  # anything but another process having been faster
                raise
            shutil.rmtree(staging, ignore_errors=True)
