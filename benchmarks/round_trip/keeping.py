"""Keeps what a round trip made, with a list of all that went wrong, for those who tune rules."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

from benchmarks.round_trip.document import Document, Kind
from benchmarks.round_trip.runs import Trip
from benchmarks.round_trip.scores import METRICS

__all__ = ["as_markdown", "differences", "keep"]

_MOST = 200


def keep(trip: Trip, folder: Path) -> None:
    """Write truth.md, cleaned/*.md and differences.txt beside the source."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "cleaned", ignore_errors=True)
    (folder / "truth.md").write_text(as_markdown(trip.truth), "utf-8")
    for name, content in trip.cleaned.files:
        path = folder / "cleaned" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    (folder / "differences.txt").write_text(differences(trip), "utf-8")


def differences(trip: Trip) -> str:
    """All that went wrong, metric by metric, with its surroundings.

    Of the body: ⟦…⟧ is what was lost, added or changed. Of paragraphs: ⟦⟧ is where two were joined
    or one was parted.
    """
    lines = [f"{trip.name} as {trip.kind}", ""]
    lines += (f"{one.name}: {getattr(trip.recipe, one.name)!r}" for one in fields(trip.recipe))
    lines += ["", f"stable: {trip.stable}", f"seconds: {trip.seconds:.2f}", ""]
    for metric in METRICS:
        found = [words for name, words in trip.scores.evidence.found if name == metric]
        lines.append(f"== {metric} {trip.scores.figures[metric]:.4f}: {len(found)} differences")
        lines += found[:_MOST]
        if len(found) > _MOST:
            lines.append(f"… and {len(found) - _MOST} more")
        lines.append("")
    return "\n".join(lines)


def as_markdown(document: Document) -> str:
    """A document for a person to read; notes stand in the text as ``[^ body ]``."""
    lines: list[str] = []
    for block in document.blocks:
        text, done = "", 0
        for callout in block.callouts:
            text += f"{block.text[done : callout.offset]}[^ {callout.body} ]"
            done = callout.offset
        text += block.text[done:]
        lines.append("#" * block.level + " " + text if block.kind is Kind.HEADING else text)
    return "\n\n".join(lines) + "\n"
