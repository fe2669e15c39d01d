"""Every rule's examples hold: they are its specification and its page in the docs."""

from __future__ import annotations

import pytest

from quire.cleaning.draft import Draft
from quire.cleaning.engine import rules, run_rules
from quire.cleaning.rule import Example
from quire.sources.model import Source

EXAMPLES = [
    pytest.param(rule.name, example, id=f"{rule.name}-{number}")
    for rule in rules().values()
    for number, example in enumerate(rule.examples, start=1)
]

AT_WORK = [one for one in EXAMPLES if one.values[1].before != one.values[1].after]
"""The examples that aren't of what is left alone."""


def source_of(example: Example) -> Source:
    return Source("example.txt", example.before, hints=example.hints)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_rules_up_to_this_one_make_of_the_example_what_it_says(
    name: str, example: Example
) -> None:
    assert run_rules(source_of(example), until=name).draft.text == example.after


@pytest.mark.parametrize(("name", "example"), AT_WORK)
def test_the_rule_itself_works_on_its_example(name: str, example: Example) -> None:
    names = list(rules())
    place = names.index(name)
    draft = Draft.of(source_of(example))
    if place:
        draft = run_rules(source_of(example), until=names[place - 1]).draft
    outcome = rules()[name].apply(draft)
    assert outcome.edits or outcome.add or outcome.drop or outcome.questions or outcome.facts


@pytest.mark.parametrize("name", rules())
def test_every_rule_says_what_it_does_and_why_that_is_safe(name: str) -> None:
    rule = rules()[name]
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.examples
