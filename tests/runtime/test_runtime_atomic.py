# ruff: noqa: S603, S607  # the commands run here are written here, none comes from input
"""A file appears whole or not at all, and nobody's work is lost by it."""

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aligner.errors import ExportError
from aligner.export import ExportFormat, ExportOptions, check_destination, write_units
from aligner.records import TranslationUnit
from aligner.runtime.atomic import open_destination

FORCE = ExportOptions(force=True)


def make_units(count: int) -> Iterator[TranslationUnit]:
    for i in range(count):
        yield TranslationUnit(
            f"Berth {i} opened.", f"{i}号泊位启用。", "en", "zh-CN", 0.9, "1-1", (), "a.txt", ((0, 9),), ((9, 15),)
        )


def break_off(count: int, error: BaseException) -> Iterator[TranslationUnit]:
    yield from make_units(count)
    raise error


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- whole or not at all ----------------------------------------------------


@pytest.mark.parametrize("suffix", list(ExportFormat))
@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("a stage failed"),
        OSError(28, "the page's own disk"),  # not the destination's: must not be told as a full destination
        KeyboardInterrupt(),
    ],
    ids=["error", "os-error", "interrupt"],
)
@pytest.mark.parametrize("count", [0, 3, 2000], ids=["at-once", "buffered", "after-megabytes"])
def test_a_crash_of_the_units_leaves_nothing(suffix: str, error: BaseException, count: int, tmp_path: Path) -> None:
    with pytest.raises(type(error)) as caught:
        write_units(break_off(count, error), tmp_path / f"memory.{suffix}")
    assert caught.value is error
    assert names(tmp_path) == []


def test_a_crash_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write_units(break_off(2000, RuntimeError()), path, None, FORCE)
    assert (names(tmp_path), path.read_text()) == (["memory.tmx"], "old")


