"""Plain text and Markdown pages."""

import textwrap
from collections.abc import Callable, Sequence

from benchmarks.pages.content import Content, Kind, Line

_MARKDOWN = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.LIST: "- ", Kind.NAME: "- ", Kind.DATE: "- "}


def plain(page: Content) -> bytes:
    """Paragraphs with empty lines between them, credits at the head and the foot."""
    head = [f"Date: {page.dateline}", "Source: Harbour Press"]
    return _join([*head, *_texts(page.en), "", *_texts(page.zh, page.watermark), "（责任编辑：值班编辑）"], "\n\n")


def glued(page: Content) -> bytes:
    """One line a paragraph and no empty lines, Chinese first."""
    return _join([*_texts(page.zh, page.watermark), *_texts(page.en), "Share this article"], "\n")


def wrapped(page: Content) -> bytes:
    """English wrapped at 72 characters, Chinese at 36."""
    en = [textwrap.fill(line.text, 72) for line in page.en]
    zh = ["\n".join(line.text[i : i + 36] for i in range(0, len(line.text), 36)) for line in page.zh]
    return _join([*en, "-" * 40, *zh], "\n\n")


def alternating(page: Content) -> bytes:
    """English and Chinese paragraphs in turn, one a line."""
    lines = [line for row in page.rows for line in row if line] or [*page.en, *page.zh]
    return _join([line.text for line in lines], "\n\n")


def joint_headings(page: Content) -> bytes:
    """Paragraphs in turn, headings of both languages on one line."""
    out = []
    for en, zh in page.rows:
        if en and zh and en.kind in {Kind.HEADING, Kind.LIST, Kind.NAME, Kind.DATE}:
            out.append(f"{en.text} {zh.text}")
        else:
            out += [line.text for line in (en, zh) if line]
    return _join(out or [line.text for line in (*page.en, *page.zh)], "\n\n")


def markdown(page: Content) -> bytes:
    """A page of a static site: front matter, a table of contents, both languages in turn by section."""
    front = f"---\ntitle: {(page.en or page.zh)[0].text!r}\ndate: {page.dateline}\n---"
    contents = "[Home](/) | [News](/news) | [中文](/zh)"
    return _join([front, contents, _markdown(page.en), "---", _markdown(page.zh)], "\n\n")


def markdown_rows(page: Content) -> bytes:
    """Markdown with English and Chinese paragraphs in turn."""
    lines = [line for row in page.rows for line in row if line] or [*page.en, *page.zh]
    return _join([_markdown(lines), "```sh\nmake site\n```"], "\n\n")


SITES: dict[str, Callable[[Content], bytes]] = {
    "txt-plain": plain,
    "txt-glued": glued,
    "txt-wrapped": wrapped,
    "txt-alternating": alternating,
    "txt-joint-headings": joint_headings,
    "md-sections": markdown,
    "md-alternating": markdown_rows,
}


def _texts(lines: Sequence[Line], mark: str = "") -> list[str]:
    return [line.text + (mark if line.kind is Kind.PARAGRAPH else "") for line in lines]


def _markdown(lines: Sequence[Line]) -> str:
    return "\n\n".join(_MARKDOWN.get(line.kind, "") + line.text for line in lines)


def _join(texts: Sequence[str], gap: str) -> bytes:
    return (gap.join(texts) + "\n").encode()
