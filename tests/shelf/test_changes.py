"""What is new since the last release, told by real repositories."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from filled_shelf import fill
from sample import english_book

from quire.shelf.changes import Changes, changes_since_release

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git isn't installed")

MATTER = ("metadata.yaml", "book")


class Repository:
    """A book's folder under git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q")

    def git(self, *arguments: str) -> None:
        name = ("-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "tag.gpgsign=false")
        command = ["git", "-C", str(self.root), *name, *arguments]
        subprocess.run(command, check=True, capture_output=True)

    def commit(self, said: str, file: str = "book/1.md") -> None:
        path = self.root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, "utf-8")
        self.git("add", "-A")
        self.git("-c", "commit.gpgsign=false", "commit", "-qm", said)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.commit("第一稿")
    return made


def test_what_came_after_the_last_tag_is_new(repository: Repository) -> None:
    repository.git("tag", "v1")
    repository.commit("改写第二章")
    repository.commit("tidy the build", "Makefile")
    repository.commit("补一条注释")
    found = changes_since_release(repository.root, MATTER)
    assert found == Changes("v1", ("补一条注释", "改写第二章"))


def test_a_release_is_compared_with_the_one_before(repository: Repository) -> None:
    repository.git("tag", "v1")
    repository.commit("改写第二章")
    repository.git("tag", "v2")
    assert changes_since_release(repository.root, MATTER) == Changes("v1", ("改写第二章",))


def test_without_a_release_nothing_is_said(repository: Repository) -> None:
    assert changes_since_release(repository.root, MATTER) is None
    repository.git("tag", "v1")
    assert changes_since_release(repository.root, MATTER) is None


def test_a_folder_without_history_has_none(tmp_path: Path) -> None:
    assert changes_since_release(tmp_path, MATTER) is None


def test_the_shelf_lists_them_as_words(tmp_path: Path) -> None:
    changes = Changes("v1", ("Chapter <2> & its notes",))
    page = (fill(tmp_path, english_book(), changes=changes) / "index.html").read_text("utf-8")
    assert "Changes since v1" in page
    assert "Chapter &lt;2&gt; &amp; its notes" in page
