"""What the documents say is so: commands, files and tables are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from quire.cli.command import commands

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-BOOK.md")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_in_a_document_is_a_target(name: str) -> None:
    said = re.findall(r"(?:^|`)make ([a-z]+)\b", text_of(name), re.MULTILINE)
    assert set(said) <= targets()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_to_a_file_leads_there(name: str) -> None:
    shown = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
    for address in re.findall(r"\]\(([^)#]+?)\)", shown.sub("", text_of(name))):
        if not address.startswith("http"):
            assert (ROOT / address).exists(), address


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_every_path_in_a_document_is_there(name: str) -> None:
    said = set(re.findall(r"`((?:quire|tests|\.github)/[\w./-]+)`", text_of(name)))
    assert said
    for path in said:
        assert (ROOT / path).exists(), path


def test_the_table_of_commands_is_the_command_lines() -> None:
    rows = re.findall(r"^\| (`.+?) \|", text_of("README.md"), re.MULTILINE)
    said = {re.findall(r"quire (\w+)", row)[-1] for row in rows}
    assert said == set(commands())


def test_the_options_in_the_table_of_commands_are_known_to_them() -> None:
    import argparse

    for row in re.findall(r"^\| (`.+) \|$", text_of("README.md"), re.MULTILINE):
        name = re.findall(r"quire (\w+)", row)[0]
        parser = argparse.ArgumentParser()
        commands()[name].add_arguments(parser)
        for option in re.findall(r"--[a-z]+", row):
            assert option in parser.format_help(), (name, option)


def test_the_two_commands_of_the_readme_are_targets_that_need_no_other() -> None:
    (block,) = re.findall(r"## Two commands.*?```sh\n(.*?)```", text_of("README.md"), re.DOTALL)
    said = re.findall(r"^make (\w+)", block, re.MULTILINE)
    assert said == ["book", "test"]
    assert set(said) <= targets()


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def steps(path: Path) -> list[dict[str, object]]:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_that_runs_on_pull_requests_may_only_read(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    # YAML 1.1 reads the key `on` as true.
    triggers = workflow[True]
    assert "push" in triggers
    assert workflow["permissions"] == {"contents": "read"}
    may_write = any("permissions" in job for job in workflow["jobs"].values())
    # What publishes is begun by a tag or by hand, never by somebody else's change.
    assert ("pull_request" in triggers) != may_write
    assert not may_write or set(triggers["push"]) == {"tags"}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_nothing_that_a_person_can_not(path: Path) -> None:
    runs = [str(step["run"]) for step in steps(path) if "run" in step]
    assert runs
    for run in runs:
        target = run.removeprefix("make ")
        assert target in targets() or (ROOT / run).is_file(), run


def test_the_books_workflow_builds_checks_strictly_and_keeps_dist() -> None:
    book = steps(ROOT / ".github" / "workflows" / "book.yml")
    assert [step["run"] for step in book if "run" in step] == ["make book", "make check"]
    assert "build.py check --strict" in text_of("Makefile")
    assert "--quiet" not in text_of("Makefile").partition("build.py")[2].partition("\n")[0]
    (kept,) = [step for step in book if str(step.get("uses", "")).startswith("actions/upload")]
    assert isinstance(kept["with"], dict)
    assert kept["with"]["path"] == "dist/"


def test_what_the_workflows_cache_by_is_there() -> None:
    for path in WORKFLOWS:
        for pattern in re.findall(r"hashFiles\('([^']+)'\)|dependency-path: (\S+)", text_of(
            path.relative_to(ROOT).as_posix()
        )):  # fmt: skip
            assert list(ROOT.glob(next(filter(None, pattern))))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock",
                                  "requirements-build.lock"])  # fmt: skip
def test_a_lock_file_pins_every_package_with_hashes_and_names_no_host(name: str) -> None:
    entries = re.sub(r"#.*|\\\n", "", text_of(name)).split("\n")
    entries = [entry for entry in entries if entry.strip()]
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry[:80]
    assert "://" not in text_of(name)


def test_npms_lock_file_names_no_host() -> None:
    assert '"resolved"' not in text_of("package-lock.json")


@pytest.mark.parametrize("extra", ["runtime", "dev"])
def test_every_dependency_of_the_project_is_locked(extra: str) -> None:
    import tomllib

    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = project["dependencies"]
    lock = "requirements.lock"
    if extra == "dev":
        wanted = wanted + project["optional-dependencies"]["dev"]
        lock = "requirements-dev.lock"
    locked = set(re.findall(r"^([\w.-]+)==", text_of(lock), re.MULTILINE))
    named = {re.split(r"[<>=!~;\[ ]", entry)[0].lower() for entry in wanted}
    assert named <= locked


def test_both_lock_files_agree() -> None:
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", text_of(name), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0].items() <= pins[1].items()


def test_the_table_of_covers_has_every_design_and_palette() -> None:
    from quire.covers.designs import standard_designs

    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", text_of("docs/covers.md"), re.MULTILINE)
    assert rows == [
        (name, design.idea, ", ".join(f"`{palette.name}`" for palette in design.palettes))
        for name, design in standard_designs().items()
    ]
