"""A cache may be deleted, cut, changed, filled by others or full: what comes out is the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quire.toolchain.cache import Cache, digest_of


class Maker:
    """Makes things of their parts, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> bytes:
        self.made += 1
        return b"what was made" * 20


def entries(folder: Path) -> list[Path]:
    return sorted((folder / "objects").glob("*/*"))


def test_what_was_made_is_taken_the_next_time_and_by_the_next_process(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(3):
        assert Cache(tmp_path / "c", "p").made("kind", ("text",), make) == b"what was made" * 20
    assert make.made == 1


@pytest.mark.parametrize(
    "other", [("p", "kind", "texts"), ("p", "kinds", "text"), ("q", "kind", "text")]
)
def test_another_text_kind_or_program_is_made_anew(
    tmp_path: Path, other: tuple[str, str, str]
) -> None:
    program, kind, text = other
    make = Maker()
    Cache(tmp_path, "p").made("kind", ("text",), make)
    Cache(tmp_path, program).made(kind, (text,), make)
    assert make.made == 2


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_parts_are_told_from_their_neighbours(one: list[str], other: list[str]) -> None:
    assert (digest_of(*one) == digest_of(*other)) == (one == other)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(at=st.integers(0, 400), byte=st.integers(0, 255), cut=st.booleans())
def test_an_entry_that_is_not_what_was_kept_is_made_anew(
    tmp_path: Path, at: int, byte: int, cut: bool
) -> None:
    Cache(tmp_path, "p").made("kind", ("text",), Maker())
    (entry,) = entries(tmp_path)
    held = bytearray(entry.read_bytes())
    at %= len(held)
    spoilt = bytes(held[:at]) if cut else bytes(held[:at] + bytes([byte]) + held[at + 1 :])
    entry.write_bytes(spoilt)
    make = Maker()
    assert Cache(tmp_path, "p").made("kind", ("text",), make) == b"what was made" * 20
    assert make.made == (spoilt != bytes(held))
    assert Cache(tmp_path, "p").made("kind", ("text",), make) == b"what was made" * 20
    assert make.made <= 1, "and kept again"


def test_of_several_things_only_the_missing_are_made(tmp_path: Path) -> None:
    asked: list[list[int]] = []

    def make(numbers: list[int]) -> Iterable[bytes]:
        asked.append(numbers)
        return [f"made {number}".encode() for number in numbers]

    cache = Cache(tmp_path, "p")
    cache.all_made("kind", [("a",), ("b",)], lambda numbers: [b"made 0", b"made 1"][: len(numbers)])
    found = cache.all_made("kind", [("a",), ("b",), ("c",)], make)
    assert found == [b"made 0", b"made 1", b"made 2"]
    assert asked == [[2]]


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    make = Maker()
    for _ in range(2):
        Cache(tmp_path, "p").made("kind", ("text",), make)
    assert make.made == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_folder_says_that_it_is_a_cache_and_is_kept_out_of_git(tmp_path: Path) -> None:
    Cache(tmp_path / "c", "p").made("kind", ("text",), Maker())
    tag = (tmp_path / "c" / "CACHEDIR.TAG").read_text("utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (tmp_path / "c" / ".gitignore").read_text("utf-8") == "*\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_where_nothing_can_be_written_all_is_made(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert Cache(tmp_path / "c", "p").made("kind", ("text",), Maker()) == b"what was made" * 20


def test_a_file_in_the_folders_place_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file", "utf-8")
    assert Cache(tmp_path / "c", "p").made("kind", ("text",), Maker())
    assert (tmp_path / "c").read_text("utf-8") == "a file"


def test_what_was_not_used_for_longest_goes_when_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "p", most=3000)
    noise = os.urandom
    for number in range(10):
        cache.made("kind", (str(number),), lambda: noise(500))
        for path in entries(tmp_path):
            told = path.stat()
            os.utime(path, ns=(told.st_atime_ns - 10**9, told.st_mtime_ns - 10**9))
    cache.made("kind", ("0",), lambda: noise(500))  # used again
    cache.trim()
    kept = {number for number in range(10) if not _made_anew(tmp_path, str(number))}
    assert 0 in kept
    assert 9 in kept
    assert 1 not in kept


def _made_anew(folder: Path, part: str) -> bool:
    make = Maker()
    copy = Cache(folder, "p")
    copy.made("kind", (part,), make)
    return bool(make.made)


def test_many_at_once_get_the_same(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "p")
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(cache.made, "kind", (str(n % 5),), Maker()) for n in range(200)]
    assert {job.result() for job in jobs} == {b"what was made" * 20}
    assert not list(tmp_path.rglob("*.tmp"))
