"""Options that several commands share, with their help."""

from typing import Annotated

import typer

INPUT, OUTPUT, ALIGNMENT, PROPERTIES = "Input", "Output", "Alignment", "Properties of the units"

Pages = Annotated[
    list[str] | None,
    typer.Argument(
        help="Pages that hold both languages, or folders of them: text, Markdown, HTML, DOCX, PDF; - is stdin.",
        show_default=False,
    ),
]
EnFile = Annotated[str | None, typer.Option("--en", metavar="FILE", help="English file.", rich_help_panel=INPUT)]
ZhFile = Annotated[str | None, typer.Option("--zh", metavar="FILE", help="Chinese file.", rich_help_panel=INPUT)]
SplitLines = Annotated[
    bool,
    typer.Option(
        "--split-lines", help="--en and --zh are text with one sentence a line already.", rich_help_panel=INPUT
    ),
]
Model = Annotated[
    str,
    typer.Option(
        metavar="NAME_OR_PATH",
        help='Sentence encoder; any but the default needs the extra "transformers".',
        rich_help_panel=ALIGNMENT,
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        min=0.0, max=1.0, help="Leave out units that are less certain to be right.", rich_help_panel=ALIGNMENT
    ),
]
KeepAll = Annotated[
    bool,
    typer.Option(
        "--keep-all",
        help="All text counts, but for certain boilerplate.",
        rich_help_panel=ALIGNMENT,
    ),
]
AssumeParallel = Annotated[
    bool,
    typer.Option(
        "--assume-parallel",
        help="The two languages are translations of each other, whatever the alignment says.",
        rich_help_panel=ALIGNMENT,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Verbose = Annotated[int, typer.Option("-v", "--verbose", count=True, help="Tell more; twice, even more.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")]
