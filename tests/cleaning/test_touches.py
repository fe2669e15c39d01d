"""Who had a hand in a line of the manuscript."""

from __future__ import annotations

from pathlib import Path

import pytest

from quire.cleaning import Ledger, Pass, clean
from quire.cleaning.ledger import Edit
from quire.cleaning.provenance import Written
from quire.cleaning.touches import touches
from quire.sources.model import Source

MESSY = sorted((Path(__file__).parent / "messy").glob("*.txt"))


def ledger_of(*passes: tuple[Edit, ...]) -> Ledger:
    return Ledger("s", "", tuple(Pass(edits[0].rule, edits) for edits in passes))


def rules_at(ledger: Ledger, start: int, end: int) -> list[str]:
    return [one.edit.rule for one in touches(ledger, start, end)]


def test_what_no_rule_touched_has_no_touches() -> None:
    # "ab cd" → "aX cd"
    ledger = ledger_of((Edit("x", 1, 2, "X", ""),))
    assert rules_at(ledger, 3, 5) == []
    assert rules_at(ledger, 0, 2) == ["x"]


def test_a_character_changed_twice_has_both_rules_in_their_order() -> None:
    # "abcd" → "abXcd" → "bYcd"
    ledger = ledger_of(
        (Edit("insert", 2, 2, "X", ""),),
        (Edit("cut", 0, 1, "", ""), Edit("swap", 2, 3, "Y", "")),
    )
    assert rules_at(ledger, 1, 2) == ["insert", "swap"]


def test_what_was_taken_out_counts_where_it_stood() -> None:
    # "one. 12 two" → "one. two"
    ledger = ledger_of((Edit("folio", 5, 8, "", ""),))
    assert rules_at(ledger, 0, 8) == ["folio"]
    assert rules_at(ledger, 5, 8) == ["folio"]
    assert rules_at(ledger, 6, 8) == []


def test_moved_text_is_followed_to_where_it_came_from() -> None:
    # "note body" → "nOte body" → " bodynOte"
    ledger = ledger_of(
        (Edit("capital", 1, 2, "O", ""),),
        (Edit("move", 0, 4, "", "", partner="m"), Edit("move", 9, 9, "nOte", "", partner="m")),
    )
    found = touches(ledger, 5, 9)
    assert [(one.edit.rule, one.moved) for one in found] == [("capital", False), ("move", True)]


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.stem)
def test_every_rule_that_wrote_a_character_is_found_on_its_line(path: Path) -> None:
    made = clean(Source(path.name, path.read_text("utf-8")))
    place = 0
    for line in made.text.split("\n"):
        places = range(place, place + len(line))
        origins = [made.provenance.origin(at) for at in places]
        writers = {one.rule for one in origins if isinstance(one, Written)}
        found = touches(made.ledger, place, place + len(line))
        assert writers <= {one.edit.rule for one in found if not one.moved}
        place += len(line) + 1
