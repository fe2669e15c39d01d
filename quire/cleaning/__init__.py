"""A messy source becomes a manuscript, every change signed by a rule in the ledger.

* `quire.cleaning.rules`: what is changed, one file a rule; found by looking into the folder.
* `quire.cleaning.engine`: runs them and keeps the ledger.
* `quire.cleaning.provenance`: where each character is from, and what became of it.
"""

from quire.cleaning.bundle import join_bundle, split_bundle
from quire.cleaning.cleaned import Cleaned, clean
from quire.cleaning.engine import Run, Suggestion, rules, run_rules
from quire.cleaning.ledger import Edit, Ledger, LedgerError, Pass, apply, replay
from quire.cleaning.ledger_file import read_ledger, write_ledger
from quire.cleaning.provenance import Accounting, Provenance
from quire.cleaning.written import write_cleaned

__all__ = [
    "Accounting", "Cleaned", "Edit", "Ledger", "LedgerError", "Pass", "Provenance", "Run",
    "Suggestion", "apply", "clean", "join_bundle", "read_ledger", "replay", "rules", "run_rules",
    "split_bundle", "write_cleaned", "write_ledger",
]  # fmt: skip
