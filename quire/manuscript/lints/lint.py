"""What a lint is, and what it is given to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from quire.manuscript.markup import Markup, automatic_identifier, read_markup
from quire.manuscript.model import Chapter, Manuscript
from quire.metadata.model import Metadata
from quire.problems import Problem, Severity

__all__ = ["Lint", "Page", "Proof"]


@dataclass(frozen=True)
class Page:
    """One chapter and its marks."""

    chapter: Chapter
    place: str

    @property
    def markup(self) -> Markup:
        """The marks of the text after the YAML head."""
        return read_markup(self.chapter.body)

    def line(self, line: int) -> int:
        """A line of the body as a line of the file."""
        return line + self.chapter.body_line - 1

    def error(self, code: str, line: int, message: str, remedy: str) -> Problem:
        """A problem that stops a build, at a line of the body."""
        return Problem(code, message, remedy, self.place, self.line(line))

    def warning(self, code: str, line: int, message: str, remedy: str) -> Problem:
        """A problem that doesn't, at a line of the body."""
        return Problem(code, message, remedy, self.place, self.line(line), Severity.WARNING)

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """Every identifier that a link may lead to: given ones, and those of headings."""
        found = {mark.name for mark in self.markup.identifiers}
        for heading in self.markup.headings:
            if heading.attributes.identifier:
                continue
            name = wanted = automatic_identifier(heading.text)
            number = 0
            while name in found:
                number += 1
                name = f"{wanted}-{number}"
            found.add(name)
        return frozenset(found)


@dataclass(frozen=True)
class Proof:
    """A manuscript as lints read it."""

    manuscript: Manuscript
    metadata: Metadata

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its chapters."""
        return tuple(
            Page(chapter, self.manuscript.place(chapter)) for chapter in self.manuscript.chapters
        )

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """Every identifier of the book."""
        return frozenset().union(*(page.identifiers for page in self.pages))


@dataclass(frozen=True)
class Lint:
    """One thing that is looked for.

    Attributes:
        name: kebab-case; also the code of its problems, or how they begin.
        summary: what it finds, in one sentence.
        look: the problems of one page.
        before: a chapter that it finds something in.
        after: the same chapter, put right.
        language: the language of the two examples' book.
    """

    name: str
    summary: str
    look: Callable[[Page, Proof], Iterable[Problem]]
    before: str
    after: str
    language: str = "en"

    def check(self, proof: Proof) -> Iterator[Problem]:
        """The problems of all pages."""
        for page in proof.pages:
            yield from self.look(page, proof)
