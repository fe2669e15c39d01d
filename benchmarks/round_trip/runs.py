"""One round trip: a manuscript made messy, cleaned, and compared with itself."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.round_trip.document import Document, read_files, read_folder
from benchmarks.round_trip.heading_numbers import numbered
from benchmarks.round_trip.layouts import Messy
from benchmarks.round_trip.recipe import Recipe, draw
from benchmarks.round_trip.scores import Scores, score
from benchmarks.round_trip.setting import set_pages
from benchmarks.round_trip.writers import WRITERS
from quire.cleaning import Cleaned, clean
from quire.sources import read_source

__all__ = ["Trip", "make_messy", "round_trip"]


@dataclass(frozen=True)
class Trip:
    """What came of one source.

    Attributes:
        name: the text's name.
        kind: txt, html, docx or pdf.
        recipe: how the source was made.
        scores: how near the result is.
        truth: what was printed.
        messy: the source.
        cleaned: what quire made of it.
        source: the source's file.
        stable: whether cleaning the result again changes nothing.
        seconds: how long reading and cleaning took.
    """

    name: str
    kind: str
    recipe: Recipe
    scores: Scores
    truth: Document
    messy: Messy
    cleaned: Cleaned
    source: Path
    stable: bool
    seconds: float


def make_messy(document: Document, recipe: Recipe, title: str, kind: str) -> tuple[Document, Messy]:
    """What is printed, and the messy file that is left of it."""
    truth = numbered(document, recipe)
    return truth, WRITERS[kind](set_pages(truth, recipe), recipe, title)


def round_trip(
    folder: Path,
    name: str,
    kind: str,
    strength: str,
    seed: int,
    out: Path,
    layout: str | None = None,
    notes: str | None = None,
) -> Trip:
    """Make a manuscript messy, clean it, and compare.

    Args:
        folder: the manuscript's folder.
        name: what the text is called; also its printed title unless it has one of its own.
        kind: the source's format.
        strength: a name from `quire`'s strengths.
        seed: another seed, another source.
        out: a folder for the source.
        layout: instead of the one that is drawn.
        notes: likewise.
    """
    document = read_folder(folder)
    title = book_title(folder, name)
    recipe = draw(name, document.language, kind, strength, seed, layout, notes)
    truth, messy = make_messy(document, recipe, title, kind)
    out.mkdir(parents=True, exist_ok=True)
    source = out / f"source.{kind}"
    source.write_bytes(messy.content)
    start = time.perf_counter()
    cleaned = clean(read_source(source))
    seconds = time.perf_counter() - start
    scores = score(
        truth, read_files(cleaned.files), messy.furniture, messy.neutral, messy.lost,
        messy.open_boundaries,
    )  # fmt: skip
    return Trip(
        name, kind, recipe, scores, truth, messy, cleaned, source, is_stable(cleaned, out), seconds
    )


def book_title(folder: Path, name: str) -> str:
    """A book's title: that of the metadata beside or inside the folder, else its name."""
    import yaml

    for place in (folder / "metadata.yaml", folder.parent / "metadata.yaml"):
        if place.is_file():
            told = yaml.safe_load(place.read_text("utf-8"))
            if isinstance(told, dict) and told.get("title"):
                return str(told["title"])
    return name


def is_stable(cleaned: Cleaned, out: Path) -> bool:
    """Whether each cleaned chapter comes out of the cleaner as it went in."""
    again = out / "again.md"
    for _, content in cleaned.files:
        again.write_text(content, "utf-8")
        if "".join(text for _, text in clean(read_source(again)).files) != content:
            return False
    again.unlink(missing_ok=True)
    return True
