"""What a file is: by its content first, by its suffix where the content leaves it open."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from aligner.errors import IngestError


class Format(StrEnum):
    """The formats that have a reader."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
}

# Formats that are met where a page is expected, with what to do about them.
_OTHER = {
    ".doc": "a Word 97 document; save it as DOCX",
    ".rtf": "an RTF document; save it as DOCX",
    ".odt": "an OpenDocument text; save it as DOCX",
    ".epub": "an EPUB book; unpack it and give its HTML pages",
    ".mht": "a web archive (MHT); save the page as HTML",
    ".mhtml": "a web archive (MHT); save the page as HTML",
    ".csv": "a table (CSV); put its text into two text files with one sentence a line, for --en and --zh",
    ".tsv": "a table (TSV); put its text into two text files with one sentence a line, for --en and --zh",
    ".tmx": "a translation memory (TMX), which is aligned already",
    ".xlf": "a translation file (XLIFF), which is aligned already",
    ".xliff": "a translation file (XLIFF), which is aligned already",
    ".xlsx": "an Excel workbook; put its text into two text files with one sentence a line, for --en and --zh",
    ".pptx": "a PowerPoint presentation; save its text as DOCX or PDF",
}
_ARCHIVE_PARTS = (
    ("META-INF/container.xml", ".epub"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("content.xml", ".odt"),
)
_MARKUP = ((re.compile(rb"<tmx[\s>]"), ".tmx"), (re.compile(rb"<xliff[\s>]"), ".xliff"))
_WEB_ARCHIVE = re.compile(rb"mime-version:[^<]{0,2000}multipart/related")

# First bytes of files that are often met under a wrong name; no text in any of our encodings starts so.
_MAGIC = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image, sound or film"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word 97 or password-protected Office file"),
    (b"{\\rtf", "an RTF file"),
)
# Two letters could begin a text too; a NUL soon after does not (UTF-16 has it at once, in byte 1).
_SHORT_MAGIC = ((b"MZ", "a program"), (b"BM", "a BMP image"), (b"BZh", "a bzip2 archive"))

_HTML_PROLOGUE = re.compile(rb"(?:\s|<!--.{0,4000}?-->|<\?xml[^>]{0,400}>)*", re.DOTALL)
_HTML_DOCUMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]")
_HTML_FRAGMENT = re.compile(
    rb"<(?:title|meta|link|script|style|div|p|table|article|section|main|header|nav|h[1-6]|ul|ol|span|br|a|center)[\s/>]"
)
_PDF_MAGIC = b"%PDF-"


def detect_format(data: bytes, origin: str) -> Format:
    """The format of `data`, which came from `origin`.

    Raises `IngestError` for archives, images, programs and other files that have no reader, and for a `.pdf` or
    `.docx` whose content is something else.
    """
    suffix = PurePath(origin).suffix.lower()
    if _is_pdf(data, suffix):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _detect_zip(data, origin, suffix)
    _refuse_binary(data, origin, suffix)
    expected = SUFFIXES.get(suffix)
    _refuse_named(data, origin)
    if _is_html(data, expected):
        return Format.HTML
    if expected in (Format.PDF, Format.DOCX):
        raise IngestError(f"{origin} does not begin like a {expected.upper()} file; check where it was saved from.")
    if suffix in _OTHER:
        raise _other(origin, suffix)
    return expected or Format.TEXT


def _other(origin: str, suffix: str) -> IngestError:
    return IngestError(f"{origin} is {_OTHER[suffix]}.")


def _refuse_named(data: bytes, origin: str) -> None:
    """Refuse formats that are text or XML but no page."""
    head = data[:4096].replace(b"\x00", b"").lower()
    if _WEB_ARCHIVE.search(head):
        raise _other(origin, ".mht")
    prologue = _HTML_PROLOGUE.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe"))
    rest = head.lstrip(b"\xef\xbb\xbf\xff\xfe")[prologue.end() if prologue else 0 :][:400]
    for pattern, suffix in _MARKUP:
        if pattern.search(rest) and rest.startswith(b"<"):
            raise _other(origin, suffix)


def _is_pdf(data: bytes, suffix: str) -> bool:
    # PDF readers accept up to 1,024 bytes before the header; a text that speaks of "%PDF-" is not taken for one.
    return data.startswith(_PDF_MAGIC) or (suffix == ".pdf" and _PDF_MAGIC in data[:1024])


def _detect_zip(data: bytes, origin: str, suffix: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        kind = "DOCX file" if suffix == ".docx" or b"word/" in data else "ZIP archive"
        raise IngestError(f"{origin} is a truncated or damaged {kind} ({error}); get it again.") from error
    if "word/document.xml" in names:
        return Format.DOCX
    for part, kind in _ARCHIVE_PARTS:
        if part in names:
            raise _other(origin, kind)
    raise IngestError(f"{origin} is a ZIP archive without a Word document in it; unpack it and give its pages.")


def _refuse_binary(data: bytes, origin: str, suffix: str) -> None:
    if suffix in (".doc", ".rtf") and data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise _other(origin, suffix)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise IngestError(f"{origin} is {what}, not a page; save it as text, HTML, DOCX or PDF.")
    for magic, what in _SHORT_MAGIC:
        if data.startswith(magic) and b"\x00" in data[2:64]:
            raise IngestError(f"{origin} is {what}, not a page; save it as text, HTML, DOCX or PDF.")


def _is_html(data: bytes, expected: Format | None) -> bool:
    # Without NULs, UTF-16 and UTF-32 markup reads as ASCII.
    head = data[:32768].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lower()
    prologue = _HTML_PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    if _HTML_DOCUMENT.match(head, start):
        return True
    if expected is Format.HTML:
        return True
    # Markdown may open with a tag and stay Markdown.
    return expected is not Format.MARKDOWN and bool(_HTML_FRAGMENT.match(head, start)) and b"</" in head
