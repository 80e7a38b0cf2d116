"""The command line: `aligner align`, `aligner inspect`, `aligner evaluate`. Options in, exit codes out, nothing else.

Exit codes: 0 units were written and no page failed; 1 some page failed (the units of the others are written);
2 the run could not be done as asked, and nothing was written; 3 nothing to align in any page; 130 and 143 after Ctrl-C
and SIGTERM. What takes long to import is imported inside the commands, so that `--help` is there at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from aligner._version import __version__
from aligner.config import DEFAULT_MODEL, MIN_CONFIDENCE, AlignOptions, ExportFormat

app = typer.Typer(
    name="aligner",
    help="Bilingual English-Chinese press releases in, translation memories out.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_INPUT, _OUTPUT, _ALIGNMENT, _PROPERTIES = "Input", "Output", "Alignment", "Properties of the units"

Pages = Annotated[
    list[str] | None,
    typer.Argument(
        help="Pages that hold both languages, or folders of them: text, Markdown, HTML, DOCX, PDF; - is stdin.",
        show_default=False,
    ),
]
EnFile = Annotated[str | None, typer.Option("--en", metavar="FILE", help="English file.", rich_help_panel=_INPUT)]
ZhFile = Annotated[str | None, typer.Option("--zh", metavar="FILE", help="Chinese file.", rich_help_panel=_INPUT)]
SplitLines = Annotated[
    bool,
    typer.Option(
        "--split-lines", help="--en and --zh are text with one sentence a line already.", rich_help_panel=_INPUT
    ),
]
Model = Annotated[
    str,
    typer.Option(
        metavar="NAME_OR_PATH",
        help="Sentence encoder; any but the default needs the extra: aligner\\[transformers].",
        rich_help_panel=_ALIGNMENT,
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        min=0.0, max=1.0, help="Leave out units that are less certain to be right.", rich_help_panel=_ALIGNMENT
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Verbose = Annotated[int, typer.Option("-v", "--verbose", count=True, help="Tell more; twice, even more.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")]


def main() -> None:
    """The console script."""
    from aligner.cli.console import install_stop_signals

    install_stop_signals()
    app()


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aligner {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command(
    epilog="[bold]Examples[/]\n\n"
    "aligner align release.html -o release.tmx\n\n"
    "aligner align --en en.docx --zh zh.docx -o out.tmx --domain energy\n\n"
    "aligner align pages/ -o memory.tmx --min-confidence 0.8\n\n"
    "curl -s https://example.org/release | aligner align - -o - --format jsonl"
)
def align(  # noqa: PLR0913, PLR0917  # one parameter an option is how typer reads them
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="What to write; - is stdout.", rich_help_panel=_OUTPUT),
    ],
    pages: Pages = None,
    en: EnFile = None,
    zh: ZhFile = None,
    split_lines: SplitLines = False,
    format: Annotated[  # noqa: A002  # the name of the option
        ExportFormat | None, typer.Option(help="Instead of what FILE's suffix says.", rich_help_panel=_OUTPUT)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.", rich_help_panel=_OUTPUT)] = False,
    date: Annotated[
        str, typer.Option(help="Creation time in the output, ISO 8601, instead of now.", rich_help_panel=_OUTPUT)
    ] = "",
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    model: Model = DEFAULT_MODEL,
    en_lang: Annotated[str, typer.Option(help="Such as en-US.", rich_help_panel=_PROPERTIES)] = "",
    zh_lang: Annotated[str, typer.Option(help="Such as zh-HK.", rich_help_panel=_PROPERTIES)] = "",
    domain: Annotated[str, typer.Option(help="Subject field.", rich_help_panel=_PROPERTIES)] = "",
    client: Annotated[str, typer.Option(help="Client.", rich_help_panel=_PROPERTIES)] = "",
    creator: Annotated[str, typer.Option(help="Who made the memory.", rich_help_panel=_PROPERTIES)] = "",
    json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Align pages and write a translation memory; a summary goes to stderr."""
    from aligner.api import Aligner, write_memory
    from aligner.cli.console import exit_on_error, say, say_json, set_up_logging
    from aligner.cli.inputs import Inputs, align_inputs
    from aligner.export import ExportOptions, check_destination, resolve_date, resolve_format
    from aligner.summary import EXIT_USAGE

    set_up_logging(verbose)
    with exit_on_error(EXIT_USAGE):
        inputs = Inputs(pages or (), en, zh, split_lines)
        resolve_format(output, format)
        check_destination(output, force)
        aligner = Aligner(model, AlignOptions(min_confidence, split_lines))
        export = ExportOptions(en_lang, zh_lang, creator, domain, client, resolve_date(date), force, aligner.signature)
        summary = write_memory(align_inputs(inputs, aligner, quiet or json), output, format, export)
    if json:
        say_json(summary.as_dict())
    elif not quiet or summary.exit_code:
        say(summary.lines(output, list_all=verbose > 0))
    raise typer.Exit(summary.exit_code)


@app.command(
    epilog="[bold]Examples[/]\n\naligner inspect release.html\n\naligner inspect --en en.docx --zh zh.docx --json"
)
def inspect(  # noqa: PLR0913, PLR0917  # one parameter an option is how typer reads them
    pages: Pages = None,
    en: EnFile = None,
    zh: ZhFile = None,
    split_lines: SplitLines = False,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    model: Model = DEFAULT_MODEL,
    json: Json = False,
    verbose: Verbose = 0,
) -> None:
    """Show what was taken as what, and why: blocks, then beads side by side. JSON unless stdout is a terminal."""
    from aligner.api import Aligner
    from aligner.cli.console import exit_on_error, print_result, set_up_logging
    from aligner.cli.inputs import Inputs, align_inputs
    from aligner.summary import EXIT_DONE, EXIT_FAILED_PAGES, EXIT_USAGE

    set_up_logging(verbose)
    code = EXIT_DONE
    with exit_on_error(EXIT_USAGE):
        aligner = Aligner(model, AlignOptions(min_confidence, split_lines))
        for result in align_inputs(Inputs(pages or (), en, zh, split_lines), aligner, quiet=True):
            print_result(result, json)
            code = EXIT_FAILED_PAGES if result.error else code
    raise typer.Exit(code)


@app.command(
    epilog="[bold]Examples[/]\n\n"
    "aligner evaluate corpora/eval\n\n"
    "aligner evaluate corpora/eval --save-pred predictions/ --json"
)
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="NNN.en, NNN.zh (a sentence a line), NNN.gold.")],
    save_pred: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Folder to write NNN.pred to.", rich_help_panel=_OUTPUT)
    ] = None,
    model: Model = DEFAULT_MODEL,
    json: Json = False,
    verbose: Verbose = 0,
) -> None:
    """Align each NNN.en with NNN.zh and score the beads against NNN.gold."""
    from aligner.api import Aligner
    from aligner.cli.console import exit_on_error, print_scores, set_up_logging
    from aligner.cli.predictions import predict_folder
    from aligner.summary import EXIT_USAGE

    set_up_logging(verbose)
    with exit_on_error(EXIT_USAGE):
        print_scores(predict_folder(folder, save_pred, Aligner(model)), json)
