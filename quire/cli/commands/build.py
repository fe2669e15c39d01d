"""`build`: every edition of the book into dist/."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from quire.cli.command import Command, Outcome
from quire.cli.console import Console

__all__ = ["COMMAND"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--edition",
        action="append",
        default=[],
        metavar="NAME",
        help="only this edition (epub, screen-pdf, print-pdf, cover-wrap, proof); may come again",
    )
    parser.add_argument(
        "--store",
        action="append",
        default=[],
        metavar="NAME",
        help="an EPUB for this store too, such as kobo; may be given again",
    )
    parser.add_argument(
        "--proof",
        action="store_true",
        help="show the print edition's spreads too, with trim, grid and safe area",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where editions go (dist)")
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="editions set at a time (as many as there are processors)",
    )


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from quire.production import produce
    from quire.shelf.sizes import size_in_words

    made = produce(
        asked.book, asked.out, asked.edition, asked.jobs, console.step, asked.store, asked.proof
    )
    for artifact in made.artifacts:
        pages = f"  {artifact.pages} pages" if artifact.pages else ""
        size = size_in_words(artifact.size)
        console.line(f"{artifact.edition:<11} {artifact.path}  {size}{pages}")
    console.line(f"{'shelf':<11} {made.out / 'index.html'}")
    result = {
        "out": str(made.out),
        "editions": [
            {
                "edition": artifact.edition,
                "path": str(artifact.path),
                "media-type": artifact.media_type,
                "bytes": artifact.size,
                "pages": artifact.pages,
                "sha256": artifact.sha256,
            }
            for artifact in made.artifacts
        ],
        "files": [str(path) for path in made.files],
    }
    return Outcome(0, result, made.problems)


COMMAND = Command("build", "build every edition of the book into dist/", _arguments, _run)
