"""TMX 1.4b, as the LISA DTD has it and OmegaT, Trados and memoQ load it.

What the readers taught (OmegaT 3.6 and newer, translate-toolkit):
- the source variant comes first, with one target, and `srclang` is spelt exactly as in that variant;
- own properties are named `x-…`; OmegaT ties a unit with a property `file`, `id`, `prev`, `next` or `path` to that
  place in one document, so no property may ever be called that;
- no document type is declared: it would make readers look for a DTD file, and wary ones refuse the whole memory.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from itertools import chain
from typing import BinaryIO

from lxml import etree

from aligner._version import __version__
from aligner.export.options import ExportOptions
from aligner.export.prepare import clean_field, format_score, format_spans
from aligner.records import TranslationUnit

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: ExportOptions) -> None:
    """Write prepared `units` as one TMX file; memory does not grow with their number.

    The header's `srclang` is the English code of the first unit; a unit with another one says so itself.
    """
    stamp = {"creationdate": _format_time(options.created_utc)}
    if creator := clean_field(options.creator):
        stamp["creationid"] = creator
    remaining = iter(units)
    first = next(remaining, None)
    srclang = first.en_lang if first else options.en_lang or "en"
    with etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            xml.write("\n", _build_header(srclang, stamp, options), "\n")
            with xml.element("body"):
                xml.write("\n")
                for unit in chain([first] if first else [], remaining):
                    xml.write(_build_unit(unit, srclang, stamp, options), pretty_print=True)
            xml.write("\n")
    stream.write(b"\n")


def _build_header(srclang: str, stamp: dict[str, str], options: ExportOptions) -> etree._Element:
    attributes = {
        "creationtool": "aligner",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": srclang,
        "datatype": "plaintext",
    }
    header = etree.Element("header", {**attributes, **stamp})
    _add_property(header, "x-signature", clean_field(options.signature))
    return header


def _build_unit(
    unit: TranslationUnit, header_srclang: str, stamp: dict[str, str], options: ExportOptions
) -> etree._Element:
    element = etree.Element("tu", {"tuid": _identify(unit), **stamp})
    if unit.en_lang != header_srclang:
        element.set("srclang", unit.en_lang)
    for name, value in _list_properties(unit, options):
        _add_property(element, name, value)
    for language, text in ((unit.en_lang, unit.en), (unit.zh_lang, unit.zh)):
        variant = etree.SubElement(element, "tuv", {_XML_LANG: language})
        etree.SubElement(variant, "seg").text = text
    return element


def _identify(unit: TranslationUnit) -> str:
    """Sixteen hexadecimal digits made from texts and codes alone: the same pair has the same id in every run."""
    content = "\0".join((unit.en_lang, unit.en, unit.zh_lang, unit.zh))
    return blake2b(content.encode(), digest_size=8).hexdigest()


def _list_properties(unit: TranslationUnit, options: ExportOptions) -> Iterator[tuple[str, str]]:
    metadata = unit.metadata
    yield "x-confidence", format_score(unit.confidence)
    yield "x-similarity", format_score(unit.similarity)
    yield "x-margin", format_score(unit.margin)
    yield "x-bead", unit.bead_type
    yield "x-flags", ",".join(unit.flags)
    yield "x-page", unit.origin
    yield "x-en-spans", format_spans(unit.en_spans)
    yield "x-zh-spans", format_spans(unit.zh_spans)
    yield "x-date", metadata.date
    yield "x-source", metadata.source
    yield "x-authors", "; ".join(metadata.authors)
    yield "x-title", metadata.title
    yield "x-url", metadata.url
    yield "x-domain", clean_field(options.domain)
    yield "x-client", clean_field(options.client)


def _format_time(moment: datetime) -> str:
    """`moment`, in UTC, as TMX has it: `20241128T224500Z`."""
    # Not strftime, which gives a year before 1000 fewer than four digits.
    return moment.replace(tzinfo=None).isoformat().replace("-", "").replace(":", "") + "Z"


def _add_property(parent: etree._Element, name: str, value: str) -> None:
    """Add a property, unless it has nothing to say."""
    if value:
        etree.SubElement(parent, "prop", type=name).text = value
