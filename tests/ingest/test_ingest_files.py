"""What may be opened, what is told from its content, and one clear sentence for everything else."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from aligner.errors import IngestError
from aligner.ingest import files, list_pages, read_bytes, read_page


def zip_of(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\r\n", "a.txt", "empty"),
        ("\ufeff\u3000\n".encode(), "a.txt", "empty"),
        (b"<html><script>x()</script></html>", "a.html", "empty"),
        (b"<!-- nothing -->", "a.html", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.txt", "PNG image"),
        (b"\x7fELF\x02\x01" + bytes(50), "a.txt", "program"),
        (b"MZ\x90\x00" + bytes(50), "a.txt", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "a.docx", "Word 97"),
        (b"{\\rtf1 text}", "a.txt", "RTF"),
        (b"\x1f\x8b\x08" + bytes(50), "a.html", "gzip"),
        (bytes(range(256)) * 8, "a.txt", "binary"),
        (zip_of(readme=b"x"), "a.docx", "without a Word document"),
        (zip_of(readme=b"x" * 500)[:60], "a.zip", "damaged ZIP"),
        (b"Just text.", "a.pdf", "does not begin like a PDF"),
        (b"Just text.", "a.docx", "does not begin like a DOCX"),
        (b"word " * 400_000, "a.txt", "line 1, is longer than 1,000,000"),
        (b"x" * (50 * 1024 * 1024 + 1), "a.txt", "more than 50 MB"),
        (b"<p>" + b"x" * (50 * 1024 * 1024), "a.html", "more than 50 MB"),
    ],
)
def test_bad_content_is_refused_in_one_sentence(data: bytes, name: str, message: str) -> None:
    with pytest.raises(IngestError, match=message) as caught:
        read_bytes(data, name)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "page_format"),
    [
        (b"plain", "a", "text"),
        (b"<!DOCTYPE html><title>t</title><p>text", "a.txt", "html"),  # content before suffix
        (b"\xef\xbb\xbf\n<!-- saved --><html><p>text", "-", "html"),
        ("<html><p>新闻稿".encode("utf-16"), "-", "html"),
        (b"<p>One</p><p>Two</p>", "-", "html"),
        (b"no tag at all", "a.html", "html"),  # suffix where the content says nothing
        (b"<div align=center>x</div>\n\n# Title", "a.md", "text"),  # Markdown may begin with a tag
        (b"a < b and %PDF- is a mark", "a.txt", "text"),
        (b"BMW and MZ are marks", "a.txt", "text"),
    ],
)
def test_format_by_content_then_suffix(data: bytes, name: str, page_format: str) -> None:
    assert read_bytes(data, name).format == page_format


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="does not exist"):
        read_page(tmp_path / "none.txt")


def test_folder_where_a_file_is_expected(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="is a folder"):
        read_page(tmp_path)


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Faked, for tests may run as a user whom no permission stops.
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(IngestError, match="permission denied"):
        read_page(tmp_path / "a.txt")


def test_file_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1024)
    (tmp_path / "a.txt").write_bytes(b"x" * 1025)
    with pytest.raises(IngestError, match="larger than"):
        read_page(tmp_path / "a.txt")


def test_stdin() -> None:
    page = read_page("-", io.BytesIO("Hello\n你好".encode("gb18030")))
    assert (page.origin, page.text, dict(page.declared)["charset"]) == ("-", "Hello\n你好", "gb18030")


def test_folder_gives_its_readable_pages_sorted(tmp_path: Path) -> None:
    for name in ("b.TXT", "a.html", "sub/c.docx", "sub/deep/d.md", "e.png", "f", ".hidden.txt", ".git/g.txt"):
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "outside.txt").write_text("x")
    (tmp_path / "pages" / "link.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "pages" / "inner.txt").symlink_to(tmp_path / "pages" / "b.TXT")
    (tmp_path / "pages" / "loop").symlink_to(tmp_path / "pages")
    (tmp_path / "pages" / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    found = [path.relative_to(tmp_path / "pages").as_posix() for path in list_pages(tmp_path / "pages")]
    assert found == ["a.html", "b.TXT", "inner.txt", "sub/c.docx", "sub/deep/d.md"]
    assert list_pages(tmp_path / "outside.txt") == [tmp_path / "outside.txt"]


def test_text_is_read_without_the_libraries_of_other_formats() -> None:
    code = (
        "import sys; from aligner.ingest import read_bytes; read_bytes(b'text', 'a.txt');"
        "print([name for name in ('lxml', 'docx', 'pypdfium2', 'trafilatura') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "data", "way_out"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as DOCX"),
        ("a.rtf", b"{\\rtf1 text}", "save it as DOCX"),
        ("a.mht", b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\ntext", "as HTML"),
        ("a.csv", b"en,zh\nHello,x\n", "two text files"),
        ("a.txt", b'<?xml version="1.0"?><tmx version="1.4"></tmx>', "aligned already"),
        ("a.xlf", b'<?xml version="1.0"?><xliff version="1.2"></xliff>', "aligned already"),
    ],
)
def test_other_formats_are_refused_by_name(name: str, data: bytes, way_out: str) -> None:
    with pytest.raises(IngestError, match=way_out):
        read_bytes(data, name)


@pytest.mark.parametrize(
    ("part", "way_out"),
    [("META-INF/container.xml", "EPUB"), ("content.xml", "OpenDocument"), ("xl/workbook.xml", "Excel")],
)
def test_archives_of_other_formats_are_refused_by_name(part: str, way_out: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(IngestError, match=way_out):
        read_bytes(buffer.getvalue(), "a.zip")


def test_lock_files_are_no_pages(tmp_path: Path) -> None:
    for name in ("~$report.docx", "report.txt"):
        (tmp_path / name).write_text("text")
    assert list_pages(tmp_path) == [tmp_path / "report.txt"]
