"""The report's page: its frame, and all that can be read of it without a program.

Everything from the source is escaped. Of very many doubtful places the first stand in the page
itself; its program shows them all.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quire.cleaning.cleaned import Cleaned
from quire.cleaning.engine import rules
from quire.cleaning.ledger import Pass
from quire.cleaning.provenance import Accounting, Kept, Moved, Provenance
from quire.cleaning.report.data import report_data
from quire.cleaning.suggestion import Suggestion
from quire.problems import Problem

__all__ = ["PLACES_SHOWN", "report_pieces"]

# Doubtful places that the page shows without its program.
PLACES_SHOWN = 200
_LONGEST = 240
_STYLE = Path(__file__).with_name("report.css")
_PROGRAM = Path(__file__).with_name("report.js")
_VISIBLE = str.maketrans({"\f": "␌", "\t": "⇥", "\u00ad": "‧", "\ufeff": "⍽", "\u200b": "⍽"})
_KEYS = (
    ("j, k", "next and previous doubtful place"),
    ("a, r, u", "accept, reject, undo"),
    ("Enter", "show the place in both texts"),
    ("n, p", "next and previous change in the texts"),
    ("/", "search the places"),
    ("s", "save decisions.yaml"),
    ("?", "this list"),
)


def report_pieces(cleaned: Cleaned) -> Iterator[bytes]:
    """The whole page in UTF-8, piece by piece: it holds both texts.

    Args:
        cleaned: what to report on.
    """
    language = next((str(one.value) for one in cleaned.metadata if one.key == "lang"), "und")
    name = _text(cleaned.source.name)
    # Made for the page alone, and gone with it: of a large source it is large.
    provenance = Provenance(cleaned.tracing)
    sums = provenance.accounting()
    panels = (
        ("places", "Doubtful places", _places(cleaned, provenance, language)),
        ("rules", "Rules", _rules(cleaned.ledger.passes, sums)),
        ("account", "Account", _account(cleaned, sums, language)),
    )
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{key}" aria-controls="{key}" '
        f'aria-selected="{str(key == "places").lower()}">{title}</button>'
        for key, title, _ in panels
    )
    sections = "".join(
        f'<section id="{key}" role="tabpanel" aria-labelledby="tab-{key}" tabindex="-1">'
        f"<h2>{title}</h2>\n{body}</section>\n"
        for key, title, body in panels
    )
    title = f"What cleaning did to {name}"
    head = "".join((
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="color-scheme" content="light dark">\n',
        f'<title>{title}</title>\n<link rel="icon" href="data:,">\n',
        f"<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n",
        f"<header><h1>{title}</h1>\n{_counts(cleaned)}</header>\n",
        f'<main><div id="side"><div role="tablist" aria-label="What to look at">{tabs}</div>\n',
        f"{sections}</div>\n",
        f'<div id="texts" hidden data-lang="{_text(language)}"></div></main>\n',
        f'<dialog id="help" aria-labelledby="help-title">{_help()}</dialog>\n',
        '<div id="said" role="status" aria-live="polite"></div>\n',
        '<script type="application/json" id="data">',
    ))  # fmt: skip
    tail = f"</script>\n<script>\n{_PROGRAM.read_text('utf-8')}</script>\n</body>\n</html>\n"
    yield head.encode("utf-8")
    yield from report_data(cleaned, provenance)
    yield tail.encode("utf-8")


def _text(text: str) -> str:
    """Text of the source as HTML: escaped, and without what a file of UTF-8 can't hold."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def _shown(text: str) -> str:
    """Doubtful characters, with those that can't be seen made visible."""
    if len(text) > _LONGEST:
        half = _LONGEST // 2
        text = f"{text[:half]} … {len(text) - 2 * half:,} characters … {text[-half:]}"
    visible = text.translate(_VISIBLE).replace("\n", "↵")
    if not visible.strip():
        visible = visible.replace(" ", "␣").replace("\u3000", "□")
    return _text(visible)


def _around(text: str) -> str:
    return _text(text.translate(_VISIBLE).replace("\n", " "))


def _counts(cleaned: Cleaned) -> str:
    """The sums of the whole, as a list of names with numbers."""
    numbers = {**cleaned.counts, **cleaned.verdicts}
    return (
        '<dl class="counts">'
        + "".join(
            f"<div><dt>{_text(name)}</dt><dd>{count:,}</dd></div>"
            for name, count in numbers.items()
        )
        + "</dl>\n"
    )


def _help() -> str:
    rows = "".join(f"<div><dt>{keys}</dt><dd>{what}</dd></div>" for keys, what in _KEYS)
    return (
        f'<h2 id="help-title">Keys</h2><dl>{rows}</dl>'
        '<form method="dialog"><button>Close</button></form>'
    )


def _places(cleaned: Cleaned, provenance: Provenance, language: str) -> str:
    asked = sorted(cleaned.suggestions, key=lambda one: one.offset)
    if not asked and not cleaned.decided:
        return '<div id="list"><p>Nothing is in doubt.</p></div>\n'
    places = _Places(cleaned, provenance)
    items = "".join(_item(one, places, language) for one in asked[:PLACES_SHOWN])
    more = (
        f"<p>The first {PLACES_SHOWN} of {len(asked):,}. places.jsonl has them all.</p>"
        if len(asked) > PLACES_SHOWN
        else ""
    )
    return (
        "<p>Likely changes are made; questions are left as they stand. Accept or reject what you "
        "like, save decisions.yaml beside the ledger, and run <code>quire clean</code> again: it "
        f'obeys.</p>\n<div id="list"><ol class="places">{items}</ol>{more}</div>\n'
    )


