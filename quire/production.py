"""The line from a book's folder to its editions: read, assemble, set, put on the shelf.

The rooms know data types and not each other; this is the one place that knows their order.
Outputs appear whole or not at all: everything is made in a folder of passage, and takes its
place in ``dist/`` only when all of it is there.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from quire.assembly import assemble, parse_manuscript
from quire.assembly.model import Book
from quire.covers import make_cover
from quire.covers.extents import extents_of
from quire.covers.model import Cover
from quire.editions import editions, followed_by
from quire.editions.epub.store import Store, store_named
from quire.editions.epub.store_copies import copy_for
from quire.editions.model import Artifact, BuildContext, Edition
from quire.manuscript import read_manuscript
from quire.manuscript.lints import lint
from quire.manuscript.model import Manuscript
from quire.metadata import read_metadata
from quire.metadata.model import Metadata
from quire.problems import BookError, Problem, UsageError
from quire.shelf import REPORT_NAME, write_shelf
from quire.shelf.changes import changes_since_release
from quire.shelf.counts import count
from quire.toolchain.cache import NOTHING_KEPT, Cache
from quire.toolchain.clock import build_date
from quire.toolchain.collecting import no_search_for_circles
from quire.toolchain.fonts import FontLibrary, find_fonts
from quire.toolchain.snapshot import Snapshot, snapshot
from quire.toolchain.writing import FolderLock

__all__ = [
    "ALWAYS_WATCHED",
    "METADATA_NAME",
    "Draft",
    "Produced",
    "cover_of",
    "produce",
    "proofread",
]

METADATA_NAME = "metadata.yaml"
_COVERS, _FONTS = "covers", "fonts"
ALWAYS_WATCHED = (METADATA_NAME, "book", _COVERS, _FONTS)
"""Names in a book's folder that it may be made of, known before any of it is read."""
_SOLD = "epub"
_AHEAD = 2
"""What is done beside the rest at a time."""
_PROOF = ("print-pdf", "proof")

Say = Callable[[str], None]
"""Told what is being done, in a few words, for a progress display."""


def _in_silence(words: str) -> None:
    """Say nothing of `words`."""


@dataclass(frozen=True)
class Draft:
    """A book's folder as read, and what is wrong with it.

    Attributes:
        root: the folder.
        metadata: None if it can't be read.
        manuscript: None if it can't be read.
        problems: all that is wrong.
        seen: what the files said right before they were read.
    """

    root: Path
    metadata: Metadata | None
    manuscript: Manuscript | None
    problems: tuple[Problem, ...]
    seen: Snapshot = field(default_factory=dict, repr=False)

    def sound(self) -> tuple[Metadata, Manuscript]:
        """The two parts, if nothing but warnings was found.

        Raises:
            BookError: with every problem that stops a build.
        """
        errors = [found for found in self.problems if found.stops]
        if errors or self.metadata is None or self.manuscript is None:
            raise BookError(self.problems)
        return self.metadata, self.manuscript


@dataclass(frozen=True)
class Produced:
    """What a build made.

    Attributes:
        out: the folder of the editions.
        book: the book that was set.
        artifacts: one an edition, in the order they were made.
        files: every file put into `out`.
        problems: warnings; errors would have stopped the build.
        seen: what the book's files said when they were read.
        outside: files that were read besides: pictures elsewhere, typefaces.
    """

    out: Path
    book: Book
    artifacts: tuple[Artifact, ...]
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    seen: Snapshot = field(default_factory=dict, repr=False)
    outside: tuple[Path, ...] = field(default=(), repr=False)

    def watched(self, root: Path) -> tuple[str, ...]:
        """Names below the book's folder `root` whose change makes another book."""
        folders = [name.rstrip("/") for name in self.seen if name.endswith("/")]
        inside = (path for path in self.outside if path.is_relative_to(root))
        names = (path.relative_to(root).as_posix() for path in inside)
        held = tuple(f"{folder}/" for folder in folders)
        apart = (name for name in names if not name.startswith(held))
        return tuple(dict.fromkeys((*ALWAYS_WATCHED, *folders, *apart)))


def proofread(root: Path) -> Draft:
    """Read a book's folder and lint it; problems are collected, not raised.

    Args:
        root: the folder that holds metadata.yaml.

    Raises:
        UsageError: there is no book in that folder.
    """
    return _linted(_opened(root))


