"""What is done, what is listed, what is asked; and an editor's word on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.cleaning import clean, engine, replay
from quire.cleaning.cleaned import Cleaned
from quire.cleaning.decisions import Decided, Decision, Decisions
from quire.cleaning.draft import Mark, MarkKind
from quire.cleaning.engine import Run, rules, run_rules
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Question, Rule, RuleOutcome
from quire.cleaning.suggestion import Suggestion
from quire.cleaning.verdicts import Settings, Thresholds, Verdict
from quire.metadata import RuleSetting
from quire.sources.model import Source

TEXT = "The ferry left at nine. The mill stood still."


@pytest.fixture
def one_rule(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the engine find one rule, ``r``, with this outcome."""

    def with_(outcome: RuleOutcome, needed: bool = False) -> None:
        rule = Rule("r", 1, "Does.", "Safe.", lambda _: outcome, (), needed=needed)
        monkeypatch.setattr(engine, "_found", lambda: (rule,))

    return with_


def changed(confidence: float, start: int = 4, end: int = 9, after: str = "boat") -> Edit:
    return Edit("r", start, end, after, "why", confidence)


def run_of(**asked: RuleSetting) -> Run:
    return run_rules(Source("s", TEXT), settings=Settings(rules=asked))


def decided(place: Suggestion, verdict: Decided) -> Decisions:
    return Decisions((Decision(place.place, place.rule, verdict),))


@pytest.mark.parametrize(
    ("confidence", "verdict", "done"),
    [
        (1.0, None, True),
        (0.9, None, True),
        (0.89, Verdict.LIKELY, True),
        (0.6, Verdict.LIKELY, True),
        (0.59, Verdict.ASK, False),
        (0.0, Verdict.ASK, False),
    ],
)
def test_a_change_is_done_or_done_and_listed_or_asked_by_its_confidence(
    one_rule: Callable[..., None], confidence: float, verdict: Verdict | None, done: bool
) -> None:
    one_rule(RuleOutcome((changed(confidence),)))
    run = run_of()
    assert ("boat" in run.draft.text) == done
    assert [(one.verdict, one.done) for one in run.suggestions] == (
        [(verdict, done)] if verdict else []
    )


def test_a_place_says_where_it_is_in_the_source_and_what_is_proposed(
    one_rule: Callable[..., None],
) -> None:
    one_rule(RuleOutcome((changed(0.5),)))
    (place,) = run_of().suggestions
    assert TEXT[place.offset : place.end] == place.text == "ferry"
    assert (place.before, place.proposal, place.line) == ("The ", "boat", 1)
    assert (place.why, place.confidence, place.decision) == ("why", 0.5, "")


SETTINGS = [
    (RuleSetting(threshold=0.3), 0.4, True),
    (RuleSetting(threshold=0.95), 0.94, False),
    (RuleSetting(ask=True), 1.0, False),
    (RuleSetting(off=True), 1.0, False),
    (RuleSetting(), 0.7, True),
]


@pytest.mark.parametrize(("setting", "confidence", "done"), SETTINGS)
def test_a_rules_own_setting_goes_before_the_books_thresholds(
    one_rule: Callable[..., None], setting: RuleSetting, confidence: float, done: bool
) -> None:
    one_rule(RuleOutcome((changed(confidence),)))
    run = run_of(r=setting)
    assert ("boat" in run.draft.text) == done
    # A rule that is off says nothing; every other doubt is listed.
    assert len(run.suggestions) == (0 if setting.off else 1)


def test_the_books_thresholds_are_for_all_rules(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome((changed(0.5),)))
    run = run_rules(Source("s", TEXT), settings=Settings(Thresholds(0.5, 0.5)))
    assert "boat" in run.draft.text
    assert run.suggestions == ()


def test_a_rule_that_others_rest_on_is_not_judged(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome((changed(0.1),)), needed=True)
    run = run_of(r=RuleSetting(off=True))
    assert "boat" in run.draft.text
    assert run.suggestions == ()


def moved(confidence: float) -> tuple[Edit, ...]:
    """“The ferry left at nine. ” is taken to the end."""
    cut = Edit("r", 0, 24, "", "why", confidence, partner="m")
    return cut, Edit("r", len(TEXT), len(TEXT), TEXT[:24], "why", 1.0, partner="m")


