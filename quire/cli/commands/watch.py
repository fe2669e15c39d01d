"""`watch`: the editions made anew at each change."""

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
        help="only this edition; may come again",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where editions go (dist)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import time

    from quire.live import Watch
    from quire.problems import BookError
    from quire.production import ALWAYS_WATCHED, produce
    from quire.standing import cache_of

    root = asked.book.resolve()
    watch = Watch(root, ALWAYS_WATCHED)
    cache, turns = cache_of(root), 0
    try:
        while True:
            start = time.perf_counter()
            try:
                made = produce(
                    root, asked.out, asked.edition, os.cpu_count() or 1, console.step, cache=cache
                )
            except BookError as error:
                console.turn(error.problems, "", failed=True)
            else:
                turns += 1
                watch.follow(made.watched(root))
                said = f"Built {made.out} in {time.perf_counter() - start:.2f} s."
                console.turn(made.problems, said, failed=False)
            watch.changed()
    except KeyboardInterrupt:
        return Outcome(0, {"built": turns})


COMMAND = Command("watch", "build anew at each change", _arguments, _run)
