"""The report of a cleaning: questions first, then every edit in its context, and the sums.

One file of HTML that loads nothing. Everything from the source is escaped. Of a rule with very
many edits the first are shown; the ledger has them all.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quire.cleaning.cleaned import Cleaned
from quire.cleaning.draft import paste_of
from quire.cleaning.engine import rules
from quire.cleaning.ledger import Edit, Pass, apply
from quire.cleaning.provenance import Accounting, Kept, Moved, Tracing
from quire.cleaning.suggestion import Lines, Suggestion

__all__ = ["EDITS_SHOWN", "report_page"]

# Edits of one rule, and questions, that the page shows.
EDITS_SHOWN = 200
_CONTEXT = 28
_LONGEST = 240
_STYLE = Path(__file__).with_name("report.css")
_VISIBLE = str.maketrans({"\f": "␌", "\t": "⇥", "\u00ad": "‧", "\ufeff": "⍽", "\u200b": "⍽"})


def report_page(cleaned: Cleaned) -> str:
    """The whole page.

    Args:
        cleaned: what to report on.
    """
    sums = cleaned.provenance.accounting()
    language = next((str(one.value) for one in cleaned.metadata if one.key == "lang"), "und")
    body = "".join(
        (
            _head(cleaned),
            _questions(cleaned, language),
            _missing(cleaned.missing, language),
            _sums(sums),
            _summary(cleaned.ledger.passes, sums),
            *_sections(cleaned, language),
        )
    )
    title = f"What cleaning did to {_text(cleaned.source.name)}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    """Text of the source as HTML: escaped, and without what a file of UTF-8 can't hold."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def _shown(text: str) -> str:
    """Characters of an edit, with those that can't be seen made visible."""
    if len(text) > _LONGEST:
        half = _LONGEST // 2
        left_out = len(text) - 2 * half
        middle = f" … {left_out:,} characters … "
        text = text[:half] + middle + text[-half:]
    visible = text.translate(_VISIBLE).replace("\n", "↵")
    if not visible.strip():
        visible = visible.replace(" ", "␣").replace("\u3000", "□")
    return _text(visible)


def _around(text: str) -> str:
    return _text(text.translate(_VISIBLE).replace("\n", " "))


def _head(cleaned: Cleaned) -> str:
    counts = "".join(
        f"<div><dt>{_text(name)}</dt><dd>{count:,}</dd></div>"
        for name, count in cleaned.counts.items()
    )
    files = "".join(f"<li>{_text(path)}</li>" for path, _ in cleaned.files[:EDITS_SHOWN])
    return (
        f'<dl class="counts">{counts}</dl>\n'
        f"<details><summary>The files made</summary><ul>{files}</ul></details>\n"
    )


def _questions(cleaned: Cleaned, language: str) -> str:
    asked = [one for one in cleaned.suggestions if not one.done]
    if not asked:
        return "<h2>Questions</h2>\n<p>Nothing is in doubt.</p>\n"
    name, places = _text(cleaned.source.name), _Places(cleaned)
    items = "".join(
        f'<li><p class="place">{name}, line {one.line}{places.now(one.offset)} · '
        f"{_text(one.rule)} · {one.confidence:.0%} sure</p>"
        f'<p class="context" lang="{language}">{_around(one.before)}<mark>{_shown(one.text)}</mark>'
        f"{_proposal(one)}{_around(one.after)}</p><p>{_text(one.why)}</p></li>\n"
        for one in sorted(asked, key=lambda one: one.offset)[:EDITS_SHOWN]
    )
    more = _more(len(asked), "questions")
    return (
        f"<h2>Questions ({len(asked):,})</h2>\n<p>These places were left as they are. "
        "Correct them in the chapters, if they want correcting.</p>\n"
        f'<ol class="edits">{items}</ol>{more}\n'
    )


class _Places:
    """Where characters of the source stand in the files made."""

    def __init__(self, cleaned: Cleaned) -> None:
        self._cleaned = cleaned
        self._starts = [at for at, sign in enumerate(cleaned.text) if sign == "\f"]

    def now(self, offset: int) -> str:
        """`` · now 02-shore.md:7``, or nothing for a character that is gone."""
        provenance = self._cleaned.provenance
        fate = provenance.fate(offset) if offset < len(self._cleaned.source.text) else None
        if not isinstance(fate, Kept | Moved):
            return ""
        number = bisect_right(self._starts, fate.offset) - 1
        # The first line of a file in the bundle is its name.
        line = self._cleaned.text.count("\n", self._starts[number], fate.offset)
        return f" · now {_text(self._cleaned.files[number][0])}:{line}"


def _proposal(one: Suggestion) -> str:
    if one.proposal == one.text:
        return ""
    return f" → <ins>{_shown(one.proposal)}</ins> " if one.proposal else " → nothing "


