"""The scores as a table for the terminal."""

from aligner.evaluation.scores import Scores


def format_scores(scores: Scores) -> str:
    """The figures as a table for the terminal, without a line end."""
    parts = [_format_figures(scores), _format_groups(scores), _format_types(scores), _format_notes(scores)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _format_figures(scores: Scores) -> list[str]:
    figures = scores.figures
    rows = [("strict", figures.strict, "f1_strict"), ("lax", figures.lax, "f1_lax")]
    if figures.merged_strict and figures.merged_lax:
        rows.append(("segment-merged strict", figures.merged_strict, "merged_f1_strict"))
        rows.append(("segment-merged lax", figures.merged_lax, "merged_f1_lax"))
    rows.append(("unaligned lines", figures.unaligned, "f1_unaligned"))
    count = f"{figures.documents} document{'s' * (figures.documents != 1)}"
    lines = [f"{count}, {scores.gold_beads} gold beads, {scores.predicted_beads} predicted"]
    lines.append(
        f"{'':<24}{'precision':>10}{'recall':>10}{'F1':>10}" + "  95 % interval of F1" * bool(scores.intervals)
    )
    for label, ratios, name in rows:
        interval = scores.intervals.get(name)
        shown = f"{interval.low:>11.4f} to {interval.high:.4f}" if interval else ""
        lines.append(f"{label:<24}{ratios.precision:>10.4f}{ratios.recall:>10.4f}{ratios.f1:>10.4f}{shown}")
    return lines


def _format_groups(scores: Scores) -> list[str]:
    if len(scores.groups) < 2:
        return []
    title = "segment-merged strict F1" if scores.figures.merged_strict else "strict F1"
    lines = [f"{title} by source"]
    for label, figures in scores.groups.items():
        ratios = (figures.merged_strict if scores.figures.merged_strict else None) or figures.strict
        lines.append(f"{label:<28}{figures.documents:>5} documents{ratios.f1:>10.4f}")
    return lines


def _format_types(scores: Scores) -> list[str]:
    merged = scores.figures.merged_strict is not None
    lines = ["recall by gold bead type (zh-en)"]
    lines.append(f"{'type':<10}{'count':>8}{'strict':>9}{'lax':>9}" + f"{'merged':>9}" * merged)
    for bead_type, row in scores.by_type.items():
        shares = (row.strict, row.lax, row.merged)[: 2 + merged]
        lines.append(f"{bead_type:<10}{row.count:>8}" + "".join(f"{share / row.count:>9.4f}" for share in shares))
    return lines


def _format_notes(scores: Scores) -> list[str]:
    notes = []
    if scores.missing:
        notes.append(f"no prediction for {' '.join(scores.missing)}: counted as empty")
    if scores.uncovered:
        notes.append(f"{scores.uncovered} lines are in no predicted bead")
    if scores.repeated:
        notes.append(f"{scores.repeated} lines are used more than once")
    return notes
