"""The container: its order, its times, and what is deflated in it."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, datetime

from quire.editions.epub.container import pack

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
NOISE = random.Random(7).randbytes(4000)
FILES = {"EPUB/b.jpg": NOISE, "EPUB/a.xhtml": b"word " * 400, "mimetype": b"application/epub+zip"}


def entries(files: dict[str, bytes]) -> dict[str, zipfile.ZipInfo]:
    """The entries of a container by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(pack(files, MOMENT))) as packed:
        assert packed.testzip() is None
        return {one.filename: one for one in packed.infolist()}


def test_the_type_comes_first_and_the_rest_is_sorted() -> None:
    assert list(entries(FILES)) == ["mimetype", "EPUB/a.xhtml", "EPUB/b.jpg"]
    assert pack(FILES, MOMENT) == pack(dict(reversed(FILES.items())), MOMENT)


def test_text_is_deflated_and_what_would_not_shrink_is_stored() -> None:
    made = entries(FILES)
    assert made["EPUB/a.xhtml"].compress_type == zipfile.ZIP_DEFLATED
    assert made["EPUB/b.jpg"].compress_type == zipfile.ZIP_STORED
    assert all(one.compress_size <= one.file_size for one in made.values())


def test_no_entry_has_an_extra_field_or_a_time_of_its_own() -> None:
    assert {(one.extra, one.date_time) for one in entries(FILES).values()} == {
        (b"", (2026, 11, 1, 0, 0, 0))
    }