def _missing(captions: Sequence[str], language: str) -> str:
    if not captions:
        return ""
    items = "".join(f'<li lang="{language}">{_text(caption)}</li>' for caption in captions)
    return (
        f"<h2>Missing figures ({len(captions)})</h2>\n<p>The source has their captions but no "
        "pictures. Each has a placeholder in figures/: put the picture in its place.</p>\n"
        f"<ul>{items}</ul>\n"
    )


def _sums(sums: Accounting) -> str:
    deleted, changed = sum(sums.deleted.values()), sum(sums.changed.values())
    written = sum(sums.written.values())
    kept = sums.kept + sums.moved
    rest = (sums.source - kept - deleted - changed, sums.manuscript - kept - written)
    closing = "closes" if sums.closes else "does not close"
    return (
        "<h2>The account</h2>\n<p>Every character is in one class, counted once.</p>\n"
        '<div class="wide"><table><thead><tr><th></th><th>source</th><th>manuscript</th></tr>'
        "</thead><tbody>"
        f"{_sum_row('all characters', sums.source, sums.manuscript)}"
        f"{_sum_row('− kept in place', sums.kept, sums.kept)}"
        f"{_sum_row('− moved', sums.moved, sums.moved)}"
        f"{_sum_row('− deleted', deleted, None)}"
        f"{_sum_row('− changed', changed, None)}"
        f"{_sum_row('− written by rules', None, written)}"
        f"</tbody><tfoot>{_sum_row('left over', *rest)}</tfoot></table></div>\n"
        f"<p>The account {closing}.</p>\n"
    )


def _sum_row(name: str, source: int | None, manuscript: int | None) -> str:
    cells = "".join(
        f"<td>{'' if number is None else f'{number:,}'}</td>" for number in (source, manuscript)
    )
    return f"<tr><th>{name}</th>{cells}</tr>"


def _summary(passes: Sequence[Pass], sums: Accounting) -> str:
    known = rules()
    rows = "".join(
        f'<tr><th><a href="#{_text(one.rule)}">{_text(one.rule)}</a>'
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
        "<h2>The rules</h2>\n<p>In the order in which they ran; numbers are characters, except "
        'the edits.</p>\n<div class="wide"><table class="rules"><thead><tr><th>rule</th>'
        "<th>edits</th><th>deleted</th><th>changed</th><th>written</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></div>\n"
    )


def _sections(cleaned: Cleaned, language: str) -> Iterator[str]:
    """A section a pass, its edits in the text that the pass worked on."""
    text = cleaned.source.text
    tracing, lines = Tracing(len(text)), Lines(text)
    known = rules()
    for one in cleaned.ledger.passes:
        pastes = paste_of(one.edits)
        cuts = {edit.partner: edit for edit in one.edits if edit.partner and not edit.after}
        items = "".join(
            _edit(edit, text, lines.number(tracing.nearest_source(edit.start)), language, places)
            for edit, places in _placed(one.edits, pastes, cuts, tracing, lines)
        )
        why = f"Safe because: {_text(known[one.rule].why)}" if one.rule in known else ""
        more = _more(len(one.edits), "edits")
        yield (
            f"<details><summary><h3>{_text(one.rule)}</h3> {len(one.edits):,} edits</summary>\n"
            f'<p id="{_text(one.rule)}">{why}</p>\n'
            f'<ol class="edits">{items}</ol>{more}</details>\n'
        )
        text = apply(text, one.edits)
        tracing.follow(one.edits)


def _placed(
    edits: Sequence[Edit],
    pastes: Mapping[str, Edit],
    cuts: Mapping[str, Edit],
    tracing: Tracing,
    lines: Lines,
) -> Iterator[tuple[Edit, str]]:
    """The edits to show, a move once, with the words on where it goes."""
    shown = 0
    for edit in edits:
        if shown == EDITS_SHOWN:
            return
        if edit.partner and edit.after:
            continue
        shown += 1
        paste = pastes.get(edit.partner) if edit.partner in cuts else None
        if paste is None:
            yield edit, ""
        else:
            to = lines.number(tracing.nearest_source(paste.start))
            yield edit, f"moved to line {to}"


def _edit(edit: Edit, text: str, line: int, language: str, moved: str) -> str:
    before = text[max(0, edit.start - _CONTEXT) : edit.start]
    after = text[edit.end : edit.end + _CONTEXT]
    old = text[edit.start : edit.end]
    if moved:
        change = f'<span class="moved">{_shown(old)}</span>'
    else:
        change = f"<del>{_shown(old)}</del>" if old else ""
        change += f"<ins>{_shown(edit.after)}</ins>" if edit.after else ""
    note = f" · {moved}" if moved else ""
    return (
        f'<li><p class="place">line {line} · {edit.confidence:.0%} sure{note} · '
        f'{_text(edit.why)}</p><p class="context" lang="{language}">{_around(before)}{change}'
        f"{_around(after)}</p></li>\n"
    )


def _more(count: int, what: str) -> str:
    if count <= EDITS_SHOWN:
        return ""
    return f"<p>The first {EDITS_SHOWN} of {count:,} {what}. The ledger has every edit.</p>"
