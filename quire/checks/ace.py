"""Ace's verdict on an EPUB, each violation with what to do about it.

Ace by DAISY checks an EPUB against EPUB Accessibility 1.1 and those criteria of WCAG that a
machine can judge: it opens every document in Chromium and runs axe there. It comes from npm, node
from a wheel, Chromium is the system's.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

from quire.checks.answers import last_words, no_such_epub
from quire.problems import Problem, Severity, ToolMissing
from quire.toolchain.tools import ace_program, chromium_path, node_path

__all__ = ["run_ace"]

_LAUNCHER: Final = Path(__file__).with_name("ace.cjs")
_LONGEST: Final = 300
"""Seconds; the default book takes fifteen on a busy machine."""
_START: Final = "60000"
"""Milliseconds that Chromium may take to start; Ace's own five seconds are few for a cold disk."""
_PARTING: Final = 10
"""Seconds for Ace to close Chromium after it was told to stop."""
_SNIPPET: Final = 100

_SEVERITIES: Final[Mapping[str, Severity]] = {
    "critical": Severity.ERROR,
    "serious": Severity.ERROR,
    "moderate": Severity.WARNING,
    "minor": Severity.WARNING,
}
"""axe's impact → how bad that is here."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a rule of Ace's looks for, in our words.

    Attributes:
        wrong: what is wrong, without a full stop.
        remedy: what to do.
    """

    wrong: str
    remedy: str


_REPORT: Final = (
    "Look for raw HTML at that place in the chapter; if there is none, report it to the authors of "
    "quire, with the book."
)
_METADATA: Final = _Rule(
    "the package lacks accessibility metadata, or a value isn't one of its vocabulary's",
    "Look at `accessibility` in metadata.yaml, and build again.",
)
_PAGES: Final = _Rule(
    "the list of printed pages and the page breaks in the text don't match",
    "Build the EPUB and the print edition together.",
)

_RULES: Final[Mapping[str, _Rule]] = {
    "color-contrast": _Rule(
        "letters and ground are too alike to be read (less than 4.5 : 1)",
        "Take the colours out of the raw HTML, or set darker letters on a lighter ground.",
    ),
    "document-title": _Rule("the document has no title", _REPORT),
    "duplicate-id-aria": _Rule(
        "two elements have the identifier that a description or a label points to",
        "Give one of the two another identifier in the manuscript.",
    ),
    "empty-heading": _Rule(
        "a heading has no words", "Write its words in the chapter, or take it out."
    ),
    "empty-table-header": _Rule(
        "a heading cell is empty", "Write what the column or row holds into the table's cell."
    ),
    "epub-lang": _Rule("the package doesn't tell its language", "Set `lang` in metadata.yaml."),
    "epub-pagesource": _Rule(
        "the list of pages doesn't tell which printed book it follows",
        "Set `isbn: {print: …}` in metadata.yaml, and build both editions together.",
    ),
    "epub-title": _Rule("the book has no title", "Set `title` in metadata.yaml."),
    "epub-toc-order": _Rule(
        "the contents list places in another order than the text has them",
        "Give headings identifiers that are their own, in the order of the text.",
    ),
    "epub-type-has-matching-role": _Rule(
        "an element has an epub:type without the ARIA role that goes with it", _REPORT
    ),
    "heading-order": _Rule(
        "a heading is more than one level below the one before it",
        "Take away number signs in the chapter until no level is skipped.",
    ),
    "html-has-lang": _Rule(
        "the document doesn't tell its language", "Set `lang` in metadata.yaml."
    ),
    "html-lang-valid": _Rule(
        "the document's language isn't one", "Correct `lang` in metadata.yaml (such as zh-Hans)."
    ),
    "image-alt": _Rule(
        "a picture has no alternative text",
        'Write what it shows into the chapter: ![Caption](picture.svg){alt="…"}.',
    ),
    "link-in-text-block": _Rule(
        "a link can be told from the words around it by its colour alone",
        "Take the style off the raw HTML of the link.",
    ),
    "link-name": _Rule("a link has no words", "Write the link's words into the chapter."),
    "list": _Rule("a list holds something that isn't an item", _REPORT),
    "listitem": _Rule("an item stands outside of a list", _REPORT),
    "pagebreak-label": _Rule("a page break doesn't tell its number", _REPORT),
    "scrollable-region-focusable": _Rule(
        "what scrolls can't be reached with the keyboard", _REPORT
    ),
    "svg-img-alt": _Rule(
        "a drawing in the text has no title", "Give the <svg> a <title>, or save it as a picture."
    ),
    "table-fake-caption": _Rule(
        "a table's first row is used as its caption",
        "Write the caption on a line of its own below the table: `: Caption`.",
    ),
    "td-headers-attr": _Rule("a cell names a heading cell that isn't there", _REPORT),
    "th-has-data-cells": _Rule(
        "a heading cell heads no cells", "Give the table a row below its heading."
    ),
    "valid-lang": _Rule(
        "a passage's language isn't one", "Correct its lang in the chapter (such as {lang=fr})."
    ),
}
"""axe's or Ace's name of a rule → our words. Of other rules, Ace's own words are given."""

