"""The book as it stands: its web edition and its EPUB, made anew at each change."""

from __future__ import annotations

import threading
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.problems import BookError, Problem
from quire.production import ALWAYS_WATCHED, Produced, produce
from quire.toolchain.cache import Cache

__all__ = ["Preview", "Turn"]

_SHOWN: Final = ("epub", "web")


@dataclass(frozen=True)
class Turn:
    """How one making of the book ended.

    Attributes:
        number: counts the makings.
        version: counts those that ended well; pages of an older version are out of date.
        problems: what is wrong; if that includes an error, the book is as it was before.
        seconds: how long it took.
    """

    number: int
    version: int
    problems: tuple[Problem, ...]
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether the book couldn't be made."""
        return any(one.stops for one in self.problems)


class Preview:
    """The last book that could be made, and what is wrong with the newest."""

    def __init__(self, root: Path, folder: Path, cache: Cache) -> None:
        """Show the book of a folder.

        Args:
            root: the folder that holds metadata.yaml.
            folder: where the preview's files go.
            cache: where what was made before may be taken from.
        """
        self.root, self.folder, self.cache = root, folder, cache
        self.turn = Turn(0, 0, (), 0.0)
        self._made: Produced | None = None
        self._news = threading.Condition()

    @property
    def watched(self) -> tuple[str, ...]:
        """Names below the book's folder whose change asks for a new turn."""
        return self._made.watched(self.root) if self._made else ALWAYS_WATCHED

    def make(self) -> Turn:
        """Make the book as it is now. Whatever is wrong with it becomes part of the turn."""
        start = time.perf_counter()
        version = self.turn.version
        try:
            self._made = produce(self.root, self.folder, _SHOWN, cache=self.cache, with_shelf=False)
            problems = self._made.problems
            version += 1
        except BookError as error:
            problems = error.problems
        except Exception as error:
            said = f"The preview failed in a way that quire didn't foresee: {error!r}."
            problems = (Problem("unforeseen", said, "Run `quire build` to see more."),)
        turn = Turn(self.turn.number + 1, version, problems, time.perf_counter() - start)
        with self._news:
            self.turn = turn
            self._news.notify_all()
        return turn

    def news(self, known: int, seconds: float) -> Turn | None:
        """Wait for a turn after the one of that number; None if there is none in so long."""
        with self._news:
            self._news.wait_for(lambda: self.turn.number > known, seconds)
            return self.turn if self.turn.number > known else None

    def page(self, name: str) -> bytes | None:
        """A file of the web edition; None if there is none of that name."""
        return self._file("web", name)

    def document(self, name: str) -> bytes | None:
        """A file of the EPUB; None if there is none of that name."""
        for path in self._files("epub"):
            with zipfile.ZipFile(path) as archive:
                return archive.read(name) if name in archive.namelist() else None
        return None

    def documents(self) -> tuple[str, ...]:
        """Names of the EPUB's documents, in reading order."""
        from quire.editions.browsing import read_publication

        for path in self._files("epub"):
            publication = read_publication(path)
            return tuple(f"EPUB/{one.name}.xhtml" for one in publication.documents)
        return ()

    def _file(self, edition: str, name: str) -> bytes | None:
        # Only what the edition is made of is ever read: no name leads out of it.
        for path in self._files(edition):
            if path.relative_to(self.folder / edition).as_posix() == name:
                try:
                    return path.read_bytes()
                except OSError:  # it is being replaced: the page is asked for again
                    return None
        return None

    def _files(self, edition: str) -> tuple[Path, ...]:
        made = self._made.artifacts if self._made else ()
        return next((one.files for one in made if one.edition == edition), ())
