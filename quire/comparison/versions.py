"""The book's folder as it was at a revision, out of its git history."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from quire.problems import UsageError
from quire.toolchain.history import git, git_program

__all__ = ["last_release", "staged", "version_at"]


def last_release(root: Path) -> str:
    """The tag before the version that is checked out; without tags, that version itself."""
    return git(root, "describe", "--tags", "--abbrev=0") or "HEAD"


def version_at(root: Path, revision: str, folder: Path) -> Path:
    """Put the book's folder as it was at a revision into another folder.

    Args:
        root: the book's folder, in a repository.
        revision: whatever git takes for one: a tag, a branch, ``HEAD~3``, a number.
        folder: is made; what was committed comes into it, and nothing else.

    Raises:
        UsageError: there is no history, no such revision, or no book in it.
    """
    program = git_program()
    # What begins with a hyphen would be an option.
    known = None if revision.startswith("-") else git(
        root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
    )  # fmt: skip
    if program is None or known is None:
        raise UsageError(
            f"There is no version {revision} of this book.",
            "Name a tag or a commit of the git repository that the book lies in.",
            code="no-such-version",
        )
    _unpack(program, root, known, folder)
    if not (folder / "metadata.yaml").is_file():
        raise UsageError(
            f"The version {revision} has no metadata.yaml: there was no book here then.",
            "Name a later one.",
            code="no-such-version",
        )
    return folder


def staged(root: Path, folder: Path) -> Path:
    """Put the book's folder as it is staged to be committed into another folder.

    Raises:
        UsageError: there is no repository, or what is staged is in conflict.
    """
    program, tree = git_program(), git(root, "write-tree")
    if program is None or tree is None:
        raise UsageError(
            f"Nothing is staged in {root.resolve()}: it is in no git repository, or in conflict.",
            "Leave --staged out to check the files as they are.",
            code="nothing-staged",
        )
    _unpack(program, root, tree, folder)
    return folder


def _unpack(program: str, root: Path, version: str, folder: Path) -> None:
    command = [program, "-C", str(root), "archive", "--format=tar", version]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UsageError(f"git can't give the version {version}: {said}.", code="no-such-version")
    folder.mkdir(parents=True)
    home = folder.resolve()
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        # Files alone: a link could lead anywhere, and a book has none.
        for member in (one for one in archive if one.isfile()):
            place, content = (home / member.name).resolve(), archive.extractfile(member)
            if content is not None and place.is_relative_to(home):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content.read())
