"""What holds for a unit in every format: clean characters, one line, no empty side, the language codes asked for."""

import re
from collections.abc import Iterable
from dataclasses import replace

from aligner.export.options import ExportOptions
from aligner.records import Metadata, TranslationUnit
from aligner.text.characters import nfc, normalise_space, strip_illegal

# Every character at which some reader starts a new line or cell: C0 white space, NEL and the Unicode separators.
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")


def prepare_unit(unit: TranslationUnit, options: ExportOptions) -> TranslationUnit:
    """`unit` as every writer may rely on it.

    Both texts are in NFC, stripped, with single spaces, and hold only characters that XML allows; so does all
    metadata, on one line. `options.en_lang` and `zh_lang`, where given, replace the unit's codes.

    Raises ValueError where a side is empty (also after cleaning) or the confidence is not in 0..1: such a unit
    should never have been built.
    """
    en, zh = clean_text(unit.en), clean_text(unit.zh)
    if not en or not zh:
        side = "Chinese" if en else "English"
        raise ValueError(f"unit of {unit.origin!r} with spans {unit.en_spans} and {unit.zh_spans}: empty {side} side")
    if not 0.0 <= unit.confidence <= 1.0:
        raise ValueError(f"unit of {unit.origin!r} with spans {unit.en_spans}: confidence {unit.confidence}, not 0..1")
    return replace(
        unit,
        en=en,
        zh=zh,
        en_lang=options.en_lang or unit.en_lang,
        zh_lang=options.zh_lang or unit.zh_lang,
        origin=clean_field(unit.origin),
        metadata=_clean_metadata(unit.metadata),
    )


def clean_text(text: str) -> str:
    """A side of a unit: legal in XML, single spaces, stripped, NFC (in which OmegaT compares segments)."""
    # Illegal characters go first: "a \0 b" would otherwise be left with two spaces.
    return nfc(normalise_space(strip_illegal(text)))


def clean_field(text: str) -> str:
    """A metadata value: legal in XML and on one line. Inner spaces stay, since a file's name may have several."""
    return strip_illegal(_BREAKS.sub(" ", text)).strip()


def format_spans(spans: Iterable[tuple[int, int]]) -> str:
    """Character spans, 0-based and half-open, as `12-45 50-60`."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def format_score(value: float) -> str:
    """Confidence, similarity or margin with four decimals: fixed, so that equal runs give equal bytes."""
    return f"{value:.4f}"


def _clean_metadata(metadata: Metadata) -> Metadata:
    return Metadata(
        title=clean_field(metadata.title),
        source=clean_field(metadata.source),
        authors=tuple(clean_field(author) for author in metadata.authors),
        date=clean_field(metadata.date),
        url=clean_field(metadata.url),
    )
