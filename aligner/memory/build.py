"""From beads to units of a translation memory: joined texts, confidence, flags, and which of them are kept.

The confidence of a unit is the probability that exactly these sentences translate each other: the posterior of its
bead, which takes the texts for translations, times the probability that they are (`matching.gate`). Flags do not lower
it. Length, similarity and margin are part of that evidence already, and counting them twice would make the figure mean
less; whether numbers agree is a question about the translation, which a reviewer answers.
"""

import math
from collections.abc import Container, Sequence
from dataclasses import replace
from hashlib import blake2b

from aligner.matching.gate import Match
from aligner.records import AlignedPair, Bead, Fate, Flag, Language, Metadata, Outcome, Sentence, TranslationUnit
from aligner.text.characters import HAN, LATIN, join_sentences, nfc, normalise_space
from aligner.text.quantities import compare_quantities, find_quantities

LOW_MARGIN = 0.0
"""Margin below which a unit is flagged: its sides resemble other sentences as much as each other. Of right pairs,
0.5 % have less in news (WMT21), 7 % in novels; see `python -m benchmarks units`."""
LONG_RATIO = 2.0
"""Factor by which the lengths of a unit may differ from what its document predicts before it is flagged. Of right
pairs, 0.3 % differ more in news (WMT21), none in the sample releases, 1.6 % in novels."""
_TYPICAL_RATIO = 0.32
"""Chinese characters for each English one, spaces not counted."""
_TYPICAL_WEIGHT = 400
"""English characters that the typical ratio counts for, so that a short document does not predict from itself."""
_SMALL = 4
"""Chinese characters added to both lengths: a difference of a few says nothing about a short unit."""


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


def decide_outcomes(
    aligned: AlignedPair,
    origin: str,
    min_confidence: float,
    seen: set[bytes],
    match: Match,
    boilerplate: Container[Bead] = (),
) -> AlignedPair:
    """The pair with what became of each of its beads.

    Of equal pairs of texts the first is written, with its page and place.

    :param seen: keys of pairs that were written before (see `pair_key`); grows by those of this pair.
    :param match: the probability of each bead that it lies in a translation at all.
    :param boilerplate: beads with two sides that belong to the site.
    """
    units = dict(build_units(aligned, origin, aligned.pair.metadata))
    outcomes: list[Outcome] = []
    for bead in aligned.alignment.beads:
        unit = units.get(bead)
        if unit is not None:
            unit = replace(unit, confidence=unit.confidence * match.beads.get(bead, 1.0))
        if unit is None:
            fate = Fate.UNALIGNED
        elif bead in boilerplate:
            fate = Fate.BOILERPLATE
        elif match.refused:
            fate = Fate.NO_TRANSLATION
        elif unit.confidence < min_confidence:
            fate = Fate.LOW_CONFIDENCE
        elif (key := pair_key(unit.en, unit.zh)) in seen:
            fate = Fate.REPEATED
        else:
            seen.add(key)
            fate = Fate.WRITTEN
        outcomes.append(Outcome(bead, unit, fate))
    return replace(aligned, outcomes=tuple(outcomes))


def count_unused(aligned: AlignedPair) -> tuple[int, int]:
    """English and Chinese sentences that are in no unit, written or repeated."""
    used = [each.bead for each in aligned.outcomes if each.fate in {Fate.WRITTEN, Fate.REPEATED}]
    return (
        len(aligned.en) - sum(len(bead.en) for bead in used),
        len(aligned.zh) - sum(len(bead.zh) for bead in used),
    )


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
