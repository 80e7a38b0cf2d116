"""`aligner align`: pages in, a translation memory out, a summary on stderr."""

from typing import Annotated

import typer

from aligner.cli.options import (
    OUTPUT,
    PROPERTIES,
    AssumeParallel,
    EnFile,
    Json,
    KeepAll,
    MinConfidence,
    Model,
    Pages,
    Quiet,
    SplitLines,
    Verbose,
    ZhFile,
)
from aligner.config import DEFAULT_MODEL, MIN_CONFIDENCE, AlignOptions, ExportFormat

EXAMPLES = (
    "[bold]Examples[/]\n\n"
    "aligner align release.html -o release.tmx\n\n"
    "aligner align --en en.docx --zh zh.docx -o out.tmx --domain energy\n\n"
    "aligner align pages/ -o memory.tmx --min-confidence 0.8\n\n"
    "curl -s https://example.org/release | aligner align - -o - --format jsonl"
)


def run(  # noqa: PLR0913, PLR0917  # one parameter an option is how typer reads them
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="What to write; - is stdout.", rich_help_panel=OUTPUT)
    ],
    pages: Pages = None,
    en: EnFile = None,
    zh: ZhFile = None,
    split_lines: SplitLines = False,
    format: Annotated[  # noqa: A002  # the name of the option
        ExportFormat | None, typer.Option(help="Instead of what FILE's suffix says.", rich_help_panel=OUTPUT)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.", rich_help_panel=OUTPUT)] = False,
    date: Annotated[
        str, typer.Option(help="Creation time in the output, ISO 8601, instead of now.", rich_help_panel=OUTPUT)
    ] = "",
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    model: Model = DEFAULT_MODEL,
    keep_all: KeepAll = False,
    assume_parallel: AssumeParallel = False,
    en_lang: Annotated[str, typer.Option(help="Such as en-US.", rich_help_panel=PROPERTIES)] = "",
    zh_lang: Annotated[str, typer.Option(help="Such as zh-HK.", rich_help_panel=PROPERTIES)] = "",
    domain: Annotated[str, typer.Option(help="Subject field.", rich_help_panel=PROPERTIES)] = "",
    client: Annotated[str, typer.Option(help="Client.", rich_help_panel=PROPERTIES)] = "",
    creator: Annotated[str, typer.Option(help="Who made the memory.", rich_help_panel=PROPERTIES)] = "",
    json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Align pages and write a translation memory; a summary goes to stderr."""
    from aligner.api import Aligner, write_memory
    from aligner.cli.console import exit_on_error, set_up_logging
    from aligner.cli.exit_codes import USAGE, exit_code_of
    from aligner.cli.inputs import Inputs, align_inputs
    from aligner.cli.summary_text import list_left_out, tell_summary
    from aligner.export import ExportOptions, check_destination, resolve_date, resolve_format

    set_up_logging(verbose)
    with exit_on_error(USAGE):
        inputs = Inputs(pages or (), en, zh, split_lines)
        resolve_format(output, format)
        inputs.check_output(output)
        check_destination(output, force)
        options = AlignOptions(min_confidence, split_lines, keep_all, assume_parallel)
        aligner = Aligner(model, options)
        words = en_lang, zh_lang, creator, domain, client
        export = ExportOptions(*words, resolve_date(date), force, aligner.signature)
        results = align_inputs(inputs, aligner, quiet or json)
        summary = write_memory(results, output, format, export, list_left_out if verbose else None)
    tell_summary(summary, output, json, quiet, list_all=verbose > 0)
    raise typer.Exit(exit_code_of(summary))
