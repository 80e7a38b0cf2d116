"""Writes `models/calibration.json`: sentence pairs of the releases to train on, and how similar the default encoder
finds translations. Other encoders are calibrated by it, see `aligner/encoders/calibration.py`.

    python -m aligner.training.sample_pairs
"""

import json
from pathlib import Path

import numpy as np

from aligner.encoders import load_encoder
from aligner.training.lessons import read_lessons

_ROOT = Path(__file__).resolve().parent.parent.parent
_PAIRS = 60
"""Enough: 30 to 200 give the same figures within noise, 10 give worse ones."""


def main() -> None:
    """Take pairs evenly from all releases."""
    lessons = read_lessons(_ROOT / "corpora" / "training" / "releases")
    pairs = [
        (lesson.document.en[bead.en[0]], lesson.document.zh[bead.zh[0]])
        for lesson in lessons
        for bead in lesson.document.gold or ()
        if len(bead.en) == len(bead.zh) == 1
    ]
    en, zh = zip(*pairs[:: len(pairs) // _PAIRS][:_PAIRS], strict=True)
    encoder = load_encoder()
    similarity = np.einsum("nd,nd->n", encoder.encode(en), encoder.encode(zh)).mean()
    data = {"similarity": round(float(similarity), 4), "en": en, "zh": zh}
    path = _ROOT / "models" / "calibration.json"
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
