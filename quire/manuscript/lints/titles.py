"""Files with several headings of level 1, or with none where one is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]

_DUE: Final = frozenset({"appendix", "chapter", "part"})


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    chapter = page.chapter
    titles = [heading for heading in page.markup.headings if heading.level == 1]
    if not titles and chapter.role in _DUE and not chapter.head.get("title"):
        yield page.warning(
            "title-missing", 1, "This file has no title.", "Begin it with a line `# Title`."
        )
    if chapter.head.get("title"):
        return
    for title in titles[1:]:
        yield page.warning(
            "title-second",
            title.line,
            "This file has a second heading of level 1, which begins another chapter.",
            "Put it into a file of its own, or write ##.",
        )


LINT = Lint(
    "title",
    "A file has several headings of level 1, or none where one is due.",
    _look,
    before="# Lamp\n\nOne.\n\n# Oil\n\nTwo.\n",
    after="# Lamp\n\nOne.\n\n## Oil\n\nTwo.\n",
)
