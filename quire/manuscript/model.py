"""The manuscript: chapters as text on disk, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Chapter", "Manuscript"]


@dataclass(frozen=True)
class Chapter:
    """One file of the manuscript.

    Attributes:
        file: its path below the manuscript folder, with ``/``, such as ``01-inner/02-x.md``.
        role: a name from `quire.manuscript.roles.ROLES`.
        part: the folder it lies in (``01-inner``), or an empty string.
        title: the text of its first ``#`` heading as Markdown, without marks; may be empty.
        head: its YAML head as data.
        text: the whole file, YAML head included, line ends as U+000A.
        body: the text after the YAML head.
        body_line: the line, counted from 1, on which `body` starts.
    """

    file: str
    role: str
    part: str
    title: str
    text: str
    body: str
    body_line: int = 1
    head: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Manuscript:
    """All chapters in reading order.

    Attributes:
        folder: the folder they were read from, or will be put in; absolute.
        chapters: in reading order.
        name: the folder as seen from the book's folder (``book``); empty if it is that folder.
    """

    folder: Path
    chapters: tuple[Chapter, ...]
    name: str = "book"

    def place(self, chapter: Chapter) -> str:
        """A chapter's file as messages call it: ``book/01-inner/02-x.md``."""
        return f"{self.name}/{chapter.file}" if self.name else chapter.file

    @property
    def root(self) -> Path:
        """The book's folder: nothing outside of it belongs to the book."""
        levels = len(Path(self.name).parts)
        return self.folder.parents[levels - 1] if levels else self.folder
