"""Whether two aligned texts are translations of each other at all."""

from aligner.records import AlignedPair


def aligned_share(aligned: AlignedPair) -> float:
    """Share of the characters of either side, 0..1, the mean of both, that the aligner expects to be right.

    Each two-sided bead counts by its confidence.
    """
    shares = []
    for sentences, side in ((aligned.en, "en"), (aligned.zh, "zh")):
        lengths = [len(sentence.text) for sentence in sentences]
        found = sum(
            bead.confidence * sum(lengths[index] for index in getattr(bead, side))
            for bead in aligned.alignment.beads
            if bead.en and bead.zh
        )
        shares.append(found / max(1, sum(lengths)))
    return sum(shares) / 2


def find_mismatch(aligned: AlignedPair) -> str:
    return ""
