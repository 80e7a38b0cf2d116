"""Beads for a whole folder of the evaluation format: what `aligner evaluate` does."""

from pathlib import Path

from aligner.api import Aligner
from aligner.cli.console import show_progress
from aligner.errors import EvaluationError, ExportError
from aligner.evaluation import Scores, find_prediction, read_documents, score_documents, write_beads


def predict_folder(folder: Path, save_to: Path | None, aligner: Aligner) -> Scores | None:
    """Align the documents of `folder`, write their beads to `save_to` if given, and score them.

    :return: None where no document has gold, which is fine as long as the beads are saved.

    Raises EvaluationError where the folder cannot be read or has no gold and nothing is saved, ExportError where
    predictions cannot be written, EncoderError where the model cannot be loaded.
    """
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
