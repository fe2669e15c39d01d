"""The preview follows the book's folder, tells what is wrong, and is for this machine alone."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quire.live import Preview, PreviewServer, Watch
from quire.toolchain.cache import Cache

PATIENCE = 20.0  # seconds


def write_book(folder: Path) -> Path:
    (folder / "book").mkdir(parents=True)
    (folder / "metadata.yaml").write_text("title: Tides\nlang: en\ndate: 2026-01-01\n", "utf-8")
    for number in (1, 2):
        text = f"# Chapter {number}\n\nText {number}.\n"
        (folder / "book" / f"0{number}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "tides")


@pytest.fixture
def preview(book: Path, tmp_path: Path) -> Preview:
    return Preview(book, tmp_path / "preview", Cache(None))


@pytest.fixture
def server(preview: Preview) -> Iterator[PreviewServer]:
    made = PreviewServer(preview, 0)
    made.begin()
    yield made
    made.end()


def asked(server: PreviewServer, path: str, host: str | None = None) -> tuple[int, bytes]:
    """The answer to a request whose path is sent as it is."""
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    headers = {"Host": host or f"127.0.0.1:{server.server_port}"}
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    return answer.status, answer.read()


class Changes:
    """What a watch tells of something that is done while it waits."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def after(self, done: Callable[[], object]) -> tuple[str, ...]:
        end = time.monotonic() + PATIENCE
        timer = threading.Timer(0.1, done)
        timer.start()
        found = self.watch.changed(lambda: time.monotonic() > end)
        timer.join()
        return found


def test_what_is_saved_added_renamed_or_deleted_is_told(book: Path) -> None:
    changes = Changes(Watch(book, ("metadata.yaml", "book", "covers")))
    first, second = book / "book" / "01.md", book / "book" / "02.md"
    assert changes.after(lambda: first.write_text("# Anew\n", "utf-8")) == ("book/01.md",)
    moved = book / "book" / "03.md"
    assert changes.after(lambda: second.rename(moved)) == ("book/02.md", "book/03.md")
    assert changes.after(moved.unlink) == ("book/03.md",)
    (book / "covers").mkdir()
    cover = book / "covers" / "front.py"
    assert changes.after(lambda: cover.write_text("", "utf-8")) == ("covers/front.py",)


def test_hidden_files_of_editors_are_no_change(book: Path) -> None:
    watch = Watch(book, ("book",))
    (book / "book" / ".01.md.swp").write_text("half", "utf-8")
    looks = iter(range(4))
    assert watch.changed(lambda: next(looks, None) is None) == ()


def test_a_file_that_is_written_in_steps_is_one_change(book: Path) -> None:
    path = book / "book" / "01.md"

    def write() -> None:
        with path.open("w", encoding="utf-8") as file:
            for _ in range(5):
                file.write("More. ")
                file.flush()
                time.sleep(0.01)

    watch = Watch(book, ("book",))
    assert Changes(watch).after(write) == ("book/01.md",)
    assert path.read_text("utf-8") == "More. " * 5
    looks = iter(range(4))
    assert watch.changed(lambda: next(looks, None) is None) == ()


def test_a_preview_keeps_the_last_sound_book_and_says_what_is_wrong(
    book: Path, preview: Preview
) -> None:
    assert not preview.make().failed
    before = preview.page("index.html")
    (book / "book" / "02.md").write_text("# Two\n\nA note.[^x]\n", "utf-8")
    turn = preview.make()
    assert turn.failed
    assert turn.version == 1
    assert [one.place for one in turn.problems] == ["book/02.md:3"]
    assert preview.page("index.html") == before
    (book / "book" / "02.md").write_text("# Mended\n", "utf-8")
    turn = preview.make()
    assert (turn.failed, turn.version, turn.problems) == (False, 2, ())
    assert b"Mended" in (preview.page("index.html") or b"")


HALVES = [b"\xff\xfe# half", b"---\ntitle: [", b"", b"# T\n\n![](gone.png)"]


