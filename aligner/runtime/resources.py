"""Small data files of the package: learned weights and presets, kept in `models/` of the repository."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource_path(name: str) -> Path:
    """Where the file is: in `aligner/_models` of an installed wheel, in `models/` beside a checkout's package.

    :raises FileNotFoundError: where neither has it, which means a broken installation.
    """
    for folder in (_PACKAGE / "_models", _PACKAGE.parent / "models"):
        if (folder / name).is_file():
            return folder / name
    message = f"the package's data file {name} is missing; install aligner again"
    raise FileNotFoundError(message)


def read_resource(name: str) -> str:
    """The text of a data file.

    :raises FileNotFoundError: where the installation lacks it.
    """
    return resource_path(name).read_text(encoding="utf-8")
