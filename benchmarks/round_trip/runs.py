"""One round trip: a manuscript made messy, cleaned, and compared with itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.round_trip.document import Document, Kind, read_files, read_folder
from benchmarks.round_trip.heading_numbers import numbered
from benchmarks.round_trip.layouts import Messy
from benchmarks.round_trip.recipe import Recipe, draw
from benchmarks.round_trip.scores import Scores, score
from benchmarks.round_trip.setting import set_pages
from benchmarks.round_trip.writers import WRITERS
from quire.cleaning import Cleaned, clean
from quire.cleaning.engine import FORM_BAND, run_rules
from quire.manuscript import read_manuscript
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
        changed: of a source that is clean already: how many characters were changed; else None.
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
    changed: int | None = None


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
    columns: int | None = None,
) -> Trip:
    """Make a manuscript messy, clean it, and compare.

    Args:
        folder: the manuscript's folder.
        name: what the text is called; also its printed title unless it has one of its own.
        kind: the source's format.
        strength: light, medium or heavy; clean for a source that nobody spoilt.
        seed: another seed, another source.
        out: a folder for the source.
        layout: instead of the one that is drawn.
        notes: likewise.
        columns: of a PDF's pages; likewise.
    """
    document = read_folder(folder)
    title = book_title(folder, name)
    if strength == "clean" and kind == "txt":
        return _left_alone(folder, document, name, seed, out)
    recipe = draw(name, document.language, kind, strength, seed, layout, notes)
    recipe = replace(recipe, columns=columns or recipe.columns)
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


def _left_alone(folder: Path, document: Document, name: str, seed: int, out: Path) -> Trip:
    """The trip of a text that is clean already: each chapter as it is, and the prose as plain text.

    Notes and captions have no place in plain prose and are left out of it.
    """
    drawn = draw(name, document.language, "txt", "clean", seed)
    recipe = replace(drawn, layout="prose", notes="none", mark="", encoding="utf-8")
    wanted = (
        replace(block, callouts=()) for block in document.blocks if block.kind is not Kind.CAPTION
    )
    truth = numbered(replace(document, blocks=tuple(wanted)), recipe)
    prose = "\n\n".join(block.text for block in truth.blocks)
    out.mkdir(parents=True, exist_ok=True)
    source = out / "source.txt"
    source.write_text(prose, "utf-8")
    start = time.perf_counter()
    cleaned = clean(read_source(source))
    seconds = time.perf_counter() - start
    draft = run_rules(read_source(source), below=FORM_BAND).draft
    changed = Levenshtein.distance(prose, draft.text)
    for chapter in read_manuscript(folder, folder).chapters:
        path = out / "chapter.md"
        path.write_text(chapter.text, "utf-8")
        made = "".join(text for _, text in clean(read_source(path)).files)
        changed += Levenshtein.distance(chapter.text, made)
    messy = Messy(prose.encode(), (), (), frozenset(), frozenset())
    scores = score(truth, read_files(cleaned.files))
    stable = is_stable(cleaned, out)
    return Trip(
        name, "txt", recipe, scores, truth, messy, cleaned, source, stable, seconds, changed
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
