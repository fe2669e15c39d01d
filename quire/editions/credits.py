"""Who made the book, as title pages name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quire.language import Words
from quire.metadata.model import Contributor, Metadata

__all__ = ["Credit", "credits_of"]

_TITLE_PAGE_ROLES: Final = ("aut", "edt", "trl", "ill", "com", "aui")
"""MARC relators whose people a title page names, in its order. The copyright page has the rest."""


@dataclass(frozen=True, slots=True)
class Credit:
    """People of one role.

    Attributes:
        role: the MARC relator.
        words: the language's word for the role; empty where the names say enough.
        names: of the people, in the order of metadata.yaml.
    """

    role: str
    words: str
    names: tuple[str, ...]


def credits_of(metadata: Metadata, words: Words) -> tuple[Credit, ...]:
    """The people that the title page names, those of one role together."""
    people: dict[str, list[Contributor]] = {}
    for person in (*metadata.author, *metadata.contributor):
        people.setdefault(person.role, []).append(person)
    return tuple(
        Credit(role, _word(role, words), tuple(person.name for person in people[role]))
        for role in _TITLE_PAGE_ROLES
        if role in people
    )


def _word(role: str, words: Words) -> str:
    name = f"role-{role}"
    return words.own.get(name, words.table.get(name, ""))
