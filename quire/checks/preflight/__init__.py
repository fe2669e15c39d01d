"""What a printer's and an auditor's software would say of a PDF, before they say it.

* `quire.checks.preflight.sheets`: a PDF read as data.
* `quire.checks.preflight.assertions`: what must hold of it, an entry an assertion.
* `quire.checks.preflight.running`: the assertions put to a file.
"""

from quire.checks.preflight.assertions import ASSERTIONS, Assertion, Finding, Kind
from quire.checks.preflight.running import kind_of, preflight, run_verapdf

__all__ = ["ASSERTIONS", "Assertion", "Finding", "Kind", "kind_of", "preflight", "run_verapdf"]
