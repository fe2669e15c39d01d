"""Puts right letters that a scan misread, where the word is none and can only be one other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quire.cleaning.draft import Draft
from quire.cleaning.language_guess import guess_language
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "misread-letters"
# No words of English: h read as b or li, n as u, m as rn, in its commonest words.
_COMMONEST = {
    "tbe": "the", "tlie": "the", "tiie": "the", "aud": "and", "tbat": "that",
    "tliat": "that", "tbis": "this", "tliis": "this", "wbich": "which", "wliich": "which",
    "witb": "with", "witli": "with", "bave": "have", "liave": "have", "tbey": "they",
    "tliey": "they", "tbere": "there", "tliere": "there", "wben": "when", "wlien": "when",
    "wbat": "what", "wliat": "what", "sucb": "such", "mucb": "much", "eacb": "each",
    "botb": "both", "hirn": "him", "frorn": "from", "tirne": "time", "sorne": "some",
    "coine": "come", "tirnes": "times", "thern": "them", "tbeir": "their", "tlieir": "their",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,12}(?![\w'’-])")
_WITH_DIGIT = re.compile(r"(?<![\w/.#@-])[A-Za-z]?[a-z]+[01]+[a-z]+(?![\w/#@-]|\.\w)")
# Looked for at the first digit of a run alone: each later one would run to its end again.
_DIGIT_INSIDE = re.compile(r"[01](?<![01]{2})[01]*(?=[a-z])")
_IN_NUMBER = re.compile(r"(?<![\w.])\d[\dlIO]{2,5}(?!\w)")
_LETTER_BEHIND = re.compile(r"\d(?<!\d{2})\d*[lIO][\dlIO]*")
_DIGITS = str.maketrans("lIO", "110")
_LETTERS = str.maketrans("10", "lo")
_LONGEST = 40  # letters before a digit
_OFTEN = 2  # times that the right word must stand elsewhere
_LONG_S = "ſ"


def _with_digits(text: str) -> Iterator[re.Match[str]]:
    """Words with a digit inside: looked for from the digit, which few words have."""
    done = 0
    for digits in _DIGIT_INSIDE.finditer(text):
        start = digits.start()
        while start > done and digits.start() - start < _LONGEST and _is_letter(text[start - 1]):
            start -= 1
        found = _WITH_DIGIT.match(text, start)
        if found and start < digits.start():
            done = found.end()
            yield found


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    alone = left_alone(draft)
    edits: list[Edit] = []
    questions: list[Question] = []
    english = guess_language(text) == ("en", "its commonest words")
    counts = Counter(_WORD.findall(text)) if english else Counter()
    if english and not _COMMONEST.keys().isdisjoint(counts):
        why = "no word of English; the text has the one that looks like it"
        for found in _WORD.finditer(text):
            meant = _COMMONEST.get(found.group(), "")
            if meant and counts[meant] >= _OFTEN and found.start() not in alone:
                edits.append(Edit(_NAME, *found.span(), meant, why, 0.8))
    for found in _with_digits(text):
        meant = found.group().translate(_LETTERS)
        if found.start() in alone:
            continue
        if counts[meant.lower()] >= _OFTEN:
            why = "a digit inside a word that the text has without it"
            edits.append(Edit(_NAME, *found.span(), meant, why, 0.85))
        elif len(meant) > 4:
            questions.append(Question(*found.span(), meant, "a digit inside a word", 0.5))
    for number in _LETTER_BEHIND.finditer(text):
        mixed = _IN_NUMBER.match(text, number.start())
        if mixed and mixed.start() not in alone:
            meant = mixed.group().translate(_DIGITS)
            questions.append(Question(*mixed.span(), meant, "a letter inside a number", 0.55))
    if _LONG_S in text:
        place = text.index(_LONG_S)
        why = "the text has the long s: keep it, or write every one as s"
        questions.append(Question(place, place + 1, "s", why, 0.5))
    edits.sort(key=lambda edit: edit.start)
    return RuleOutcome(tuple(edits), questions=tuple(sorted(questions, key=lambda one: one.start)))


RULE = Rule(
    name=_NAME,
    order=803,
    summary="Puts right the commonest misread words of English, and digits inside words.",
    why="What is written is no word, and the text has the one that looks like it; else it asks.",
    apply=_apply,
    examples=(
        Example(
            "The boat was in the harbour, and it was not the one that tbe keeper had.",
            "The boat was in the harbour, and it was not the one that the keeper had.",
        ),
        Example(
            "The modern burn was of the corn, in 1908, by h2o and a modem.",
            "The modern burn was of the corn, in 1908, by h2o and a modem.",
        ),
    ),
)
