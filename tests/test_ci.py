"""What runs on each change: workflows keep their schemas, and their steps do what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from quire.cli import main

ROOT = Path(__file__).parent.parent
QUIRE = Path(sys.executable).parent / "quire"
SCHEMAS = {
    "vendor.github-workflows": sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    "vendor.github-actions": [ROOT / "action.yml"],
    "vendor.gitlab-ci": [ROOT / ".gitlab" / "book.yml"],
}

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None, reason="git or bash is missing"
)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_workflows_are_what_their_services_read(schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    files = list(map(str, SCHEMAS[schema]))
    assert files
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [*SCHEMAS["vendor.github-workflows"], ROOT / "action.yml"])
def test_no_step_puts_words_of_others_into_its_script(path: Path) -> None:
    # ${{ … }} in a script is run as code; what comes from outside goes through the environment.
    text = yaml.safe_load(path.read_text("utf-8"))
    jobs = text.get("jobs", {"action": text.get("runs", {})})
    for job in jobs.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *name, *words]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A repository with a book in a folder, a tag, and a change since."""
    book = tmp_path / "work" / "tides"
    (book / "book").mkdir(parents=True)
    (book / "metadata.yaml").write_text(
        "title: Tides | and [lights]\nlang: en\ndate: 2026-01-01\neditions: [epub, print-pdf]\n",
        "utf-8",
    )
    (book / "book" / "01.md").write_text("# One\n\nThe boat left at seven.\n", "utf-8")
    (book / "book" / "02.md").write_text("# Two\n\nNobody asked.\n", "utf-8")
    git(book.parent, "init", "-q")
    git(book.parent, "add", "-A")
    git(book.parent, "commit", "-qm", "One")
    git(book.parent, "tag", "v1")
    (book / "book" / "01.md").write_text("# One\n\nThe boat left at eleven.\n", "utf-8")
    git(book.parent, "commit", "-qam", "Later")
    return book.parent


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A step's script, as the services run it."""
    given = {**os.environ, "QUIRE": str(QUIRE), **environment}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def steps_of_the_action() -> dict[str, dict[str, Any]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return {step["name"]: step for step in action["runs"]["steps"] if "name" in step}


def run_step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """A step of the action with inputs, its environment filled in as GitHub would."""
    step = steps_of_the_action()[name]
    environment = {
        key: value.replace("${{ inputs.", "").replace(" }}", "")
        for key, value in step.get("env", {}).items()
    }
    filled = {key: inputs.get(value, value) for key, value in environment.items()}
    summary = str(folder / "summary.md")
    return run(
        step["run"], folder, **filled, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(folder),
        GITHUB_STEP_SUMMARY=summary,
    )  # fmt: skip


@pytest.mark.slow
def test_the_action_builds_sums_up_and_says_what_changed(workspace: Path) -> None:
    inputs = {"book": "tides", "since": "release", "strict": "false"}
    for name in ("Build", "Sum up", "Say what changed", "Check"):
        done = run_step(name, workspace, **inputs)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    summary = (workspace / "summary.md").read_text("utf-8")
    assert "## Tides \\| and \\[lights]" in summary
    assert "| print-pdf |" in summary
    assert "### What changed since v1" in summary
    assert "| One | 6 | +1 | −1 | 0 |" in summary
    assert "<del>seven</del><ins>eleven</ins>" in (workspace / "tides/dist/diff.html").read_text(
        "utf-8"
    )


def test_what_is_wrong_is_told_on_its_line_below_the_workspace(workspace: Path) -> None:
    (workspace / "tides" / "book" / "02.md").write_text("# Two\n\nA note.[^x]\n", "utf-8")
    done = run_step("Build", workspace, book="tides")
    assert done.returncode == 1
    assert "::error file=tides/book/02.md,line=3," in done.stderr


@pytest.mark.slow
def test_the_gitlab_job_runs(workspace: Path) -> None:
    job = yaml.safe_load((ROOT / ".gitlab" / "book.yml").read_text("utf-8"))["book"]
    ours = [line for line in job["script"] if "/bin/quire " in line]
    assert len(ours) == 4
    for line in ours:
        script = line.replace(".cache/quire/.venv/bin/quire", '"$QUIRE"')
        done = run(script, workspace, BOOK="tides")
        assert done.returncode == 0, f"{line}: {done.stderr}"


def test_the_notes_of_a_release_say_what_changed_since_the_one_before(workspace: Path) -> None:
    book = workspace / "tides"
    git(workspace, "tag", "v2")
    assert main(["build", "--book", str(book), "--edition", "epub"]) == 0
    make = ["make", "--file", str(ROOT / "Makefile"), "notes", f"BIN={QUIRE.parent}"]
    done = subprocess.run(make, cwd=book, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "### What changed since v1" in (book / "dist" / "notes.md").read_text("utf-8")


def test_what_is_staged_is_checked_and_not_what_lies_there(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = workspace / "tides"
    chapter = book / "book" / "02.md"
    chapter.write_text("# Two\n\nA note.[^x]\n", "utf-8")
    assert main(["check", "--staged", "--book", str(book)]) == 0
    git(workspace, "add", "-A")
    chapter.write_text("# Two\n\nMended.\n", "utf-8")
    capsys.readouterr()
    assert main(["check", "--staged", "--book", str(book)]) == 1
    assert "book/02.md:3" in capsys.readouterr().err


def test_outside_a_repository_nothing_is_staged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "metadata.yaml").write_text("title: T\n", "utf-8")
    assert main(["check", "--staged", "--book", str(tmp_path)]) == 2
    assert "Nothing is staged" in capsys.readouterr().err


def test_the_pre_commit_hook_is_a_command_that_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *words = hook["entry"].split()
    assert program == "quire"
    done = subprocess.run([str(QUIRE), *words, "--help"], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_commands_are_completed_in_a_shell(
    shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["completion", shell]) == 0
    script = tmp_path / "completion"
    script.write_text(capsys.readouterr().out, "utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} isn't installed")
    ask = 'source "$1"; COMP_WORDS=(quire bui); COMP_CWORD=1; _shtab_quire; echo "${COMPREPLY[@]}"'
    if shell == "zsh":
        ask = 'autoload -U compinit; compinit -u; source "$1"'
    done = subprocess.run(
        [shell, "-c", ask, shell, str(script)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    if shell == "bash":
        assert "build" in done.stdout


def test_editors_can_complete_the_metadata_of_this_book_and_of_new_ones(tmp_path: Path) -> None:
    import json

    from jsonschema import Draft202012Validator

    folder = tmp_path / "new"
    assert main(["new", str(folder)]) == 0
    for home in (ROOT, folder):
        text = (home / "metadata.yaml").read_text("utf-8")
        first = text.split("\n", 1)[0]
        assert first.startswith("# yaml-language-server: $schema=")
        schema = json.loads((home / first.partition("=")[2]).read_text("utf-8"))
        data = json.loads(json.dumps(yaml.safe_load(text), default=str))
        assert list(Draft202012Validator(schema).iter_errors(data)) == []
