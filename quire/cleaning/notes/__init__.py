"""Note marks in a text, and which body belongs to which callout.

* `quire.cleaning.notes.marks`: the marks, a table entry a style.
* `quire.cleaning.notes.sequels`: marks that their neighbours tell of.
* `quire.cleaning.notes.reading`: what the text around a mark says of it.
* `quire.cleaning.notes.scopes`: where bodies stand; callouts and bodies of each place.
* `quire.cleaning.notes.pairing`: the assignment that keeps the order.
* `quire.cleaning.notes.bodies`: where a body ends, and goes on.
* `quire.cleaning.notes.run_over`: the edits that bring its rest home.
"""

from quire.cleaning.notes.finding import Body, Callout, Notes, find_notes

__all__ = ["Body", "Callout", "Notes", "find_notes"]
