"""``places.jsonl``: the doubtful places of the last run, for `quire decide` and `quire explain`.

JSON Lines in ASCII, like the ledger: a header, and then one place a line.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

from quire.cleaning.suggestion import Suggestion
from quire.cleaning.verdicts import Verdict
from quire.problems import BookError, Problem

__all__ = ["PLACES_NAME", "places_text", "read_places"]

PLACES_NAME = "places.jsonl"
_FORMAT = 1
_NAMES = tuple(one.name for one in dataclasses.fields(Suggestion))


def places_text(source: str, places: Iterable[Suggestion]) -> str:
    """The file's text; `source` is the source's name."""
    lines = [json.dumps({"quire-places": _FORMAT, "source": source})]
    write, values = json.JSONEncoder(check_circular=False).encode, attrgetter(*_NAMES)
    lines += (write(dict(zip(_NAMES, values(one), strict=True))) for one in places)
    return "\n".join(lines) + "\n"


def read_places(path: Path) -> tuple[str, tuple[Suggestion, ...]]:
    """The source's name, and the places of the last run.

    Raises:
        BookError: there was no run, or the file isn't one of places.
    """
    try:
        header, *entries = (json.loads(line) for line in path.read_text("ascii").splitlines())
        if header["quire-places"] != _FORMAT:
            raise ValueError(f"unknown format {header['quire-places']}")
        places = tuple(
            Suggestion(**entry | {"verdict": Verdict(entry["verdict"])}) for entry in entries
        )
        return str(header["source"]), places
    except FileNotFoundError:
        what = f"There is no {PLACES_NAME} in {path.parent}: nothing was cleaned into it."
        remedy = "Run `quire clean` first, or name its folder with --out."
        raise BookError(Problem("places-missing", what, remedy, str(path))) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        what = f"This file of places can't be read ({error})."
        remedy = "Run `quire clean` again to make a new one."
        raise BookError(Problem("places-unreadable", what, remedy, str(path))) from error