@pytest.mark.parametrize("content", HALVES)
def test_a_chapter_that_is_half_there_ends_no_preview(
    book: Path, preview: Preview, content: bytes
) -> None:
    preview.make()
    path = book / "book" / "02.md"
    path.write_bytes(content)
    preview.make()
    path.unlink()
    assert not preview.make().failed


def test_the_web_edition_the_epub_and_the_news_are_served(
    preview: Preview, server: PreviewServer
) -> None:
    preview.make()
    status, page = asked(server, "/web/chapter-1.html")
    assert status == 200
    assert b"Text 1." in page
    assert b"/live/live.js" in page
    status, document = asked(server, "/epub/EPUB/chapter-1.xhtml")
    assert status == 200
    assert b"Text 1." in document
    assert b"chapter-2" in asked(server, "/epub/")[1]
    assert asked(server, "/")[0] == 302
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    line.request("GET", "/live/events")
    answer = line.getresponse()
    told = answer.readline()
    assert json.loads(told.removeprefix(b"data: "))["version"] == 1


@pytest.mark.parametrize("path", [
    "/web/../../metadata.yaml", "/web/..%2f..%2fmetadata.yaml", "/web/%2e%2e/%2e%2e/metadata.yaml",
    "/web//etc/passwd", "/web/%2fetc%2fpasswd", "/epub/../META-INF/../../x", "/web/index.html%00",
    "/live/../web/index.html", "/web/..\\..\\metadata.yaml", "/metadata.yaml", "/web/",
    "//evil.example/", "/web/" + "a" * 5000,
])  # fmt: skip
def test_nothing_but_the_books_own_files_is_served(
    preview: Preview, server: PreviewServer, path: str
) -> None:
    preview.make()
    status, content = asked(server, path)
    assert status in {400, 404, 414}
    assert b"Tides" not in content


def test_only_this_machine_is_answered(preview: Preview, server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    preview.make()
    for host in ("evil.example", f"evil.example:{server.server_port}", ""):
        assert asked(server, "/web/index.html", host or "x")[0] == 403
    assert asked(server, "/web/index.html", f"localhost:{server.server_port}")[0] == 200


def test_before_the_first_sound_book_a_page_waits_for_it(
    book: Path, preview: Preview, server: PreviewServer
) -> None:
    (book / "book" / "02.md").write_text("# Two\n\nA note.[^x]\n", "utf-8")
    preview.make()
    status, page = asked(server, "/web/index.html")
    assert status == 200
    assert b"/live/live.js" in page


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "quire", *words],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def until(process: subprocess.Popen[str], words: str) -> str:
    """What a process says up to a line with these words."""
    said = ""
    while words not in said:
        line = process.stdout.readline() if process.stdout else ""
        assert line, f"it ended, and said only: {said}"
        said += line
    return said


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


@pytest.mark.slow
def test_serve_says_where_shows_errors_with_their_line_and_ends_by_ctrl_c(book: Path) -> None:
    process = started("serve", "--book", str(book), "--port", "0")
    said = until(process, "Made in")
    assert "http://127.0.0.1:" in said
    (book / "book" / "02.md").write_text("# Two\n\nA note.[^x]\n", "utf-8")
    assert "book/02.md:3" in until(process, "[^x]")
    (book / "book" / "02.md").write_text("# Two\n", "utf-8")
    until(process, "Made in")
    code, rest = ended(process)
    assert code == 0
    assert "Traceback" not in rest


@pytest.mark.slow
def test_watch_builds_at_each_change(book: Path) -> None:
    process = started("watch", "--book", str(book), "--edition", "epub")
    until(process, "Built")
    (edition,) = (book / "dist").glob("*.epub")
    before = edition.read_bytes()
    (book / "book" / "03.md").write_text("# Three\n", "utf-8")
    until(process, "Built")
    assert edition.read_bytes() != before
    assert ended(process)[0] == 0


def test_a_port_that_is_taken_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from quire.cli import main

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--book", str(book), "--port", str(port)]) == 2
    assert "Name another with --port" in capsys.readouterr().err
