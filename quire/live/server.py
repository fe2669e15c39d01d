"""The preview for a browser on this machine, and on no other.

It listens on the loopback address alone, answers only to names of this machine (a page elsewhere
could otherwise have its own name point here), and gives nothing but files of the two editions.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from dataclasses import asdict
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from quire.live.preview import Preview, Turn

__all__ = ["PreviewServer"]

_LOOPBACK: Final = "127.0.0.1"
_OURS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HERE: Final = Path(__file__).parent
_PULSE: Final = 10.0  # seconds after which a silent page is told that we are still there
_SCRIPT: Final = "/live/live.js"
_TYPES: Final = {
    ".js": "text/javascript",
    ".ncx": "application/xml",
    ".opf": "application/xml",
    ".svg": "image/svg+xml",
    ".xhtml": "application/xhtml+xml",
}


class PreviewServer(ThreadingHTTPServer):
    """Serves one preview, a thread a request."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        """Take a port; nothing is served until `begin`.

        Args:
            preview: what is shown.
            port: 0 for any that is free.

        Raises:
            OSError: the port is taken.
        """
        super().__init__((_LOOPBACK, port), partial(_Handler, preview=preview))

    @property
    def address(self) -> str:
        """Where the book is."""
        return f"http://{_LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that went away in the midst of an answer."""

    def begin(self) -> None:
        """Serve, in a thread of its own."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        """Serve no more."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "quire"
    sys_version = ""

    def __init__(self, *arguments: Any, preview: Preview) -> None:
        self.preview = preview
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer a request for a page, a document, a file or the news."""
        if self.headers.get("Host", "").rpartition(":")[0] not in _OURS:
            self._send(HTTPStatus.FORBIDDEN, b"This preview is for this machine alone.\n")
            return
        path = unquote(urlsplit(self.path).path)
        if path == "/live/events":
            self._tell_news()
        elif path == _SCRIPT:
            self._send(HTTPStatus.OK, (_HERE / "live.js").read_bytes(), "text/javascript")
        elif path == "/":
            self._redirect("/web/index.html")
        elif path == "/epub/":
            self._send(HTTPStatus.OK, self._bookcase(), "text/html")
        elif path.startswith("/web/"):
            self._send_file(path, self.preview.page(path.removeprefix("/web/")))
        elif path.startswith("/epub/"):
            self._send_file(path, self.preview.document(path.removeprefix("/epub/")))
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such page.\n")

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for what is wrong with the book."""

    def _send_file(self, path: str, content: bytes | None) -> None:
        if content is None and self.preview.turn.version == 0:
            self._send(HTTPStatus.OK, self._with_script(_WAITING, ".html"), "text/html")
        elif content is None:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such file in the book.\n")
        else:
            self._send(HTTPStatus.OK, self._with_script(content, path), _type_of(path))

    def _send(self, status: HTTPStatus, content: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("xml", "json"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self._write(content)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _tell_news(self) -> None:
        """Each turn as it ends, the last at once.

        Server-sent events (HTML Living Standard, 9.2).
        """
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        known = 0
        while True:
            turn = self.preview.news(known, _PULSE)
            if turn is None:
                told = b": still here\n\n"
            else:
                known = turn.number
                told = f"data: {_as_data(turn)}\n\n".encode()
            if not self._write(told):
                return

    def _write(self, content: bytes) -> bool:
        try:
            self.wfile.write(content)
            self.wfile.flush()
        except OSError:  # the page has gone
            return False
        return True

    def _bookcase(self) -> bytes:
        """The EPUB's documents, one at a time, in their own style."""
        options = "".join(
            f'<option value="{quote(name)}">{escape(Path(name).stem)}</option>'
            for name in self.preview.documents()
        )
        page = (_HERE / "epub.html").read_text("utf-8")
        return self._with_script(page.replace("<!-- documents -->", options).encode(), ".html")

    def _with_script(self, content: bytes, path: str) -> bytes:
        """A page with the script that follows the book; anything else as it is."""
        if not path.endswith((".html", ".xhtml")):
            return content
        version = self.preview.turn.version
        script = f'<script src="{_SCRIPT}" data-version="{version}"></script>'
        return content.replace(b"</head>", f"{script}</head>".encode(), 1)


_WAITING: Final = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>quire</title></head>'
    b"<body></body></html>"
)


def _as_data(turn: Turn) -> str:
    problems = [
        {**asdict(one), "place": one.place, "severity": one.severity.value} for one in turn.problems
    ]
    told = {"version": turn.version, "failed": turn.failed, "problems": problems}
    return json.dumps(told, ensure_ascii=False)


def _type_of(path: str) -> str:
    suffix = Path(path).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
