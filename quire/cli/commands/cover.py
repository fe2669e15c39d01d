"""`cover`: the cover alone, or every design side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

from quire.cli.command import Command, Outcome
from quire.cli.console import Console

__all__ = ["COMMAND"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--design", metavar="NAME", help="this design instead of the book's")
    parser.add_argument("--gallery", action="store_true", help="every design, on one page")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where it goes (dist)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from functools import partial

    from quire.covers import make_gallery
    from quire.covers.extents import extents_of
    from quire.covers.gallery import GALLERY
    from quire.covers.model import COVER_NAME, THUMBNAIL_NAME
    from quire.production import cover_of, proofread
    from quire.toolchain.fonts import find_fonts
    from quire.toolchain.writing import write_whole

    draft = proofread(asked.book)
    metadata = draft.metadata or draft.sound()[0]  # a cover can be had before the text is sound
    manuscript = draft.manuscript
    if asked.design:
        chosen = metadata.cover.model_copy(update={"design": asked.design, "image": None})
        metadata = metadata.model_copy(update={"cover": chosen})
    out: Path = asked.out or asked.book / "dist"
    fonts = find_fonts(asked.book)
    files: list[Path] = []
    if asked.gallery:
        console.step("painting every design")
        page, covers = make_gallery(
            metadata, fonts, asked.book / "covers", partial(extents_of, manuscript)
        )
        for name, content in covers.items():
            write_whole(out / GALLERY / name, content)
        files.append(write_whole(out / f"{GALLERY}.html", page.encode("utf-8")))
    else:
        console.step("painting the cover")
        cover = cover_of(asked.book, metadata, manuscript, fonts)
        files.append(write_whole(out / COVER_NAME, cover.jpeg))
        files.append(write_whole(out / THUMBNAIL_NAME, cover.thumbnail))
    for file in files:
        console.line(str(file))
    return Outcome(0, {"files": [str(file) for file in files]})


COMMAND = Command("cover", "paint the cover, or every design side by side", _arguments, _run)