def _opened(root: Path) -> Draft:
    """A book's folder as read, not linted yet."""
    path = root / METADATA_NAME
    if not path.is_file():
        raise UsageError(
            f"There is no {METADATA_NAME} in {root}.",
            "Run the command in a book's folder, name one with --book, or make one with `new`.",
            code="no-book",
        )
    problems: list[Problem] = []
    metadata: Metadata | None = None
    seen = snapshot(root, (METADATA_NAME, _COVERS, _FONTS))
    try:
        metadata = read_metadata(path)
    except BookError as error:
        problems.extend(error.problems)
    name = metadata.manuscript if metadata else "book"
    seen |= snapshot(root, (name,))
    try:
        manuscript = read_manuscript(root / name, root)
    except BookError as error:
        return Draft(root, metadata, None, (*problems, *error.problems), seen)
    return Draft(root, metadata, manuscript, tuple(problems), seen)


def _linted(draft: Draft) -> Draft:
    """The draft with what lints find in it."""
    if draft.metadata is None or draft.manuscript is None:
        return draft
    found = lint(draft.manuscript, draft.metadata)
    return replace(draft, problems=(*draft.problems, *found))


def cover_of(
    root: Path,
    metadata: Metadata,
    manuscript: Manuscript | None,
    fonts: FontLibrary,
    cache: Cache = NOTHING_KEPT,
) -> Cover:
    """The book's cover, as metadata.yaml and ``covers/`` decide; some draw the manuscript too."""
    return make_cover(metadata, fonts, root / _COVERS, partial(extents_of, manuscript), cache)


def produce(
    root: Path,
    out: Path | None = None,
    wanted: Sequence[str] = (),
    jobs: int = 2,
    say: Say = _in_silence,
    for_stores: Sequence[str] = (),
    proof: bool = False,
    cache: Cache = NOTHING_KEPT,
    with_shelf: bool = True,
) -> Produced:
    """Build a book's editions.

    Args:
        root: the folder that holds metadata.yaml.
        out: where the editions go; ``dist`` below `root` by default. Files there that a build
            didn't make are left alone; so is everything when the build fails.
        wanted: names of editions; those of metadata.yaml by default.
        jobs: how many editions are set at a time.
        say: is told each step.
        for_stores: names of stores; those that want an EPUB of their own get one.
        proof: whether the print edition's spreads are shown too, with its measures.
        cache: where what was made before may be taken from.
        with_shelf: whether the download page and what lies beside it are made too.

    Raises:
        BookError: the book has errors; nothing was written.
        UsageError: there is no book, or no edition or store of that name.
        quire.problems.ToolMissing: a program is missing.
    """
    out = out or root / "dist"
    say("reading the manuscript")
    draft = _opened(root)
    with _pool(_AHEAD) as ahead:
        # What needs nothing else is done beside the rest: pandoc reads the chapters while they are
        # linted, the cover is painted while the book is assembled, its words are counted while
        # editions are set.
        parsing = ahead.submit(parse_manuscript, draft.manuscript or Manuscript(root, ()), cache)
        draft = _linted(draft)
        metadata, manuscript = draft.sound()
        names = _named([*(wanted or metadata.editions), *(_PROOF if proof else ())])
        chosen = _chosen(names)
        shops = _shops(for_stores, chosen)
        with (
            FolderLock(out),
            tempfile.TemporaryDirectory(prefix="quire-") as passage,
            no_search_for_circles(),  # of a book's millions of nodes, none are a circle
            _pool(max(1, jobs)) as pool,
        ):
            fonts = find_fonts(root)
            fresh, work = Path(passage) / "out", Path(passage) / "work"
            fresh.mkdir()
            work.mkdir()
            painting = ahead.submit(cover_of, root, metadata, manuscript, fonts, cache)
            matter = (METADATA_NAME, metadata.manuscript, _COVERS)
            history = ahead.submit(changes_since_release, root, matter) if with_shelf else None
            say("assembling the book")
            book = assemble(manuscript, metadata, parsing.result())
            counting = ahead.submit(count, book) if with_shelf else None
            date = build_date(metadata.date)
            context = BuildContext(fonts, date, painting.result(), work, cache=cache)
            made = _set(chosen, book, fresh, context, pool, say)
            artifacts = tuple(artifact for artifact in made if artifact.edition in names)
            artifacts += _copies(shops, artifacts, fresh, context)
            shelf: list[Path] = []
            if counting and history:
                say("putting the shelf in order")
                published = [artifact for artifact in artifacts if artifact.for_readers]
                shelf = write_shelf(
                    book, counting.result(), published, context.cover, fresh, fonts,
                    context.date, history.result(),
                )  # fmt: skip
            editions_files = [file for artifact in artifacts for file in artifact.files]
            files = _deliver([*editions_files, *shelf], fresh, out)
    placed = tuple(_moved(artifact, fresh, out) for artifact in artifacts)
    cache.trim()
    problems = tuple(dict.fromkeys((*draft.problems, *book.problems)))
    outside = (*(medium.path for medium in book.media), *(face.path for face in fonts.package))
    return Produced(out, book, placed, files, problems, draft.seen, outside)


