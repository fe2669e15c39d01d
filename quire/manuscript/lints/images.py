"""Pictures that are missing, remote or outside the book's folder."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.manuscript.pictures import PictureAmiss, find_picture
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, proof: Proof) -> Iterator[Problem]:
    for image in page.markup.images:
        try:
            find_picture(image.target, page.chapter, proof.manuscript)
        except PictureAmiss as amiss:
            yield page.error(amiss.code, image.line, str(amiss), amiss.remedy)


LINT = Lint(
    "image",
    "A picture is missing, remote, or outside the book's folder.",
    _look,
    before="# Lamp\n\n![A lamp](https://example.org/lamp.png)\n",
    after="# Lamp\n\nA lamp.\n",
)
