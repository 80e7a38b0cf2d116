"""What can go wrong, by stage. Each message is one sentence: which file, where in it, and the way out.

The library raises these and nothing else for bad input; only `cli/` turns them into exit codes.
"""


class AlignerError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(AlignerError):
    """The call cannot be carried out as asked (exit code 2)."""


class IngestError(AlignerError):
    """A page cannot be read: missing, binary, truncated, encrypted, without text, or hostile."""


class EncoderError(AlignerError):
    """The sentence encoder cannot be loaded, or its extra is not installed."""


class ExportError(AlignerError):
    """The result cannot be written: exists already, folder not writable, disk full."""


class EvaluationError(AlignerError):
    """Gold or predicted alignments cannot be read, or do not fit their texts."""
