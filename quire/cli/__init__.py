"""The command: words to the person, and nothing else. See `quire.cli.commands` for what it does."""

from quire.cli.main import main

__all__ = ["main"]