def _item(one: Suggestion, places: _Places, language: str) -> str:
    doing = "made" if one.done else "asked"
    return (
        f'<li><p class="where">line {one.line}{places.now(one.offset)} · {_text(one.rule)} · '
        f"{one.confidence:.0%} sure · {doing} · <code>{one.place}</code></p>"
        f'<p class="context" lang="{language}">{_around(one.before)}<mark>{_shown(one.text)}</mark>'
        f"{_proposal(one)}{_around(one.after)}</p><p>{_text(one.why)}</p></li>\n"
    )


def _proposal(one: Suggestion) -> str:
    if one.moved_to >= 0:
        return " → moved "
    if one.proposal == one.text:
        return ""
    return f" → <ins>{_shown(one.proposal)}</ins> " if one.proposal else " → nothing "


class _Places:
    """Where characters of the source stand in the files made."""

    def __init__(self, cleaned: Cleaned, provenance: Provenance) -> None:
        self._cleaned = cleaned
        self._provenance = provenance
        self._starts = [found.start() for found in re.finditer("\f", cleaned.text)]

    def now(self, offset: int) -> str:
        """`` · now 02-shore.md:7``, or nothing for a character that is gone."""
        fate = self._provenance.fate(offset) if offset < len(self._cleaned.source.text) else None
        if not isinstance(fate, Kept | Moved):
            return ""
        number = bisect_right(self._starts, fate.offset) - 1
        # The first line of a file in the bundle is its name.
        line = self._cleaned.text.count("\n", self._starts[number], fate.offset)
        return f" · now {_text(self._cleaned.files[number][0])}:{line}"


def _rules(passes: Sequence[Pass], sums: Accounting) -> str:
    known = rules()
    rows = "".join(
        f'<tr data-rule="{_text(one.rule)}"><th scope="row">{_text(one.rule)}'
        f"<p>{_text(known[one.rule].summary) if one.rule in known else ''}</p></th>"
        f"<td>{len(one.edits):,}</td>"
        + "".join(
            f"<td>{table.get(one.rule, 0):,}</td>"
            for table in (sums.deleted, sums.changed, sums.written)
        )
        + "</tr>\n"
        for one in passes
    )
    return (
        "<p>In the order in which they ran; numbers are characters, except the edits.</p>\n"
        '<div class="wide"><table class="rules"><thead><tr><th scope="col">rule</th>'
        '<th scope="col">edits</th><th scope="col">deleted</th><th scope="col">changed</th>'
        f'<th scope="col">written</th></tr></thead><tbody>{rows}</tbody></table></div>\n'
    )


def _account(cleaned: Cleaned, sums: Accounting, language: str) -> str:
    return "".join((
        _problems(cleaned.problems),
        _sums(sums),
        _missing(cleaned.missing, language),
        '<h3>The files made</h3><ul class="files">',
        *(f"<li>{_text(path)}</li>" for path, _ in cleaned.files),
        "</ul>\n",
    ))  # fmt: skip


def _problems(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    items = "".join(f"<li>{_text(str(one.message))} {_text(one.remedy)}</li>" for one in problems)
    return f"<h3>Decisions that could not be obeyed</h3><ul>{items}</ul>\n"


def _missing(captions: Sequence[str], language: str) -> str:
    if not captions:
        return ""
    items = "".join(f'<li lang="{language}">{_text(caption)}</li>' for caption in captions)
    return (
        f"<h3>Missing figures ({len(captions)})</h3>\n<p>The source has their captions but no "
        "pictures. Each has a placeholder in figures/: put the picture in its place.</p>\n"
        f"<ul>{items}</ul>\n"
    )


def _sums(sums: Accounting) -> str:
    closing = "closes" if sums.closes else "does not close"
    rows = "".join(
        f'<tr><th scope="row">{name}</th>{_cells(cells)}</tr>' for name, cells in _sum_rows(sums)
    )
    kept, gone = sums.kept + sums.moved, sum(_totals(sums.deleted, sums.changed))
    rest = (sums.source - kept - gone, sums.manuscript - kept - sum(sums.written.values()))
    return (
        "<p>Every character is in one class, counted once.</p>\n"
        '<div class="wide"><table><thead><tr><td></td><th scope="col">source</th>'
        f'<th scope="col">book</th></tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">left over</th>{_cells(rest)}</tr></tfoot></table></div>\n'
        f"<p>The account {closing}.</p>\n"
    )


def _totals(*tables: Mapping[str, int]) -> Iterator[int]:
    return (sum(table.values()) for table in tables)


def _sum_rows(sums: Accounting) -> Iterator[tuple[str, tuple[int | None, int | None]]]:
    deleted, changed, written = _totals(sums.deleted, sums.changed, sums.written)
    yield "all characters", (sums.source, sums.manuscript)
    yield "− kept in place", (sums.kept, sums.kept)
    yield "− moved", (sums.moved, sums.moved)
    yield "− deleted", (deleted, None)
    yield "− changed", (changed, None)
    yield "− written by rules", (None, written)


def _cells(numbers: Sequence[int | None]) -> str:
    return "".join(f"<td>{'' if one is None else f'{one:,}'}</td>" for one in numbers)
