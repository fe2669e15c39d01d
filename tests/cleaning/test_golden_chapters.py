"""The messy documents of our own, cleaned, are these chapters and no others.

The chapters that are right lie in ``tests/golden/cleaned/<name of the document>/``. After a change
that is meant to change them, write them anew and read the difference before committing it::

    QUIRE_APPROVE=1 python -m pytest tests/cleaning/test_golden_chapters.py
    git diff tests/golden/cleaned
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from quire.cleaning import clean
from quire.sources import read_source

MESSY = sorted((Path(__file__).parent / "messy").glob("*.txt"))
GOLDEN = Path(__file__).parent.parent / "golden" / "cleaned"


def files_of(path: Path) -> dict[str, bytes]:
    made = clean(read_source(path))
    chapters = {name: content.encode() for name, content in made.files}
    return chapters | {f"figures/{medium.name}": medium.content for medium in made.media}


def renew(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.stem)
def test_a_messy_document_becomes_exactly_its_golden_chapters(path: Path) -> None:
    folder, files = GOLDEN / path.stem, files_of(path)
    if os.environ.get("QUIRE_APPROVE"):
        renew(folder, files)
    golden = {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }
    assert sorted(files) == sorted(golden)
    for name, content in files.items():
        assert content.decode() == golden[name].decode(), name
