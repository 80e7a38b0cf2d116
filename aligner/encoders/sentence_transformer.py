"""Any sentence-transformers model as an encoder. Importing the library takes many seconds: only done when asked for."""

import json
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from aligner.errors import EncoderError
from aligner.records import FloatArray
from aligner.runtime.resources import read_resource

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 64


_MISSING = (
    "--model {name} needs sentence-transformers; in a clone of the project, install a CPU build of torch first "
    "(pip install 'torch==2.13.0'), then: pip install -e '.[transformers]'"
)
_PARTS = ("modules.json", "config.json")
"""Files of which a model's folder has one."""
_PROBE_SECONDS = 2.0
"""How long the hub may take to say whether it has a model."""


class SentenceTransformerEncoder:
    """A sentence-transformers model, loaded from a folder or by its name on the hub; on a GPU where torch sees one."""

    def __init__(self, name: str) -> None:
        """
        :param name: folder, or name on the hub; `models/presets.json` gives some models a prefix for their texts.
        :raises EncoderError: when the library is missing or the model cannot be loaded.
        """
        if find_spec("sentence_transformers") is None:
            raise EncoderError(_MISSING.format(name=name))
        _check_place(name)
        try:
            self._model = _load_quietly(name)
        except Exception as error:  # the library raises whatever its layers raise: OSError, ValueError, HTTP errors
            raise _not_loaded(name, _first_line(error)) from error
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


def _check_place(name: str) -> None:
    """Refuse a folder without a model and a name that neither the local cache nor the hub has, before torch is loaded.

    :raises EncoderError: at once, or after two seconds without an answer from the network.
    """
    folder = Path(name)
    if folder.exists():
        if not any((folder / part).is_file() for part in _PARTS):
            raise _not_loaded(name, "it holds no model")
        return
    if folder.is_absolute() or name.startswith(".") or name.count("/") > 1:
        raise _not_loaded(name, "there is no such folder")
    from huggingface_hub import HfApi, try_to_load_from_cache

    full = name if "/" in name else f"sentence-transformers/{name}"
    try:
        if not any(isinstance(try_to_load_from_cache(full, part), str) for part in _PARTS):
            HfApi().model_info(full, timeout=_PROBE_SECONDS)
    except Exception as error:  # whatever the network layers raise
        raise _not_loaded(name, _first_line(error)) from error


def _load_quietly(name: str) -> "SentenceTransformer":
    """The model, without the libraries' progress bars."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has no types
    return SentenceTransformer(name)


def _not_loaded(name: str, why: str) -> EncoderError:
    place = "folder" if Path(name).is_dir() else "name on the hub"
    return EncoderError(
        f"cannot load the model {name!r} as a {place}: {why}; "
        "check the name, the network, or give the folder of a downloaded model"
    )
