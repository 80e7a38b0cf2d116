"""`aligner evaluate`: beads for a folder of the evaluation format, and their scores."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.options import OUTPUT, Json, Model, Verbose
from aligner.config import DEFAULT_MODEL
from aligner.errors import EvaluationError, ExportError

if TYPE_CHECKING:
    from aligner.api import Aligner
    from aligner.evaluation import Scores

EXAMPLES = (
    "[bold]Examples[/]\n\n"
    "aligner evaluate corpora/eval\n\n"
    "aligner evaluate corpora/eval --save-pred predictions/ --json"
)


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="NNN.en, NNN.zh (a sentence a line), NNN.gold.")],
    save_pred: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Folder to write NNN.pred to.", rich_help_panel=OUTPUT)
    ] = None,
    model: Model = DEFAULT_MODEL,
    json: Json = False,
    verbose: Verbose = 0,
) -> None:
    """Align each NNN.en with NNN.zh and score the beads against NNN.gold."""
    from aligner.api import Aligner
    from aligner.cli.console import exit_on_error, print_scores, set_up_logging
    from aligner.cli.exit_codes import USAGE

    set_up_logging(verbose)
    with exit_on_error(USAGE):
        print_scores(predict_folder(folder, save_pred, Aligner(model)), json)


def predict_folder(folder: Path, save_to: Path | None, aligner: "Aligner") -> "Scores | None":
    """Align the documents of `folder`, write their beads to `save_to` if given, and score them.

    :return: None where no document has gold, which is fine as long as the beads are saved.

    :raises EvaluationError: when the folder cannot be read, or has no gold and nothing is saved.
    :raises ExportError: when predictions cannot be written.
    :raises EncoderError: when the model cannot be loaded.
    """
    from aligner.cli.console import show_progress
    from aligner.evaluation import find_prediction, read_documents, score_documents, write_beads

    documents = read_documents(folder)
    has_gold = any(document.gold is not None for document in documents)
    if not has_gold and save_to is None:
        raise EvaluationError(f"{folder}: no document has gold beads (NNN.gold); name a folder with --save-pred")
    if save_to is not None:
        _make_folder(save_to)
    predictions = {}
    for document in show_progress(documents, len(documents), "aligning", quiet=False):
        beads = aligner.find_beads(document.en, document.zh).beads
        predictions[document.name] = beads
        if save_to is not None:
            write_beads(find_prediction(save_to, document.name), beads, with_confidence=True)
    return score_documents(documents, predictions) if has_gold else None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made ({error.strerror}); name another folder") from error
