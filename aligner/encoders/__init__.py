"""Sentence encoders: the embedded default, and any sentence-transformers model by name or path."""

from aligner.config import DEFAULT_MODEL
from aligner.encoders.base import Encoder


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """The encoder of that name; anything but the default is loaded by sentence-transformers
    and calibrated to it.

    :param name: `use-multilingual-v3`, a model's name on the hub, or a folder.
    :raises EncoderError: where weights or packages are missing, or the model cannot be loaded.
    """
    if name == DEFAULT_MODEL:
        from aligner.encoders.embedded import UseEncoder

        return UseEncoder()
    from aligner.encoders.calibration import CalibratedEncoder
    from aligner.encoders.sentence_transformer import SentenceTransformerEncoder

    return CalibratedEncoder(SentenceTransformerEncoder(name))
