"""Notes become endnotes: numbered in reading order, each with every way back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from quire.assembly.identifiers import Names
from quire.assembly.model import Endnote
from quire.assembly.parsing import call_key
from quire.metadata.model import EndnoteSettings
from quire.pandoc import Blocks, attributes, span, transform

__all__ = ["Endnotes"]

_MARK: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""Marks that can be a part of an identifier in every edition."""


@dataclass
class _Note:
    """A note that was called."""

    identifier: str
    number: str
    key: str
    callouts: list[str] = field(default_factory=list)


@dataclass
class Endnotes:
    """Numbers the notes of one section after another.

    Notes of a section's text come first, in reading order; then those that are called in notes
    only. With `merge`, all callouts of one note in a section share its body; without, each
    callout of the text has a body of its own.

    Attributes:
        settings: how to number, and whether to merge.
        names: the book's identifiers.
        numbered: the endnotes so far.
    """

    settings: EndnoteSettings
    names: Names
    numbered: list[Endnote] = field(default_factory=list)

    def number(
        self, trees: tuple[Any, ...], section: str, bodies: Mapping[str, Blocks]
    ) -> list[Any]:
        """A section's trees (title, blocks) with numbered callouts.

        Args:
            trees: in reading order.
            section: its identifier.
            bodies: key → body, of the section's file.
        """
        first = 0 if self.settings.numbering == "chapter" else len(self.numbered)
        counting = _Counting(self, section, first)
        result = [counting.call(tree, merge=self.settings.merge) for tree in trees]
        done = 0
        texts: list[Blocks] = []
        seen: set[str] = set()
        # Bodies may call further notes, which are then appended and have their turn.
        while done < len(counting.notes):
            note = counting.notes[done]
            body: Blocks = bodies[note.key]
            if note.key in seen:
                body = transform(body, _without_identifier)
            seen.add(note.key)
            texts.append(counting.call(body, merge=True))
            done += 1
        self.numbered += [
            Endnote(note.identifier, note.number, section, tuple(note.callouts), text)
            for note, text in zip(counting.notes, texts, strict=True)
        ]
        return result


class _Counting:
    """The notes of one section."""

    def __init__(self, endnotes: Endnotes, section: str, first: int) -> None:
        self._names = endnotes.names
        self._section = section
        self._first = first
        self.notes: list[_Note] = []
        self._by_key: dict[str, _Note] = {}

    def call(self, tree: Any, *, merge: bool) -> Any:
        """A tree with its callouts numbered."""

        def change(node: dict[str, Any]) -> Any:
            key = call_key(node)
            return None if key is None else self._callout(key, merge=merge)

        return transform(tree, change)

    def _callout(self, key: str, *, merge: bool) -> dict[str, Any]:
        note = self._by_key.get(key) if merge else None
        if note is None:
            count = len(self.notes) + 1
            number = str(self._first + count)
            # By its mark and not by its number: notes that come before it later don't change it.
            mark = key if _MARK.fullmatch(key) else str(count)
            identifier = self._names.claim(f"note-{self._section}-{mark}")
            note = _Note(identifier, number, key)
            self.notes.append(note)
            self._by_key.setdefault(key, note)
        more = f"-{len(note.callouts) + 1}" if note.callouts else ""
        identifier = self._names.claim(f"call-{note.identifier.removeprefix('note-')}{more}")
        note.callouts.append(identifier)
        pairs = {"note": note.identifier, "number": note.number}
        return span([{"t": "Str", "c": note.number}], attributes(identifier, ["noteref"], pairs))


def _without_identifier(node: dict[str, Any]) -> Any:
    """A body that is printed again doesn't repeat its identifiers."""
    if node["t"] in {"Div", "Span", "Figure", "Table", "CodeBlock", "Code", "Link", "Image"}:
        if call_key(node) is not None:
            return None
        (_, classes, pairs), *rest = node["c"]
        return {"t": node["t"], "c": [["", classes, pairs], *rest]}
    if node["t"] == "Header":
        level, (_, classes, pairs), inlines = node["c"]
        return {"t": "Header", "c": [level, ["", classes, pairs], inlines]}
    return None
