"""Writes hyphens that stand for a dash as a dash."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import is_wide, left_alone, left_of, passages, right_of
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "dashes"
_HYPHENS = re.compile(
    r"--(?<![-－―—]--)-?(?![-－―—])|－－(?<![-－―—]－－)(?![-－―—])|――(?<![-－―—]――)(?![-－―—])"
)

# What can stand beside a dash, other than letters.
_LEFT, _RIGHT = " ,.;:!?)\"'”’", " (\"'“‘”’\n"
_BROKEN_OFF = re.compile(r"(?:[A-Za-z]{2}|\bI|[,.;:!?)\"'”’])\Z")


def _apply(draft: Draft) -> RuleOutcome:
    if not _HYPHENS.search(draft.text):
        return RuleOutcome()
    alone = left_alone(draft)
    edits = []
    for passage in passages(draft):
        for found in _HYPHENS.finditer(draft.text, passage.start, passage.end):
            after = _after(draft.text, found.start(), found.end(), passage.start, passage.end)
            if passage.japanese and found.group() == "――":
                continue  # the dash of Japanese
            if after and found.start() not in alone:
                why = "two hyphens between words are a dash"
                edits.append(Edit(_NAME, found.start(), found.end(), after, why, 0.95))
    return RuleOutcome(tuple(edits))


def _after(text: str, start: int, end: int, first: int, last: int) -> str:
    """The dash that the hyphens at `start` to `end` stand for; nothing when they stay."""
    right = right_of(text, end, last)
    if is_wide(left_of(text, start, first)) and (is_wide(right) or not right):
        return "——"
    if text[start] != "-" or start == first:
        return ""
    before = text[start - 1]
    if end == last:  # a speech that breaks off, and no i-- of a program
        return "—" if _BROKEN_OFF.search(text, max(first, start - 2), start) else ""
    behind = text[end]
    if before == " " and behind != " ":
        return ""  # an option of a command: --help
    words = (before.isalpha() or before in _LEFT) and (behind.isalpha() or behind in _RIGHT)
    return "—" if words else ""


RULE = Rule(
    name=_NAME,
    order=825,
    summary="Writes two hyphens between words as a dash: double between Han, single in English.",
    why="Options of commands, rules of hyphens and hyphens between numbers stay.",
    apply=_apply,
    examples=(
        Example("他只说了一句话--船走了。", "他只说了一句话——船走了。"),
        Example("The boat--the last one--was gone.", "The boat—the last one—was gone."),
        Example('"Wait!"--he rang the bell--"I saw"--', '"Wait!"—he rang the bell—"I saw"—'),
        Example("Call it with --force or not at all.", "Call it with --force or not at all."),
    ),
)
