"""The run of the rules: order, what a rule may do, and questions found again in the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quire.cleaning import engine
from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.engine import FORM_BAND, check_edits, rules, run_rules
from quire.cleaning.ledger import Edit, LedgerError, replay
from quire.cleaning.rule import Question, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind, Source


def rule(
    name: str, order: int, apply: Callable[[Draft], RuleOutcome], touches: bool = False
) -> Rule:
    return Rule(name, order, "Does.", "Safe.", apply, (), touches)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the engine find these rules and no others."""

    def these(*found: Rule) -> None:
        ordered = tuple(sorted(found, key=lambda one: (one.order, one.name)))
        monkeypatch.setattr(engine, "_found", lambda: ordered)

    return these


def shout(draft: Draft) -> RuleOutcome:
    places = [i for i, character in enumerate(draft.text) if character == "a"]
    return RuleOutcome(tuple(Edit("shout", at, at + 1, "A", "") for at in places))


def test_rules_run_by_order_and_then_by_name() -> None:
    orders = [(one.order, one.name) for one in rules().values()]
    assert orders == sorted(orders)
    assert len(orders) > 10


def test_each_rule_works_on_what_the_one_before_left(only: Callable[..., None]) -> None:
    def double(draft: Draft) -> RuleOutcome:
        return RuleOutcome((Edit("double", 0, 0, draft.text, ""),))

    only(rule("shout", 2, shout), rule("double", 1, double))
    run = run_rules(Source("s", "abc"))
    assert run.draft.text == "AbcAbc"
    assert [one.rule for one in run.ledger.passes] == ["double", "shout"]
    assert replay("abc", run.ledger) == run.draft.text
    assert run_rules(Source("s", "abc"), until="double").draft.text == "abcabc"
    assert run_rules(Source("s", "abc"), below=2).draft.text == "abcabc"


def test_markdown_of_the_source_is_out_of_reach_unless_a_rule_says_otherwise(
    only: Callable[..., None],
) -> None:
    source = Source("s", "a a", hints=(Hint(0, 1, HintKind.MARKDOWN),))
    only(rule("shout", 1, shout))
    assert run_rules(source).draft.text == "a A"
    only(rule("shout", 1, shout, touches=True))
    assert run_rules(source).draft.text == "A A"


def test_half_a_move_out_of_markdown_is_no_move(only: Callable[..., None]) -> None:
    def swap(draft: Draft) -> RuleOutcome:
        cut = Edit("swap", 0, 1, "", "", partner="m")
        return RuleOutcome((cut, Edit("swap", 3, 3, "a", "", partner="m")))

    only(rule("swap", 1, swap))
    source = Source("s", "a b", hints=(Hint(0, 1, HintKind.MARKDOWN),))
    assert run_rules(source).draft.text == "a b"


def test_a_question_is_located_in_the_source(only: Callable[..., None]) -> None:
    def cut(_: Draft) -> RuleOutcome:
        return RuleOutcome((Edit("cut", 0, 4, "", ""),))

    def ask(draft: Draft) -> RuleOutcome:
        at = draft.text.index("?")
        return RuleOutcome(questions=(Question(at, at + 1, "!", "odd", 0.5),))

    only(rule("cut", 1, cut), rule("ask", 2, ask))
    (asked,) = run_rules(Source("s", "one\ntwo\nth?ee")).suggestions
    assert (asked.offset, asked.line) == (10, 3)
    assert (asked.before, asked.text, asked.after) == ("two\nth", "?", "ee")
    assert (asked.proposal, asked.rule) == ("!", "ask")


def test_marks_and_facts_go_from_rule_to_rule(only: Callable[..., None]) -> None:
    mark = Mark(0, 1, MarkKind.NOTEREF, "n1")

    def find(_: Draft) -> RuleOutcome:
        return RuleOutcome((Edit("find", 0, 0, "x", ""),), add=(mark,), facts={"title": "t"})

    def use(draft: Draft) -> RuleOutcome:
        assert draft.marks == (Mark(1, 2, MarkKind.NOTEREF, "n1"),)
        assert draft.facts == {"title": "t"}
        return RuleOutcome(drop=frozenset(draft.marks))

    only(rule("find", 1, find), rule("use", 2, use))
    assert run_rules(Source("s", "a")).draft.marks == ()


BROKEN = {
    "overlapping": (Edit("r", 0, 2, "", ""), Edit("r", 1, 3, "", "")),
    "backwards": (Edit("r", 2, 3, "", ""), Edit("r", 0, 1, "", "")),
    "outside": (Edit("r", 0, 9, "", ""),),
    "a cut alone": (Edit("r", 0, 1, "", "", partner="m"),),
    "two pastes": (
        Edit("r", 0, 1, "", "", partner="m"),
        Edit("r", 1, 1, "a", "", partner="m"),
        Edit("r", 2, 2, "a", "", partner="m"),
    ),
    "pastes other text": (
        Edit("r", 0, 1, "", "", partner="m"),
        Edit("r", 2, 2, "x", "", partner="m"),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_edits_that_cannot_be_are_refused(case: str) -> None:
    with pytest.raises(LedgerError, match=r"^r: "):
        check_edits("r", BROKEN[case], "abcd")


def test_no_rule_of_the_form_stands_below_its_band() -> None:
    form = {name for name in rules() if name.endswith("-form")}
    assert all(rules()[name].order >= FORM_BAND for name in form)
