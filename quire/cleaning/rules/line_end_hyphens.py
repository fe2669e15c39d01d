"""Joins words that were parted by a hyphen at a line's end, as the text itself writes them."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "line-end-hyphens"
_LETTER = r"[^\W\d_]"
_PARTED = re.compile(
    rf"(?<!\w)(?P<head>{_LETTER}+(?:-{_LETTER}+){{0,3}})(?P<gap>[-\u2010] ?\n)(?P<tail>{_LETTER}+)"
)
_WORD = re.compile(rf"{_LETTER}+(?:[-\u2010]{_LETTER}+)*")
_PREFIXES = frozenset(
    {"all", "co", "ex", "half", "ill", "mid", "non", "post", "pre", "pro", "self", "semi", "well"}
)


def _judge(head: str, tail: str, words: frozenset[str]) -> tuple[str, str, float]:
    """What joins the parts (a hyphen or nothing), why, and how sure that is."""
    if not tail[0].islower():
        return "-", "a capital begins the second part: the hyphen is the word's own", 0.9
    head, tail = head.casefold(), tail.casefold()
    hyphenated, joined = f"{head}-{tail}" in words, f"{head}{tail}" in words
    if joined and not hyphenated:
        return "", f"the text has “{head}{tail}” elsewhere", 0.98
    if hyphenated and not joined:
        return "-", f"the text has “{head}-{tail}” elsewhere", 0.98
    if head in _PREFIXES or (head in words and tail in words):
        return "-", "both parts are words: the hyphen may be the word's own", 0.5
    return "", "the parts are no words of this text", 0.85


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    places = list(_PARTED.finditer(text))
    if not places:
        return RuleOutcome()
    apart = draft.spans(MarkKind.VERSE, MarkKind.MARKDOWN)
    whole = _PARTED.sub(" ", text)  # a parted word bears no witness
    words = frozenset(_WORD.findall(whole.replace("\u2010", "-").casefold()))
    edits, questions = [], []
    for found in places:
        start, end = found.span("gap")
        if apart.overlap(start, end):
            continue
        sign, why, confidence = _judge(found["head"], found["tail"], words)
        edits.append(Edit(_NAME, start, end, sign, why, max(confidence, 0.7)))
        if confidence < 0.7:
            questions.append(Question(start, end, "", why, confidence))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


RULE = Rule(
    name=_NAME,
    order=640,
    summary="Joins words that a hyphen parted at a line's end.",
    why="The text's other uses of the word decide; where they can't, the hyphen stays.",
    apply=_apply,
    examples=(
        Example(
            "The weather had been fair all week, and the old men at the weath-\ner glass were"
            " sorry to see it; nothing is so hard to talk about\nas fair weather.",
            "The weather had been fair all week, and the old men at the weather glass were"
            " sorry to see it; nothing is so hard to talk about\nas fair weather.",
        ),
        # The text has the word with its hyphen inside a line: only the line's end goes.
        Example(
            "The half-built mill was sold, and the miller would not look at the half-\n"
            "built wheel again.",
            "The half-built mill was sold, and the miller would not look at the half-"
            "built wheel again.",
        ),
        Example("She waited -\nall night.", "She waited -\nall night."),
    ),
)  # fmt: skip
