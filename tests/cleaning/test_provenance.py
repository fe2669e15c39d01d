"""Every character answers where it is from and what became of it, through any number of passes."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.engine import check_edits
from quire.cleaning.ledger import Edit, Ledger, Pass, apply, replay
from quire.cleaning.ledger_file import ledger_from_text, ledger_pieces
from quire.cleaning.provenance import (
    Changed,
    Deleted,
    Kept,
    Moved,
    Provenance,
    SourcePlace,
    Written,
)

RULES = ("deletes", "writes", "changes", "moves")


@st.composite
def passes(draw: st.DrawFn, text: str, name: str, alphabet: str) -> Pass:
    """A pass of edits over `text` that don't overlap, moves among them."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    stretches = list(zip(cuts[::2], cuts[1::2], strict=False))
    free = {place for start, end in stretches for place in range(start + 1, end)}
    edits = []
    for number, (start, end) in enumerate(stretches):
        kind = draw(st.sampled_from(RULES))
        new = draw(st.text(alphabet, min_size=1, max_size=4))
        match kind:
            case "deletes":
                edits.append(Edit(kind, start, end, "", name))
            case "writes":
                edits.append(Edit(kind, start, start, new, name))
            case "changes":
                edits.append(Edit(kind, start, end, new, name))
            case _:
                places = [at for at in range(len(text) + 1) if at not in free]
                target = draw(st.sampled_from(places))
                partner = f"{name}-{number}"
                edits.append(Edit(kind, start, end, "", name, partner=partner))
                paste = Edit(kind, target, target, text[start:end], name, partner=partner)
                edits.append(paste)
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return Pass(name, tuple(edits))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[str, Ledger]:
    """A source in lower case, and passes over it that write in upper case only."""
    source = draw(st.text(string.ascii_lowercase, max_size=40))
    text, made = source, []
    for number in range(draw(st.integers(0, 4))):
        one = draw(passes(text, f"pass-{number}", string.ascii_uppercase))
        check_edits(one.rule, one.edits, text)
        made.append(one)
        text = apply(text, one.edits)
    return source, Ledger("a.txt", "", tuple(made))


@settings(max_examples=300, deadline=None)
@given(ledgers())
def test_origin_and_fate_are_inverse(made: tuple[str, Ledger]) -> None:
    source, ledger = made
    text = replay(source, ledger)
    provenance = Provenance.of_ledger(len(source), ledger)
    seen = set()
    for offset, character in enumerate(text):
        origin = provenance.origin(offset)
        if isinstance(origin, SourcePlace):
            assert source[origin.offset] == character
            fate = provenance.fate(origin.offset)
            assert isinstance(fate, Kept | Moved)
            assert fate.offset == offset
            assert origin.offset not in seen
            seen.add(origin.offset)
        else:
            assert isinstance(origin, Written)
            assert character.isupper()
    for offset in set(range(len(source))) - seen:
        assert isinstance(provenance.fate(offset), Changed | Deleted)


@settings(max_examples=200, deadline=None)
@given(ledgers())
def test_the_account_closes_to_zero(made: tuple[str, Ledger]) -> None:
    source, ledger = made
    sums = Provenance.of_ledger(len(source), ledger).accounting()
    assert sums.closes
    assert (sums.source, sums.manuscript) == (len(source), len(replay(source, ledger)))
    unmoved = sum(
        isinstance(Provenance.of_ledger(len(source), ledger).fate(offset), Kept)
        for offset in range(len(source))
    )
    assert sums.kept == unmoved


@settings(max_examples=100, deadline=None)
@given(ledgers())
def test_the_ledgers_file_reads_back_as_it_was(made: tuple[str, Ledger]) -> None:
    _, ledger = made
    assert ledger_from_text(b"".join(ledger_pieces(ledger)).decode("ascii")) == ledger


@given(st.text(st.characters(codec=None, categories=None), max_size=20))
def test_any_character_even_half_a_pair_comes_through_the_ledgers_file(text: str) -> None:
    ledger = Ledger(text, "0", (Pass("r", (Edit("r", 0, 0, text, text, 0.25, text),)),))
    written = b"".join(ledger_pieces(ledger))
    assert written.isascii()
    assert ledger_from_text(written.decode("ascii")) == ledger


@settings(max_examples=300, deadline=None)
@given(ledgers(), st.data())
def test_a_mark_keeps_the_characters_that_it_covers(
    made: tuple[str, Ledger], data: st.DataObject
) -> None:
    source, ledger = made
    if not source:
        return
    place = data.draw(st.integers(0, len(source) - 1))
    draft = Draft(source, (Mark(place, place + 1, MarkKind.NOTEREF, "n"),))
    for one in ledger.passes:
        draft = draft.after(one.edits, apply(draft.text, one.edits))
    fate = Provenance.of_ledger(len(source), ledger).fate(place)
    if isinstance(fate, Kept | Moved):
        (mark,) = draft.marks
        assert mark.start <= fate.offset < mark.end


def test_a_move_names_the_rules_that_carried_the_character() -> None:
    cut, paste = Edit("up", 2, 4, "", "", partner="m"), Edit("up", 0, 0, "cd", "", partner="m")
    ledger = Ledger("", "", (Pass("up", (paste, cut)),))
    provenance = Provenance.of_ledger(4, ledger)
    assert replay("abcd", ledger) == "cdab"
    assert provenance.fate(2) == Moved(0, ("up",))
    assert provenance.fate(0) == Kept(2)
