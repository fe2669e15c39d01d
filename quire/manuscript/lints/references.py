"""Cross-references and links within the book that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from quire.manuscript.dialect import CROSS_REFERENCE
from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def _look(page: Page, proof: Proof) -> Iterator[Problem]:
    for citation in page.markup.citations:
        key = citation.name
        if CROSS_REFERENCE.match(key) and key not in proof.identifiers:
            yield page.error(
                LINT.name,
                citation.line,
                f"[@{key}] refers to nothing in the book.",
                f"Give the figure, table or heading the identifier {{#{key}}}, or correct the key.",
            )
    for link in page.markup.links:
        if not _SCHEME.match(link.target) and not _leads_somewhere(link.target, page, proof):
            yield page.error(
                "link-without-target",
                link.line,
                f"A link leads to {link.target}, which isn't in the book.",
                "Correct it, or give the place that identifier with {#…}.",
            )


def _leads_somewhere(target: str, page: Page, proof: Proof) -> bool:
    path, _, identifier = unquote(target).partition("#")
    if not path:
        return identifier in proof.identifiers
    folder = PurePosixPath(page.chapter.file).parent.as_posix()
    file = posixpath.normpath(posixpath.join(folder, path))
    there = next((one for one in proof.pages if one.chapter.file == file), None)
    return there is not None and (not identifier or identifier in there.identifiers)


LINT = Lint(
    "reference-without-target",
    "A cross-reference, or a link within the book, leads nowhere.",
    _look,
    before="# Lamp\n\nSee [@sec-oil].\n\n## Oil\n",
    after="# Lamp\n\nSee [@sec-oil].\n\n## Oil {#sec-oil}\n",
)
