"""Whole small books, assembled, as one can read them: tests/golden/books/*/assembled.txt.

After a change that is meant, write them anew: ``QUIRE_APPROVE=1 pytest tests/assembly``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from quire.assembly import Book, assemble
from quire.manuscript import read_manuscript
from quire.metadata import read_metadata
from quire.pandoc import Blocks, plain_text, write_blocks

BOOKS = sorted((Path(__file__).parents[1] / "golden" / "books").glob("*/metadata.yaml"))
TARGET = "markdown-smart-pipe_tables-simple_tables-multiline_tables+grid_tables"


def as_text(book: Book) -> str:
    """Everything that assembly decided, in reading order, blocks as Markdown."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    for section in book.sections:
        label = f"{section.label} | " if section.label else ""
        title = f"{label}{_plain(section.title)}"
        yield f"=== {section.identifier} ({section.role}, depth {section.depth}) {title}".rstrip()
        if section.file:
            yield f"from {section.file}"
        for heading in section.headings:
            yield f"heading {heading.level} #{heading.identifier} {heading.text}"
        yield from _blocks(section.blocks)
    for note in book.endnotes:
        callouts = ", ".join(note.callouts)
        yield f"--- {note.identifier}: note {note.number} of {note.section}, called by {callouts}"
        yield from _blocks(note.blocks)
    for kind, entries in (("figure", book.figures), ("table", book.tables)):
        for entry in entries:
            caption = plain_text(entry.caption)
            yield f"{kind} #{entry.identifier} in {entry.section}: {entry.label} | {caption}"
    for medium in book.media:
        yield f"medium {medium.name} {medium.media_type} from {medium.path.name}"
    for problem in book.problems:
        yield str(problem)


def _plain(inlines: Blocks) -> str:
    return write_blocks([{"t": "Plain", "c": inlines}], TARGET).strip() if inlines else ""


def _blocks(blocks: Blocks) -> Iterator[str]:
    if blocks:
        yield ""
        yield write_blocks(blocks, TARGET).rstrip()
        yield ""


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.parent.name)
def test_a_golden_book_is_assembled_as_it_was(path: Path) -> None:
    folder = path.parent
    book = assemble(read_manuscript(folder / "book", folder), read_metadata(path))
    golden = folder / "assembled.txt"
    if os.environ.get("QUIRE_APPROVE"):
        golden.write_text(as_text(book), "utf-8")
    assert as_text(book) == golden.read_text("utf-8")
