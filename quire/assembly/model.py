"""The book, complete and ready to be set: every edition reads this and nothing before it.

Conventions of the syntax tree inside (all made by assembly, relied on by editions):

* A callout is ``Span [id, ["noteref"], [["note", note id], ["number", "3"]]] [Str "3"]``.
  There is no Note node anywhere.
* A figure is pandoc's ``Figure`` with an identifier and the pairs ``label`` (``图1``) and, if it
  has one, ``longdesc`` (identifier of a Div of class ``long-description``). Its image's target
  is a medium's name (``media/ladder.svg``); the pair ``alt`` holds the alternative text. The
  label isn't in the caption: editions put it there.
* A captioned table is pandoc's ``Table`` with an identifier and the pair ``label``.
* A cross-reference is ``Link ["", ["crossref"], []] [Str "图1"] ["#fig-ladder", ""]``; links
  within the book have targets ``#identifier``, unique over the whole book.
* A section's blocks don't repeat its title. Headings inside start at level 2, have identifiers.
* Divs keep the manuscript's classes (``epigraph``, ``verse``, ``letter``, ``abstract`` …).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quire.metadata.model import Metadata
from quire.pandoc.tree import Blocks, Inlines
from quire.problems import Problem

__all__ = ["Book", "Endnote", "Heading", "Illustration", "Medium", "Section"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: `level` 2 to 6, as in the manuscript."""

    identifier: str
    level: int
    title: Inlines
    text: str


@dataclass(frozen=True)
class Section:
    """One piece of the book in reading order: a chapter, a part's opening, a title page and so on.

    Attributes:
        identifier: unique in the book, stable from build to build; also its file's stem.
        role: a name from `quire.manuscript.roles.ROLES`.
        title: as inlines, without the number; empty for matter without a heading.
        text: the title in plain words.
        label: the number in words of the book's language (``第一章``, ``Part II``); may be empty.
        depth: 0 for parts and matter at the top, 1 for chapters inside a part.
        blocks: what stands under the title. Empty for half-title, title page, contents, lists
            and endnotes: editions set those from the book's data.
        headings: the headings inside `blocks`, for contents and bookmarks.
        file: the manuscript file it came from, or None when generated.
    """

    identifier: str
    role: str
    title: Inlines
    text: str
    label: str
    depth: int
    blocks: Blocks
    headings: tuple[Heading, ...] = ()
    file: str | None = None


@dataclass(frozen=True)
class Endnote:
    """A note's body.

    Attributes:
        identifier: unique in the book, such as ``note-4-2``.
        number: what the callouts show, such as ``2``.
        section: identifier of the section whose text calls it.
        callouts: identifiers of its callouts, in reading order; at least one.
        blocks: the body.
    """

    identifier: str
    number: str
    section: str
    callouts: tuple[str, ...]
    blocks: Blocks


@dataclass(frozen=True)
class Illustration:
    """An entry of the list of figures or tables. `caption` is without the label."""

    identifier: str
    label: str
    caption: Inlines
    section: str


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture that the book shows. `name` (``media/x.svg``) is unique in the book."""

    name: str
    path: Path
    media_type: str


@dataclass(frozen=True)
class Book:
    """The whole book. `endnotes` are in the order of their numbers, chapter by chapter.

    `problems` are warnings: what was left out of the book, with file and line.
    """

    metadata: Metadata
    sections: tuple[Section, ...]
    endnotes: tuple[Endnote, ...] = ()
    figures: tuple[Illustration, ...] = ()
    tables: tuple[Illustration, ...] = ()
    media: tuple[Medium, ...] = ()
    problems: tuple[Problem, ...] = ()

    def section(self, identifier: str) -> Section:
        """The section of that identifier; KeyError if there is none."""
        for section in self.sections:
            if section.identifier == identifier:
                return section
        raise KeyError(identifier)

    def endnotes_of(self, section: str) -> tuple[Endnote, ...]:
        """The endnotes that a section's text calls, in order."""
        return tuple(note for note in self.endnotes if note.section == section)
