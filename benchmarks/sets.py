"""Where the documents are that benchmarks run on: the repository's own, and the shared ones where they are present."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import ROOT

if TYPE_CHECKING:
    from aligner.evaluation import GoldDocument

CORPORA = ROOT / "corpora"
SHARED_SETS = ("news-dev", "news-noisy-dev", "mac-dev", "bible")


def shared_folder() -> Path | None:
    """Folder of reference texts, never copied here: `ALIGNER_SHARED`, or `../shared` beside the checkout."""
    folder = Path(os.environ.get("ALIGNER_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def evaluation_sets(names: list[str] | None = None) -> dict[str, Path]:
    """Folders in the evaluation format by name, those present; `names` picks some.

    Raises SystemExit for a name that is not there.
    """
    shared = shared_folder()
    sets = {"corpora": CORPORA / "eval"}
    if shared:
        sets |= {name: shared / "eval" / name for name in SHARED_SETS if (shared / "eval" / name).is_dir()}
    missing = [name for name in names or () if name not in sets]
    if missing:
        raise SystemExit(f"there is no set {missing[0]!r} here; there are: {', '.join(sets)}")
    return {name: sets[name] for name in names or sets}


def sample_page() -> Path:
    """The page whose cold start is measured: a published release, else one of ours of like length."""
    shared = shared_folder()
    seeds = sorted((shared / "seeds").glob("000_*.txt")) if shared else []
    return seeds[0] if seeds else CORPORA / "pages" / "001-luhai-port.txt"


def count_sentences(documents: "list[GoldDocument]") -> int:
    """Sentences of both languages."""
    return sum(len(document.en) + len(document.zh) for document in documents)


def tell_peers_folder(folder: Path | None) -> dict[str, str]:
    """Environment that tells a child where packages lie that are measured but no part of the project."""
    return {"ALIGNER_PEERS": str(folder.resolve())} if folder else {}


def add_peers_folder() -> None:
    """Make those packages importable in the child."""
    if folder := os.environ.get("ALIGNER_PEERS"):
        sys.path.append(folder)  # last, so that it brings nothing but what is missing here
