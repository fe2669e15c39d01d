"""Roles that don't exist."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.manuscript.roles import ROLES
from quire.problems import Problem, did_you_mean

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    role = page.chapter.head.get("role")
    if role is None or (isinstance(role, str) and role in ROLES):
        return
    remedy = did_you_mean(str(role), ROLES, f"Choose among {', '.join(ROLES)}.")
    lines = page.chapter.text.split("\n")
    line = next((n for n, text in enumerate(lines, 1) if text.startswith("role:")), 1)
    yield Problem(LINT.name, f"There is no role `{role}`.", remedy, page.place, line)


LINT = Lint(
    "role-unknown",
    "A file's head names a role that doesn't exist.",
    _look,
    before="---\nrole: prefase\n---\n\n# Lamp\n",
    after="---\nrole: preface\n---\n\n# Lamp\n",
)
