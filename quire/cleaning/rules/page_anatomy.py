"""Find running heads, feet and folios, and where each printed page lies."""

from __future__ import annotations

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.geometry import printed_pages
from quire.cleaning.pages import find_pages
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]


def _apply(draft: Draft) -> RuleOutcome:
    if draft.marked(MarkKind.FURNITURE) or printed_pages(draft):
        return RuleOutcome()  # the format's own pages have told
    text = draft.spans(
        MarkKind.MARKDOWN, MarkKind.HEADING, MarkKind.ITEM, MarkKind.NOTE, MarkKind.NOTEREF
    )
    given = draft.marked(MarkKind.PAGE)
    found = find_pages(
        draft.text,
        [(page.start, page.end) for page in given],
        lambda start, end: not text.overlap(start, end),
    )
    add = [Mark(one.start, one.end, MarkKind.FURNITURE, one.kind) for one in found.furniture]
    add += [Mark(one.start, one.end, MarkKind.PAGE, str(one.folio or "")) for one in found.pages]
    add += [Mark(start, end, MarkKind.GLUED) for start, end in found.glued]
    facts = {}
    if found.title:
        start, end = found.title
        add.append(Mark(start, end, MarkKind.HEADING, "title"))
        facts["title"] = draft.text[start:end]
    drop = frozenset(given) if found.pages else frozenset()
    return RuleOutcome(add=tuple(sorted(add)), drop=drop, facts=facts)


_PAGE = (
    "渡口的人等了一夜，雾还没有散开，摆渡的老人坐在船头，一句话也不说。岸上有人点起了灯，"
    "又有人把灯吹灭，只听见水声一下一下地拍着木桩，像是在替谁数着时辰。到了后半夜，"
    "风从上游吹下来，雾气薄了一些，对岸的屋顶一个一个露出来，老人这才站起身，把缆绳从木桩上"
    "解下来，朝岸上的人招了招手，说可以走了，于是大家提着行李，踩着湿滑的跳板走到船上，"
)

RULE = Rule(
    name="page-anatomy",
    order=130,
    summary="Finds running heads, feet and folios, and where each printed page lies.",
    why="A string is furniture only when it repeats at a page's distance and stands at joints.",
    apply=_apply,
    examples=(
        Example(
            "\n\n".join(f"{_PAGE}\n\n{folio}" for folio in (11, 12, 13)),
            "\n\n".join(f"{_PAGE}\n\n{folio}" for folio in (11, 12, 13)),
        ),
        # Chapters may have numbers alone, too: no sentence is cut around them.
        Example(
            "\n\n".join(f"{chapter}\n\n{_PAGE}不回头了。" for chapter in (1, 2, 3)),
            "\n\n".join(f"{chapter}\n\n{_PAGE}不回头了。" for chapter in (1, 2, 3)),
        ),
    ),
)
