"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test depends on the time it takes, nor on chance.
settings.register_profile("aligner", deadline=None, derandomize=True)
settings.load_profile("aligner")

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """Folder of reference texts, never copied here: `ALIGNER_SHARED`, or `../shared` beside the checkout."""
    folder = Path(os.environ.get("ALIGNER_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the shared reference texts are not beside this checkout (set ALIGNER_SHARED)")
    return folder
