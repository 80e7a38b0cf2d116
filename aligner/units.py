"""From beads to units of a translation memory: joined texts, confidence, flags, and which of them are kept.

The confidence of a unit is that of its bead: the probability that exactly these sentences translate each other. Flags
do not lower it. Length, similarity and margin are part of the aligner's evidence already, and counting them twice would
make the figure mean less; whether numbers agree is a question about the translation, which a reviewer answers.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from aligner.quantities import compare_quantities, find_quantities
from aligner.records import AlignedPair, Bead, Flag, Language, Metadata, Sentence, TranslationUnit
from aligner.text import HAN, LATIN, join_sentences, nfc, normalise_space

LOW_MARGIN = 0.0
"""Margin below which a unit is flagged: its sides resemble other sentences as much as each other. Of right pairs,
0.5 % have less in news (WMT21), 7 % in novels; see `python -m benchmarks.units`."""
LONG_RATIO = 2.0
"""Factor by which the lengths of a unit may differ from what its document predicts before it is flagged. Of right
pairs, 0.3 % differ more in news (WMT21), none in the sample releases, 1.6 % in novels."""
_TYPICAL_RATIO = 0.32
"""Chinese characters for each English one, spaces not counted."""
_TYPICAL_WEIGHT = 400
"""English characters that the typical ratio counts for, so that a short document does not predict from itself."""
_SMALL = 4
"""Chinese characters added to both lengths: a difference of a few says nothing about a short unit."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The units that are kept, and what became of the sentences."""

    units: tuple[TranslationUnit, ...]
    repeated: int
    """Units left out because the same pair of texts was kept before."""
    en_alone: int
    """English sentences in no unit, kept or repeated."""
    zh_alone: int


def build_units(aligned: AlignedPair, origin: str, metadata: Metadata) -> list[tuple[Bead, TranslationUnit]]:
    """A unit for each bead that has text on both sides, in the order of the beads, whatever its confidence."""
    ratio = _chars_ratio(aligned.en, aligned.zh)
    built = []
    for bead in aligned.alignment.beads:
        en_sentences, zh_sentences = [aligned.en[i] for i in bead.en], [aligned.zh[j] for j in bead.zh]
        en, zh = _join(en_sentences, aligned.pair.en.language), _join(zh_sentences, aligned.pair.zh.language)
        if not (en and zh):
            continue
        unit = TranslationUnit(
            en=en,
            zh=zh,
            en_lang=aligned.pair.en.tag,
            zh_lang=aligned.pair.zh.tag,
            confidence=min(1.0, max(0.0, float(bead.confidence))),
            bead_type=bead.type,
            flags=find_flags(en, zh, bead, ratio),
            origin=origin,
            en_spans=_spans(en_sentences),
            zh_spans=_spans(zh_sentences),
            metadata=metadata,
            similarity=float(bead.similarity),
            margin=float(bead.margin),
        )
        built.append((bead, unit))
    return built


def select_units(
    aligned: AlignedPair, built: Iterable[tuple[Bead, TranslationUnit]], min_confidence: float, seen: set[bytes]
) -> Selection:
    """The units of at least `min_confidence` whose pair of texts is not in `seen`, which grows by those kept.

    Of equal pairs the first is kept, with its page and place.
    """
    kept: list[TranslationUnit] = []
    repeated = en_used = zh_used = 0
    for bead, unit in built:
        if unit.confidence < min_confidence:
            continue
        en_used += len(bead.en)
        zh_used += len(bead.zh)
        key = pair_key(unit.en, unit.zh)
        if key in seen:
            repeated += 1
        else:
            seen.add(key)
            kept.append(unit)
    return Selection(tuple(kept), repeated, len(aligned.en) - en_used, len(aligned.zh) - zh_used)


def pair_key(en: str, zh: str) -> bytes:
    """Sixteen bytes that two pairs share only if their texts are equal as a memory holds them (in NFC)."""
    return blake2b(f"{nfc(en)}\0{nfc(zh)}".encode(errors="surrogatepass"), digest_size=16).digest()


def find_flags(en: str, zh: str, bead: Bead, chars_ratio: float) -> tuple[Flag, ...]:
    """Why a reviewer should look at the unit of these texts.

    :param chars_ratio: Chinese characters for each English one in the whole document.
    """
    quantities = compare_quantities(find_quantities(en, Language.EN), find_quantities(zh, Language.ZH))
    found = {
        Flag.NUMBERS_DIFFER: quantities.differ,
        Flag.LENGTH: length_deviation(en, zh, chars_ratio) > math.log(LONG_RATIO),
        Flag.LOW_MARGIN: bead.margin < LOW_MARGIN,
        Flag.UNTRANSLATED: _is_untranslated(en, zh),
        Flag.CROSSING: bead.crossing,
    }
    return tuple(flag for flag, holds in found.items() if holds)


def length_deviation(en: str, zh: str, chars_ratio: float) -> float:
    """How far the lengths are from what `chars_ratio` predicts, as the size of a log ratio; 0 is a perfect fit."""
    expected = _count_chars(en) * chars_ratio
    return abs(math.log((_count_chars(zh) + _SMALL) / (expected + _SMALL)))


def _is_untranslated(en: str, zh: str) -> bool:
    return en.casefold() == zh.casefold() or not HAN.search(zh) or not LATIN.search(en)


def _chars_ratio(en: Sequence[Sentence], zh: Sequence[Sentence]) -> float:
    en_chars = sum(_count_chars(sentence.text) for sentence in en)
    zh_chars = sum(_count_chars(sentence.text) for sentence in zh)
    return (zh_chars + _TYPICAL_RATIO * _TYPICAL_WEIGHT) / (en_chars + _TYPICAL_WEIGHT)


def _count_chars(text: str) -> int:
    return len("".join(text.split()))


def _join(sentences: Sequence[Sentence], language: Language) -> str:
    return normalise_space(join_sentences([sentence.text for sentence in sentences], language))


def _spans(sentences: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    return tuple((sentence.start, sentence.end) for sentence in sentences)
