"""The docs about rules: one page a rule, made from the rule itself, and an index by band."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quire.cleaning.rule import Example, Rule
from quire.toolchain.writing import write_whole

__all__ = ["BANDS", "band_of", "rule_pages", "visible", "write_rule_pages"]

BANDS: Mapping[int, str] = {
    100: "characters that never mean anything, indents, blank lines",
    200: "the web page around a text",
    300: "pages: running heads, folios, footers",
    400: "notes: callouts and bodies",
    500: "figures; front and back matter",
    600: "joins over pages; wrapped lines; headings",
    700: "paragraphs; notes and figures brought to their places",
    800: "punctuation, quotes, blanks",
    900: "the manuscript's form",
}
"""What the rules of each band do, by its lowest order."""

_INDEX = "README.md"
_MADE = "<!-- Made by `quire rules --write docs/rules`: change the rule, not this page. -->\n"
_ABOUT = (
    "In the order in which they run. What a rule is sure of, it does; what is likely it does and\n"
    "lists in the report; where it has doubts it only asks. In `metadata.yaml` a rule can be\n"
    "switched off, made to ask, or given a threshold of its own: its page says how.\n"
)
# Signs that can be seen, for characters that can't.
_VISIBLE = {
    "\t": "⇥", "\f": "␌", "\r": "␍", "\v": "␋", "\u3000": "□", "\u00a0": "⍽", "\u00ad": "‧",
}  # fmt: skip
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u070f\u115f\u1160\u180e\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef]|\t"
)


def band_of(rule: Rule) -> int:
    """The band that the rule runs in: the lowest order of it."""
    return max((one for one in BANDS if one <= rule.order), default=min(BANDS))


def visible(text: str) -> str:
    """Text with every character that can't be seen made a sign, or its code point in ⟨⟩."""

    def sign(found: re.Match[str]) -> str:
        character = found.group()
        return _VISIBLE.get(character, f"⟨U+{ord(character):04X}⟩")

    # Blanks at the ends of lines would be lost to the eye as well.
    text = re.sub(r" +(?=\n|$)", lambda blanks: "␣" * len(blanks.group()), text)
    return _UNSEEN.sub(sign, text)


def rule_pages(rules: Mapping[str, Rule]) -> dict[str, str]:
    """The text of every page by its file's name, the index first."""
    return {_INDEX: _index(rules.values())} | {
        f"{rule.name}.md": _page(rule) for rule in rules.values()
    }


def write_rule_pages(rules: Mapping[str, Rule], folder: Path) -> list[Path]:
    """Write every page into a folder, and delete pages made before of rules that are gone.

    Returns:
        The files that were written or deleted because they weren't so already.
    """
    pages = rule_pages(rules)
    changed = []
    for name, text in pages.items():
        path, content = folder / name, text.encode("utf-8")
        if not path.is_file() or path.read_bytes() != content:
            changed.append(write_whole(path, content))
    for path in sorted(folder.glob("*.md")):
        if path.name not in pages and path.read_text("utf-8").startswith(_MADE):
            path.unlink()
            changed.append(path)
    return changed


def _index(rules: Iterable[Rule]) -> str:
    parts = [f"{_MADE}\n# The rules of the cleaner\n\n{_ABOUT}"]
    band = 0
    for rule in rules:
        if band_of(rule) != band:
            band = band_of(rule)
            parts.append(f"\n## {band}: {BANDS[band]}\n\n| rule | what it does |\n| --- | --- |\n")
        summary = rule.summary.replace("|", "\\|")
        parts.append(f"| [{rule.name}]({rule.name}.md) | {summary} |\n")
    return "".join(parts)


def _page(rule: Rule) -> str:
    parts = [
        f"{_MADE}\n# {rule.name}\n",
        f"{rule.summary}\n",
        f"**Why it is safe.** {rule.why}\n",
        f"It runs at {rule.order}, among the rules for {BANDS[band_of(rule)]}.\n",
        "## Examples\n",
        *(block for one in rule.examples for block in _example(one)),
        "## Settings\n",
        *_settings(rule),
    ]
    return "\n".join(parts)


def _example(example: Example) -> Iterator[str]:
    """What goes in and what comes out when this rule, and those before it, have run."""
    known = _known(example)
    if example.before == example.after:
        yield f"Left alone{known}:\n"
        yield _fenced(example.before)
        return
    yield f"Before{known}:\n"
    yield _fenced(example.before)
    yield "After:\n"
    yield _fenced(example.after)


def _known(example: Example) -> str:
    """What the source's format says of the example."""
    if not example.hints:
        return ""
    said = sorted({f"{hint.kind} {hint.value}".strip() for hint in example.hints})
    return f", where the file says: {', '.join(said)}"


def _fenced(text: str) -> str:
    """The text as a block of code with a fence longer than any inside it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{visible(text)}\n{fence}\n"


def _settings(rule: Rule) -> Iterator[str]:
    if rule.always:
        yield "None: it always runs, because rules after it, or the files, rest on it.\n"
        return
    yield "In `metadata.yaml`, one of:\n"
    yield (
        "```yaml\n"
        "cleaning:\n"
        "  rules:\n"
        f"    {rule.name}: off                 # it doesn't run\n"
        f"    {rule.name}: ask                 # it changes nothing, and asks at each place\n"
        f"    {rule.name}: {{threshold: 0.8}}    # it asks where it is less sure than this\n"
        "```\n"
    )
