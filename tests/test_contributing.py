"""The diffs that CONTRIBUTING.md shows apply as they stand, and what they add is found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DIFFS = re.findall(
    r"^## (?:A|An) ([^\n]+)\n.*?^```diff\n(.*?)^```",
    (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)

FOUND_BY = {
    "cleaning rule": """
from quire.cleaning.engine import rules, run_rules
from quire.sources.model import Source
(example,) = rules()["blank-runs"].examples
made = run_rules(Source("x.txt", example.before), until="blank-runs").draft.text
assert made == example.after
""",
    "source format": """
from pathlib import Path
from quire.sources import read_source
Path("a.rst").write_text("Ferry\\n=====\\n\\nIt *left*.\\n\\n.. include:: /etc/hostname\\n")
text = read_source(Path("a.rst")).text
assert text.startswith("# Ferry"), text
assert "It *left*." in text
assert Path("/etc/hostname").read_text().strip() not in text
""",
    "edition": """
import sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, sys.argv[1] + "/tests/editions")
from sample import english_book
from quire.editions import editions
from quire.editions.model import BuildContext
from quire.toolchain.fonts import FontLibrary
context = BuildContext(FontLibrary(), datetime(2026, 1, 1, tzinfo=UTC), None, Path())
made = editions()["plain-text"].build(english_book(), Path(), context)
assert "Shavings" in made.path.read_text("utf-8")
""",
    "cover design": """
import sys
from pathlib import Path
from quire.covers import make_cover
from quire.metadata.model import Metadata
from quire.toolchain.fonts import find_fonts
metadata = Metadata(title="The Ferry", lang="en", author=["A. B."], cover={"design": "horizon"})
assert make_cover(metadata, find_fonts(Path(sys.argv[1])), Path("covers")).design == "horizon"
""",
    "language": """
from quire.language import words_of
assert words_of("it-CH").say("contents") == "Indice"
""",
    "trim size": """
from quire.editions.typesetting.trims import page_of_trim, trim_named
page = page_of_trim(trim_named("6.14 x 9.21 in", "en"), 300, counted=False)
assert page.top + page.pitch * page.lines < page.height - 36
""",
    "store": """
from quire.editions.epub.store import store_named
assert [limit.measure for limit in store_named("shop").limits] == ["covers", "file-bytes"]
""",
    "role of matter": """
from quire.manuscript.roles import ROLES
assert ROLES["credits"].aria == "doc-credits"
""",
}
"""What is added → a script that finds it; its first argument is the repository."""


def test_every_kind_of_addition_is_shown_and_tried() -> None:
    assert {kind for kind, _ in DIFFS} == set(FOUND_BY)


@pytest.mark.parametrize(("kind", "diff"), DIFFS, ids=[kind for kind, _ in DIFFS])
def test_the_diff_applies_and_what_it_adds_is_found(kind: str, diff: str, tmp_path: Path) -> None:
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "quire", tmp_path / "quire", ignore=leave)
    # Git looks for a repository above the folder; without one, paths are relative to the folder.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    apply = ["git", "apply", "--whitespace=error", "-"]
    done = subprocess.run(
        apply,
        cwd=tmp_path,
        input=diff,
        text=True,
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    environment["PYTHONPATH"] = str(tmp_path)
    tried = subprocess.run(
        [sys.executable, "-c", FOUND_BY[kind], str(ROOT)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert tried.returncode == 0, tried.stderr


NEW_FILES = {kind: diff for kind, diff in DIFFS if diff.startswith("--- /dev/null")}


@pytest.mark.parametrize("kind", NEW_FILES)
def test_the_code_shown_is_as_the_lint_wants_it(kind: str, tmp_path: Path) -> None:
    diff = NEW_FILES[kind]
    path = re.findall(r"^\+\+\+ b/(.+)$", diff, re.MULTILINE)[0]
    code = "".join(f"{line[1:]}\n" for line in diff.splitlines()[3:])
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--diff"]):
        name = ["--stdin-filename", str(ROOT / path), "-"]
        done = subprocess.run(
            [*ruff, *command, *name], input=code, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "shown.py").write_text(code, "utf-8")
    mypy = [sys.executable, "-m", "mypy", "--follow-imports=silent", "--cache-dir", str(tmp_path)]
    typed = subprocess.run(
        [*mypy, str(tmp_path / "shown.py")], cwd=ROOT, text=True, capture_output=True, check=False
    )
    assert typed.returncode == 0, typed.stdout
