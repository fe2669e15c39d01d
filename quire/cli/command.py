"""What a command is. Each module of `quire.cli.commands` offers one as ``COMMAND``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quire.cli.console import Console
from quire.problems import Problem

__all__ = ["Command", "Outcome", "commands"]


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, data for ``--json``, and findings to print."""

    exit_code: int = 0
    result: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Command:
    """A word of the command line."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Console], Outcome]


def commands() -> dict[str, Command]:
    """All commands by name."""
    package = importlib.import_module("quire.cli.commands")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = (importlib.import_module(f"quire.cli.commands.{name}").COMMAND for name in names)
    return {command.name: command for command in found}
