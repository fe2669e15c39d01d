"""Pictures without words for those who can't see them."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    for image in page.markup.images:
        alt = image.attributes.get("alt")
        if not (image.words if alt is None else alt).strip():
            yield page.warning(
                LINT.name,
                image.line,
                f"The picture {image.target} has no alternative text.",
                'Say what it shows: {alt="…"}.',
            )


LINT = Lint(
    "alternative-text-missing",
    "A picture has neither a caption nor an alternative text.",
    _look,
    before="# Lamp\n\n![](lamp.svg)\n",
    after='# Lamp\n\n![](lamp.svg){alt="A lamp at the bow"}\n',
)
