"""From the words on the command line to a command's run, and from its end to an exit code.

Exit codes: 0 done; 1 the book has errors; 2 wrong usage; 3 a tool is missing; 4 quire itself
failed; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from quire.cli.command import Command, commands
from quire.cli.console import Console
from quire.problems import BookError, Problem, ToolMissing, UsageError
from quire.version import VERSION

__all__ = ["main", "parser_of_all"]

_DEFAULT = "build"
_FAILED, _STOPPED = 4, 130
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_BEFORE = {"--quiet": 1, "--json": 1, "--no-color": 1, "--book": 2}
"""Options that may stand before the command's name, and how many words each takes."""


class _Parser(argparse.ArgumentParser):
    """argparse, but wrong words become a `UsageError` instead of an exit."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"{message[:1].upper()}{message[1:]}.",
            f"`{self.prog} --help` lists what can be asked.",
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after the program's name; those of the process by default.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    known = commands()
    console = Console.of(words)
    name = _command_of(words, known)
    try:
        asked = _parser(known, _program()).parse_args(words)
        outcome = known[name].run(asked, console)
    except BookError as error:
        console.close(name, error.exit_code, problems=error.problems)
        return error.exit_code
    except KeyboardInterrupt:
        console.close(name, _STOPPED, problems=(_stopped(),))
        return _STOPPED
    except BrokenPipeError:
        # Whoever read our words has gone (`… | head`): end in silence, as filters do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("QUIRE_TRACEBACK"):
            raise
        exit_code, problem = _explained(error)
        console.close(name, exit_code, problems=(problem,))
        return exit_code
    console.close(name, outcome.exit_code, outcome.result, outcome.problems)
    return outcome.exit_code


def _command_of(words: list[str], known: dict[str, Command]) -> str:
    """The command's name, put first; `build` if the words name none.

    What is shared by all commands may stand before the name (`quire --json check`).
    """
    if words and words[0] in {"-h", "--help", "--version"}:
        return _DEFAULT
    place = 0
    while place < len(words) and words[place] in _BEFORE:
        place += _BEFORE[words[place]]
    if place < len(words) and not words[place].startswith("-"):
        words.insert(0, words.pop(place))
    else:
        words.insert(0, _DEFAULT)
    return words[0] if words[0] in known else _DEFAULT


def parser_of_all(program: str) -> argparse.ArgumentParser:
    """The parser of every command, for a program of that name."""
    return _parser(commands(), program)


def _parser(known: dict[str, Command], program: str) -> _Parser:
    parser = _Parser(
        prog=program,
        description="From a messy text to a book: EPUB, PDF for screen and print, and a cover.",
        epilog="Without a command, `build`. Exit codes: 0 done, 1 the book has errors, 2 wrong "
        "usage, 3 a tool is missing, 4 quire itself failed.",
    )
    parser.add_argument("--version", action="version", version=f"quire {VERSION}")
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    shared = _shared_options()
    for command in known.values():
        own = choices.add_parser(
            command.name,
            help=command.summary,
            description=command.summary,
            parents=[shared],
        )
        command.add_arguments(own)
    return parser


def _shared_options() -> _Parser:
    shared = _Parser(add_help=False)
    group = shared.add_argument_group("everywhere")
    group.add_argument(
        "--book", type=Path, default=Path(), metavar="DIR", help="the book's folder (here)"
    )
    group.add_argument("--quiet", action="store_true", help="say only what is wrong")
    group.add_argument("--json", action="store_true", help="one JSON object on stdout")
    group.add_argument("--no-color", action="store_true", help="no colours (also NO_COLOR)")
    return shared


def _program() -> str:
    name = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "quire"
    return f"python {name}" if name.endswith(".py") and name != "__main__.py" else "quire"


def _stopped() -> Problem:
    return Problem("stopped", "Stopped.", "Nothing was changed; run the command again.")


def _explained(error: Exception) -> tuple[int, Problem]:
    """The exit code and the words for an error that no room foresaw."""
    package = str(error.name).partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if package and package != "quire":
        missing = ToolMissing(
            f"The Python package {package}",
            "Run `make book`, or `make venv` and then `.venv/bin/python build.py`: "
            f"this Python is {sys.executable}.",
        )
        return missing.exit_code, missing.problems[0]
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        where = f" ({error.filename})" if error.filename else ""
        return BookError.exit_code, Problem(
            "no-room",
            f"There is no room left on the disk{where}: {error.strerror}.",
            "Nothing was changed. Make room, or name a folder that has some by TMPDIR.",
        )
    return _FAILED, Problem(
        "unforeseen",
        f"quire failed in a way it didn't foresee ({type(error).__name__}: {error}).",
        "Nothing was changed. Set QUIRE_TRACEBACK=1, run it again, and report what it prints.",
    )
