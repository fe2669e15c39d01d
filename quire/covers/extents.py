"""How long a book's chapters are, for designs that draw the book itself."""

from __future__ import annotations

import re
from typing import Final

from quire.covers.model import Extent
from quire.manuscript.markup import read_markup
from quire.manuscript.model import Manuscript

_NO_LETTERS: Final = re.compile(r"[\W_]+")

__all__ = ["extents_of"]


def extents_of(manuscript: Manuscript | None) -> tuple[Extent, ...]:
    """The extent of each chapter, in reading order; matter before and after it has none."""
    if manuscript is None:
        return ()
    return tuple(
        Extent(len(_NO_LETTERS.sub("", chapter.body)), len(read_markup(chapter.body).calls))
        for chapter in manuscript.chapters
        if chapter.role == "chapter"
    )
