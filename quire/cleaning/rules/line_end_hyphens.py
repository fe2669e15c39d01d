"""Joins words that were parted by a hyphen at a line's end, as the text itself writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "line-end-hyphens"
_LETTER = r"[^\W\d_]"
# What is copied out of a PDF in Chromium has U+FFFE for a hyphen together with its line's end.
_GAP = re.compile("[-\u2010] ?\n|\ufffe ?\n?")
_HEAD = re.compile(rf"(?<!\w){_LETTER}+(?:-{_LETTER}+){{0,3}}\Z")
_TAIL = re.compile(f"{_LETTER}+")
_WORD = re.compile(rf"{_LETTER}+(?:[-\u2010]{_LETTER}+)*")
_PREFIXES = frozenset(
    {"all", "co", "ex", "half", "ill", "mid", "non", "post", "pre", "pro", "self", "semi", "well"}
)


class _Parted(NamedTuple):
    """A word in two parts: `head` begins at `start`, `gap` lies between, `tail` stops at `end`."""

    start: int
    end: int
    gap: tuple[int, int]
    head: str
    tail: str


def _parted(text: str) -> Iterator[_Parted]:
    """Words with a hyphen at a line's end, looked for from the hyphen, which is seldom there."""
    done = 0
    for gap in _GAP.finditer(text):
        line = max(done, text.rfind("\n", 0, gap.start()) + 1)
        head, tail = _HEAD.search(text, line, gap.start()), _TAIL.match(text, gap.end())
        if head and tail:
            done = tail.end()
            yield _Parted(head.start(), done, gap.span(), head[0], tail[0])


def _words(text: str, parted: Sequence[_Parted]) -> frozenset[str]:
    """The words of a text in small letters; one that is parted bears no witness."""
    starts = [0, *(found.end for found in parted)]
    ends = [*(found.start for found in parted), len(text)]
    whole = " ".join([text[start:end] for start, end in zip(starts, ends, strict=True)])
    # A text has far fewer words than places of words.
    once = "\n".join(set(whole.replace("\u2010", "-").casefold().split()))
    return frozenset(_WORD.findall(once))


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
    places = list(_parted(text))
    if not places:
        return RuleOutcome()
    apart = draft.spans(MarkKind.VERSE, MarkKind.MARKDOWN)
    words = _words(text, places)
    edits, questions = [], []
    for found in places:
        start, end = found.gap
        if apart.overlap(start, end):
            continue
        sign, why, confidence = _judge(found.head, found.tail, words)
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
        Example("The light\ufffehouse had two doors.", "The lighthouse had two doors."),
        Example("She waited -\nall night.", "She waited -\nall night."),
    ),
)  # fmt: skip
