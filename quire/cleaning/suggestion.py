"""A doubtful place: where it is, what stands there, what a rule would do, and its name.

The name (`Suggestion.place`) is what an editor's decision is filed under. It comes from the rule,
the source's words around the place, and what is proposed; so it stays the same while these do,
whatever is changed or decided elsewhere.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quire.cleaning.provenance import Tracing
from quire.cleaning.verdicts import Verdict

__all__ = ["Lines", "Located", "Proposed", "Suggestion", "Whereabouts", "suggested"]

_CONTEXT = 40  # characters of the draft shown on either side
_AROUND = 16  # characters of the source, on either side, that name a place
_LONG = 256  # of a longer stretch its ends and its length name it
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that wants a person's eye: a likely change, or a question.

    Attributes:
        rule: who suggests.
        place: the place's name, twelve hexadecimal digits, with ``-2``, ``-3`` … for its equals.
        verdict: likely, or ask; sure only for a change that a decision is about.
        done: whether the manuscript has the proposal.
        decision: ``accept`` or ``reject``, or empty while nobody has decided.
        offset: the place in the source, in code points.
        end: where it ends there; equal to `offset` for a place between characters.
        line: its line in the source, counted from 1.
        before: some characters before the place, as the rule saw them.
        text: the doubtful characters; empty for a place between characters.
        after: some characters behind it.
        proposal: what the rule would put there; equal to `text` when it has no proposal, or when
            the text is to be moved as it is.
        moved_to: the place in the source to which the text is moved; -1 when it stays.
        why: the doubt, in a few words.
        confidence: 0 to 1.
    """

    rule: str
    place: str
    verdict: Verdict
    done: bool
    decision: str
    offset: int
    end: int
    line: int
    before: str
    text: str
    after: str
    proposal: str
    moved_to: int
    why: str
    confidence: float


class Proposed(NamedTuple):
    """A change of a draft, made or asked: characters `start` to `end` become `after`.

    `to` is where they are moved to instead, or -1.
    """

    start: int
    end: int
    after: str
    why: str
    confidence: float
    to: int = -1


class Located(NamedTuple):
    """A change's place in the source: its name, and `start` to `end` of it.

    `moved_to` is where the text is moved to, or -1.
    """

    name: str
    start: int
    end: int
    moved_to: int


class Lines:
    """Line numbers of a text."""

    def __init__(self, text: str) -> None:
        """Find where each line begins."""
        self._starts = [0]
        place = text.find("\n")
        while place >= 0:
            self._starts.append(place + 1)
            place = text.find("\n", place + 1)

    def number(self, offset: int) -> int:
        """The line, counted from 1, that holds `offset`."""
        return bisect_right(self._starts, offset)


class Whereabouts:
    """Where places of a draft are in the source that it was made of."""

    def __init__(self, source: str, tracing: Tracing) -> None:
        """Take the source's text, and the way back to it; the way may grow."""
        self._source = source
        self._tracing = tracing
        self._lines = Lines(source)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that a draft's stretch comes from."""
        first = self._tracing.nearest_source(start)
        if end - start <= 1:
            return first, min(first + end - start, len(self._source))
        last = min(self._tracing.nearest_source(end - 1) + 1, len(self._source))
        return first, max(first, last)

    def line(self, offset: int) -> int:
        """The line of a place of the source, counted from 1."""
        return self._lines.number(offset)

    def locate(self, rule: str, changes: Sequence[Proposed]) -> list[Located]:
        """The place of each of a rule's changes, which come in the order of their places."""
        seen: dict[str, int] = {}
        found = []
        for change in changes:
            start, end = self.span(change.start, change.end)
            moved_to = self._tracing.nearest_source(change.to) if change.to >= 0 else -1
            if moved_to >= 0:
                proposal = "moved" + self._words(moved_to, moved_to)
            else:
                proposal = "written" + change.after
            signed = f"{rule}\0{self._words(start, end)}\0{proposal}"
            digest = hashlib.sha256(signed.encode("utf-8", "surrogatepass"))
            name = digest.hexdigest()[:_DIGITS]
            seen[name] = seen.get(name, 0) + 1
            number = "" if seen[name] == 1 else f"-{seen[name]}"
            found.append(Located(name + number, start, end, moved_to))
        return found

    def _words(self, start: int, end: int) -> str:
        """A stretch of the source with what stands around it."""
        if end - start <= _LONG:
            return self._source[max(0, start - _AROUND) : end + _AROUND]
        head = self._source[max(0, start - _AROUND) : start + _AROUND]
        return f"{head}…{end - start}…{self._source[end - _AROUND : end + _AROUND]}"


def suggested(
    rule: str,
    place: Located,
    verdict: Verdict,
    decision: str,
    change: Proposed,
    text: str,
    line: int,
    done: bool,
) -> Suggestion:
    """A change as a person is shown it; `text` is the draft that the rule was given."""
    start, end = change.start, change.end
    return Suggestion(
        rule=rule,
        place=place.name,
        verdict=verdict,
        done=done,
        decision=decision,
        offset=place.start,
        end=place.end,
        line=line,
        before=text[max(0, start - _CONTEXT) : start],
        text=text[start:end],
        after=text[end : end + _CONTEXT],
        proposal=change.after,
        moved_to=place.moved_to,
        why=change.why,
        confidence=change.confidence,
    )
