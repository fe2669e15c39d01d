"""Identifiers that are unique over the book, and what the manuscript's own lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from quire.assembly.division import Piece
from quire.assembly.parsing import ParsedChapter
from quire.manuscript.markup import read_markup
from quire.pandoc import transform

__all__ = ["Names", "named"]

_SAFE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")
_ATTRIBUTE_AT: Final = {
    "Header": 1, "Div": 0, "Span": 0, "Figure": 0, "Table": 0, "CodeBlock": 0, "Code": 0,
    "Link": 0, "Image": 0,
}  # fmt: skip
"""Node → where in its content the attributes stand."""

_ALWAYS: Final = {"Figure": "figure", "Table": "table", "Header": "section"}
"""Nodes that have an identifier even when the author gave none, and what it is called."""


@dataclass
class Names:
    """The identifiers of a book.

    Attributes:
        local: file and identifier as written there → identifier in the book.
        shared: identifier as written → identifier in the book; the first file that has it.
        files: file → identifier of its first section.
        taken: all of them, in small letters: some file systems don't tell capitals.
    """

    local: dict[tuple[str, str], str] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def claim(self, wanted: str) -> str:
        """An identifier that nothing else has: the one wanted, or with a number behind it."""
        name, number = wanted, 1
        while name.lower() in self.taken:
            number += 1
            name = f"{wanted}-{number}"
        self.taken.add(name.lower())
        return name

    def find(self, file: str, identifier: str) -> str | None:
        """What an identifier leads to: in its own file first, then anywhere in the book."""
        return self.local.get((file, identifier)) or self.shared.get(identifier)

    def remember(self, file: str, written: str, given: str) -> None:
        """Note what an identifier of a file became."""
        if written:
            self.local.setdefault((file, written), given)
            self.shared.setdefault(written, given)


def named(
    pieces: Sequence[Piece], chapters: Sequence[ParsedChapter], reserved: Iterable[str]
) -> tuple[tuple[Piece, ...], tuple[ParsedChapter, ...], Names]:
    """Sections and notes with identifiers that are unique over the book.

    Identifiers that the author gave stay if they are ASCII names, which all readers open; what
    has none gets one of its section's: ``chapter-3-section-2``. A piece's own is its `stem`.

    Args:
        pieces: sections.
        chapters: the files, for the bodies of their notes.
        reserved: identifiers of sections that are made later.
    """
    names = Names(taken=set(reserved))
    marks = {
        parsed.chapter.file: read_markup(parsed.chapter.body).identifiers for parsed in chapters
    }
    sections: list[Piece] = []
    for piece in pieces:
        file = piece.source.chapter.file if piece.source else ""
        stated = piece.name in {mark.name for mark in marks.get(file, ())}
        own = piece.name if stated and _SAFE.fullmatch(piece.name) else piece.stem
        stem = names.claim(own)
        names.remember(file, piece.name, stem)
        if file:
            names.files.setdefault(file, stem)
        sections.append(replace(piece, stem=stem))
    # What the author named comes before what is named for him.
    for file, stated_marks in marks.items():
        for mark in stated_marks:
            if _SAFE.fullmatch(mark.name) and (file, mark.name) not in names.local:
                names.remember(file, mark.name, names.claim(mark.name))
    for number, piece in enumerate(sections):
        renaming = _Renaming(names, piece.source, piece.stem)
        title, blocks = renaming.rename(piece.title), renaming.rename(piece.blocks)
        sections[number] = replace(piece, title=title, blocks=blocks)
    bodies = []
    for parsed in chapters:
        renaming = _Renaming(names, parsed, f"{names.files[parsed.chapter.file]}-notes")
        notes = {key: renaming.rename(body) for key, body in parsed.notes.items()}
        bodies.append(replace(parsed, notes=notes))
    return tuple(sections), tuple(bodies), names


class _Renaming:
    """Gives the nodes of one section their identifiers in the book."""

    def __init__(self, names: Names, source: ParsedChapter | None, stem: str) -> None:
        self._names = names
        self._file = source.chapter.file if source else ""
        self._stem = stem
        self._counts: Counter[str] = Counter()

    def rename(self, tree: Any) -> Any:
        return transform(tree, self._change)

    def _change(self, node: dict[str, Any]) -> Any:
        at = _ATTRIBUTE_AT.get(node["t"])
        if at is None:
            return None
        identifier, classes, pairs = node["c"][at]
        if not identifier and node["t"] not in _ALWAYS:
            return None
        content = list(node["c"])
        content[at] = [self._given(identifier, node["t"]), classes, pairs]
        return {"t": node["t"], "c": content}

    def _given(self, written: str, kind: str) -> str:
        known = self._names.local.get((self._file, written))
        if known is not None:
            return known
        if _SAFE.fullmatch(written):
            given = self._names.claim(written)
        else:
            word = _ALWAYS.get(kind, "place")
            self._counts[word] += 1
            given = self._names.claim(f"{self._stem}-{word}-{self._counts[word]}")
        self._names.remember(self._file, written, given)
        return given
