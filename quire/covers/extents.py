"""How long a book's chapters are, for designs that draw the book itself."""

from __future__ import annotations

from quire.covers.model import Extent
from quire.manuscript.markup import read_markup
from quire.manuscript.model import Manuscript

__all__ = ["extents_of"]


def extents_of(manuscript: Manuscript | None) -> tuple[Extent, ...]:
    """The extent of each chapter, in reading order; matter before and after it has none."""
    if manuscript is None:
        return ()
    return tuple(
        Extent(sum(map(str.isalnum, chapter.body)), len(read_markup(chapter.body).calls))
        for chapter in manuscript.chapters
        if chapter.role == "chapter"
    )
