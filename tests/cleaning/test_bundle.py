"""Many files as one text, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.cleaning import Ledger, join_bundle, read_ledger, split_bundle, write_ledger

PATHS = st.text("abc/.-潮", min_size=1, max_size=12)
CONTENTS = st.text(st.characters(exclude_characters="\f", exclude_categories=["Cs"]), max_size=60)


@given(st.lists(st.tuples(PATHS, CONTENTS), max_size=6))
def test_a_bundle_gives_back_its_files(files: list[tuple[str, str]]) -> None:
    assert split_bundle(join_bundle(files)) == tuple(files)


def test_a_text_that_is_no_bundle_is_refused() -> None:
    with pytest.raises(ValueError, match="form feed"):
        split_bundle("# 潮\n")


def test_a_ledger_goes_to_a_file_and_back(tmp_path: Path) -> None:
    ledger = Ledger("夜航.txt", "0", (), (("01-潮.md", "1"),))
    assert read_ledger(write_ledger(ledger, tmp_path / "ledger.jsonl")) == ledger
