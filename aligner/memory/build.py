"""From beads to units of a translation memory: joined texts, confidence, flags, and which of them are kept.

The confidence of a unit is the probability that exactly these sentences translate each other: the posterior of its
bead, which takes the texts for translations, times the probability that they are (`matching.gate`), lowered for near
twins (see `twins`), whose dates, numbers or names tell what the aligner cannot see. Flags do not lower it: length,
similarity and margin are part of that evidence already, and counting them twice would make the figure mean less.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from hashlib import blake2b

from aligner.checks import find_findings, list_flags
from aligner.checks.context import Context
from aligner.matching.gate import Match
from aligner.memory.twins import weigh_twin
from aligner.records import AlignedPair, Bead, Fate, Language, Metadata, Outcome, Sentence, TranslationUnit
from aligner.text.characters import join_sentences, nfc, normalise_space
from aligner.text.lengths import chars_ratio, count_chars


def build_units(
    aligned: AlignedPair, origin: str, metadata: Metadata, match: Match | None = None
) -> list[tuple[Bead, TranslationUnit]]:
    """A unit for each bead that has text on both sides, in the order of the beads, whatever its confidence.

    :param match: the probability of each bead that it lies in a translation at all; 1 where it is not given.
    """
    ratio = _chars_ratio(aligned.en, aligned.zh)
    built = []
    for bead in aligned.alignment.beads:
        en_sentences, zh_sentences = [aligned.en[i] for i in bead.en], [aligned.zh[j] for j in bead.zh]
        en, zh = _join(en_sentences, aligned.pair.en.language), _join(zh_sentences, aligned.pair.zh.language)
        if not (en and zh):
            continue
        translated = match.beads.get(bead, 1.0) if match else 1.0
        unit = TranslationUnit(
            en=en,
            zh=zh,
            en_lang=aligned.pair.en.tag,
            zh_lang=aligned.pair.zh.tag,
            confidence=min(1.0, max(0.0, float(bead.confidence))) * translated * weigh_twin(en, zh),
            bead_type=bead.type,
            flags=(),
            origin=origin,
            en_spans=_spans(en_sentences),
            zh_spans=_spans(zh_sentences),
            metadata=metadata,
            similarity=float(bead.similarity),
            margin=float(bead.margin),
        )
        findings = find_findings(unit, Context(bead, ratio))
        built.append((bead, replace(unit, flags=list_flags(findings), findings=findings)))
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
    units = dict(build_units(aligned, origin, aligned.pair.metadata, match))
    outcomes: list[Outcome] = []
    for bead in aligned.alignment.beads:
        unit = units.get(bead)
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


def _chars_ratio(en: Sequence[Sentence], zh: Sequence[Sentence]) -> float:
    en_chars = sum(count_chars(sentence.text) for sentence in en)
    zh_chars = sum(count_chars(sentence.text) for sentence in zh)
    return chars_ratio(en_chars, zh_chars)


def _join(sentences: Sequence[Sentence], language: Language) -> str:
    return normalise_space(join_sentences([sentence.text for sentence in sentences], language))


def _spans(sentences: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    return tuple((sentence.start, sentence.end) for sentence in sentences)
