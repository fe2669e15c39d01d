"""Pair callouts with the note bodies that stand at the feet of pages or under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.notes import Body, Callout, Notes, find_notes
from quire.cleaning.notes.run_over import brought_home
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import MATTER_LABELS

__all__ = ["RULE"]

_NAME = "stranded-notes"
_FUNDING = re.compile(r"基金|项目|资助|课题|成果|grant|fund|support", re.IGNORECASE)
_FRONT = 200
_EVIDENT = frozenset({"square", "tortoise-shell", "labelled", "superscript"})
_TITLE = 80  # characters of a title's or an author's line


def _is_front_matter(draft: Draft, callout: Callout) -> bool:
    """Whether a star stands at the title or at the author's name."""
    text = draft.text
    line = max(0, text.rfind("\n\n", 0, callout.start) + 2)
    end = text.find("\n\n", callout.end)
    is_line = (len(text) if end < 0 else end) - line <= _TITLE
    titles = [mark.end for mark in draft.marked(MarkKind.HEADING) if mark.end <= callout.start]
    begin = max([line, *titles])
    between = draft.text[begin : callout.start]
    ahead = draft.text[callout.end : callout.end + 40]
    announced = any(pattern.match(ahead.lstrip()) for _, pattern in MATTER_LABELS)
    near = len(between) <= 40 and not re.search(r"[。！？!?,，;；]", between)
    at_title = callout.start - max(titles, default=0) < _FRONT
    return near and (announced or (is_line and at_title))


def _apply(draft: Draft) -> RuleOutcome:
    told = bool(draft.marked(MarkKind.NOTEREF, MarkKind.NOTE))
    out = draft.spans(
        MarkKind.FURNITURE, MarkKind.MARKDOWN, MarkKind.IMAGE, MarkKind.NOTEREF, MarkKind.NOTE
    )
    pages = [(page.start, page.end) for page in draft.marked(MarkKind.PAGE)]
    found = find_notes(draft.text, pages, lambda start, end: not out.overlap(start, end))
    if told:
        found = _beside_linked_ones(found)
    symbols = {body.key for body in found.bodies if body.style == "symbol"}
    front = {
        callout.key
        for callout in found.callouts
        if callout.key in symbols and _is_front_matter(draft, callout)
    }
    numbers = _renumbered(found.callouts, front, "m" if told else "n")
    sure: dict[str, float] = {}
    edits: list[Edit] = []
    add: list[Mark] = []
    for callout in found.callouts:
        sure[callout.key] = min(callout.confidence, sure.get(callout.key, 1.0))
        if callout.key in front:
            edits.append(_deletion(callout.start, callout.end, "the note goes to the front matter"))
        else:
            add.append(Mark(callout.start, callout.end, MarkKind.NOTEREF, numbers[callout.key]))
    for body in found.bodies:
        edits += _edits_of(draft.text, body, sure[body.key])
        add.append(_mark_of(draft, body, front, numbers))
    add += [
        # Nobody calls it, and it is no part of the text: sentences go on past it.
        Mark(body.mark, _covered(body), MarkKind.NOTE, body.key)
        for body in found.uncalled
    ]
    for body in found.uncalled:
        edits += [one for one in _edits_of(draft.text, body, 1.0) if one.start > body.start]
    questions = tuple(
        Question(start, end, "", f"The note mark {mark} has no partner: take it out?", 0.3)
        for start, end, mark in found.alone
    )
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits), tuple(sorted(add)), questions=questions)


def _edits_of(text: str, body: Body, sure: float) -> Iterator[Edit]:
    """A body's mark goes; what stands on the next page comes to where it breaks off."""
    yield Edit(_NAME, body.mark, body.start, "", "the mark of a note's body", sure)
    if body.end < body.closing:
        yield Edit(_NAME, body.end, body.closing, "", "the bracket around a note's body", sure)
    yield from brought_home(_NAME, text, body.end, body.goes_on)


def _beside_linked_ones(found: Notes) -> Notes:
    """What is sure where the format told of the notes: evident marks that it hasn't linked.

    Web pages lose the links in their headings.
    """
    bodies = {body.key: body for body in found.bodies if body.style in _EVIDENT}
    callouts = tuple(one for one in found.callouts if one.key in bodies and one.confidence == 1.0)
    called = {one.key for one in callouts}
    return Notes(callouts, tuple(body for key, body in bodies.items() if key in called))


def _renumbered(callouts: tuple[Callout, ...], front: set[str], letter: str) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for callout in callouts:
        if callout.key not in front and callout.key not in numbers:
            numbers[callout.key] = f"{letter}{len(numbers) + 1}"
    return numbers


def _mark_of(draft: Draft, body: Body, front: set[str], numbers: dict[str, str]) -> Mark:
    if body.key in front:
        funded = _FUNDING.search(draft.text[body.start : body.end])
        value = "funding" if funded else "affiliation"
        return Mark(body.start, _covered(body), MarkKind.MATTER, value)
    return Mark(body.start, _covered(body), MarkKind.NOTE, numbers[body.key])


def _covered(body: Body) -> int:
    """A body's end; one that goes on has the line's end too, so that what comes lies inside."""
    return body.end + bool(body.goes_on)


def _deletion(start: int, end: int, why: str) -> Edit:
    return Edit(_NAME, start, end, "", why)


RULE = Rule(
    name=_NAME,
    order=400,
    summary="Pairs callouts with the note bodies at the feet of pages or under a heading.",
    why="Callouts and bodies carry the same marks in the same order; a mark that is missing or "
    "damaged doesn't shift the others, and what stays alone is asked.",
    apply=_apply,
    examples=(
        Example(
            "船要等到潮平才开①，这是老规矩。\n\n①见《河口志》，第12页。",
            "船要等到潮平才开①，这是老规矩。\n\n见《河口志》，第12页。",
        ),
        Example(
            "清单有三项：①绳；②灯；③桨。",
            "清单有三项：①绳；②灯；③桨。",
        ),
    ),
)
