"""`serve`: the book in a browser while it is written."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from quire.cli.command import Command, Outcome
from quire.cli.console import Console

if TYPE_CHECKING:
    from quire.live import Preview, PreviewServer

__all__ = ["COMMAND"]

_PORT = 8000
_TRIED = 20


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=int,
        metavar="N",
        help=f"where it is served ({_PORT}, or the next that is free; 0 for any)",
    )


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import tempfile
    from pathlib import Path

    from quire.live import Preview, Watch
    from quire.production import ALWAYS_WATCHED
    from quire.standing import cache_of

    root = asked.book.resolve()
    watch = Watch(root, ALWAYS_WATCHED)
    with tempfile.TemporaryDirectory(prefix="quire-preview-") as folder:
        preview = Preview(root, Path(folder) / "out", cache_of(root))
        server = _server(preview, asked.port)
        server.begin()
        try:
            console.line(f"The book: {server.address}   its EPUB: {server.address}epub/")
            console.line("Ctrl-C ends.")
            while True:
                turn = preview.make()
                watch.follow(preview.watched)
                console.turn(turn.problems, f"Made in {turn.seconds:.2f} s.", turn.failed)
                changed = watch.changed()
                console.step(f"{', '.join(changed[:3])} changed")
        except KeyboardInterrupt:
            return Outcome(0, {"address": server.address})
        finally:
            console.clear()
            server.end()


def _server(preview: Preview, port: int | None) -> PreviewServer:
    """A server at that port; at the usual one or the next that is free if none was asked for."""
    from quire.live import PreviewServer
    from quire.problems import UsageError

    ports = [port] if port is not None else [*range(_PORT, _PORT + _TRIED), 0]
    for one in ports:
        try:
            return PreviewServer(preview, one)
        except (OSError, OverflowError) as error:
            if one == ports[-1]:
                raise UsageError(
                    f"The port {one} can't be had: {error}.", "Name another with --port."
                ) from error
    raise AssertionError("there is a last port")


COMMAND = Command("serve", "show the book in a browser while it is written", _arguments, _run)
