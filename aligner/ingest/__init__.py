"""Readers: bytes to `Page`, one file a format, imported on use."""

from aligner.ingest.files import list_pages, read_bytes, read_lines, read_page, text_page

__all__ = ["list_pages", "read_bytes", "read_lines", "read_page", "text_page"]