_FAMILIES: Final[Mapping[str, _Rule]] = {"metadata-": _METADATA, "epub-pagelist-": _PAGES}
"""The beginning of several rules' names → our words for all of them."""

_NO_SANDBOX = re.compile("no usable sandbox|suid sandbox|new namespace", re.IGNORECASE)
_SANDBOX: Final = (
    "This system doesn't let Chromium make its sandbox: install Google Chrome, whose sandbox most "
    "systems know, and set QUIRE_CHROMIUM to it, or allow user namespaces."
)

_DECLARATION = re.compile(r'\s+xmlns(?::\w+)?="[^"]*"')


def run_ace(path: Path) -> list[Problem]:
    """Everything that Ace has to say against an EPUB; nothing when it has no violation.

    A problem's file is the EPUB's path and the place inside it, with ``!/`` between them.

    Args:
        path: the EPUB.

    Raises:
        quire.problems.ToolMissing: node, Ace or Chromium isn't installed, or the system keeps
            Chromium from making its sandbox.
    """
    command = [node_path(), _LAUNCHER, ace_program()]
    chromium = chromium_path()
    if not path.is_file():
        return [no_such_epub(path)]
    with tempfile.TemporaryDirectory(prefix="quire-ace-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "report.json"
        try:
            words = _answered([*map(str, command), str(path.resolve()), str(answer)],
                              _environment(folder, chromium))  # fmt: skip
        except subprocess.TimeoutExpired:
            return [_failure(path, f"Ace had no answer after {_LONGEST} seconds.")]
        except OSError as error:
            return [_failure(path, f"Ace can't be started: {error.strerror}.")]
        try:
            report = json.loads(answer.read_bytes())
            return list(_problems(report, path))
        except (OSError, ValueError, KeyError, TypeError):
            if _NO_SANDBOX.search(words):
                raise ToolMissing("A Chromium that this user may run", _SANDBOX) from None
            return [_failure(path, f"Ace failed: {last_words(words)}")]


def _environment(folder: str, chromium: Path) -> dict[str, str]:
    """The environment, with all that is written led into the temporary folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return kept | {
        "HOME": folder,
        "TMPDIR": folder,
        "ACE_TIMEOUT_INITIAL": _START,
        "PUPPETEER_EXECUTABLE_PATH": str(chromium),
    }


def _answered(command: list[str], environment: Mapping[str, str]) -> str:
    """Run Ace to its end, and give what it said to people.

    Raises:
        subprocess.TimeoutExpired: it took too long. Chromium is closed by then.
        OSError: it can't be started.
    """
    silent, said = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=said, env=dict(environment)
    ) as running:
        try:
            _, words = running.communicate(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            running.terminate()  # and not kill: on this signal Ace closes Chromium
            try:
                running.communicate(timeout=_PARTING)
            except subprocess.TimeoutExpired:
                running.kill()
            raise
    return words.decode("utf-8", "replace")


def _failure(path: Path, message: str) -> Problem:
    remedy = "Run `check` again; if it fails again, run `make fonts` to install Ace anew."
    return Problem("ace-failed", message, remedy, str(path))


def _problems(report: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """One problem for each violation, in the order of the report."""
    documents = [one for one in report["assertions"] if one["assertions"]]
    if not documents:
        return
    with zipfile.ZipFile(path) as epub:
        home = _package_folder(epub)
        for one in documents:
            name = _inner_name(str(one["earl:testSubject"]["url"]), home, epub)
            root = _parsed(epub, name)
            for violation in one["assertions"]:
                yield _problem(violation, f"{path}!/{name}", root)


def _problem(violation: Mapping[str, Any], place: str, root: etree._Element | None) -> Problem:
    test, result = violation["earl:test"], violation["earl:result"]
    name, impact = str(test["dct:title"]), str(test["earl:impact"])
    rule = _rule(name, result)
    snippet = _DECLARATION.sub("", " ".join(str(result.get("html", "")).split()))
    if len(snippet) > _SNIPPET:
        snippet = f"{snippet[:_SNIPPET]}…"
    said = f"{rule.wrong}: {snippet}" if snippet else rule.wrong
    return Problem(
        f"ace-{name}",
        f"Ace {name} ({impact}): {said}.",
        rule.remedy,
        place,
        _line(root, result.get("earl:pointer", {})),
        _SEVERITIES.get(impact, Severity.ERROR),
    )


def _rule(name: str, result: Mapping[str, Any]) -> _Rule:
    """Our words for a rule, or Ace's own."""
    family = next((rule for start, rule in _FAMILIES.items() if name.startswith(start)), None)
    if name in _RULES:
        return _RULES[name]
    words = " ".join(str(result.get("dct:description", "")).split()).rstrip(".")
    if family is not None:
        return _Rule(f"{family.wrong} ({words})", family.remedy)
    return _Rule(words or "a rule is broken", _REPORT)


def _package_folder(epub: zipfile.ZipFile) -> str:
    """The folder of the package document with a slash behind it, EPUB 3.3 section 4.2.6.3.1."""
    container = etree.parse(io.BytesIO(epub.read("META-INF/container.xml")), _PARSER)
    package = str(container.xpath("string(//*[local-name()='rootfile']/@full-path)"))
    return package[: package.rfind("/") + 1]


def _inner_name(address: str, home: str, epub: zipfile.ZipFile) -> str:
    """A document's place in the EPUB; Ace tells some from its top, and some from the package."""
    name = address.lstrip("/")
    return f"{home}{name}" if f"{home}{name}" in epub.namelist() else name


def _parsed(epub: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        return etree.fromstring(epub.read(name), _PARSER)
    except (KeyError, etree.XMLSyntaxError):
        return None


def _line(root: etree._Element | None, pointer: Mapping[str, Any]) -> int | None:
    """The line of the element that an EPUB CFI such as ``/4/2[titlepage]/4`` leads to.

    The root element's is ``/``; what concerns a whole document has none.
    """
    paths = pointer.get("cfi")
    node = root if paths else None
    steps = [int(step) for step in re.findall(r"/(\d+)", paths[0])] if paths else []
    for step in steps:
        children = [] if node is None else list(node.iterchildren("*"))
        # Even numbers count elements, EPUB CFI 1.1 section 3.1.1.
        node = children[step // 2 - 1] if 0 < step // 2 <= len(children) else None
    line: Any = node.sourceline if node is not None else None
    return line if isinstance(line, int) else None


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
