"""The rooms of the package, their order, and who imports whom; a picture of it for docs/architecture.md.

python scripts/imports.py            # the picture, in Mermaid
python scripts/imports.py --write    # the same, put into docs/architecture.md
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "aligner"
LEAVES = ("_version", "errors", "records", "config", "text", "runtime")
"""What every room may import; left out of the picture."""
STAGES = (
    "ingest",
    "encoders",
    "sections",
    "sentences",
    "lexicon",
    "align",
    "matching",
    "checks",
    "memory",
    "export",
    "summary",
    "api",
    "evaluation",
    "training",
    "cli",
    "__main__",
)
"""Modules and packages of `aligner/`; each may import those before it, and the leaves."""
ORDER = (*LEAVES, *STAGES)
_BEGIN, _END = "<!-- imports: made by scripts/imports.py -->", "<!-- end of imports -->"


def module_name(path: Path) -> str:
    """Such as `aligner.align.band` for its file."""
    parts = ["aligner", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Our modules that a module imports, wherever in it: an import inside a function makes it depend as well.

    :raises ValueError: for a relative import.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                message = f"line {node.lineno}: imports are absolute here"
                raise ValueError(message)
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            # `from aligner.export import tmx` imports the module tmx, `from aligner.export import write` does not.
            yield from [name for name in inside if name in MODULES] or ([node.module] if node.module in MODULES else [])
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)


def room_of(module: str) -> str:
    """`align` of `aligner.align.band`."""
    return module.split(".")[1] if "." in module else module


def read_imports() -> dict[str, set[str]]:
    """For each module the modules of ours that it imports."""
    return {name: set(imports_of(ast.parse(path.read_text("utf-8")))) for name, path in MODULES.items()}


def draw() -> str:
    """Rooms and the arrows between them as a Mermaid flowchart; an arrow points at what is imported."""
    arrows = {
        (room_of(module), room_of(name))
        for module, names in read_imports().items()
        for name in names
        if room_of(module) in STAGES and room_of(name) in STAGES and room_of(module) != room_of(name)
    }
    lines = [f"    {one} --> {other}" for one, other in sorted(arrows, key=lambda arrow: [*map(STAGES.index, arrow)])]
    return "\n".join(["```mermaid", "flowchart BT", *lines, "```"])


def insert(text: str) -> str:
    """`text` with the picture between its marks."""
    before, _, rest = text.partition(_BEGIN)
    return f"{before}{_BEGIN}\n\n{draw()}\n\n{_END}{rest.partition(_END)[2]}"


def main() -> None:
    """Print the picture, or put it into the document."""
    document = ROOT / "docs" / "architecture.md"
    if "--write" in sys.argv[1:]:
        document.write_text(insert(document.read_text("utf-8")), encoding="utf-8")
    else:
        sys.stdout.write(draw() + "\n")


if __name__ == "__main__":
    main()
