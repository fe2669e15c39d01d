"""pandoc processes that read one document after another.

pandoc is a program of 160 MB: to start it takes as long as to read a short chapter. A worker is
started once, is lent to one thread at a time, and ends with this process.
"""

from __future__ import annotations

import atexit
import subprocess
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO, Final

from quire.pandoc.failure import PandocFailed

__all__ = ["read_as_json"]

_SCRIPT: Final = Path(__file__).parent / "reader.lua"
_MEMORY: Final = ("+RTS", "-O64m", "-RTS")
"""Its memory is looked through again when it has doubled, from 64 MB on and not from one: a sixth
of the time goes without, and no more memory is taken (GHC's run-time system, -O)."""


class _Worker:
    """One process, and what goes in and comes out."""

    def __init__(self, program: str) -> None:
        self.process = subprocess.Popen(
            [program, *_MEMORY, "lua", str(_SCRIPT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if self.process.stdin:
            self.process.stdin.write(_abbreviations(program) + b"\n")

    def read(self, content: bytes, source_format: str) -> bytes:
        """A document as JSON.

        Raises:
            PandocFailed: pandoc refuses it.
            OSError: the process has ended.
        """
        given, told = self.process.stdin, self.process.stdout
        if given is None or told is None:  # pragma: no cover - both were asked for
            raise OSError("no pipes")
        given.write(f"{source_format}\n{len(content)}\n".encode())
        given.write(content)
        given.flush()
        well = _line(told) == b"ok"
        length = int(_line(told))
        said = told.read(length)
        if len(said) < length:
            raise OSError("pandoc ended in the midst of its answer")
        if not well:
            words = said.decode("utf-8", "replace").strip().splitlines()
            raise PandocFailed(words[-1] if words else "it gave no reason")
        return said

    def end(self) -> None:
        """Let the process go."""
        with suppress(OSError):
            if self.process.stdin:
                self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@lru_cache(maxsize=2)
def _abbreviations(program: str) -> bytes:
    """What the command takes for abbreviations; its library by itself knows fewer."""
    told = subprocess.run(
        [program, "--print-default-data-file=abbreviations"], capture_output=True, check=False
    ).stdout
    return b" ".join(told.split())


_idle: LifoQueue[_Worker] = LifoQueue()


def read_as_json(program: str, content: bytes, source_format: str) -> bytes:
    """A document as pandoc's JSON, by a worker that is free, or by a new one.

    Args:
        program: pandoc.
        content: UTF-8.
        source_format: pandoc's name, with extensions.

    Raises:
        PandocFailed: pandoc refuses it.
        OSError: the worker ended; the document may be what ended it.
    """
    try:
        worker = _idle.get_nowait()
    except Empty:
        worker = _Worker(program)
    try:
        made = worker.read(content, source_format)
    except PandocFailed:
        _idle.put(worker)
        raise
    except (OSError, ValueError) as error:
        worker.end()
        raise OSError(str(error)) from error
    except BaseException:
        worker.end()
        raise
    _idle.put(worker)
    return made


def _line(told: IO[bytes]) -> bytes:
    line = told.readline()
    if not line.endswith(b"\n"):
        raise OSError("pandoc ended")
    return line[:-1]


@atexit.register
def _end_all() -> None:
    with suppress(Empty):
        while True:
            _idle.get_nowait().end()