def test_a_move_is_one_place_and_is_asked_as_a_whole(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome(moved(0.5)))
    run = run_of()
    assert run.draft.text == TEXT
    (place,) = run.suggestions
    assert (place.text, place.proposal, place.moved_to) == (TEXT[:24], TEXT[:24], len(TEXT))
    accepted = run_rules(Source("s", TEXT), decisions=decided(place, Decided.ACCEPT))
    assert accepted.draft.text == TEXT[24:] + TEXT[:24]


def test_a_dropped_change_takes_the_marks_at_its_place_with_it(
    one_rule: Callable[..., None],
) -> None:
    def mark(start: int, end: int) -> Mark:
        return Mark(start, end, MarkKind.HEADING, "1")

    behind, before, far = mark(9, 20), mark(0, 4), mark(24, 30)
    one_rule(RuleOutcome((changed(0.5),), add=(before, behind, mark(5, 7), far)))
    assert run_of().draft.marks == (far,)
    one_rule(RuleOutcome((changed(1.0),), add=(before, behind, far)))
    assert len(run_of().draft.marks) == 3


ASKED = Question(4, 9, "boat", "odd", 0.4, (Mark(0, 4, MarkKind.HEADING, "1"),))


def test_an_accepted_question_is_a_sure_edit_with_its_marks(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome(questions=(ASKED,)))
    (place,) = run_of().suggestions
    run = run_rules(Source("s", TEXT), decisions=decided(place, Decided.ACCEPT))
    assert "boat" in run.draft.text
    assert [mark.kind for mark in run.draft.marks] == [MarkKind.HEADING]
    ((edit,),) = (one.edits for one in run.ledger.passes)
    assert edit.confidence == 1.0
    assert edit.why == "accepted by the editor: odd"
    assert run.suggestions == ()
    assert [(one.decision, one.done) for one in run.places] == [("accept", True)]


def test_a_rejected_question_is_not_asked_again(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome(questions=(ASKED,)))
    (place,) = run_of().suggestions
    run = run_rules(Source("s", TEXT), decisions=decided(place, Decided.REJECT))
    assert (run.draft.text, run.draft.marks, run.suggestions) == (TEXT, (), ())
    assert [(one.decision, one.done) for one in run.places] == [("reject", False)]


def test_a_rejected_change_is_left_out(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome((changed(0.7), changed(1.0, 28, 32, "house"))))
    (place,) = run_of().suggestions
    run = run_rules(Source("s", TEXT), decisions=decided(place, Decided.REJECT))
    assert run.draft.text == TEXT.replace("mill", "house")
    assert run.suggestions == ()


def test_a_sure_change_may_be_rejected_too(one_rule: Callable[..., None]) -> None:
    one_rule(RuleOutcome((changed(1.0),)))
    (place,) = run_of(r=RuleSetting(ask=True)).suggestions
    run = run_rules(Source("s", TEXT), decisions=decided(place, Decided.REJECT))
    assert run.draft.text == TEXT


def test_to_accept_a_question_without_a_proposal_is_to_leave_the_text(
    one_rule: Callable[..., None],
) -> None:
    one_rule(RuleOutcome((changed(0.9),), questions=(Question(4, 9, "ferry", "odd", 0.3),)))
    (place,) = run_of().suggestions
    run = run_rules(Source("s", TEXT), decisions=decided(place, Decided.ACCEPT))
    # The rule's own change in the same place isn't what was asked about.
    assert "boat" in run.draft.text
    assert run.suggestions == ()


def test_what_an_editor_accepts_goes_before_the_rules_own_change(
    one_rule: Callable[..., None],
) -> None:
    one_rule(RuleOutcome((changed(0.9),), questions=(Question(6, 12, "X", "odd", 0.3),)))
    (place,) = run_of().suggestions
    run = run_rules(Source("s", TEXT), decisions=decided(place, Decided.ACCEPT))
    assert run.draft.text == f"{TEXT[:6]}X{TEXT[12:]}"


