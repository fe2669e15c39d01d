"""`diff`: what changed between two versions of the book."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from quire.cli.command import Command, Outcome
from quire.cli.console import Console
from quire.problems import BookError

if TYPE_CHECKING:
    from quire.manuscript import Manuscript
    from quire.metadata.model import Metadata
    from quire.production import Draft

__all__ = ["COMMAND"]

_PRINT = "print-pdf"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "revision",
        nargs="?",
        metavar="REV",
        help="the old version, as git names it (the last tag; without tags, what was committed)",
    )
    parser.add_argument("--to", metavar="REV", help="the new version (the files as they are)")
    parser.add_argument(
        "--no-pages", action="store_true", help="don't set the print editions and compare them"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the page (dist/diff.html)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import tempfile

    from quire.comparison import PagePair, changed_pages, compare, comparison_page, version_at
    from quire.comparison.page import as_data
    from quire.comparison.versions import last_release
    from quire.production import produce, proofread
    from quire.standing import cache_of
    from quire.toolchain.writing import write_whole

    root: Path = asked.book
    old_name = asked.revision or last_release(root)
    with tempfile.TemporaryDirectory(prefix="quire-diff-") as name:
        work = Path(name)
        console.step(f"reading {old_name}")
        homes = [version_at(root, old_name, work / "old"), root]
        if asked.to:
            homes[1] = version_at(root, asked.to, work / "new")
        drafts = [proofread(home) for home in homes]
        (_, before), (metadata, after) = (_read(draft) for draft in drafts)
        chapters = compare(before, after)
        # Words can be compared in a book that can't be set.
        wrong = [one for draft in drafts for one in draft.problems if one.stops]
        pages: tuple[int, int] | None = None
        pictures: list[PagePair] = []
        differing = 0
        if not asked.no_pages and not wrong:
            cache = cache_of(root)
            made = []
            for home, words in zip(homes, ("old", "new"), strict=True):
                console.step(f"setting the {words} version")
                built = produce(
                    home, work / f"{words}-out", (_PRINT,), cache=cache, with_shelf=False
                )
                made.append(built.artifacts[0])
            console.step("comparing the pages")
            pages = (made[0].pages or 0, made[1].pages or 0)
            pictures, differing = changed_pages(made[0].path, made[1].path)
    names = (old_name, asked.to or "now")
    page = comparison_page(
        metadata.full_title, metadata.lang, names, chapters, pages, pictures, differing
    )
    path = write_whole(asked.out or root / "dist" / "diff.html", page.encode("utf-8"))
    changed = [one for one in chapters if one.changed]
    for one in changed:
        console.line(f"{one.title}  +{one.added:,} −{one.removed:,} words")
    console.line(str(path) if changed or differing else f"Nothing has changed. {path}")
    result = {
        "from": old_name, "to": asked.to, "chapters": as_data(chapters), "pages": pages,
        "pages-changed": differing, "file": str(path),
    }  # fmt: skip
    if wrong and not asked.no_pages:
        console.line(
            "The pages aren't compared: one version has errors, which `quire check` lists."
        )
    return Outcome(0, result)


def _read(draft: Draft) -> tuple[Metadata, Manuscript]:
    """What could be read of a version; errors in it don't matter."""
    if draft.metadata is None or draft.manuscript is None:
        raise BookError(draft.problems)
    return draft.metadata, draft.manuscript


COMMAND = Command(
    "diff", "what changed since another version: words, notes, pages", _arguments, _run
)
