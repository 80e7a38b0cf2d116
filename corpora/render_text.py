"""Plain text and Markdown pages: a template with slots for titles and bodies."""

from corpora.source import Source
from corpora.template import fill, slots


def render(source: Source) -> bytes:
    """The page. Keys of `[page]`: `template`, and perhaps `watermark` (ends each paragraph) and `gap` (parts them)."""
    heading_mark = "## " if source.format == "md" else ""
    watermark: str = source.page.get("watermark", "")

    def block(text: str, heading: int) -> str:
        return (heading_mark if heading else "") + text + watermark

    return fill(source, slots(block, str, source.page.get("gap", "\n\n")))
