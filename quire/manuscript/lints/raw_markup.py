"""HTML and TeX that not every edition can show."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.dialect import UNDERSTOOD_TAGS
from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    for tag in page.markup.tags:
        is_end = page.chapter.body.startswith("</", tag.start)
        if tag.name not in UNDERSTOOD_TAGS and not is_end:
            yield _left_out(page, tag.line, f"<{tag.name}> is raw HTML")
    for command in page.markup.commands:
        yield _left_out(page, command.line, f"\\{command.name} is raw TeX")


def _left_out(page: Page, line: int, what: str) -> Problem:
    # The same words as assembly's, which finds what a lint can't: a build tells them once.
    message = f"{what}: it isn't in the book."
    return page.warning(LINT.name, line, message, "Write it in Markdown.")


LINT = Lint(
    "raw-markup",
    "A tag of HTML or a command of TeX is neither Markdown nor understood by every edition.",
    _look,
    before="# Lamp\n\nA <blink>light</blink>.\n",
    after="# Lamp\n\nA *light*.\n",
)
