"""How long it takes from saving a chapter of the default book to its words on the open page.

    .venv/bin/python -m benchmarks.live_preview [--runs 15]

A real browser has a chapter open, from `quire serve` in a process of its own; the chapter is saved
with a sentence more, and the page is asked again and again whether it shows it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quire.toolchain import chromium_path

ROOT = Path(__file__).resolve().parent.parent
_CHAPTER = "book/01-a-calling/02-the-workbench.md"

_TELLS = """
const seen = () => { window.shown = Date.now(); };
new MutationObserver(seen).observe(document, { childList: true, subtree: true });
"""
"""Keeps the moment of a page's last change, on the clock that the saving is told by."""


def main() -> None:
    """Print the median and the spread."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        book = Path(name)
        for part in ("book", "covers"):
            shutil.copytree(ROOT / part, book / part)
        shutil.copyfile(ROOT / "metadata.yaml", book / "metadata.yaml")
        command = [sys.executable, "-m", "quire", "serve", "--book", name, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
            said = ""
            while "Made in" not in said:
                said += server.stdout.readline() if server.stdout else ""
            address = next(word for word in said.split() if word.startswith("http://"))
            browser = driver.chromium.launch(
                executable_path=str(chromium_path()), args=["--no-sandbox", "--disable-gpu"]
            )
            for kind, path in (("web edition", "web/chapter-2.html"),
                               ("EPUB", "epub/EPUB/chapter-2.xhtml")):  # fmt: skip
                page = browser.new_page()
                page.add_init_script(_TELLS)
                page.goto(address + path)
                taken = []
                for number in range(runs):
                    words = f"Sentence {kind} {number}."
                    text = (book / _CHAPTER).read_text("utf-8")
                    start = time.time()
                    (book / _CHAPTER).write_text(f"{text}\n{words}\n", "utf-8")
                    page.get_by_text(words).first.wait_for(state="attached")
                    taken.append(page.evaluate("window.shown") / 1000 - start)
                    time.sleep(0.3)
                rest = taken[1:]  # the first has things to load
                print(
                    f"{kind:<12} median {statistics.median(rest):.2f} s, "
                    f"{min(rest):.2f} to {max(rest):.2f}"
                )
                page.close()
            browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
