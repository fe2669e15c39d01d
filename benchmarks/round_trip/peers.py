"""Other tools on the same sources, scored the same way.

They live in an environment of their own (`make peers`); one that isn't there is said to be
missing. pandoc is quire's own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.round_trip.document import read_files
from benchmarks.round_trip.runs import Trip
from benchmarks.round_trip.scores import METRICS, score
from quire.manuscript import DIALECT
from quire.pandoc import PandocFailed, convert

__all__ = ["PEERS", "Standing", "standings"]

_ROOT = Path(__file__).resolve().parent.parent.parent
_PYTHON = _ROOT / "build" / "peers" / "bin" / "python"
_WORKER = Path(__file__).parent / "peers_worker.py"
_SECONDS = 1200

PEERS: Mapping[str, tuple[str, ...]] = {
    "pandoc": ("txt", "html", "docx"),
    "markitdown": ("html", "docx", "pdf"),
    "pymupdf4llm": ("pdf",),
    "trafilatura": ("html",),
    "autocorrect": ("txt",),
    "calibre": ("txt", "html", "docx", "pdf"),
}
"""Each tool with the formats that it is given."""

# What a tool doesn't set out to do isn't held against it.
_JUDGED: Mapping[str, tuple[str, ...]] = {"autocorrect": ("punctuation",)}


@dataclass(frozen=True)
class Standing:
    """A tool's mean figures over all sources of a format and strength; None: not judged.

    Attributes:
        peer: the tool.
        kind: the format.
        strength: the strength.
        figures: by metric.
        failed: how many sources it couldn't read.
        missing: why there are no figures at all; else empty.
    """

    peer: str
    kind: str
    strength: str
    figures: Mapping[str, float | None]
    failed: int = 0
    missing: str = ""


def standings(trips: Sequence[Trip]) -> list[Standing]:
    """What every tool makes of the sources of these round trips."""
    found: list[Standing] = []
    groups: dict[tuple[str, str], list[Trip]] = {}
    for trip in trips:
        groups.setdefault((trip.kind, trip.recipe.strength), []).append(trip)
    for (kind, strength), group in groups.items():
        for peer, kinds in PEERS.items():
            if kind not in kinds:
                continue
            missing = _missing(peer)
            if missing:
                found.append(Standing(peer, kind, strength, {}, missing=missing))
            else:
                found.append(_standing(peer, kind, strength, group))
    return found


def _missing(peer: str) -> str:
    """Why a tool can't be asked; empty when it can."""
    if peer == "calibre":
        return "" if shutil.which("ebook-convert") else "not installed"
    if peer == "pandoc":
        return ""
    if not _PYTHON.is_file():
        return "not installed (`make peers`)"
    name = {"autocorrect": "autocorrect_py"}.get(peer, peer)
    asked = [
        str(_PYTHON),
        "-c",
        f"import importlib.util as u, sys; sys.exit(not u.find_spec('{name}'))",
    ]
    done = subprocess.run(asked, check=False)
    return "not installed (`make peers`)" if done.returncode else ""


def _standing(peer: str, kind: str, strength: str, group: Sequence[Trip]) -> Standing:
    told = {"pandoc": _pandoc, "calibre": _calibre}.get(peer, _others)(peer, group)
    judged = _JUDGED.get(peer, METRICS)
    figures: dict[str, list[float]] = {metric: [] for metric in judged}
    for trip, markdown in zip(group, told, strict=True):
        if markdown is None:
            continue
        made = trip.messy
        result = score(
            trip.truth, read_files([("peer.md", markdown)]), made.furniture, made.neutral,
            made.lost, made.open_boundaries,
        )  # fmt: skip
        for metric in judged:
            figures[metric].append(result.figures[metric])
    means = {one: mean(figures[one]) if figures.get(one) else None for one in METRICS}
    return Standing(peer, kind, strength, means, failed=sum(one is None for one in told))


def _pandoc(peer: str, group: Sequence[Trip]) -> list[str | None]:
    """pandoc's Markdown; plain text is read as Markdown, which is all pandoc can do with it."""
    del peer
    made: list[str | None] = []
    for trip in group:
        content: bytes | str = trip.source.read_bytes()
        if isinstance(content, bytes) and trip.kind in {"txt", "html"}:
            content = content.decode(trip.recipe.encoding, "replace")
        source = "markdown" if trip.kind == "txt" else trip.kind
        try:
            made.append(convert(content, source, DIALECT))
        except PandocFailed:
            made.append(None)
    return made


def _calibre(peer: str, group: Sequence[Trip]) -> list[str | None]:
    """calibre with its heuristics on, through an EPUB, which pandoc makes Markdown of."""
    del peer
    made: list[str | None] = []
    for trip in group:
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "made.epub"
            command = ["ebook-convert", str(trip.source), str(book), "--enable-heuristics"]
            done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
            if done.returncode or not book.is_file():
                made.append(None)
                continue
            made.append(convert(book.read_bytes(), "epub", DIALECT))
    return made


def _others(peer: str, group: Sequence[Trip]) -> list[str | None]:
    """What the tools in their own environment make of the sources; one process for all."""
    jobs = [
        {"peer": peer, "path": str(trip.source), "encoding": trip.recipe.encoding} for trip in group
    ]
    done = subprocess.run(
        [str(_PYTHON), "-I", str(_WORKER)], input=json.dumps(jobs), capture_output=True, text=True,
        check=False, timeout=_SECONDS,
    )  # fmt: skip
    if done.returncode:
        return [None] * len(group)
    told: list[str | None] = json.loads(done.stdout.splitlines()[-1])
    return told
