"""rules, explain, decide: the way of an editor through a cleaned text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quire.cleaning import rules
from quire.cli import main

MESSY = Path(__file__).parents[1] / "cleaning" / "messy" / "journal.txt"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    assert main(["clean", str(MESSY), "--book", str(tmp_path), "--quiet"]) == 0
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main([*words, "--json", "--book", str(book)]) == code
    return json.loads(capsys.readouterr().out)


def likely_place(book: Path) -> dict[str, Any]:
    """A doubtful place of the last run that was done."""
    lines = (book / "book" / "places.jsonl").read_text("ascii").splitlines()
    return next(one for one in map(json.loads, lines[1:]) if one["done"])


def test_rules_are_listed_in_their_order_with_the_books_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "metadata.yaml").write_text("cleaning: {rules: {dashes: off}}", "utf-8")
    listed = answer(capsys, tmp_path, "rules")["result"]["rules"]
    assert [one["name"] for one in listed] == list(rules())
    states = {one["name"]: one["state"] for one in listed}
    assert (states["dashes"], states["line-ends"], states["tabs"]) == ("off", "always", "on")
    assert main(["rules", "--book", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "[off]" in said
    assert "600  joins over pages" in said


def test_rules_write_their_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = tmp_path / "docs"
    assert answer(capsys, tmp_path, "rules", "--write", str(docs))["result"]["files"]
    assert (docs / "page-joints.md").is_file()
    assert answer(capsys, tmp_path, "rules", "--write", str(docs))["result"]["files"] == []


@pytest.mark.parametrize("name", rules())
def test_every_rule_can_be_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    said = capsys.readouterr().out
    assert rules()[name].summary in said
    assert rules()[name].why in said


def test_an_unknown_rule_is_answered_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (problem,) = answer(capsys, tmp_path, "explain", "page-joint", code=2)["problems"]
    assert "`page-joints`" in problem["remedy"]


def test_a_doubtful_place_is_explained(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = likely_place(book)
    told = answer(capsys, book, "explain", place["place"])["result"]
    assert (told["rule"], told["why"], told["done"]) == (place["rule"], place["why"], True)
    assert main(["explain", place["place"], "--book", str(book)]) == 0
    assert f"quire decide --accept {place['place']}" in capsys.readouterr().out


def test_a_line_names_the_rules_that_changed_it(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = next(iter(sorted((book / "book").glob("*/01-*.md"))))
    lines = chapter.read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines, start=1) if line.startswith("#"))
    told = answer(capsys, book, "explain", f"{chapter}:{number}")["result"]
    assert told["text"] == lines[number - 1]
    assert "heading-form" in {one["rule"] for one in told["edits"]}
    short = f"{chapter.relative_to(book / 'book')}:{number}"
    assert answer(capsys, book, "explain", short)["result"]["edits"] == told["edits"]


def test_a_line_of_a_chapter_edited_since_cannot_be_told(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = next(iter(sorted((book / "book").glob("*/01-*.md"))))
    chapter.write_text("mine", "utf-8")
    (problem,) = answer(capsys, book, "explain", f"{chapter}:1", code=1)["problems"]
    assert problem["code"] == "made-by-hand"


@pytest.mark.parametrize(
    ("what", "code"),
    [("000000000000", "place-unknown"), ("no.md:1", "chapter-unknown"), ("zz", "rule-unknown")],
)
def test_what_cannot_be_explained_is_said(
    book: Path, capsys: pytest.CaptureFixture[str], what: str, code: str
) -> None:
    (problem,) = answer(capsys, book, "explain", what, code=2)["problems"]
    assert problem["code"] == code


def test_before_anything_was_cleaned_there_is_nothing_to_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("decide", "--accept", "0" * 12)
    (problem,) = answer(capsys, tmp_path, *words, code=1)["problems"]
    assert problem["code"] == "places-missing"
    assert "quire clean" in problem["remedy"]


def test_a_place_that_is_not_there_is_answered_with_the_nearest(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = likely_place(book)["place"]
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
    (problem,) = answer(capsys, book, "decide", "--accept", wrong, code=2)["problems"]
    assert name in problem["remedy"]
    assert not (book / "book" / "decisions.yaml").exists()


def test_the_next_run_obeys_what_was_decided_and_keeps_it(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = likely_place(book)
    before = answer(capsys, book, "clean", str(MESSY))["result"]["verdicts"]
    answer(capsys, book, "decide", "--reject", place["place"])
    written = (book / "book" / "decisions.yaml").read_bytes()
    after = answer(capsys, book, "clean", str(MESSY))["result"]["verdicts"]
    assert (after["decided"], before["decided"]) == (1, 0)
    assert after["likely"] < before["likely"]
    assert (book / "book" / "decisions.yaml").read_bytes() == written
    assert "rejected" in str(_said(capsys, "explain", place["place"], "--book", str(book)))
    # A word can be taken back, and force doesn't touch what was decided.
    answer(capsys, book, "decide", "--accept", place["place"])
    again = answer(capsys, book, "clean", str(MESSY), "--force")["result"]["verdicts"]
    assert again["decided"] == 1
    assert (book / "book" / "decisions.yaml").is_file()


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    main([*words])
    return capsys.readouterr().out


def test_a_decision_that_has_no_place_any_more_is_told_and_kept(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = likely_place(book)
    answer(capsys, book, "decide", "--reject", place["place"])
    other = book / "other.txt"
    other.write_text("The ferry left.\n", "utf-8")
    problems = answer(capsys, book, "clean", str(other), "--force")["problems"]
    (told,) = [one for one in problems if one["code"] == "decision-without-place"]
    assert place["place"] in told["message"]
    assert told["severity"] == "note"
    assert place["place"] in (book / "book" / "decisions.yaml").read_text("utf-8")


def test_a_rule_that_the_book_has_switched_off_does_not_run(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = likely_place(book)["rule"]
    (book / "metadata.yaml").write_text(f"cleaning: {{rules: {{{name}: off}}}}", "utf-8")
    answer(capsys, book, "clean", str(MESSY))
    ledger = (book / "book" / "ledger.jsonl").read_text("ascii")
    assert f'"rule": "{name}"' not in ledger


def test_settings_and_decisions_that_cannot_be_stop_the_run(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book" / "decisions.yaml").write_text("decisions: 3", "utf-8")
    (problem,) = answer(capsys, book, "clean", str(MESSY), code=1)["problems"]
    assert problem["code"] == "decisions-form"
    (book / "metadata.yaml").write_text("cleaning: {rules: {dashe: off}}", "utf-8")
    (problem,) = answer(capsys, book, "clean", str(MESSY), code=1)["problems"]
    assert "`dashes`" in problem["remedy"]
