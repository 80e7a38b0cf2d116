"""PDF with a text layer, opened by pypdfium2: `pdf_characters` reads words, `pdf_layout` makes paragraphs of them.

On the 40 self-made documents of `python -m benchmarks pdf`, by which its rules were made, this reader gave 40 exactly
right (326 of 326 paragraphs) and took 0.03 to 0.06 s a page; its predecessor on pdfplumber 11 (185) and 0.12 s.
"""

import re
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from aligner.errors import IngestError
from aligner.ingest.blocks import Draft, build_page
from aligner.ingest.hyphens import Vocabulary
from aligner.ingest.pdf_bombs import refuse_bombs
from aligner.ingest.pdf_characters import PageTooLargeError, PageWords, read_page_words
from aligner.ingest.pdf_layout import Line, find_gutters, read_lines
from aligner.ingest.pdf_paragraphs import BULLET, group_paragraphs, join_paragraph, split_running_lines
from aligner.records import BlockKind, Page

MAX_PAGES = 2_000
# For the whole file; a page of text takes 0.02 s. Looked at between pages.
MAX_SECONDS = 300.0

_TAIL_BYTES = 2048
_HEADING_SIZE = 1.15
_MAX_HEADING_CHARACTERS = 200
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?")
_NO_TITLE = frozenset(("untitled", "anonymous", "(anonymous)", "unspecified", "(unspecified)"))


def read(data: bytes, origin: str) -> Page:
    """The page of a PDF.

    :raises IngestError: each with a message of its own, for a truncated, damaged or encrypted file, one without a text
        layer, one of more than 2,000 pages or too slow to read, and one whose streams inflate beyond all bounds.
    """
    if b"%%EOF" not in data[-_TAIL_BYTES:] and b"startxref" not in data[-_TAIL_BYTES:]:
        raise IngestError(f"{origin} is a truncated PDF: its end is missing; get it again.")
    refuse_bombs(data, origin)
    pages, declared = _read_words(data, origin)
    gutters = find_gutters(pages)
    lines = [read_lines(page, index, gutter) for index, (page, gutter) in enumerate(zip(pages, gutters, strict=True))]
    if not any(lines):
        raise IngestError(f"{origin} has no text layer: its {len(pages)} pages are images or empty; run OCR over it.")
    return build_page(origin, "pdf", _drafts(lines, [page.height for page in pages]), declared)


def _drafts(pages: list[list[Line]], heights: list[float]) -> Iterator[Draft]:
    """Running headers first, then the paragraphs, then running footers: they must not stand in the text's way."""
    body, running = split_running_lines(pages, heights)
    lines = [line for page in body for line in page]
    yield from (Draft(text, tags=(tag,)) for tag, text in running if tag == "header")
    if lines:
        vocabulary = Vocabulary(line.text for line in lines)
        # By characters, so that many short captions do not outweigh the text.
        body_size = median(size for line in lines for size in [line.size] * max(1, len(line.text) // 10))
        for paragraph in group_paragraphs(lines):
            text = join_paragraph(paragraph, vocabulary)
            yield Draft(text, _kind(text, paragraph[0].size, body_size))
    yield from (Draft(text, tags=(tag,)) for tag, text in running if tag == "footer")


def _kind(text: str, size: float, body_size: float) -> BlockKind:
    if size >= _HEADING_SIZE * body_size and len(text) <= _MAX_HEADING_CHARACTERS:
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if BULLET.match(text) else BlockKind.PARAGRAPH


def _read_words(data: bytes, origin: str) -> tuple[list[PageWords], list[tuple[str, str]]]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        with pypdfium2.PdfDocument(data) as document:
            _check_pages(len(document), origin)
            pages = list(_read_pages(document, origin))
            return pages, _declared(document.get_metadata_dict())
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise IngestError(f"{origin} is encrypted: save it without a password.") from error
        raise IngestError(f"{origin} is a damaged PDF ({error}); get it again.") from error


def _check_pages(count: int, origin: str) -> None:
    if count > MAX_PAGES:
        raise IngestError(f"{origin} has more than {MAX_PAGES:,} pages; split it.")
    if not count:
        raise IngestError(f"{origin} is a damaged PDF: no page can be found in it; get it again.")


def _read_pages(document: Any, origin: str) -> Iterator[PageWords]:
    deadline = time.monotonic() + MAX_SECONDS
    for index in range(len(document)):
        if time.monotonic() > deadline:
            raise IngestError(f"{origin}, page {index + 1}: reading took too long; split the file.")
        page = document[index]
        try:
            yield read_page_words(page)
        except PageTooLargeError as error:
            raise IngestError(f"{origin}, page {index + 1}, is no page of text: {error}; print it anew.") from error
        finally:
            page.close()


def _declared(metadata: dict[str, Any]) -> list[tuple[str, str]]:
    values = {name: value.strip() for name, value in metadata.items() if isinstance(value, str)}
    date = _DATE.match(values.get("CreationDate", ""))
    declared = [(name.lower(), values[name]) for name in ("Title", "Author") if name in values]
    declared = [(name, value) for name, value in declared if value.lower() not in _NO_TITLE]
    if date:
        year, month, day, hour, minute = date.groups()
        declared.append(("date", f"{year}-{month}-{day}" + (f"T{hour}:{minute}" if hour else "")))
    return declared
