"""Whether two aligned texts are translations of each other at all."""

from collections.abc import Iterable, Sequence

from aligner.records import AlignedPair, Bead

SURE_MARGIN = 0.05
"""Margin from which a bead speaks for the texts as a whole; of right pairs in news, 95 of 100 have more. Without this
bound two texts on different matters reach a share of 0.84: in want of anything better the aligner pairs by length."""
NEEDED_SHARE = 0.5
"""Aligned share from which two texts count as translations. On WMT21 news and the sample releases, translations have
0.98 at the median, 0.75 at the 2nd percentile; with omissions and boilerplate 0.93 and 0.73. Random pairs have 0.34 at
the 99th percentile and 0.43 at most, the most similar other article 0.39 at the 95th and 0.46 at most. Measured by
`python -m benchmarks.units`; to be measured again after a change of the scorer."""


def find_mismatch(aligned: AlignedPair) -> str:
    """Why the two texts do not look like translations of each other, as a sentence; empty where they do."""
    en_chars = [len(sentence.text) for sentence in aligned.en]
    zh_chars = [len(sentence.text) for sentence in aligned.zh]
    share = aligned_share(aligned.alignment.beads, en_chars, zh_chars)
    if share >= NEEDED_SHARE:
        return ""
    return (
        "the English and the Chinese text do not look like translations of each other "
        f"({share:.0%} of the text aligned, needs {NEEDED_SHARE:.0%})"
    )


def aligned_share(beads: Iterable[Bead], en_chars: Sequence[int], zh_chars: Sequence[int]) -> float:
    """Share of the text that surely has a counterpart, 0..1: of the side that has the larger share.

    Each bead with two sides and a sure margin counts by its confidence. The larger share, because a text may leave out
    half of the other and all of it is a translation still.

    :param en_chars: characters of each English sentence.
    :param zh_chars: characters of each Chinese sentence.
    """
    en_found = zh_found = 0.0
    for bead in beads:
        if bead.en and bead.zh and bead.margin > SURE_MARGIN:
            en_found += bead.confidence * sum(en_chars[index] for index in bead.en)
            zh_found += bead.confidence * sum(zh_chars[index] for index in bead.zh)
    return max(en_found / max(1, sum(en_chars)), zh_found / max(1, sum(zh_chars)))
