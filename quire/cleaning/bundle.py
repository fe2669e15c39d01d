r"""Many files as one text, so that one ledger can account for all of them.

Each file is a line ``\f<relative path>\n`` and then its content. The cleaner takes form feeds out
of the text itself, so that the lines can't be mistaken.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["join_bundle", "split_bundle"]


def join_bundle(files: Iterable[tuple[str, str]]) -> str:
    """One text of files given as (relative path, content)."""
    return "".join(f"\f{path}\n{content}" for path, content in files)


def split_bundle(text: str) -> tuple[tuple[str, str], ...]:
    """The files of a bundle. `split_bundle(join_bundle(files)) == files`.

    Raises:
        ValueError: the text isn't a bundle.
    """
    if not text:
        return ()
    if not text.startswith("\f"):
        raise ValueError("A bundle begins with a form feed and the name of its first file.")
    pieces = (piece.partition("\n") for piece in text[1:].split("\f"))
    return tuple((path, content) for path, _, content in pieces)
