"""The pages in docs/rules are those that the rules make."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from quire.cleaning.engine import rules
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.rule_pages import BANDS, band_of, rule_pages, visible, write_rule_pages

DOCS = Path(__file__).parents[2] / "docs" / "rules"
REMEDY = "run `python build.py rules --write docs/rules`"


def rule(**given: object) -> Rule:
    common: dict[str, object] = {
        "name": "r", "order": 610, "summary": "Does.", "why": "Safe.",
        "apply": lambda _: RuleOutcome(), "examples": (),
    }  # fmt: skip
    return Rule(**(common | given))  # type: ignore[arg-type]  # a test's short form


def test_the_docs_are_what_the_rules_say_today() -> None:
    pages = rule_pages(rules())
    found = {path.name: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
    old = {name for name in pages.keys() | found.keys() if pages.get(name) != found.get(name)}
    assert not old, f"these pages are old: {sorted(old)}; {REMEDY}"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\tb", "a⇥b"),
        ("a \nb", "a␣\nb"),
        ("\u3000水", "□水"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("a\ufeffb\x00", "a⟨U+FEFF⟩b⟨U+0000⟩"),
        ("水\ud83d", "水⟨U+D83D⟩"),
        ("plain “text”, 文。", "plain “text”, 文。"),
    ],
)
def test_characters_that_cannot_be_seen_are_made_visible(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_an_example_that_holds_a_fence_gets_a_longer_one() -> None:
    page = rule_pages({"r": rule(examples=(Example("```", "```"),))})["r.md"]
    assert "Left alone:\n\n````text\n```\n````\n" in page


def test_a_rule_that_can_be_set_shows_how_and_another_says_why_not() -> None:
    assert "r: off" in rule_pages({"r": rule()})["r.md"]
    assert "it always runs" in rule_pages({"r": rule(needed=True)})["r.md"]


def test_the_index_lists_every_rule_below_its_band() -> None:
    index = rule_pages({"r": rule()})["README.md"]
    assert f"## 600: {BANDS[600]}" in index
    assert "| [r](r.md) | Does. |" in index
    assert band_of(rule(order=615)) == 600


def test_the_bands_are_those_of_the_rules_folder() -> None:
    folder = importlib.import_module("quire.cleaning.rules")
    for order, words in BANDS.items():
        assert f"{order}    {words}\n" in str(folder.__doc__)


def test_pages_of_rules_that_are_gone_are_deleted_and_others_are_left(tmp_path: Path) -> None:
    write_rule_pages({"old": rule(name="old"), "r": rule()}, tmp_path)
    (tmp_path / "mine.md").write_text("my words", "utf-8")
    changed = write_rule_pages({"r": rule()}, tmp_path)
    assert {path.name for path in changed} == {"README.md", "old.md"}
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", "r.md", "mine.md"}
