"""A cleaned text on disk: chapters, figures, ledger, doubts, report; hand-made changes are safe.

The ledger knows the SHA-256 of every file as it was written. What differs from it, and what no
ledger knows, was made by hand and is never overwritten unasked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from quire.cleaning.cleaned import Cleaned
from quire.cleaning.ledger_file import ledger_pieces, read_ledger
from quire.cleaning.places_file import PLACES_NAME, places_text
from quire.cleaning.report import report_pieces
from quire.problems import BookError, Problem
from quire.toolchain.collecting import no_search_for_circles
from quire.toolchain.writing import write_all

__all__ = ["LEDGER_NAME", "REPORT_NAME", "digest_of", "write_cleaned"]

LEDGER_NAME = "ledger.jsonl"
REPORT_NAME = "report.html"


def write_cleaned(
    cleaned: Cleaned, out: Path, report: Path | None = None, force: bool = False
) -> list[Path]:
    """Write chapters, figures, the ledger, the doubtful places and the report.

    Chapters of a former run that are no longer made are deleted, unless they were edited.

    Args:
        cleaned: what to write.
        out: the folder of the manuscript; made if it isn't there.
        report: where the report goes; ``report.html`` in `out` when left out.
        force: overwrite what was made or edited by hand.

    Returns:
        The files written, in order.

    Raises:
        BookError: a file is in the way that was made or edited by hand (nothing is written), or
            the disk refuses.
    """
    contents = _contents(cleaned)
    known = _known(out, force)
    old = {path: digest for path, digest in known.items() if path not in contents}
    if not force:
        _refuse_handmade(out, contents, known)
    ledger = replace(
        cleaned.ledger,
        files=tuple((path, digest_of(content)) for path, content in contents.items()),
    )
    places = (*cleaned.suggestions, *cleaned.decided)
    files: dict[Path, Iterable[bytes]] = {
        **{out / path: (content,) for path, content in contents.items()},
        out / LEDGER_NAME: ledger_pieces(ledger),
        out / PLACES_NAME: (places_text(cleaned.source.name, places).encode("ascii"),),
        report or out / REPORT_NAME: report_pieces(cleaned),
    }
    try:
        with no_search_for_circles():
            write_all(files)
        for path, digest in old.items():
            _delete_unedited(out, path, digest)
    except OSError as error:
        raise BookError(
            Problem(
                "cannot-write",
                f"The chapters can't be written: {error.strerror or error}.",
                "Make room, or name another folder with --out.",
                str(error.filename or out),
            )
        ) from error
    return list(files)


def _contents(cleaned: Cleaned) -> dict[str, bytes]:
    """Bytes by path below the folder, chapters first."""
    chapters = {path: content.encode("utf-8") for path, content in cleaned.files}
    return chapters | {f"figures/{medium.name}": medium.content for medium in cleaned.media}


def digest_of(content: bytes) -> str:
    """The SHA-256 by which a file is known to be as it was made."""
    return hashlib.sha256(content).hexdigest()


def _known(out: Path, force: bool) -> Mapping[str, str]:
    """The files of the run before, with their digests; those with a suspicious path left out."""
    path = out / LEDGER_NAME
    if not path.exists():
        return {}
    try:
        files = read_ledger(path).files
    except BookError:
        if not force:
            raise
        return {}
    return {name: digest for name, digest in files if _is_inside(name)}


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _refuse_handmade(out: Path, contents: Mapping[str, bytes], known: Mapping[str, str]) -> None:
    """Stop when something in the way was made or edited by hand."""
    problems = []
    for name in sorted({*contents, *known}):
        path = out / name
        if not path.is_file():
            continue
        now = digest_of(path.read_bytes())
        if now == known.get(name) or (name in contents and now == digest_of(contents[name])):
            continue
        what = (
            "This file was edited since it was made."
            if name in known
            else "This file wasn't made by cleaning, and would be overwritten."
        )
        remedy = "Move it away, choose another folder with --out, or overwrite it with --force."
        problems.append(Problem("made-by-hand", what, remedy, str(path)))
    if problems:
        raise BookError(problems)


def _delete_unedited(out: Path, name: str, digest: str) -> None:
    path = out / name
    if path.is_file() and digest_of(path.read_bytes()) == digest:
        path.unlink()
        # A part's folder goes with its last file.
        folder = path.parent
        while folder != out and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
