"""decisions.yaml: read with a word on every fault, written whole, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.cleaning.decisions import (
    Decided,
    Decision,
    Decisions,
    decisions_text,
    read_decisions,
    write_decisions,
)
from quire.problems import BookError, Severity

ENTRY = "- {place: 3fa0c41d9b22, rule: page-joints, verdict: accept}\n"


def read(folder: Path, text: str) -> Decisions:
    path = folder / "decisions.yaml"
    path.write_text(text, "utf-8")
    return read_decisions(path)


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.yaml").entries == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "source: a\n", "decisions:\n"])
def test_a_file_without_entries_decides_nothing(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).entries == ()


def test_an_entry_needs_no_more_than_its_place_its_rule_and_a_verdict(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, f"decisions:\n{ENTRY}").entries
    assert entry == Decision("3fa0c41d9b22", "page-joints", Decided.ACCEPT)
    assert entry.line == 2


FAULTS = {
    "decisions: [": (1, "isn't YAML"),
    "- a": (1, "a list `decisions`"),
    "decisions: 3": (1, "a list `decisions`"),
    "verdicts: []": (1, "a list `decisions`"),
    "decisions:\n- accept": (2, "keys with values"),
    f"decisions:\n{ENTRY}{ENTRY}": (3, "is decided on line 2 too"),
    f"decisions:\n{ENTRY.replace('accept', 'maybe')}": (2, "no verdict 'maybe'"),
    f"decisions:\n{ENTRY.replace('3fa0c', 'here')}": (2, "no name of a place"),
    f"decisions:\n{ENTRY.replace('3fa0c41d9b22', '123456789012')}": (2, "`place` in words"),
    f"decisions:\n{ENTRY.replace('rule', 'role')}": (2, "no key `role`"),
    f"decisions:\n{ENTRY.replace('}', ', text: 3}')}": (2, "`text` must be words"),
    "decisions:\n- {place: 3fa0c41d9b22, rule: page-joints}": (2, "a `verdict`"),
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_with_its_line_and_what_to_do(tmp_path: Path, text: str) -> None:
    line, words = FAULTS[text]
    with pytest.raises(BookError) as refusal:
        read(tmp_path, text)
    (problem,) = refusal.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / "decisions.yaml"), line)
    assert words in problem.message
    assert problem.remedy


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    wrong = ENTRY.replace("accept", "maybe")
    with pytest.raises(BookError) as refusal:
        read(tmp_path, f"decisions:\n{wrong}{ENTRY}{wrong}")
    assert [one.line for one in refusal.value.problems] == [2, 4]


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_bytes(b"source: \xff")
    with pytest.raises(BookError, match="isn't UTF-8"):
        read_decisions(path)


places = st.from_regex(r"[0-9a-f]{12}(-[2-9])?", fullmatch=True)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
entries = st.builds(
    Decision, places, st.sampled_from(("page-joints", "headings")), st.sampled_from(Decided),
    words, words, words,
)  # fmt: skip


@given(st.lists(entries, unique_by=lambda one: (one.rule, one.place), max_size=5), words)
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, decided: list[Decision], source: str
) -> None:
    path = tmp_path_factory.mktemp("d") / "decisions.yaml"
    written = Decisions(tuple(decided), source)
    back = read_decisions(write_decisions(written, path))
    assert (back.entries, back.source) == (written.entries, source)


def test_half_of_a_surrogate_pair_does_not_stop_the_writing() -> None:
    text = decisions_text(Decisions((Decision("0" * 12, "r", Decided.ACCEPT, "\ud83d"),)))
    assert text.encode("utf-8")


def test_a_later_word_on_a_place_takes_the_place_of_the_earlier() -> None:
    first = Decision("0" * 12, "r", Decided.ACCEPT)
    other = Decision("1" * 12, "r", Decided.ACCEPT)
    later = Decision("0" * 12, "r", Decided.REJECT)
    assert Decisions((first, other)).updated([later]).entries == (later, other)


def test_a_decision_without_a_place_is_told_with_its_text_and_is_no_error(tmp_path: Path) -> None:
    entry = ENTRY.replace("}", ", text: old, proposal: new}")
    (problem,) = read(tmp_path, f"decisions:\n{entry}").stale(frozenset())
    assert problem.severity is Severity.NOTE
    assert "accept “old” → “new”" in problem.message
    assert problem.line == 2


def test_a_decision_that_was_met_is_not_told(tmp_path: Path) -> None:
    decisions = read(tmp_path, f"decisions:\n{ENTRY}")
    assert decisions.stale(frozenset({("page-joints", "3fa0c41d9b22")})) == ()
