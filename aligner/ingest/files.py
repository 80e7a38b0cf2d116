"""From a path, stdin or bytes to a `Page`: what may be opened, how much of it, and which reader gets it."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from aligner.errors import IngestError
from aligner.ingest.blocks import Draft, build_page
from aligner.ingest.detect import SUFFIXES, Format, detect_format
from aligner.ingest.encoding import decode_text
from aligner.ingest.plain import split_lines, split_paragraphs
from aligner.records import Page

# The longest PDFs and DOCX files of press offices, photographs included, stay far below.
MAX_FILE_BYTES = 200 * 1024 * 1024
STDIN = "-"

# Each module has `read(data, origin) -> Page`; its libraries are imported when the first such page comes.
_READERS = {
    "text": "aligner.ingest.plain",
    "markdown": "aligner.ingest.markdown",
    "html": "aligner.ingest.html",
    "docx": "aligner.ingest.docx",
    "pdf": "aligner.ingest.pdf",
}


def read_page(path: str | Path, stdin: BinaryIO | None = None) -> Page:
    """The page at `path`; `-` reads `stdin` (the process's own by default).

    Raises `IngestError` where the file is missing, a folder, not permitted, larger than 200 MB, of a type that is not
    read, damaged, or without text.
    """
    return read_bytes(_load(path, stdin), str(path))


def read_lines(path: str | Path, stdin: BinaryIO | None = None) -> Page:
    """A text file as a page whose blocks are its lines as they stand, blank ones left out.

    :raises IngestError: as `read_page` does, and when the file is not plain text.
    """
    origin = str(path)
    data = _load(path, stdin)
    if not data.strip():
        raise _empty(origin)
    if (found := detect_format(data, origin)) not in (Format.TEXT, Format.MARKDOWN):
        raise IngestError(f"{origin} is {found.upper()} where a text with one sentence a line is expected.")
    return build_page(origin, "text", map(Draft, split_lines(decode_text(data, origin)[0], origin)))


def text_page(text: str, origin: str) -> Page:
    """`text` as a page whose blocks are its paragraphs.

    :raises IngestError: when it holds none.
    """
    return build_page(origin, "text", map(Draft, split_paragraphs(split_lines(text, origin))))


def _load(path: str | Path, stdin: BinaryIO | None) -> bytes:
    origin = str(path)
    if origin == STDIN:
        if stdin is None and sys.stdin is None:
            raise IngestError("standard input is closed; name a file, or pipe a page into it.")
        return _read_bounded(stdin or sys.stdin.buffer, "standard input")
    try:
        if Path(path).is_dir():
            raise IngestError(f"{origin} is a folder where a file is expected; list its pages with list_pages.")
        with Path(path).open("rb") as stream:
            return _read_bounded(stream, origin)
    except FileNotFoundError as error:
        raise IngestError(f"{origin} does not exist; check the path.") from error
    except PermissionError as error:
        raise IngestError(f"{origin} cannot be read: permission denied; change its permissions.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise IngestError(f"{origin} cannot be read: {error}.") from error


def read_bytes(data: bytes, origin: str) -> Page:
    """The page in `data`; `origin` names it in errors, and its suffix decides where the content does not.

    :raises IngestError: as `read_page` does.
    """
    if not data.strip():
        raise _empty(origin)
    reader = import_module(_READERS[detect_format(data, origin)])
    return cast(Page, reader.read(data, origin))


def list_pages(path: str | Path) -> list[Path]:
    """The readable pages of a folder, at any depth, sorted; or `[path]` for anything else.

    Hidden files and folders, lock files of Word (`~$…`), unknown suffixes and symbolic links that lead out of the
    folder are left out.

    :raises IngestError: when the folder cannot be listed.
    """
    folder = Path(path)
    if not folder.is_dir():
        return [folder]
    root = folder.resolve()
    pages: list[Path] = []
    # os.walk does not enter linked folders, so no cycle of links can keep it going.
    for parent, names, files in os.walk(folder, onerror=_raise_unlisted):
        names[:] = [name for name in names if not name.startswith(".")]
        pages += [Path(parent, name) for name in files if _is_page(Path(parent, name), root)]
    return sorted(pages)


def _is_page(path: Path, root: Path) -> bool:
    if path.name.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES:
        return False
    # A fifo or device under a page's name would block the run.
    return path.is_file() and path.resolve().is_relative_to(root)


def _raise_unlisted(error: OSError) -> None:
    raise IngestError(f"{error.filename} cannot be listed: {error.strerror}; change its permissions.") from error


def _empty(origin: str) -> IngestError:
    return IngestError(f"{origin} is empty: there is nothing to read in it.")


def _read_bounded(stream: BinaryIO, origin: str) -> bytes:
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise IngestError(f"{origin} is larger than {limit} MB; split it into pages.")
    return data
