"""EPUBCheck's verdict on an EPUB, each of its messages with what to do about it.

EPUBCheck is the W3C's validator of EPUB files. It and the Java that runs it come as wheels.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from quire.checks.answers import last_words, no_such_epub
from quire.problems import Problem, Severity
from quire.toolchain.tools import epubcheck_jar, java_path

__all__ = ["run_epubcheck"]

_LONGEST = 300
"""Seconds; the default book takes five."""

# EPUBCheck runs for seconds: a compiler that optimises for hours would only slow it down.
_JAVA_OPTIONS = (
    "-Djava.awt.headless=true",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xss4m",
)

_SEVERITIES: Final[Mapping[str, Severity]] = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "INFO": Severity.NOTE,
    "USAGE": Severity.NOTE,
}

_WITH_REASON: Final[Mapping[tuple[str, str], str]] = {
    ("OPF-086b", 'value "endnote" is'): (
        "EPUB Structural Semantics Vocabulary 1.1 deprecates the type, as DPUB-ARIA does its role; "
        "but reading systems open a note as a pop-up by it alone."
    ),
}
"""Advice on usage that our EPUBs go against, by identifier and what its words hold → why."""

_REPORT = "Report it to the authors of quire, with the book: an edition must never be like this."

_REMEDIES: Final[Mapping[str, str]] = {
    "ACC": "Give what it names a text alternative in the manuscript.",
    "CHK": "Run `check` again; if it says so again, update the package epubcheck.",
    "CSS": "Look for raw HTML with a style in the manuscript, and take the style out.",
    "MED": "Save the picture again as JPEG, PNG, GIF, WebP or SVG, and build again.",
    "NCX": "Look for a heading without words in the chapter.",
    "OPF": "Look at metadata.yaml for a value that a catalogue can't read.",
    "OPF-053": "Write the date in metadata.yaml as 2026-11-24, 2026-11 or 2026.",
    "OPF-054": "Give metadata.yaml a date, or leave the key out.",
    "OPF-085": "Correct the UUID in metadata.yaml's identifier, or leave the key out.",
    "OPF-086b": "Nothing must be done; a vocabulary may drop the value one day.",
    "OPF-092": "Correct the language tag in metadata.yaml (such as zh-Hans, en, fr-CA).",
    "PKG": "Build again: the file is damaged or incomplete.",
    "RSC": "Look at the place it names in the chapter, for raw HTML above all.",
    "RSC-005": "Look for raw HTML or an unusual nesting at that place in the chapter.",
    "RSC-006": "Put the file into the book's folder, and link to it there.",
    "RSC-007": "Correct the link, or put the file where it leads.",
    "RSC-012": "Correct the link: nothing in the book has that identifier.",
    "RSC-016": "Close every element of the raw HTML in the chapter.",
    "RSC-020": "Correct the address: blanks and other signs in it are written as %20 and so on.",
    "RSC-033": "Take the question mark and what follows it off the link to a file in the book.",
}
"""EPUBCheck's identifier, or the family before its hyphen → what to do about it."""

_INNER_ADDRESS = re.compile(r"https://[0-9a-f-]{36}\.epubcheck\.w3c\.org/")
_PARSING = "Error while parsing file: "
_EXPECTED = re.compile(r"; expected (?:the )?(?:element|attribute|end|text).{80,}", re.DOTALL)


def run_epubcheck(path: Path) -> list[Problem]:
    """Everything that EPUBCheck has to say against an EPUB; nothing when it is valid.

    Its advice on usage is told as notes, but for what is gone against with a reason.

    A problem's file is the EPUB's path and the place inside it, with ``!/`` between them.

    Args:
        path: the EPUB.

    Raises:
        quire.problems.ToolMissing: EPUBCheck or Java isn't installed.
    """
    jar, java = epubcheck_jar(), java_path()
    if not path.is_file():
        return [no_such_epub(path)]
    options = ["--json", "-", "--quiet", "--usage", "--locale", "en"]
    command = [str(java), *_JAVA_OPTIONS, "-jar", str(jar), str(path.resolve()), *options]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return [_failure(path, f"EPUBCheck had no answer after {_LONGEST} seconds.")]
    except OSError as error:
        return [_failure(path, f"EPUBCheck can't be started: {error.strerror}.")]
    try:
        # After the JSON, EPUBCheck prints a line for people.
        report, _ = json.JSONDecoder().raw_decode(done.stdout.decode("utf-8", "replace").lstrip())
        messages: list[Mapping[str, Any]] = report["messages"]
    except (ValueError, KeyError, TypeError):
        said = done.stderr.decode("utf-8", "replace")
        return [_failure(path, f"EPUBCheck failed: {last_words(said)}")]
    return [problem for message in messages for problem in _problems(message, path)]


def _failure(path: Path, message: str) -> Problem:
    remedy = "Run `check` again; if it fails again, run `make venv` to install EPUBCheck anew."
    return Problem("epubcheck-failed", message, remedy, str(path))


def _problems(message: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """One problem for each place of a message."""
    severity = _SEVERITIES.get(str(message["severity"]))
    identifier = str(message["ID"])
    if severity is None or _is_meant(identifier, str(message["message"])):
        return
    words = _words(str(message["message"]))
    places: list[Mapping[str, Any]] = message.get("locations") or [{}]
    more = int(message.get("additionalLocations") or 0)
    if message["severity"] == "USAGE":  # advice, given once for all its places
        places, more = places[:1], more + len(places) - 1
    for number, place in enumerate(places, start=1):
        target = _INNER_ADDRESS.sub("", str(place.get("context") or ""))
        said = f"{words} ({target})" if target and "\n" not in target else words
        if more and number == len(places):
            said += f", here and in {more} more places"
        line = int(place.get("line") or 0)
        yield Problem(
            f"epubcheck-{identifier.lower()}",
            f"EPUBCheck {identifier}: {said}.",
            _remedy(identifier),
            _place(path, str(place.get("path") or "")),
            line if line > 0 else None,
            severity,
        )


def _is_meant(identifier: str, message: str) -> bool:
    """Whether it is advice that is gone against with a reason."""
    return any(identifier == known and part in message for known, part in _WITH_REASON)


def _words(message: str) -> str:
    """EPUBCheck's words on one line, without its list of all that would have been right."""
    line = " ".join(_EXPECTED.sub("", message.removeprefix(_PARSING)).split())
    return line.rstrip(".")


def _remedy(identifier: str) -> str:
    family = identifier.partition("-")[0]
    return _REMEDIES.get(identifier, _REMEDIES.get(family, _REPORT))


def _place(path: Path, inner: str) -> str:
    """``dist/book.epub!/EPUB/text/chapter.xhtml``; the EPUB alone when that is the place."""
    if not inner or Path(inner).name == path.name:
        return str(path)
    return f"{path}!/{inner}"
