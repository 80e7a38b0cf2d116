"""Streams of a PDF that inflate beyond what a page needs, found before the PDF library inflates them.

PDFium holds a whole stream in memory: one of 2 kB, deflated twice, took 2 GB.
"""

import re
import zlib
from collections.abc import Iterator

from aligner.errors import IngestError

# A page of text deflates from some 50 kB; CJK fonts are the largest streams that are inflated.
_MAX_STREAM_BYTES = 64 * 1024 * 1024
_MAX_IMAGE_BYTES = 512 * 1024 * 1024  # inflated by no one here
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_HEAD_BYTES = 400
_ZLIB_MARKS = (b"\x48", b"\x58", b"\x68", b"\x78")
_MAX_FILTERS = 4
_INFLATE_STEP = 64 * 1024
_OUTPUT_STEP = 1024 * 1024


def refuse_bombs(data: bytes, origin: str) -> None:
    """Look at every deflated stream, also at one deflated several times over; other filters around it are not seen.

    :raises IngestError: when a stream inflates beyond 64 MB (an image beyond 512 MB), or has more than four filters.
    """
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD_BYTES) : match.start()].rpartition(b" obj")[2]
        limit = _MAX_IMAGE_BYTES if b"/Image" in head else _MAX_STREAM_BYTES
        times = len(_FLATE.findall(head))
        if times > _MAX_FILTERS:
            raise IngestError(f"{origin} has a stream that is deflated {times} times over; print it anew.")
        if data[match.end() : match.end() + 1] in _ZLIB_MARKS and _inflates_beyond(
            data, match.end(), max(1, times), limit
        ):
            raise IngestError(f"{origin} has a stream that inflates beyond {limit // 1024 // 1024} MB; print it anew.")


def _inflates_beyond(data: bytes, start: int, times: int, limit: int) -> bool:
    pieces: Iterator[bytes] = (data[at : at + _INFLATE_STEP] for at in range(start, len(data), _INFLATE_STEP))
    for _ in range(times):
        pieces = _inflate(pieces, limit)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            return True
    return False


def _inflate(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """The inflated pieces until just beyond `limit`; they end at the end of the stream, or where it is damaged."""
    inflater = zlib.decompressobj()
    size = 0
    for packed in pieces:
        pending = packed
        while pending and not inflater.eof and size <= limit:
            try:
                piece = inflater.decompress(pending, _OUTPUT_STEP)
            except zlib.error:
                return  # no deflated stream after all, or a damaged one
            pending = inflater.unconsumed_tail
            size += len(piece)
            yield piece
        if inflater.eof or size > limit:
            return