def test_of_two_accepted_changes_in_one_place_the_first_is_made_and_the_other_told(
    one_rule: Callable[..., None],
) -> None:
    asked = (Question(4, 9, "boat", "odd", 0.3), Question(6, 12, "X", "odd", 0.3))
    one_rule(RuleOutcome(questions=asked))
    both = Decisions(
        tuple(Decision(one.place, "r", Decided.ACCEPT) for one in run_of().suggestions)
    )
    run = run_rules(Source("s", TEXT), decisions=both)
    assert run.draft.text == TEXT.replace("ferry", "boat")
    assert [one.done for one in run.places] == [True, False]


def test_a_places_name_stays_when_the_source_changes_elsewhere(
    one_rule: Callable[..., None],
) -> None:
    one_rule(RuleOutcome(questions=(Question(18, 22, "ten", "odd", 0.3),)))
    (here,) = run_of().suggestions
    longer = f"Early. {TEXT} Nobody came."
    one_rule(RuleOutcome(questions=(Question(25, 29, "ten", "odd", 0.3),)))
    (there,) = run_rules(Source("s", longer)).suggestions
    assert longer[25:29] == "nine"
    assert here.place == there.place
    assert here.offset != there.offset


def test_places_that_look_alike_are_numbered(one_rule: Callable[..., None]) -> None:
    text = "a" * 100
    one_rule(RuleOutcome(questions=tuple(Question(n, n + 1, "b", "", 0.1) for n in (40, 50, 60))))
    names = [one.place for one in run_rules(Source("s", text)).suggestions]
    assert [name.partition("-")[2] for name in names] == ["", "2", "3"]
    assert len({name[:12] for name in names}) == 1


def test_another_proposal_is_another_place(one_rule: Callable[..., None]) -> None:
    names = set()
    for after in ("boat", "barge"):
        one_rule(RuleOutcome((changed(0.5, after=after),)))
        names |= {one.place for one in run_of().suggestions}
    assert len(names) == 2


MESSY = sorted((Path(__file__).parent / "messy").glob("*.txt"))
ALL_ASKED = Settings(rules={name: RuleSetting(ask=True) for name in ("page-joints", "headings")})
USES = [(path, asked) for path in MESSY for asked in (Settings(), ALL_ASKED)]


@cache
def cleaned(use: int) -> Cleaned:
    path, asked = USES[use]
    return clean(Source(path.name, path.read_text("utf-8")), asked)


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_whatever_is_decided_the_account_closes_and_nothing_decided_is_asked_again(
    data: st.DataObject,
) -> None:
    use = data.draw(st.integers(0, len(USES) - 1))
    made = cleaned(use)
    verdicts = st.lists(
        st.sampled_from([None, Decided.ACCEPT, Decided.REJECT]),
        min_size=len(made.suggestions), max_size=len(made.suggestions),
    )  # fmt: skip
    decisions = Decisions(
        tuple(
            Decision(one.place, one.rule, verdict, one.text, one.proposal, one.why)
            for one, verdict in zip(made.suggestions, data.draw(verdicts), strict=True)
            if verdict
        )
    )
    again = clean(made.source, USES[use][1], decisions)
    assert replay(made.source.text, again.ledger) == again.text
    assert again.provenance.accounting().closes
    asked = {(one.rule, one.place) for one in again.suggestions}
    assert not asked & {(one.rule, one.place) for one in decisions.entries}
    # What has no place any more is told, each by itself.
    met = {(one.rule, one.place) for one in again.decided}
    gone = [one for one in decisions.entries if (one.rule, one.place) not in met]
    told = [one for one in again.problems if one.code == "decision-without-place"]
    assert len(told) == len(gone)
    assert list(again.unmet) == gone


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.stem)
@pytest.mark.parametrize("state", ["off", "ask"])
def test_every_rule_may_be_off_or_ask_but_those_that_others_rest_on(path: Path, state: str) -> None:
    source = Source(path.name, path.read_text("utf-8"))
    for name in rules():
        setting = RuleSetting(off=state == "off", ask=state == "ask")
        made = clean(source, Settings(rules={name: setting}))
        assert replay(source.text, made.ledger) == made.text, name
        by_rule = [one for one in made.ledger.passes if one.rule == name]
        assert not by_rule or rules()[name].always, name
