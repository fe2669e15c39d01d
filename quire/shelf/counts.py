"""How long a book is: the figures that the download page and the build report give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quire.assembly.model import Book
from quire.language import EVERY_HAN
from quire.pandoc import plain_text

__all__ = ["Counts", "count"]

_WORD = re.compile(r"[^\W_]\S*")
"""A word from its first letter or digit on."""
_HAN = re.compile(f"[{EVERY_HAN}]")


@dataclass(frozen=True, slots=True)
class Counts:
    """A book in numbers.

    Attributes:
        characters: everything printed but blanks, as Chinese publishers count (字数).
        words: each Han character one, and each word of any other script one; a word has a letter or
            digit and ends at a blank.
        chapters: numbered chapters, parts not among them.
        notes: bodies of notes.
        callouts: places in the text that call a note.
        figures: figures with a label.
        tables: tables with a label.
    """

    characters: int
    words: int
    chapters: int
    notes: int
    callouts: int
    figures: int
    tables: int


def count(book: Book) -> Counts:
    """Count what was written: titles, text and notes, but no matter that assembly has added.

    The length is the one that the book states of itself (`quire.assembly.matter.count_text`).
    """
    characters = words = 0
    for text in _texts(book):
        characters += len("".join(text.split()))
        others, han = _HAN.subn(" ", text)
        words += han + len(_WORD.findall(others))
    return Counts(
        characters,
        words,
        chapters=sum(section.role == "chapter" for section in book.sections),
        notes=len(book.endnotes),
        callouts=sum(len(note.callouts) for note in book.endnotes),
        figures=len(book.figures),
        tables=len(book.tables),
    )


def _texts(book: Book) -> Iterator[str]:
    for section in book.sections:
        if section.file is None:
            continue
        yield plain_text(section.title)
        yield from (plain_text(block) for block in section.blocks)
    for note in book.endnotes:
        yield from (plain_text(block) for block in note.blocks)
