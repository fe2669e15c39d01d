"""What becomes of each change that a rule would make: done, done and listed, or only asked.

A rule says what it would do and how sure it is; the book's settings and the editor's decisions say
what is done. A move is one change, and what a change carried along goes when it goes: its partner,
and the marks that hang on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from quire.cleaning.decisions import Decided
from quire.cleaning.draft import Mark
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Question, Rule, RuleOutcome
from quire.cleaning.suggestion import Located, Proposed, Suggestion, Whereabouts, suggested
from quire.cleaning.verdicts import Settings, Verdict

__all__ = ["Judged", "judge"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is left of a rule's outcome.

    Attributes:
        edits: to make, in order of place, not overlapping.
        add: the marks to add.
        places: the doubtful places, and those that a decision is about, in order of place.
    """

    edits: tuple[Edit, ...]
    add: tuple[Mark, ...]
    places: tuple[Suggestion, ...] = ()


class _Change(NamedTuple):
    """One thing to judge: an edit, a move (a cut and its paste), or a question."""

    edits: tuple[Edit, ...]
    question: Question | None
    proposed: Proposed


class _Ruling(NamedTuple):
    """What is said of a change; `decision` is None while nobody has decided."""

    change: _Change
    place: Located
    verdict: Verdict
    decision: Decided | None
    done: bool


def judge(
    rule: Rule,
    outcome: RuleOutcome,
    text: str,
    where: Whereabouts,
    settings: Settings,
    decisions: Mapping[str, Decided],
) -> Judged:
    """Judge one rule's outcome.

    Args:
        rule: whose it is.
        outcome: its edits in order of place, not overlapping.
        text: of the draft that the rule was given.
        where: from that draft back to the source.
        settings: of the book.
        decisions: on the rule's places, by their names.
    """
    edits: Sequence[Edit] = () if rule.always else outcome.edits
    in_doubt = any(edit.confidence < settings.thresholds.sure for edit in edits) or any(
        edit.confidence < settings.least(rule.name) for edit in edits
    )
    if not (in_doubt or outcome.questions or decisions):
        return Judged(outcome.edits, outcome.add)
    changes = sorted(_changes(edits, outcome.questions), key=lambda one: _place(one.proposed))
    located = where.locate(rule.name, [one.proposed for one in changes])
    rulings = [
        _ruling(rule, change, place, settings, decisions.get(place.name))
        for change, place in zip(changes, located, strict=True)
    ]
    accepted = [one.change.question for one in rulings if one.change.question and one.done]
    written = _apart(one for one in accepted if one.after != text[one.start : one.end])
    refused = [edit for one in rulings if not one.done for edit in one.change.edits]
    kept = _without(outcome.edits, (*refused, *_replaced(outcome.edits, written)))
    made = {id(one) for one in (*kept, *accepted)} - _left_out(accepted, written, text)
    listed = (one for one in rulings if one.verdict is not Verdict.SURE or one.decision)
    return Judged(
        edits=tuple(sorted((*kept, *(_edit(rule, one) for one in written)), key=_place)),
        add=(
            *_marks_without(outcome.add, [one for one in outcome.edits if id(one) not in made]),
            *(mark for one in accepted if id(one) in made for mark in one.add),
        ),
        places=tuple(_suggestion(rule, one, text, where, made) for one in listed),
    )


def _ruling(
    rule: Rule, change: _Change, place: Located, settings: Settings, decision: Decided | None
) -> _Ruling:
    verdict = Verdict.ASK
    if change.question is None:
        verdict = settings.verdict(rule.name, change.proposed.confidence)
    done = verdict is not Verdict.ASK if decision is None else decision is Decided.ACCEPT
    return _Ruling(change, place, verdict, decision, done)


def _suggestion(
    rule: Rule, ruling: _Ruling, text: str, where: Whereabouts, made: AbstractSet[int]
) -> Suggestion:
    parts = ruling.change.edits or (ruling.change.question,)
    return suggested(
        rule.name,
        ruling.place,
        ruling.verdict,
        ruling.decision.value if ruling.decision else "",
        ruling.change.proposed,
        text,
        where.line(ruling.place.start),
        done=all(id(one) in made for one in parts),
    )


def _edit(rule: Rule, question: Question) -> Edit:
    """The edit that an accepted question becomes."""
    why = f"accepted by the editor: {question.why}"
    return Edit(rule.name, question.start, question.end, question.after, why)


def _apart(questions: Iterable[Question]) -> list[Question]:
    """Accepted questions, in order of place, without those that clash with one before."""
    found: list[Question] = []
    for one in questions:
        if not (found and _clash(found[-1], one)):
            found.append(one)
    return found


def _left_out(accepted: Iterable[Question], written: Iterable[Question], text: str) -> set[int]:
    """The accepted questions that would write something, but had to give way."""
    ids = {id(one) for one in written}
    writing = (one for one in accepted if one.after != text[one.start : one.end])
    return {id(one) for one in writing if id(one) not in ids}


def _place(one: Edit | Proposed | Question) -> tuple[int, int]:
    return one.start, one.end


def _changes(edits: Iterable[Edit], questions: Iterable[Question]) -> Iterator[_Change]:
    """The rule's edits and questions as one kind of thing; a move is one."""
    halves: dict[str, Edit] = {}
    for edit in edits:
        if not edit.partner:
            change = Proposed(edit.start, edit.end, edit.after, edit.why, edit.confidence)
            yield _Change((edit,), None, change)
        elif edit.partner not in halves:
            halves[edit.partner] = edit
        else:
            pair = (halves.pop(edit.partner), edit)
            cut, paste = sorted(pair, key=lambda one: bool(one.after))
            sure = min(cut.confidence, paste.confidence)
            change = Proposed(cut.start, cut.end, paste.after, cut.why, sure, paste.start)
            yield _Change(pair, None, change)
    for one in questions:
        change = Proposed(one.start, one.end, one.after, one.why, one.confidence)
        yield _Change((), one, change)


def _clash(one: Edit | Question, other: Edit | Question) -> bool:
    """Whether two changes can't both be made: they overlap, or stand at one place between two."""
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end


def _replaced(edits: Sequence[Edit], accepted: Sequence[Question]) -> list[Edit]:
    """The edits that stand where an accepted question puts something else."""
    starts = [one.start for one in accepted]
    found = []
    for edit in edits:
        index = bisect_right(starts, max(edit.start, edit.end - 1))
        # At one place, an insertion may stand before what is replaced.
        if any(_clash(one, edit) for one in accepted[max(0, index - 2) : index]):
            found.append(edit)
    return found


def _without(edits: Sequence[Edit], dropped: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits without some of them, and without the partners of those."""
    gone = list(dropped)
    if not gone:
        return tuple(edits)
    ids, partners = {id(edit) for edit in gone}, {edit.partner for edit in gone if edit.partner}
    return tuple(one for one in edits if id(one) not in ids and one.partner not in partners)


def _marks_without(marks: tuple[Mark, ...], dropped: Sequence[Edit]) -> tuple[Mark, ...]:
    """The marks that don't begin, end or lie at a dropped edit's place."""
    if not dropped:
        return marks
    starts, ends = [one.start for one in dropped], [one.end for one in dropped]

    def touched(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return index >= 0 and place <= ends[index]

    return tuple(mark for mark in marks if not (touched(mark.start) or touched(mark.end)))
