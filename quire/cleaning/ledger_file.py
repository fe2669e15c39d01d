r"""A ledger as a file: JSON Lines, a header and then one edit a line.

Everything is ASCII (other characters, and lone surrogates too, as ``\u`` escapes), so that the
file reads back exactly on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring_ascii as _quoted
from pathlib import Path

from quire.cleaning.ledger import Edit, Ledger, Pass
from quire.problems import BookError, Problem

__all__ = ["ledger_from_text", "ledger_pieces", "read_ledger", "write_ledger"]

_FORMAT = 1
_AT_ONCE = 4_096  # edits
_KEYS = ("rule", "start", "end", "after", "why", "confidence", "partner")


def ledger_pieces(ledger: Ledger) -> Iterator[bytes]:
    """The ledger as JSON Lines in ASCII, piece by piece: it is several times the source."""
    header = {
        "quire-ledger": _FORMAT,
        "source": ledger.source,
        "sha256": ledger.source_sha256,
        "passes": [one.rule for one in ledger.passes],
        "files": dict(ledger.files),
    }
    yield f"{json.dumps(header)}\n".encode("ascii")
    for number, one in enumerate(ledger.passes):
        for start in range(0, len(one.edits), _AT_ONCE):
            lines = _entries(number, one.edits[start : start + _AT_ONCE])
            yield "".join(lines).encode("ascii")


def _entries(number: int, edits: Iterable[Edit]) -> Iterator[str]:
    """Edits as lines. Written out by hand: `json.dumps` takes five times as long."""
    for rule, start, end, after, why, confidence, partner in edits:
        tail = f', "partner": {_quoted(partner)}}}\n' if partner else "}\n"
        yield (
            f'{{"pass": {number}, "rule": {_quoted(rule)}, "start": {start}, "end": {end}, '
            f'"after": {_quoted(after)}, "why": {_quoted(why)}, "confidence": {confidence!r}{tail}'
        )


def ledger_from_text(text: str) -> Ledger:
    """The ledger that `ledger_pieces` wrote, as text.

    Raises:
        ValueError: the text isn't a ledger.
    """
    try:
        header, *entries = (json.loads(line) for line in text.splitlines())
        if header["quire-ledger"] != _FORMAT:
            raise ValueError(f"unknown format {header['quire-ledger']}")
        edits: list[list[Edit]] = [[] for _ in header["passes"]]
        for entry in entries:
            known = {key: entry[key] for key in _KEYS if key in entry}
            edits[entry["pass"]].append(Edit(**known))
        passes = tuple(
            Pass(rule, tuple(one)) for rule, one in zip(header["passes"], edits, strict=True)
        )
        files = tuple(header["files"].items())
        return Ledger(header["source"], header["sha256"], passes, files)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"not a ledger: {error!r}") from error


def write_ledger(ledger: Ledger, path: Path) -> Path:
    """Write the ledger's file. Returns `path`."""
    path.write_bytes(b"".join(ledger_pieces(ledger)))
    return path


def read_ledger(path: Path) -> Ledger:
    """Read a ledger's file.

    Raises:
        BookError: it isn't a ledger.
    """
    try:
        return ledger_from_text(path.read_text("ascii"))
    except (ValueError, OSError) as error:
        raise BookError(
            Problem(
                "ledger-unreadable",
                f"This isn't a ledger that can be read ({error}).",
                "Run `quire clean` again to make a new one.",
                str(path),
            )
        ) from error
