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
        help="only this edition (epub, screen-pdf, print-pdf, web, sample, cover-wrap, proof); "
        "may come again",
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
    parser.add_argument(
        "--force", action="store_true", help="make everything anew, whatever was made before"
    )


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import time

    from quire.standing import Standing, cache_of, remember, seconds_before, standing
    from quire.toolchain.cache import Cache

    root, out = asked.book, asked.out or asked.book / "dist"
    cache = cache_of(root)
    # The order of editions and stores makes no difference to what is built.
    wish = [
        *sorted(asked.edition),
        "--store",
        *sorted(asked.store),
        f"proof={asked.proof}",
        str(out),
    ]
    stands = None if asked.force else standing(root, out, wish, cache)
    if stands:
        console.line("Nothing has changed since the last build.")
        return Outcome(0, stands.result, stands.problems)

    begin = time.monotonic()
    say = console.timed(seconds_before(root, out, wish, cache))
    from quire.production import produce
    from quire.shelf.sizes import size_in_words

    made = produce(
        root, out, asked.edition, asked.jobs, say, asked.store, asked.proof,
        Cache(None) if asked.force else cache,
    )  # fmt: skip
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
    ended = Standing(result, made.problems, time.monotonic() - begin)
    remember(root, out, wish, cache, made.seen, made.outside, made.files, ended)
    return Outcome(0, result, made.problems)


COMMAND = Command("build", "build every edition of the book into dist/", _arguments, _run)