@contextmanager
def _pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    """Threads; when the block fails, or is broken off, what waits for them is never begun."""
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _named(names: Iterable[str]) -> set[str]:
    """The full names of editions.

    The beginning of a name is enough where only one begins so: ``print`` is ``print-pdf``.
    """
    known = editions()
    wanted = set()
    for name in names:
        found = [name] if name in known else [one for one in known if one.startswith(f"{name}-")]
        if len(found) != 1:
            raise UsageError(
                f"There is no edition {name!r}.",
                f"Choose among {', '.join(sorted(known))}.",
                code="no-such-edition",
            )
        wanted.add(found[0])
    return wanted


def _chosen(names: Collection[str]) -> list[Edition]:
    """The editions of these names and those they are made of, each after those it follows."""
    known = editions()
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += known[name].needs
    return [edition for name, edition in known.items() if name in wanted]


def _moved(artifact: Artifact, fresh: Path, out: Path) -> Artifact:
    """The artifact with its files where they were delivered."""
    path, *parts = (out / file.relative_to(fresh) for file in artifact.files)
    sample = artifact.sample and out / artifact.sample.relative_to(fresh)
    return replace(artifact, path=path, parts=tuple(parts), sample=sample)


def _shops(names: Iterable[str], chosen: Sequence[Edition]) -> list[Store]:
    """The stores of these names."""
    shops = [store_named(name) for name in dict.fromkeys(names)]
    if shops and _SOLD not in {edition.name for edition in chosen}:
        raise UsageError(
            "Stores are given the EPUB, and this build makes none.",
            f"Add --edition {_SOLD}, or leave --store out.",
            code="no-epub-for-store",
        )
    return shops


def _copies(
    shops: Sequence[Store], artifacts: Sequence[Artifact], out: Path, context: BuildContext
) -> tuple[Artifact, ...]:
    """The stores' own EPUBs."""
    sold = [artifact for artifact in artifacts if artifact.edition == _SOLD]
    made = (copy_for(shop, one, out, context.date) for shop in shops for one in sold)
    return tuple(copy for copy in made if copy is not None)


def _set(
    chosen: Sequence[Edition],
    book: Book,
    out: Path,
    context: BuildContext,
    pool: ThreadPoolExecutor,
    say: Say,
) -> tuple[Artifact, ...]:
    """Set all editions, those that wait for none side by side."""
    done: dict[str, Artifact] = {}
    waiting = list(chosen)
    while waiting:
        names = {edition.name for edition in waiting}
        ready = [edition for edition in waiting if not names & followed_by(edition)]
        say("setting " + ", ".join(edition.name for edition in ready))
        now = replace(context, earlier=dict(done))
        running = [(e.name, pool.submit(_set_one, e, book, out, now)) for e in ready]
        done.update({name: future.result() for name, future in running})
        waiting = [edition for edition in waiting if edition not in ready]
    return tuple(done[edition.name] for edition in chosen)


def _set_one(edition: Edition, book: Book, out: Path, context: BuildContext) -> Artifact:
    work = context.work / edition.name
    work.mkdir()
    return edition.build(book, out, replace(context, work=work))


def _deliver(files: Sequence[Path], fresh: Path, out: Path) -> tuple[Path, ...]:
    """Put finished files in their place, and take away those of the last build that are stale.

    Files are first copied beside their places, so that what can fail (a full disk) fails before
    the first old file is replaced.
    """
    stale = set(_files_of_last_build(out))
    staged: list[tuple[Path, Path]] = []
    try:
        for file in files:
            place = out / file.relative_to(fresh)
            place.parent.mkdir(parents=True, exist_ok=True)
            passage = place.with_name(f".quire-{place.name}.tmp")
            staged.append((passage, place))
            shutil.copyfile(file, passage)
        for passage, place in staged:
            passage.replace(place)
    except OSError as error:
        for passage, _ in staged:
            passage.unlink(missing_ok=True)
        raise BookError(
            Problem(
                "output-not-written",
                f"The editions can't be written to {out}: {error.strerror}.",
                "Make room or give yourself the right to write there, and build again.",
            )
        ) from error
    placed = tuple(place for _, place in staged)
    for name in stale - {place.relative_to(out).as_posix() for place in placed}:
        with suppress(OSError):
            (out / name).unlink()
        # Folders that held nothing else go with them.
        for folder in list(Path(name).parents)[:-1]:
            with suppress(OSError):
                (out / folder).rmdir()
    return placed


def _files_of_last_build(out: Path) -> list[str]:
    """What the report of the last build says it made, as paths below `out`."""
    try:
        report: Mapping[str, object] = json.loads((out / REPORT_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    names = report.get("files")
    if not isinstance(names, list):
        return []
    # A report is a file that anyone can edit: only plain names below `out` are ever deleted.
    return [name for name in names if isinstance(name, str) and _is_below(name)]


def _is_below(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts
