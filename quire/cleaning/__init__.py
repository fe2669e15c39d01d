"""A messy source becomes a manuscript, every change signed by a rule in the ledger.

* `quire.cleaning.rules`: what is changed, one file a rule; found by looking into the folder.
* `quire.cleaning.engine`: runs them and keeps the ledger.
* `quire.cleaning.provenance`: where each character is from, and what became of it.
"""

from quire.cleaning.bundle import join_bundle, split_bundle
from quire.cleaning.cleaned import Cleaned, clean
from quire.cleaning.decisions import (
    DECISIONS_NAME,
    Decided,
    Decision,
    Decisions,
    read_decisions,
    write_decisions,
)  # fmt: skip
from quire.cleaning.engine import Run, rules, run_rules
from quire.cleaning.ledger import Edit, Ledger, LedgerError, Pass, apply, replay
from quire.cleaning.ledger_file import read_ledger, write_ledger
from quire.cleaning.provenance import Accounting, Provenance
from quire.cleaning.suggestion import Suggestion
from quire.cleaning.verdicts import Settings, Thresholds, Verdict, settings_of
from quire.cleaning.written import write_cleaned

__all__ = [
    "DECISIONS_NAME", "Accounting", "Cleaned", "Decided", "Decision", "Decisions", "Edit",
    "Ledger", "LedgerError", "Pass", "Provenance", "Run", "Settings", "Suggestion", "Thresholds",
    "Verdict", "apply", "clean", "join_bundle", "read_decisions", "read_ledger", "replay", "rules",
    "run_rules", "settings_of", "split_bundle", "write_cleaned", "write_decisions",
    "write_ledger",
]  # fmt: skip
