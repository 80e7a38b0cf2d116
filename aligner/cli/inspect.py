"""`aligner inspect`: what was taken as what, and why."""

from typing import Annotated

import typer

from aligner.cli.options import (
    AssumeParallel,
    EnFile,
    Json,
    KeepAll,
    MinConfidence,
    Model,
    Pages,
    SplitLines,
    Verbose,
    ZhFile,
)
from aligner.config import DEFAULT_MODEL, MIN_CONFIDENCE, AlignOptions

EXAMPLES = (
    "[bold]Examples[/]\n\n"
    "aligner inspect release.html\n\n"
    "aligner inspect --flagged release.html\n\n"
    "aligner inspect --en en.docx --zh zh.docx --json"
)


def run(  # noqa: PLR0913, PLR0917  # one parameter an option is how typer reads them
    pages: Pages = None,
    en: EnFile = None,
    zh: ZhFile = None,
    split_lines: SplitLines = False,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    model: Model = DEFAULT_MODEL,
    keep_all: KeepAll = False,
    assume_parallel: AssumeParallel = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="Only the units that a person should look at.")] = False,
    json: Json = False,
    verbose: Verbose = 0,
) -> None:
    """Show what was taken as what, and why: blocks, then beads. JSON unless stdout is a terminal.

    The JSON of one page is an object; of several it is one object a line.
    """
    from aligner.api import Aligner
    from aligner.cli.console import exit_on_error, print_result, set_up_logging
    from aligner.cli.exit_codes import DONE, FAILED_PAGES, USAGE
    from aligner.cli.inputs import Inputs, align_inputs

    set_up_logging(verbose)
    code = DONE
    with exit_on_error(USAGE):
        aligner = Aligner(model, AlignOptions(min_confidence, split_lines, keep_all, assume_parallel))
        inputs = Inputs(pages or (), en, zh, split_lines)
        for result in align_inputs(inputs, aligner, quiet=True):
            print_result(result, json, flagged, one_line=inputs.are_many)
            code = FAILED_PAGES if result.error else code
    raise typer.Exit(code)
