"""`rules`: every rule of the cleaner, in the order in which they run."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quire.cli.command import Command, Outcome
from quire.cli.console import Console

if TYPE_CHECKING:
    from quire.cleaning import Settings
    from quire.cleaning.rule import Rule

__all__ = ["COMMAND", "book_settings"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", type=Path, metavar="DIR", help="write a page a rule into DIR")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from quire.cleaning import rules
    from quire.cleaning.rule_pages import BANDS, band_of, write_rule_pages

    known = rules()
    if asked.write:
        written = write_rule_pages(known, asked.write)
        for path in written:
            console.line(str(path))
        return Outcome(0, {"files": [str(path) for path in written]})
    settings = book_settings(asked.book)
    width = max(map(len, known))
    band = 0
    for rule in known.values():
        if band_of(rule) != band:
            band = band_of(rule)
            console.line(f"{band}  {BANDS[band]}")
        state = _state(rule, settings)
        note = f" [{state}]" if state != "on" else ""
        console.line(f"  {rule.name:<{width}}  {rule.summary}{note}")
    return Outcome(0, {"rules": [_data(rule, settings) for rule in known.values()]})


def book_settings(book: Path) -> Settings:
    """The cleaner's settings of the book in a folder; the usual ones where there is no book.

    Raises:
        BookError: metadata.yaml says something about cleaning that can't be.
    """
    from quire.cleaning import Settings, rules, settings_of
    from quire.metadata import read_cleaning

    path = book / "metadata.yaml"
    return settings_of(read_cleaning(path, str(path)), rules()) if path.is_file() else Settings()


def _state(rule: Rule, settings: Settings) -> str:
    """``on``, ``off``, ``ask``, ``always``, or ``threshold 0.8``."""
    own = settings.rules.get(rule.name)
    if rule.always:
        return "always"
    if own is None:
        return "on"
    if own.off or own.ask:
        return "off" if own.off else "ask"
    return "on" if own.threshold is None else f"threshold {own.threshold:g}"


def _data(rule: Rule, settings: Settings) -> Mapping[str, object]:
    from quire.cleaning.rule_pages import band_of

    return {
        "name": rule.name,
        "order": rule.order,
        "band": band_of(rule),
        "summary": rule.summary,
        "state": _state(rule, settings),
    }


COMMAND = Command("rules", "list the rules of the cleaner", _arguments, _run)
