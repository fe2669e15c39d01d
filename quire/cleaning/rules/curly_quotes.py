"""Makes straight quotes curly, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from quire.cleaning.draft import Draft
from quire.cleaning.language_guess import guess_language
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import Passage, left_alone, passages
from quire.cleaning.quotes import CHINESE, ENGLISH, Convention, Reading, apostrophes, read_quotes
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "curly-quotes"
_FITS = "the paragraph's quotes balance"
_ALONE = "what stands beside it tells which way it turns"
_SINGLE = re.compile("['＇]")
_DOUBLE = re.compile('["＂]')
_AT_START = frozenset('"“')  # a paragraph of speech, and one that goes on with it
_TEX = re.compile("``|''")

_CORNERS = Convention("「", "」", "『", "』")
_GERMAN = Convention("„", "“", "‚", "‘")
# Where quotes need more than a sign (blanks, or a choice between customs), a person is asked.
_ASKED = frozenset(("fr", "ru", "el", "he", "ar"))


@lru_cache(maxsize=1)
def _alphabetic(text: str) -> Convention | None:
    """How a text in an alphabet quotes; None when a person must say."""
    if text.count("„") > text.count("”"):
        return _GERMAN
    if text.count("«") > text.count("“"):
        return None
    language, _ = guess_language(text)
    if language == "de":
        return _GERMAN
    return None if language in _ASKED and "“" not in text else ENGLISH


def _chinese(text: str) -> Convention:
    return _CORNERS if text.count("「") > text.count("“") else CHINESE


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    if not (_DOUBLE.search(text) or _SINGLE.search(text)):
        return RuleOutcome()
    alone = left_alone(draft)
    lines = passages(draft)
    chinese = _chinese(text)
    edits: list[Edit] = []
    questions: list[Question] = []
    for number, passage in enumerate(lines):
        line = text[passage.start : passage.end]
        if not (_DOUBLE.search(line) or _SINGLE.search(line)):
            continue
        following = text[lines[number + 1].start] if number + 1 < len(lines) else ""
        convention = chinese if passage.wide else _alphabetic(text)
        found, doubts = _of_line(line, passage, convention, {line[0], following} <= _AT_START)
        for start, end, sign, why, confidence in sorted(found):
            if not (alone and passage.start + start in alone):
                edits.append(
                    Edit(_NAME, passage.start + start, passage.start + end, sign, why, confidence)
                )
        for at, why in doubts:
            place = passage.start + at
            questions.append(Question(place, place + 1, line[at], why, 0.4))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


_Found = tuple[int, int, str, str, float]


def _of_line(
    line: str, passage: Passage, convention: Convention | None, goes_on: bool
) -> tuple[list[_Found], list[tuple[int, str]]]:
    """Start, end, sign, evidence and confidence of each quote of a line; and the doubts."""
    found: list[_Found] = []
    doubts: list[tuple[int, str]] = []
    typed = _typed(line)
    found += ((at, at + 2, sign, _FITS, 0.9) for at, sign in typed.items())
    taken = {at: sign for at, sign in apostrophes(line).items() if not _inside(at, typed)}
    found += (
        (at, at + 1, sign, "an apostrophe", 0.95) for at, sign in taken.items() if line[at] != sign
    )
    double = _straight(_DOUBLE, line, passage, lambda at: False)
    single = _straight(_SINGLE, line, passage, lambda at: at in taken or _inside(at, typed))
    if convention is None:
        if double:
            doubts.append((double[0], "this language's quotes are left to a person"))
        return found, doubts
    outer = (convention.opening, convention.closing)
    inner = (convention.inner_opening, convention.inner_closing)
    for places, signs, name in ((double, outer, "straight"), (single, inner, "single")):
        if not places:
            continue
        reading: Reading = read_quotes(line, places, signs, goes_on, taken)
        why, confidence = (_FITS, 0.95) if reading.doubt < 0 else (_ALONE, 0.75)
        found += ((at, at + 1, sign, why, confidence) for at, sign in reading.signs.items())
        if reading.doubt >= 0:
            doubts.append((reading.doubt, f"the {name} quotes of this paragraph don't balance"))
    return found, doubts


def _straight(
    pattern: re.Pattern[str], line: str, passage: Passage, leave: Callable[[int], bool]
) -> list[int]:
    """Offsets of straight quotes; full-width ones count in Chinese alone."""
    return [
        at.start() for at in pattern.finditer(line)
        if not leave(at.start()) and (passage.wide or at.group() < "\u00ff")
    ]  # fmt: skip


def _typed(line: str) -> dict[int, str]:
    """The quotes typed as two grave accents and two apostrophes, by offset, when in pairs."""
    if "``" not in line:
        return {}
    places = list(_TEX.finditer(line))
    signs = [at.group() for at in places]
    if signs != ["``", "''"] * (len(signs) // 2):
        return {}
    return {at.start(): "“" if at.group() == "``" else "”" for at in places}


def _inside(at: int, typed: dict[int, str]) -> bool:
    return at in typed or at - 1 in typed


RULE = Rule(
    name=_NAME,
    order=850,
    summary="Makes straight quotes and apostrophes curly, as the paragraph's row of quotes reads.",
    why="Opening and closing alternate, and what stands beside each agrees; feet and inches stay.",
    apply=_apply,
    examples=(
        Example(
            '"It\'s late," she said, "and the \'Heron\' is shut."',
            "“It’s late,” she said, “and the ‘Heron’ is shut.”",
        ),
        Example('他说："船来了。"', "他说：“船来了。”"),
        Example(
            "'Don't wait,' he said, 'at the boys' gate.'",
            "‘Don’t wait,’ he said, ‘at the boys’ gate.’",
        ),
        Example(
            '„Komm“, rief er, "es ist spät." Die „Möwe“ lag still.',
            "„Komm“, rief er, „es ist spät.“ Die „Möwe“ lag still.",
        ),
        Example('A plank of 12" and a rope.', 'A plank of 12" and a rope.'),
    ),
)
