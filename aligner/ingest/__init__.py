"""Readers: bytes to `Page`, one file a format, imported on use."""
