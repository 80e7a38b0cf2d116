"""64-bit keys of strings: what the dictionary is looked up by. A key of a string extends to that of a longer one."""

import numpy as np
from numpy.typing import NDArray

from aligner.records import BoolArray

KeyArray = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
BASE = np.uint64(_BASE)
_FILTER_BITS = 20
_LOWEST = np.uint64((1 << _FILTER_BITS) - 1)


def key_of(text: str) -> int:
    """Polynomial of the code points, modulo 2**64.

    Accidental collisions are negligible (4 million strings: 1 in a million); made ones do no harm, as a wrong link
    between two words is all that they give.
    """
    key = 0
    for character in text:
        key = (key * _BASE + ord(character) + 1) & _MASK
    return key


def extend_keys(keys: KeyArray, codes: KeyArray) -> KeyArray:
    """`(c,)` keys of texts, each with one more character of the given code: `key_of(text + chr(code))`."""
    return np.asarray(keys * BASE + codes + np.uint64(1), np.uint64)


class BloomFilter:
    """A Bloom filter of one hash, the key's lowest bits (Bloom 1970): it tells most keys that are not among the given
    ones, many times as fast as looking for them.
    """

    def __init__(self, keys: KeyArray) -> None:
        self._table = np.zeros(1 << _FILTER_BITS, bool)
        self._table[keys & _LOWEST] = True

    def may_contain(self, keys: KeyArray) -> BoolArray:
        """`(c,)`: false for those that are surely not among them."""
        return np.asarray(self._table[keys & _LOWEST])
