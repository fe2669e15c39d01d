"""The build report: what was made, of what, and with which programs and typefaces.

It holds no time and no path of this machine, so that two builds of one book give one report.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.covers.model import Cover, TextRun
from quire.editions.model import Artifact
from quire.problems import ToolMissing
from quire.shelf.counts import Counts
from quire.toolchain.fonts import FontLibrary
from quire.version import VERSION

__all__ = ["REPORT_NAME", "build_report"]

REPORT_NAME: Final = "build-report.json"

_PACKAGES: Final = (
    "ebooklib",
    "fonttools",
    "lxml",
    "pikepdf",
    "pillow",
    "pypandoc-binary",
    "typst",
)
"""Packages whose version can change an edition's bytes."""


def build_report(
    book: Book,
    counts: Counts,
    artifacts: Sequence[Artifact],
    cover: Cover | None,
    fonts: FontLibrary,
    files: Iterable[str],
    shelf: Path,
) -> bytes:
    """The report as JSON in UTF-8, keys sorted.

    Args:
        book: the book that was set.
        counts: its length.
        artifacts: its editions.
        cover: its cover, if it has one.
        fonts: the library that editions and cover took their type from.
        files: the names of everything that this build puts on the shelf, the report included.
        shelf: the folder that they lie in.
    """
    metadata = book.metadata
    report = {
        "quire": VERSION,
        "programs": _programs(),
        "book": {
            "title": metadata.full_title,
            "authors": list(metadata.authors),
            "language": metadata.lang,
            "characters": counts.characters,
            "words": counts.words,
            "chapters": counts.chapters,
            "notes": counts.notes,
            "callouts": counts.callouts,
            "figures": counts.figures,
            "tables": counts.tables,
        },
        "cover": cover and {"design": cover.design, "size": [cover.width, cover.height]},
        "editions": [_edition(artifact, shelf) for artifact in artifacts],
        "fonts": _fonts(artifacts, cover, fonts),
        "files": sorted(files),
    }
    text = json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def _programs() -> dict[str, str]:
    """Python and the packages that make editions, with their versions."""
    versions = {"python": re.sub(r"\.\d+$", "", platform.python_version())}
    for name in _PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not a package"
    return versions


def _edition(artifact: Artifact, shelf: Path) -> dict[str, object]:
    return {
        "edition": artifact.edition,
        "file": artifact.path.relative_to(shelf).as_posix(),
        "media-type": artifact.media_type,
        "bytes": artifact.size,
        "sha256": artifact.sha256,
        "pages": artifact.pages,
        "details": dict(artifact.details),
    }


def _fonts(
    artifacts: Sequence[Artifact], cover: Cover | None, fonts: FontLibrary
) -> list[dict[str, object]]:
    """Each family that was used, where it came from, and by whom it was used."""
    used: dict[str, list[str]] = {}
    for artifact in artifacts:
        for family in filter(None, artifact.details.get("fonts", "").split(", ")):
            used.setdefault(family, []).append(artifact.edition)
    for family in _cover_families(cover, fonts):
        used.setdefault(family, []).append("cover")
    origins = {face.family: face.origin for face in reversed((*fonts.book, *fonts.package))}
    return [
        {"family": family, "from": origins.get(family, "system"), "used-by": sorted(users)}
        for family, users in sorted(used.items())
    ]


def _cover_families(cover: Cover | None, fonts: FontLibrary) -> list[str]:
    if cover is None or cover.scene is None:
        return []
    roles = dict.fromkeys(one.font for one in cover.scene.elements if isinstance(one, TextRun))
    try:
        picked = [fonts.pick(role, cover.scene.language).family for role in roles]
    except ToolMissing:  # a cover of one's own can name a role that only its author has
        return []
    return list(dict.fromkeys(picked))
