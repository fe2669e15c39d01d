"""Whether what a build would make stands there already, told without doing any of it.

A build that ended well leaves a record of what it read, what it wrote and what it said. While all
of that is the same, and so are the programs and what was asked, a build would change nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from quire.problems import Problem, Severity
from quire.toolchain.cache import Cache, digest_of
from quire.toolchain.fingerprint import program_fingerprint
from quire.toolchain.history import revision_of
from quire.toolchain.snapshot import Snapshot, snapshot

__all__ = ["Standing", "cache_of", "remember", "seconds_before", "standing"]

_FOLDER: Final = ".quire"
_FORMAT: Final = 1


@dataclass(frozen=True)
class Standing:
    """How a build ended whose editions still stand.

    Attributes:
        result: what it gave, as ``--json`` says it.
        problems: its warnings.
        seconds: how long it took.
    """

    result: Mapping[str, object]
    problems: tuple[Problem, ...]
    seconds: float = 0.0


def cache_of(root: Path) -> Cache:
    """The cache of the book in a folder: ``.quire`` in it, or where QUIRE_CACHE says.

    QUIRE_CACHE may name another folder, or be ``off``; QUIRE_CACHE_LIMIT is its largest size in MB.
    """
    import os

    named = os.environ.get("QUIRE_CACHE", "")
    if named == "off":
        return Cache(None)
    limit = os.environ.get("QUIRE_CACHE_LIMIT", "")
    folder = Path(named) if named else root / _FOLDER
    if limit.isdecimal():
        return Cache(folder, program_fingerprint(), int(limit) * 2**20)
    return Cache(folder, program_fingerprint())


def standing(root: Path, out: Path, asked: Sequence[str], cache: Cache) -> Standing | None:
    """How the same build ended before, if it would change nothing now.

    Args:
        root: the book's folder.
        out: where its editions lie.
        asked: everything that was asked of the build, in words.
        cache: where its record is, if there is one.
    """
    record = _read(_place(cache, root, out, asked))
    if record is None:
        return None
    try:
        same = (
            record["format"] == _FORMAT
            and record["program"] == cache.program
            and record["revision"] == revision_of(root)
            and record["seen"] == snapshot(root, record["watched"])
            and record["outside"] == _outside(record["outside"])
            and record["made"] == snapshot(out, record["made"])
        )
        if not same:
            return None
        problems = tuple(
            Problem(**{**told, "severity": Severity(told["severity"])})
            for told in record["problems"]
        )
        return Standing(record["result"], problems)
    except (KeyError, TypeError, ValueError):
        return None


def seconds_before(root: Path, out: Path, asked: Sequence[str], cache: Cache) -> float | None:
    """How long the last build of this kind took, whatever has changed since; None if not known."""
    record = _read(_place(cache, root, out, asked))
    seconds = record.get("seconds") if record else None
    return float(seconds) if isinstance(seconds, int | float) else None


def remember(
    root: Path,
    out: Path,
    asked: Sequence[str],
    cache: Cache,
    seen: Snapshot,
    outside: Iterable[Path],
    files: Iterable[Path],
    ended: Standing,
) -> None:
    """Leave a record of a build, if what it read is still what there is.

    Args:
        root: the book's folder.
        out: where its editions lie.
        asked: everything that was asked of the build, in words.
        cache: where the record goes.
        seen: what the build read, as it was before it was read.
        outside: other files that it read: pictures elsewhere, typefaces.
        files: what it wrote.
        ended: what it said.
    """
    place = _place(cache, root, out, asked)
    if place is None:
        return
    watched = _watched(seen)
    if snapshot(root, watched) != dict(seen):
        return  # something was saved while it ran: the next build must see it
    record = {
        "format": _FORMAT,
        "program": cache.program,
        "revision": revision_of(root),
        "watched": watched,
        "seen": dict(seen),
        "outside": _outside(map(str, outside)),
        "made": snapshot(out, [file.relative_to(out).as_posix() for file in files]),
        "seconds": round(ended.seconds, 1),
        "result": dict(ended.result),
        "problems": [asdict(problem) for problem in ended.problems],
    }
    cache.note(place, json.dumps(record, ensure_ascii=False).encode("utf-8"))


def _watched(seen: Snapshot) -> list[str]:
    """The names that a snapshot was taken of."""
    folders = [name.rstrip("/") for name in seen if name.endswith("/")]
    return folders + [
        name
        for name in seen
        if not name.endswith("/") and not any(name.startswith(f"{one}/") for one in folders)
    ]


def _place(cache: Cache, root: Path, out: Path, asked: Sequence[str]) -> Path | None:
    if cache.folder is None:
        return None
    name = digest_of(str(root.resolve()), str(out.resolve()), *asked)
    return cache.folder / "builds" / f"{name[:32]}.json"


def _read(place: Path | None) -> dict[str, Any] | None:
    if place is None:
        return None
    try:
        record = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _outside(paths: Iterable[str]) -> dict[str, list[int]]:
    """Size and time of files that are many and large, and that hardly anyone changes."""
    told = {}
    for path in paths:
        try:
            stat = Path(path).stat()
        except OSError:
            told[path] = [-1, 0]
        else:
            told[path] = [stat.st_size, stat.st_mtime_ns]
    return told
