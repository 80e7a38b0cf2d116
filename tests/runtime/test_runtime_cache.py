"""The cache of arrays: filled once, whole or not at all, by any number of processes."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from aligner.runtime.cache import default_cache_folder, load_arrays

ARRAYS = {"counts": np.arange(5), "weights": np.ones((2, 3), np.float32)}


def test_arrays_are_built_once_and_mapped_read_only(tmp_path: Path) -> None:
    calls: list[int] = []

    def build() -> dict[str, np.ndarray]:
        calls.append(1)
        return ARRAYS

    first, second = load_arrays(tmp_path / "made", build), load_arrays(tmp_path / "made", build)
    assert len(calls) == 1
    for arrays in (first, second):
        assert arrays.keys() == ARRAYS.keys()
        assert all(np.array_equal(arrays[name], ARRAYS[name]) for name in ARRAYS)
        assert isinstance(arrays["weights"], np.memmap)
        with pytest.raises(ValueError, match="read-only"):
            arrays["weights"][0] = 2


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    arrays = load_arrays(tmp_path / "file" / "made", lambda: ARRAYS)
    assert np.array_equal(arrays["counts"], ARRAYS["counts"])


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> dict[str, np.ndarray]:
        raise KeyError

    with pytest.raises(KeyError):
        load_arrays(tmp_path / "made", fail)
    assert list(tmp_path.iterdir()) == []


FILL = """
import sys, time, numpy as np
from pathlib import Path
from aligner.runtime.cache import load_arrays
folder = Path(sys.argv[1])
def build():
    (folder.parent / f"ready-{sys.argv[2]}").touch()
    while len(list(folder.parent.glob("ready-*"))) < 2:  # both have found the cache missing before either fills it
        time.sleep(0.01)
    return {"values": np.arange(100_000)}
assert load_arrays(folder, build)["values"].sum() == 4_999_950_000
"""


def test_two_processes_fill_the_cache_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILL, str(tmp_path / "made")]
    processes = [subprocess.Popen([*command, name]) for name in ("a", "b")]  # noqa: S603  # our own interpreter and text
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "ready-a", "ready-b"]


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", os.fspath(tmp_path))
    assert default_cache_folder() == tmp_path
