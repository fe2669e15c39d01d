"""Runs in the peers' environment: jobs as JSON on stdin, a Markdown text or null for each out.

It imports nothing of quire.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path


def autocorrect(path: Path, encoding: str) -> str:
    """Punctuation and blanks of a text."""
    import autocorrect_py

    text = path.read_bytes().decode(encoding, "replace").replace("\r\n", "\n")
    told: str = autocorrect_py.format(text)
    return told


def markitdown(path: Path, encoding: str) -> str:
    """A document as Markdown."""
    from markitdown import MarkItDown

    del encoding
    told: str = MarkItDown().convert(str(path)).text_content
    return told


def pymupdf4llm(path: Path, encoding: str) -> str:
    """A PDF as Markdown, heads and foots left out."""
    import pymupdf4llm as library

    del encoding
    told: str = library.to_markdown(str(path))
    return told


def trafilatura(path: Path, encoding: str) -> str:
    """The main text of a web page as Markdown."""
    import trafilatura as library

    page = path.read_bytes().decode(encoding, "replace")
    return library.extract(page, output_format="markdown", include_links=False) or ""


TOOLS: dict[str, Callable[[Path, str], str]] = {
    "autocorrect": autocorrect,
    "markitdown": markitdown,
    "pymupdf4llm": pymupdf4llm,
    "trafilatura": trafilatura,
}


def main() -> None:
    """Do the jobs; a tool that fails gives null."""
    made: list[str | None] = []
    with contextlib.redirect_stdout(sys.stderr):
        for job in json.loads(sys.stdin.read()):
            try:
                made.append(TOOLS[job["peer"]](Path(job["path"]), job["encoding"]))
            except Exception as error:
                print(f"{job['peer']} on {job['path']}: {error!r}", file=sys.stderr)
                made.append(None)
    print(json.dumps(made))


if __name__ == "__main__":
    main()
