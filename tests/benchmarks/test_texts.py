"""The texts that the cleaner is measured with are manuscripts that an editor would pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quire.manuscript.lints import lint
from quire.manuscript.reading import read_manuscript
from quire.metadata import read_metadata

TEXTS = Path(__file__).resolve().parents[2] / "benchmarks" / "texts"
FOLDERS = sorted(path.parent for path in TEXTS.glob("*/*/metadata.yaml"))


def words(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.md")))


def test_both_sets_have_texts_in_both_languages() -> None:
    found = {(folder.parent.name, folder.name[:2]) for folder in FOLDERS}
    assert found == {(which, language) for which in ("test", "tuning") for language in ("en", "zh")}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_text_lints_clean(folder: Path) -> None:
    manuscript = read_manuscript(folder / "book", folder)
    assert manuscript.chapters
    assert lint(manuscript, read_metadata(folder / "metadata.yaml")) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_text_has_no_quote_or_apostrophe_of_a_typewriter(folder: Path) -> None:
    prose = re.sub(r"\{[^{}\n]*\}", "", words(folder))
    assert re.findall(r".{0,12}[\"'].{0,12}", prose) == []
