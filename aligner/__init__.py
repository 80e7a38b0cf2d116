"""aligner: bilingual English-Chinese press releases in, translation memories out.

    import aligner

    result = aligner.align_page("release.html")
    for unit in result.units:
        print(unit.confidence, unit.en, unit.zh)
    aligner.write_units(result.units, "release.tmx")

Everything named in `__all__` is imported on first use, so that `import aligner` costs nothing.
"""

from importlib import import_module
from logging import NullHandler, getLogger
from typing import TYPE_CHECKING, Any

from aligner._version import __version__

if TYPE_CHECKING:
    from aligner.api import align_files, align_many, align_page, align_sentences, align_texts, write_memory
    from aligner.config import AlignOptions, ExportFormat
    from aligner.errors import AlignerError, EncoderError, ExportError, IngestError, UsageError
    from aligner.export import ExportOptions, write_units
    from aligner.records import Alignment, Bead, PageResult, TranslationUnit
    from aligner.summary import Summary

__all__ = [
    "AlignOptions",
    "Aligner",
    "AlignerError",
    "Alignment",
    "Bead",
    "EncoderError",
    "ExportError",
    "ExportFormat",
    "ExportOptions",
    "IngestError",
    "PageResult",
    "Summary",
    "TranslationUnit",
    "UsageError",
    "__version__",
    "align_files",
    "align_many",
    "align_page",
    "align_sentences",
    "align_texts",
    "find_beads",
    "write_memory",
    "write_units",
]

_MODULES = {
    "aligner.config": ("AlignOptions", "ExportFormat"),
    "aligner.errors": ("AlignerError", "EncoderError", "ExportError", "IngestError", "UsageError"),
    "aligner.export": ("ExportOptions", "write_units"),
    "aligner.api": (
        "Aligner",
        "align_files",
        "align_many",
        "align_page",
        "align_sentences",
        "align_texts",
        "find_beads",
        "write_memory",
    ),
    "aligner.records": ("Alignment", "Bead", "PageResult", "TranslationUnit"),
    "aligner.summary": ("Summary",),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

# A library does not log to the user's terminal unless asked to.
getLogger(__name__).addHandler(NullHandler())


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value  # the next access does not come here
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
