"""Any sentence-transformers model as an encoder. Importing the library takes many seconds: only done when asked for."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np

from aligner.errors import EncoderError
from aligner.records import FloatArray
from aligner.runtime.resources import read_resource

_BATCH = 64


class SentenceTransformerEncoder:
    """A sentence-transformers model, loaded from a folder or by its name on the hub; on a GPU where torch sees one."""

    def __init__(self, name: str) -> None:
        """
        :param name: folder, or name on the hub; `models/presets.json` gives some models a prefix for their texts.
        :raises EncoderError: where the library is missing or the model cannot be loaded.
        """
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            message = (
                f"--model {name} needs sentence-transformers; install it in a clone: pip install -e '.[transformers]'"
            )
            raise EncoderError(message) from error
        try:
            self._model = SentenceTransformer(name)
        except Exception as error:  # the library raises whatever its layers raise: OSError, ValueError, HTTP errors
            place = "folder" if Path(name).is_dir() else "name on the hub"
            message = (
                f"cannot load the model {name!r} as a {place}: {_first_line(error)}; "
                "check the name, the network, or give the folder of a downloaded model"
            )
            raise EncoderError(message) from error
        self.name = name
        self.dimension = len(self._encode([""])[0])
        self._prefix = _prefix_of(name)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(len(texts), dimension)` float32, unit rows; an empty text gives a zero row."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        filled = [index for index, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = self._encode([self._prefix + texts[index] for index in filled])
        return vectors

    def _encode(self, texts: list[str]) -> FloatArray:
        vectors = self._model.encode(
            texts, batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return cast(FloatArray, vectors)


def _prefix_of(name: str) -> str:
    presets = json.loads(read_resource("presets.json"))
    return next((str(preset["prefix"]) for preset in presets if name.endswith(preset["name"])), "")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
