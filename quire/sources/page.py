"""HTML trees become a source: notes found, the shell left out, pictures put on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quire.sources.breaks import part_at_breaks
from quire.sources.composition import compose
from quire.sources.flow import Flow, flow_blocks
from quire.sources.markup import Element
from quire.sources.maths import is_set, set_maths
from quire.sources.media import MediaShelf, data_uri_content
from quire.sources.model import Source
from quire.sources.note_ends import bring_ends_home
from quire.sources.note_links import find_notes
from quire.sources.page_anchors import page_tops, spans_of_pages
from quire.sources.pruning import main_content, prune
from quire.sources.publication import holds_notes_alone
from quire.sources.reader import SourceFile, refusal
from quire.sources.tables import set_as_markdown

__all__ = ["Page", "source_of_pages"]


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML document.

    Attributes:
        path: where it lies among the others; empty when it is alone.
        root: its content.
        role: what it says it is, such as ``preface`` or ``part``; empty when it doesn't say.
    """

    path: str
    root: Element
    role: str = ""


def source_of_pages(
    file: SourceFile,
    pages: Sequence[Page],
    fetch: Callable[[str, str], bytes | None],
    details: Mapping[str, str],
    resolve: Callable[[str, str], str] = lambda path, address: f"{path}{address}",
) -> Source:
    """The source that documents in reading order make.

    Args:
        file: what they come from.
        pages: the documents.
        fetch: (path of a page, address of a picture in it) → its bytes, never from a network.
        details: what is known of the whole.
        resolve: (path of a page, address in it) → ``path#fragment``.

    Raises:
        BookError: there is no text in them.
    """
    tops = page_tops(pages[0].root) if len(pages) == 1 else frozenset()
    for page in pages:
        part_at_breaks(page.root)
    notes = find_notes([(page.path, page.root) for page in pages], resolve)
    bring_ends_home([page.root for page in pages], notes)
    spent = [page for page in pages if holds_notes_alone(page.root, notes.keys)]
    pages = [page for page in pages if page not in spent] or pages
    shelf, contents, left_out = MediaShelf(), [], 0
    for page in pages:
        content = main_content(page.root) if len(pages) == 1 else page.root
        left_out += prune(content, notes, is_site=len(pages) == 1)
        contents.append(content)

    def picture(path: str, address: str) -> str | None:
        if address.lower().startswith("data:"):
            held = data_uri_content(address)
            return shelf.add("picture", held) if held else None
        held = fetch(path, address)
        return shelf.add(address.partition("?")[0], held) if held else None

    maths = set_maths([*contents, *notes.bodies.values()])
    markdown = set_as_markdown([*contents, *notes.bodies.values()], notes)
    roots = [(content, page.path) for content, page in zip(contents, pages, strict=True)]
    roles = {content: page.role for content, page in zip(contents, pages, strict=True)}
    blocks = flow_blocks(roots, Flow(notes, picture, markdown, tops, maths, roles))
    text, hints = compose(blocks)
    if not text.strip():
        raise refusal(file, "source-empty", "The file is empty: there is no text in it.", _REMEDY)
    counts = {
        "left-out": left_out,
        "maths-as-words": sum(not is_set(one) for one in maths.values()),
    }
    told = {**details, **{name: str(count) for name, count in counts.items() if count}}
    return Source(file.name, text, spans_of_pages(blocks), hints, shelf.all(), told)


_REMEDY = "Give the file that holds the text."
