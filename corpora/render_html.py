"""HTML pages: a template (the whole site chrome) with slots for titles and bodies."""

from html import escape

from aligner.training.source import Release, Source, join
from corpora.template import fill, slots


def render(source: Source) -> bytes:
    """The page. Keys of `[page]`: `template`, and perhaps `watermark` (ends each paragraph)."""
    watermark = source.page.get("watermark", "")

    def inline(text: str) -> str:
        return escape(text, quote=False)

    def block(text: str, heading: int) -> str:
        return f"<h2>{inline(text)}</h2>" if heading else f"<p>{inline(text)}{watermark}</p>"

    def rows(release: Release) -> str:
        cells = (
            (inline(join(en, "en")) if en else "", inline(join(zh, "zh")) if zh else "")
            for en, zh in release.paired_body()
        )
        return "\n".join(f'<tr><td lang="en">{en}</td><td lang="{source.zh_lang}">{zh}</td></tr>' for en, zh in cells)

    return fill(source, {**slots(block, inline, gap="\n"), "rows": rows}).encode()
