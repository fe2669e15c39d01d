"""Books of any size, made by rule: the same size gives the same bytes.

Chapters have sections, notes, quotations, lists and a table now and then; words are drawn from a
small vocabulary of invention, so that lines and pages break as a real book's do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["write_book"]

_NOUNS = (
    "harbour", "lantern", "keeper", "ferry", "tide", "rope", "landing", "ledger", "mill", "weir",
    "gull", "chart", "signal", "fog", "sluice", "anchor", "barge", "pilot", "shingle", "granary",
    "clerk", "widow", "orchard", "lock", "towpath", "causeway",
)  # fmt: skip
_VERBS = (
    "counted", "kept", "carried", "forgot", "measured", "mended", "left", "found", "crossed",
    "watched", "named", "sold",
)  # fmt: skip
_ENDS = (
    "before the water turned", "as everyone on the bank had said", "and nobody asked why",
    "in the year of the long frost", "without a word to the office", "for the third time that week",
)  # fmt: skip
_NOTES_A_MEGABYTE = 640


def write_book(folder: Path, megabytes: float, chapters: int = 0) -> int:
    """Write a book's folder; how many bytes of Markdown it has.

    Args:
        folder: where metadata.yaml and ``book/`` go.
        megabytes: of Markdown, about.
        chapters: how many; one for each 58 KB by default.
    """
    wanted = round(megabytes * 1_000_000)
    chapters = chapters or max(1, round(wanted / 58_000))
    notes = max(1, round(megabytes * _NOTES_A_MEGABYTE / chapters))
    (folder / "book").mkdir(parents=True, exist_ok=True)
    (folder / "metadata.yaml").write_text(
        "title: The Long Harbour\nauthor:\n  - name: Anna Wen\n    role: aut\nlang: en\n"
        "date: 2026-11-25\nrights: MIT\nprint:\n  trim: 6x9\n",
        "utf-8",
    )
    total = 0
    for number in range(1, chapters + 1):
        text = "\n\n".join(_chapter(number, wanted // chapters, notes)) + "\n"
        (folder / "book" / f"{number:03}-chapter.md").write_text(text, "utf-8")
        total += len(text.encode("utf-8"))
    return total


def _chapter(number: int, size: int, notes: int) -> Iterator[str]:
    dice = random.Random(number)
    yield f"# The {dice.choice(_NOUNS).title()} and the {dice.choice(_NOUNS).title()}"
    written, note, section = 0, 0, 0
    every = max(1, size // (notes + 1))
    while written < size:
        paragraph = " ".join(_sentence(dice) for _ in range(dice.randint(3, 9)))
        while note < notes and written + len(paragraph) > every * (note + 1):
            note += 1
            paragraph += f"[^{note}]"
            yield f"[^{note}]: {_sentence(dice)} See the *harbour book*, p. {dice.randint(2, 400)}."
        called = "[^" in paragraph
        kind = 1.0 if called else dice.random()
        if kind < 0.02:
            section += 1
            yield f"## {section}. The {dice.choice(_NOUNS).title()}"
        elif kind < 0.04:
            paragraph = f"> {paragraph}"
        elif kind < 0.05:
            paragraph = "\n".join(f"- {_sentence(dice)}" for _ in range(4))
        elif kind < 0.055:
            rows = "\n".join(f"| {dice.choice(_NOUNS)} | {dice.randint(1, 99)} |" for _ in range(5))
            paragraph = f"| What | How many |\n|:-----|---------:|\n{rows}"
        yield paragraph
        written += len(paragraph)


def _sentence(dice: random.Random) -> str:
    words = (
        f"The {dice.choice(_NOUNS)} {dice.choice(_VERBS)} the {dice.choice(_NOUNS)} of the "
        f"{dice.choice(_NOUNS)} {dice.choice(_ENDS)}"
    )
    return f"{words}."
