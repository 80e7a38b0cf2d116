"""Nearest neighbours by inner product: FAISS on the CPU, with NumPy as the reference that tests hold it to."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from aligner.records import FloatArray, IntArray


def find_neighbours(queries: FloatArray, base: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
    """The `k` most similar rows of `base` for each row of `queries`, best first.

    :param queries: `(n, d)` float32.
    :param base: `(m, d)` float32.
    :param k: at least 1; cut to m.
    :return: similarities and row indices, both `(n, min(k, m))`.
    """
    k = min(k, len(base))
    if k == 0 or len(queries) == 0:
        return np.zeros((len(queries), k), np.float32), np.zeros((len(queries), k), np.int64)
    import faiss

    with _one_thread():
        similarities, indices = faiss.knn(
            np.ascontiguousarray(queries), np.ascontiguousarray(base), k, metric=faiss.METRIC_INNER_PRODUCT
        )
    return similarities, indices


@contextmanager
def _one_thread() -> Iterator[None]:
    """Inside, FAISS does not divide the work of this thread: its threads would wait for each other, and for ours, much
    longer than they work. On documents of a page it takes a tenth of the time.
    """
    import faiss

    usual = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(usual)


def find_neighbours_numpy(queries: FloatArray, base: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
    """What `find_neighbours` must return, by a full matrix."""
    similarities = queries @ base.T
    indices = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(similarities, indices, axis=1), indices.astype(np.int64)
