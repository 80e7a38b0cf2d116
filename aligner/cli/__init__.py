"""The command line: options in, exit codes out. One module a command; see `exit_codes` for what the codes mean.

What takes long to import is imported inside the commands, so that `--help` is there at once.
"""

from typing import Annotated

import typer

from aligner._version import __version__
from aligner.cli import align, evaluate, inspect

app = typer.Typer(
    name="aligner",
    help="Bilingual English-Chinese press releases in, translation memories out.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The console script."""
    from aligner.cli.console import Stopped, install_stop_signals, prepare_streams, say
    from aligner.cli.exit_codes import USAGE

    prepare_streams()
    install_stop_signals()
    try:
        app()
    except Stopped as stopped:
        say([f"aligner: {stopped.reason}"])
        raise
    except OSError as error:  # what the system refuses anywhere: a name that is too long, no more files to open
        where = f"{error.filename}: " if error.filename else ""
        say([f"aligner: {where}{error.strerror or error}"])
        raise SystemExit(USAGE) from error


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


app.command(name="align", epilog=align.EXAMPLES)(align.run)
app.command(name="inspect", epilog=inspect.EXAMPLES)(inspect.run)
app.command(name="evaluate", epilog=evaluate.EXAMPLES)(evaluate.run)
