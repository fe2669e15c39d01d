"""`completion`: what a shell needs to complete quire's commands and options."""

from __future__ import annotations

import argparse

from quire.cli.command import Command, Outcome
from quire.cli.console import Console

__all__ = ["COMMAND"]

_SHELLS = ("bash", "zsh", "tcsh")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=_SHELLS, help="for this shell")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import shtab

    from quire.cli.main import parser_of_all

    script = shtab.complete(parser_of_all("quire"), asked.shell)
    console.line(script.rstrip("\n"))
    return Outcome(0, {"script": script})


COMMAND = Command("completion", "a script that completes commands in a shell", _arguments, _run)
