"""The block in front of a text that names the book: Word's style Title, pandoc's title block."""

from __future__ import annotations

from quire.sources.markup import Element, one_line

__all__ = ["take_title"]

_PARTS = ("title", "subtitle", "author", "date")


def take_title(root: Element) -> dict[str, str]:
    """What the block says; it is taken out when chapters have headings of their own.

    Otherwise the title is the heading of the text's one chapter, and all stays where it is.
    """
    block = [one for one in root.iter("h1", "h2", "h3", "p") if one.get("class") in _PARTS]
    title = next((one for one in block if one.tag == "h1"), None)
    if title is None:
        return {}
    has_chapters = any(one is not title for one in root.iter("h1"))
    has_notes = any(next(one.iter("a"), None) is not None for one in block)
    if not has_chapters or has_notes:
        return {"title": one_line(title)}
    told: dict[str, list[str]] = {}
    for one in block:
        told.setdefault(one.get("class", ""), []).append(one_line(one))
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    return {name: "; ".join(words) for name, words in told.items()}
