"""Files and folders appear whole or not at all, and a folder is built by one process at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quire.problems import BookError
from quire.toolchain.writing import LOCK_NAME, FolderLock, replace_folder, write_all, write_whole


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(script: str, *arguments: Path) -> subprocess.Popen[str]:
    """A process of its own that says a line when it has got where the test wants it."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(before=st.none() | st.binary(), content=st.binary(max_size=10_000))
def test_what_was_written_is_what_is_read(
    before: bytes | None, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "file"
    path.unlink(missing_ok=True)
    if before is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(before)
    assert write_whole(path, content) == path
    assert files(path.parent) == {"file": content}


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "script"
    path.write_text("old")
    path.chmod(0o750)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o750


def test_a_new_file_can_be_read_by_others_as_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


def test_a_failing_disk_leaves_the_old_file_and_no_file_of_passage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "file", b"new")
    assert files(tmp_path) == {"file": b"old"}


def test_many_files_are_written_or_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()
    wanted = {tmp_path / "a": [b"n", b"ew"], tmp_path / "deep" / "b": [b"b"], tmp_path / "c": [b""]}
    with pytest.raises(OSError, match="directory"):
        write_all(wanted)
    assert files(tmp_path) == {"a": b"old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
    (tmp_path / "c").rmdir()
    write_all(wanted)
    assert files(tmp_path) == {"a": b"new", "deep/b": b"b", "c": b""}


def test_what_fails_while_it_is_made_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_all({tmp_path / "a": [b"new"], tmp_path / "new" / "b": pieces()})
    assert files(tmp_path) == {"a": b"old"}
    assert not (tmp_path / "new").exists()


def test_a_file_with_the_very_bytes_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"same")
    before = (tmp_path / "a").stat()
    write_all({tmp_path / "a": [b"sa", b"me"]})
    after = (tmp_path / "a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


WRITE_FOR_EVER = """
import sys
from collections.abc import Iterator
from pathlib import Path
from quire.toolchain.writing import write_whole
print("go", flush=True)
while True:
    for letter in b"ab":
        write_whole(Path(sys.argv[1]), bytes([letter]) * 300_000)
"""


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    whole = {b"a" * 300_000, b"b" * 300_000}
    for delay in (0.01, 0.03, 0.08):
        writer = run(WRITE_FOR_EVER, path)
        assert writer.stdout is not None
        writer.stdout.readline()
        while not path.exists():
            time.sleep(0.001)
        for _ in range(20):
            assert path.read_bytes() in whole, "a reader meets a whole file at any moment"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert path.read_bytes() in whole


def test_a_folder_takes_the_place_of_the_old_one_when_it_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "old").write_bytes(b"1")
    with replace_folder(folder) as fresh:
        (fresh / "new").write_bytes(b"2")
        assert files(folder) == {"old": b"1"}
    assert files(tmp_path) == {"dist/new": b"2"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_folder_stays_as_it_was_when_filling_fails(
    error: type[BaseException], tmp_path: Path
) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "old").write_bytes(b"1")

    def fill_by_half() -> None:
        with replace_folder(folder) as fresh:
            (fresh / "half").write_bytes(b"2")
            raise error

    with pytest.raises(error):
        fill_by_half()
    assert files(tmp_path) == {"dist/old": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_folder_that_can_not_take_its_place_gives_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "old").write_bytes(b"1")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target == folder and (self / "new").exists():
            raise PermissionError(13, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError), replace_folder(folder) as fresh:
        (fresh / "new").write_bytes(b"2")
    assert files(tmp_path) == {"dist/old": b"1"}


HOLD = """
import sys, time
from collections.abc import Iterator
from pathlib import Path
from quire.toolchain.writing import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_build_is_refused_and_told_who_is_building(tmp_path: Path) -> None:
    holder = run(HOLD, tmp_path)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BookError) as refused, FolderLock(tmp_path):
            pass
        (problem,) = refused.value.problems
        assert problem.code == "folder-locked"
        assert f"process {holder.pid} on " in problem.message
        assert problem.remedy
    finally:
        holder.kill()
        holder.wait()
    assert (tmp_path / LOCK_NAME).exists(), "the killed process left its file behind"
    with FolderLock(tmp_path):
        pass
    assert files(tmp_path) == {}


def test_a_lock_is_given_back_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), FolderLock(tmp_path):
        _ = 1 / 0
    with FolderLock(tmp_path):
        pass
    assert files(tmp_path) == {}


def test_giving_back_a_lock_that_one_does_not_hold_takes_it_from_nobody(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        FolderLock(tmp_path).release()
        with pytest.raises(BookError):
            FolderLock(tmp_path).acquire()