@pytest.mark.parametrize("existing", [False, True])
def test_without_a_unit_nothing_is_touched(
    existing: bool, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "memory.tmx"
    if existing:
        path.write_text("old")
    assert write_units([], path, None, FORCE) == 0
    assert write_units([], "-") == 0
    assert names(tmp_path) == ["memory.tmx"] * existing
    assert not existing or path.read_text() == "old"
    assert capfdbinary.readouterr().out == b""


def test_a_killed_run_leaves_no_file_under_the_name(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from aligner.runtime.atomic import open_destination\n"
        "with open_destination(sys.argv[1]) as stream:\n"
        "    stream.write(b'half'); stream.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "memory.tmx")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "memory.tmx").exists()


# --- what stands there already ----------------------------------------------


def test_an_existing_file_is_refused_before_any_work(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text("old")
    with pytest.raises(ExportError, match=r"memory\.tmx: exists already; use --force"):
        write_units(break_off(0, AssertionError("the units were asked for")), path)
    assert path.read_text() == "old"


def test_force_replaces_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text("old")
    path.chmod(0o640)
    assert write_units(make_units(2), path, None, FORCE) == 2
    assert b"Berth 1 opened." in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(tmp_path) == ["memory.tmx"]


def test_a_file_that_appears_during_the_run_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"

    def units() -> Iterator[TranslationUnit]:
        yield from make_units(1)
        path.write_text("a colleague's")

    with pytest.raises(ExportError, match="exists already"):
        write_units(units(), path)
    assert (names(tmp_path), path.read_text()) == (["memory.tmx"], "a colleague's")


def test_without_hard_links_a_rename_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT and some network drives have no hard links; no such drive is at hand, so the system call is refused."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "memory.tmx"
    with open_destination(path) as stream:
        stream.write(b"new")
    assert (names(tmp_path), path.read_bytes()) == (["memory.tmx"], b"new")
    with pytest.raises(ExportError, match="exists already"), open_destination(tmp_path / "late.tmx") as stream:
        (tmp_path / "late.tmx").write_text("a colleague's")
    assert names(tmp_path) == ["late.tmx", "memory.tmx"]


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_follows_the_umask(umask: int, expected: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        write_units(make_units(1), tmp_path / "memory.tsv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "memory.tsv").stat().st_mode) == expected


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link, target = tmp_path / "memory.tmx", tmp_path / "real" / "2024.tmx"
    link.symlink_to(target)
    write_units(make_units(1), link)  # leads nowhere yet: its target is made
    assert link.is_symlink()
    assert target.stat().st_size > 0
    with pytest.raises(ExportError, match="exists already"):
        write_units(make_units(1), link)
    write_units(make_units(2), link, None, FORCE)
    assert link.is_symlink()
    assert names(tmp_path / "real") == ["2024.tmx"]


def test_the_longest_possible_name_works(tmp_path: Path) -> None:
    name = "n" * (255 - len(".tsv")) + ".tsv"
    write_units(make_units(1), tmp_path / name)
    assert names(tmp_path) == [name]


# --- what cannot be written to ----------------------------------------------


def prepare_loop(path: Path) -> None:
    path.symlink_to(path)


def prepare_socket(path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.parametrize(
    ("prepare", "name", "message"),
    [
        (Path.mkdir, "memory.tmx", r"this is a folder; name a file in it, such as .*memory\.tmx/memory\.tmx"),
        (None, "none/memory.tmx", "there is no folder .*none; make it"),
        (lambda path: path.parent.write_text("a file"), "file.txt/memory.tmx", "Not a directory"),
        (prepare_loop, "memory.tmx", "Too many levels of symbolic links"),
        (prepare_socket, "s.tmx", "neither a file nor a pipe"),
        (None, "n" * 252 + ".tmx", "File name too long"),
    ],
    ids=["folder", "no-folder", "file-as-folder", "link-loop", "socket", "long-name"],
)
@pytest.mark.parametrize("force", [False, True])
def test_impossible_destinations_are_refused_before_any_work(
    prepare: object, name: str, message: str, force: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has a limit that the full one would pass
    path = Path(name)
    if callable(prepare):
        prepare(path)
    before = names(tmp_path)
    with pytest.raises(ExportError, match=message):
        write_units(break_off(0, AssertionError("the units were asked for")), path, None, ExportOptions(force=force))
    assert names(tmp_path) == before


@contextmanager
def without_privileges() -> Iterator[None]:
    """As another user than root, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_without_write_permission_is_refused() -> None:
    # Not tmp_path: pytest's folders cannot even be entered by another user.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with without_privileges(), pytest.raises(ExportError, match="cannot be written to; change its rights"):
            check_destination(folder / "memory.tmx")
        folder.chmod(0o000)
        with without_privileges(), pytest.raises(ExportError, match="Permission denied"):
            check_destination(folder / "memory.tmx")
        folder.chmod(0o755)
        assert names(folder) == []


# --- no room ----------------------------------------------------------------


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """The system refuses to let a file grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("suffix", list(ExportFormat))
@pytest.mark.parametrize("count", [50, 3000], ids=["at-the-last-flush", "on-the-way"])
def test_a_file_that_may_not_grow_leaves_nothing(suffix: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / f"memory.{suffix}"
    path.write_text("old")
    with files_limited_to(2000), pytest.raises(ExportError, match="there is no room left"):
        write_units(make_units(count), path, None, FORCE)
    assert (names(tmp_path), path.read_text()) == ([path.name], "old")


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted by root only")
    try:
        with pytest.raises(ExportError, match=r"no room left for it .*No space left on device"):
            write_units(make_units(2000), tmp_path / "memory.tmx")
        assert names(tmp_path) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


# --- devices, pipes, standard output ----------------------------------------


def test_devices_are_written_through() -> None:
    assert write_units(make_units(3), "/dev/null", ExportFormat.TMX) == 3
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_told() -> None:
    with pytest.raises(ExportError, match="/dev/full: there is no room left"):
        write_units(make_units(3), "/dev/full", ExportFormat.TSV)


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "memory.jsonl"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert write_units(make_units(3), pipe) == 3
        assert reader.stdout is not None
        assert reader.stdout.read().count(b"\n") == 3
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    sys.stdout.write("before\n")  # what was printed earlier comes earlier
    assert write_units(make_units(3), "-", ExportFormat.JSONL) == 3
    write_units(make_units(3), tmp_path / "memory.jsonl")
    assert capfdbinary.readouterr().out == b"before\n" + (tmp_path / "memory.jsonl").read_bytes()
    sys.stdout.write("still open\n")


WRITE_TO_STDOUT = """
import sys
from aligner.errors import ExportError
from aligner.export import ExportFormat, write_units
from aligner.records import TranslationUnit
units = (TranslationUnit("Yes.", "是。", "en", "zh-CN", 0.9, "1-1", (), "a", (), ()) for _ in range(50_000))
try:
    write_units(units, "-", ExportFormat.TSV)
except ExportError as error:
    sys.stderr.write(f"{error}\\n")
    sys.exit(2)
sys.stderr.write(f"{sum(1 for _ in units)} left\\n")
"""


@pytest.mark.slow
def test_a_reader_who_leaves_early_is_no_error() -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITE_TO_STDOUT], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        assert process.stdout.readline().startswith(b"en\tzh\t")
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 0
    left = int(said.removesuffix(" left\n"))  # nothing else was said, and work nobody reads was not done
    assert left > 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_told_once() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-c", WRITE_TO_STDOUT], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("standard output: there is no room left")
    assert done.stderr.count(b"\n") == 1
