"""What the command says, where it says it, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quire.cli import main
from quire.cli.console import annotation
from quire.problems import Problem, Severity


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    for command in ("build", "check", "clean", "cover", "decide", "explain", "new", "rules"):
        assert f"\n    {command} " in said


@pytest.mark.parametrize("words", [["frob"], ["build", "--frob"], ["clean"], ["--frob"]])
def test_wrong_usage_ends_with_2_and_says_what_can_be_asked(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert "--help" in said.err


def test_a_folder_without_a_book_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--book", str(tmp_path)]) == 2
    assert f"There is no metadata.yaml in {tmp_path}." in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--json", "build"], ["build", "--json"], ["--json"]])
def test_json_is_one_object_on_stdout_and_nothing_else(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--book", str(tmp_path)]) == 2
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert (answer["command"], answer["exit"]) == ("build", 2)
    assert answer["problems"][0]["code"] == "no-book"
    assert said.err == ""


def test_on_github_findings_are_annotations_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["build", "--book", str(tmp_path)])
    assert "\n::error title=no-book::There is no metadata.yaml" in capsys.readouterr().err


def test_an_annotation_escapes_what_its_syntax_claims() -> None:
    problem = Problem(
        "half", "50% of it:\nlost.", "Look.", "book/a,b.md", 7, severity=Severity.WARNING
    )
    assert annotation(problem) == (
        "::warning file=book/a%2Cb.md,line=7,title=half::50%25 of it:%0Alost. Look."
    )


def test_without_a_terminal_no_progress_and_no_colour(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["build", "--book", str(tmp_path)])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\r" not in said.out + said.err


def test_what_quire_did_not_foresee_ends_with_4_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("quire.production._opened", lambda root: 1 / 0)
    assert main(["build", "--book", str(tmp_path)]) == 4
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ZeroDivisionError" in said
    assert "QUIRE_TRACEBACK=1" in said
