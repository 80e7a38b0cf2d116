"""The ZIP package of a DOCX, made safe before python-docx opens it.

Python's zipfile may inflate an entry far beyond the size its header declares before it notices. So the XML parts are
inflated here, in bounded steps, and handed on in a package without compression; pictures and fonts become empty.
"""

import io
import zipfile
import zlib

from aligner.errors import IngestError

MAX_DECLARED_BYTES = 1024 * 1024 * 1024
MAX_XML_BYTES = 100 * 1024 * 1024
# Word's own XML deflates 5 to 30 times; deflate itself ends at 1,032.
MAX_RATIO = 200
_RATIO_APPLIES_FROM_BYTES = 10 * 1024 * 1024
_MAX_ENTRIES = 10_000
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_NAMESPACES = tuple(
    (b"http://purl.oclc.org/ooxml/" + name, _TRANSITIONAL + name.replace(b"/", b"/2006/", 1))
    for name in (b"wordprocessingml/main", b"officeDocument/relationships", b"officeDocument/math", b"drawingml/main")
)
_XML_SUFFIXES = (".xml", ".rels")


def repack(data: bytes, origin: str) -> io.BytesIO:
    """The package in `data` with its XML parts stored and all other parts empty.

    :raises IngestError: when the package is damaged, encrypted, or inflates beyond the bounds.
    """
    safe = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(safe, "w") as target:
            entries = {entry.filename: entry for entry in source.infolist()}
            _check_declared_sizes(list(entries.values()), len(data), origin)
            budget = MAX_XML_BYTES
            for name, entry in entries.items():
                content = _inflate(source, entry, budget, origin) if name.lower().endswith(_XML_SUFFIXES) else b""
                budget -= len(content)
                content = _as_transitional(content)
                target.writestr(name, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        # RuntimeError: an encrypted entry
        raise IngestError(f"{origin} is a truncated or damaged DOCX file ({error}); get it again.") from error
    safe.seek(0)
    return safe


def _as_transitional(content: bytes) -> bytes:
    """A part of a Strict Open XML document with the names that python-docx knows (ISO/IEC 29500-1 and -4)."""
    if b"purl.oclc.org/ooxml" in content:
        for strict, transitional in _NAMESPACES:
            content = content.replace(strict, transitional)
    return content


def _check_declared_sizes(entries: list[zipfile.ZipInfo], packed_bytes: int, origin: str) -> None:
    declared = sum(entry.file_size for entry in entries)
    is_dense = declared > _RATIO_APPLIES_FROM_BYTES and declared > MAX_RATIO * packed_bytes
    if is_dense or declared > MAX_DECLARED_BYTES or len(entries) > _MAX_ENTRIES:
        raise _bomb(origin)


def _inflate(source: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int, origin: str) -> bytes:
    with source.open(entry) as stream:
        # A read of n bytes inflates n at most.
        content = stream.read(min(entry.file_size, budget) + 1)
    if len(content) > budget:
        raise _bomb(origin)
    if len(content) < entry.file_size:
        raise EOFError(f"{entry.filename} ends early")
    return content


def _bomb(origin: str) -> IngestError:
    return IngestError(
        f"{origin} inflates beyond any document of its size (a ZIP bomb?) and was not opened; save it anew in Word."
    )
