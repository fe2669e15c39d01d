"""Takes out blanks between the letters of words that were set apart: C H A P T E R."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.matter_names import role_of
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "spaced-letters"
_LINE = re.compile(
    r"^[ \t]*(?P<words>[A-Za-z](?:[ ]{1,4}[A-Za-z]){3,60}(?:[ ]{1,4}\d(?:[ ]?\d){0,2})?)[ \t]*$",
    re.MULTILINE,
)
_WORD = re.compile(r"[a-z]{2,24}")
_LABELS = frozenset(
    {"chapter", "part", "book", "section", "volume", "appendix", "contents", "notes", "endnotes"}
)
_ROMAN = re.compile(r"(?=[ivxl])x{0,3}(?:ix|iv|v?i{0,3})|l|xl")
_SHORT = frozenset({"a", "i", "o"})


def _apply(draft: Draft) -> RuleOutcome:
    found = list(_LINE.finditer(draft.text))
    if not found:
        return RuleOutcome()
    apart = draft.spans(MarkKind.VERSE, MarkKind.MARKDOWN)
    known = frozenset(_WORD.findall(draft.text.casefold())) | _LABELS
    edits = []
    for line in found:
        start, end = line.span("words")
        words = _words(line["words"], known)
        if words and not apart.overlap(start, end):
            why = "letters stand apart here as a label's do"
            edits.append(Edit(_NAME, start, end, words, why, 0.9))
    return RuleOutcome(tuple(edits))


def _words(text: str, known: frozenset[str]) -> str:
    """What letters set apart say; empty when they are no words of the text."""
    number = re.search(r"\d[\d ]*$", text)
    letters = text[: number.start()].rstrip() if number else text
    parts = [part.replace(" ", "") for part in re.split(r"[ ]{2,}", letters)]
    found = [_parted(part, known) for part in parts]
    if not all(found):
        return ""
    digits = [number[0].replace(" ", "")] if number else []
    return " ".join([*found, *digits])


def _parted(letters: str, known: frozenset[str]) -> str:
    """Letters as the fewest known words that they are made of; a label may have a numeral."""
    folded = letters.casefold()
    # The fewest words that the letters up to each place are made of.
    fewest: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        ways = [
            (*before, letters[start:end])
            for start, before in enumerate(fewest)
            if before is not None and _is_word(folded[start:end], folded[:start], known)
        ]
        fewest.append(min(ways, key=len, default=None))
    return " ".join(fewest[-1] or ())


def _is_word(word: str, before: str, known: frozenset[str]) -> bool:
    if word in known or word in _SHORT or role_of(word) != "chapter":
        return True
    return before in _LABELS and _ROMAN.fullmatch(word) is not None


_TEXT = "C H A P T E R 1\n\nThe ferry had left before anybody came down to the quay."

RULE = Rule(
    name=_NAME,
    order=121,
    summary="Takes out blanks between the letters of words that were set apart: C H A P T E R.",
    why="On a line of single letters, their words are names of a book's parts, or stand elsewhere "
    "in the text.",
    apply=_apply,
    examples=(
        Example(_TEXT, _TEXT.replace("C H A P T E R", "CHAPTER")),
        Example("The keys are marked\n\nQ W E R T Y", "The keys are marked\n\nQ W E R T Y"),
    ),
)
