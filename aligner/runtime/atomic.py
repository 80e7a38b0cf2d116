"""Files that appear whole or not at all.

A file is written under a temporary name in the folder where it will stand, brought to the disk, and renamed. Devices
and pipes (`/dev/null`, `>(gzip)`) and standard output cannot be renamed; they are written straight through.
"""

import errno
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aligner.errors import ExportError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BUFFER_BYTES = 1 << 16
# What the system says when there is no more room: disk full, quota used up, larger than a file may be.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _ReaderGoneError(Exception):
    """The program that reads our standard output has closed it."""


def check_destination(destination: str | Path, force: bool = False) -> None:
    """Refuse now what could not be written later, so that no hours of work are lost.

    A disk may still fill up until the end.

    :raises ExportError: where `destination` exists (unless `force`), is a folder, or stands in a folder that does not
        exist or cannot be written.
    """
    if str(destination) == "-":
        return
    path = Path(destination)
    mode = _stat_mode(path)
    if mode is not None and stat.S_ISDIR(mode):
        raise ExportError(f"{path}: this is a folder; name a file in it, such as {path / 'memory.tmx'}")
    if _is_stream(mode):
        return
    if mode is not None and not stat.S_ISREG(mode):
        raise ExportError(f"{path}: this is neither a file nor a pipe; name another destination")
    if mode is not None and not force:
        raise _already_there(path)
    folder = _follow_links(path).parent
    if not folder.is_dir():
        raise ExportError(f"{path}: there is no folder {folder}; make it, or name another destination")
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ExportError(f"{path}: the folder {folder} cannot be written to; change its rights, or name another one")


@contextmanager
def open_destination(destination: str | Path, force: bool = False) -> Iterator[BinaryIO]:
    """A binary stream to `destination` (`-` is standard output) that becomes the file when the block ends well.

    If the block raises, nothing is left behind and an existing file stays as it was; what the block itself raises
    passes through untouched. A replaced file keeps its permissions, a new one gets those of the umask; a symbolic
    link stays, and the file it leads to is replaced.

    :raises ExportError: where the destination cannot be written.
    """
    check_destination(destination, force)
    path = Path(destination)
    if str(destination) == "-":
        with _write_stdout() as stream:
            yield stream
    elif _is_stream(_stat_mode(path)):
        with _told_as_export_error(path):
            device = path.open("wb", buffering=0)
        with device, _buffered(device, path) as stream:
            yield stream
    else:
        with _write_whole(path, force) as stream:
            yield stream


@contextmanager
def _write_whole(path: Path, force: bool) -> Iterator[BinaryIO]:
    target = _follow_links(path)
    # The name does not build on the target's, which may already be as long as a name can be.
    temporary = target.with_name(f".aligner-{secrets.token_hex(8)}.tmp")
    with _told_as_export_error(path):
        # Mode 0o666 here, unlike tempfile's 0o600, lets the system apply the umask.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "wb", buffering=0) as raw:  # noqa: PTH123  # a descriptor has no path
            with _buffered(raw, path) as stream:
                yield stream
            with _told_as_export_error(path):
                os.fsync(descriptor)
        with _told_as_export_error(path):
            _publish(temporary, target, force)
            _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _publish(temporary: Path, target: Path, force: bool) -> None:
    """Give the finished file its name; without `force`, never in the place of one that came into being meanwhile."""
    if force:
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
        return
    try:
        # Unlike a rename, a link fails where the name is taken, in one step. The caller removes the temporary name.
        os.link(temporary, target)
    except FileExistsError:
        raise _already_there(target) from None
    except OSError:
        # No hard links here (FAT, some network drives): check and rename, the best that such a place allows.
        if target.exists():
            raise _already_there(target) from None
        temporary.rename(target)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk; not every file system can, and the data are safe by then."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _write_stdout() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise ExportError("standard output is closed; name a file to write")
    try:
        with _told_as_export_error("standard output"):
            sys.stdout.flush()
        with _buffered(sys.stdout.buffer, "standard output") as stream:
            yield stream
        with _told_as_export_error("standard output"):
            sys.stdout.buffer.flush()
    except (_ReaderGoneError, ExportError) as error:
        _silence_stdout()
        if isinstance(error, ExportError):
            raise


def _silence_stdout() -> None:
    """Let what is still buffered go nowhere: Python would write it at its end, fail again and say so."""
    with suppress(OSError, ValueError):  # a stream without a descriptor has nothing to redirect
        descriptor = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


@contextmanager
def _buffered(sink: io.RawIOBase | BinaryIO, name: str | Path) -> Iterator[BinaryIO]:
    """A buffered stream into `sink`, flushed when the block ends well; the sink stays open."""
    stream = io.BufferedWriter(_Guarded(sink, name), _BUFFER_BYTES)
    try:
        yield stream
        stream.flush()
    finally:
        with suppress(ExportError, _ReaderGoneError):  # what could not be written was told above
            stream.close()


class _Guarded(io.RawIOBase):
    """Passes bytes on to `sink`, telling its failures as ours.

    Only here, where bytes go out, is an OSError one of the destination: those that the units' own source raises
    while it is read must not be told as a full disk.
    """

    def __init__(self, sink: io.RawIOBase | BinaryIO, name: str | Path) -> None:
        self._sink = sink
        self._name = name

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int | None:
        with _told_as_export_error(self._name):
            return self._sink.write(data)


@contextmanager
def _told_as_export_error(name: str | Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        if name == "standard output":
            raise _ReaderGoneError from error
        raise ExportError(f"{name}: its reader has closed it before the end; run it again") from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise ExportError(
                f"{name}: there is no room left for it ({error.strerror}); free some, or name another destination"
            ) from error
        raise ExportError(f"{name}: cannot be written ({error.strerror}); name another destination") from error


def _already_there(path: Path) -> ExportError:
    return ExportError(f"{path}: exists already; use --force to replace it, or name another file")


def _is_stream(mode: int | None) -> bool:
    return mode is not None and (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode))


def _stat_mode(path: Path) -> int | None:
    """Type and permissions of what `path` leads to; None where there is nothing yet."""
    with _told_as_export_error(path):
        try:
            return path.stat().st_mode
        except FileNotFoundError:
            return None


def _follow_links(path: Path) -> Path:
    return Path(os.path.realpath(path))
