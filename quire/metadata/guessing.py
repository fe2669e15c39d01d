"""A new book's metadata.yaml: what was guessed, marked as guessed, and what can be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

__all__ = ["Guess", "metadata_text"]

_HEAD = "# This book's metadata. `quire check` tells what is amiss in it.\n"
_EXAMPLES = (
    ("title", "title: The book's title"),
    ("subtitle", "subtitle: Its subtitle"),
    ("author", "author:\n  - name: Family Given\n    role: aut     # MARC relator code"),
    ("lang", "lang: zh-Hans"),
    ("date", "date: 2026-11-24"),
    ("publisher", "publisher: The house"),
    ("rights", "rights: All rights reserved"),
    ("description", "description: Two sentences that sell the book"),
    ("subject", "subject: [essays]"),
    ("identifier", "identifier: urn:uuid:…   # made from title and author when left out"),
    ("isbn", "isbn: {epub: 978-…, print: 978-…}"),
    ("endnotes", "endnotes: {place: book, numbering: chapter}"),
    ("cover", "cover: {design: auto}"),
    ("print", "print: {trim: 大32开}"),
    ("editions", "editions: [epub, screen-pdf, print-pdf]"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A value for a key of metadata.yaml, and the evidence for it.

    Attributes:
        key: of metadata.yaml.
        value: one, or several in order.
        why: where it was found, in a few words.
        stands: False for a value that is true of a part of the book only: it is written down as
            a comment, for a person to decide.
    """

    key: str
    value: str | tuple[str, ...]
    why: str
    stands: bool = True


def metadata_text(guesses: Sequence[Guess]) -> str:
    """The text of a complete metadata.yaml.

    Guessed keys stand with a comment that says so; the others stand as examples, commented out.
    """
    by_key = {guess.key: guess for guess in guesses}
    parts = [_HEAD]
    for key, example in _EXAMPLES:
        guess = by_key.pop(key, None)
        if guess is None:
            parts.append("".join(f"# {line}\n" for line in example.splitlines()))
        else:
            parts.append(_marked(guess))
    parts += [_marked(guess) for guess in by_key.values()]
    return "\n".join(parts)


def _marked(guess: Guess) -> str:
    value = list(guess.value) if isinstance(guess.value, tuple) else guess.value
    # A date is written bare, so that it is read as a date.
    body = (
        f"{guess.key}: {value}\n"
        if guess.key == "date"
        else yaml.safe_dump({guess.key: value}, allow_unicode=True, width=10_000)
    )
    if not guess.stands:
        body = "".join(f"# {line}\n" for line in body.splitlines())
    return f"# guessed: {guess.why}\n{body}"
